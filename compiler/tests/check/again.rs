//! Checking again after edits finds what checking anew finds.

use proptest::prelude::*;
use quell_compiler::{
    check::{Checked, Memo, check_again, check_files},
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

use crate::support;

/// Replaces a piece of a file by another.
#[derive(Debug, Clone)]
struct Typed {
    file: prop::sample::Index,
    at: prop::sample::Index,
    taken: usize,
    put: String,
}

fn typed() -> impl Strategy<Value = Typed> {
    let put = prop_oneof![
        "[a-z ]{0,3}",
        Just("\n".to_owned()),
        Just("{".to_owned()),
        Just("\n    on failure continue\n".to_owned()),
        Just("\nuse ops.tracker\n".to_owned()),
        Just("\nlet extra: Int = 1\n".to_owned()),
    ];
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..6, put)
        .prop_map(|(file, at, taken, put)| Typed { file, at, taken, put })
}

fn apply(world: &mut MemoryWorld, files: &[FileId], typed: &Typed) {
    let file = *typed.file.get(files);
    let source = world.source(file);
    let text = source.text.to_string();
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let start = boundary(typed.at.index(text.len() + 1));
    let end = boundary((start + typed.taken).min(text.len()));
    let edited = format!("{}{}{}", &text[..start], typed.put, &text[end..]);
    let (name, path) = (source.name.clone(), world.module_path(file).to_owned());
    world.add(&path, SourceFile::new(name, edited));
}

fn same(again: &Checked, anew: &Checked) {
    assert_eq!(again.diagnostics, anew.diagnostics);
    assert_eq!(again.modules.keys().collect::<Vec<_>>(), anew.modules.keys().collect::<Vec<_>>());
    for (file, module) in &again.modules {
        let other = &anew.modules[file];
        assert_eq!(module.names, other.names, "{file:?}");
        assert_eq!(module.interface, other.interface, "{file:?}");
        assert_eq!(module.types, other.types, "{file:?}");
        assert_eq!(module.effects, other.effects, "{file:?}");
    }
    assert_eq!(format!("{:?}", again.graphs), format!("{:?}", anew.graphs));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn checking_again_is_checking_anew(edits in prop::collection::vec(typed(), 1..8)) {
        let (mut world, files) = support::examples();
        let mut memo = Memo::default();
        check_again(&world, &files, &mut memo);
        for edit in &edits {
            apply(&mut world, &files, edit);
            same(&check_again(&world, &files, &mut memo), &check_files(&world, &files));
        }
    }
}

/// An edit in the library of a project reaches those that use it; a playbook's body reaches nobody.
#[test]
fn a_changed_signature_reaches_its_users() {
    let mut world = support::world();
    let shared = |effect: &str| SourceFile::new("shared.quell", format!("action look() -> Text {effect}\n"));
    world.add("shared", shared("reads"));
    let text = "use shared (look)\nplaybook p {\n  owner sre\n  enrich {\n    step a = look()\n  }\n}\n";
    let user = world.add("user", SourceFile::new("user.quell", text));
    let mut memo = Memo::default();
    let codes = |checked: &Checked| checked.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>();
    let before = codes(&check_again(&world, &[user], &mut memo));
    world.add("shared", shared("changes"));
    let after = codes(&check_again(&world, &[user], &mut memo));
    assert_ne!(before, after);
    world.add("shared", shared("reads"));
    assert_eq!(codes(&check_again(&world, &[user], &mut memo)), before);
}
