//! The check of a module that is being edited finds what a check from nothing finds.

use std::{collections::BTreeSet, sync::Arc};

use proptest::{prelude::*, sample::Index};
use quell_compiler::{
    check::{Memo, check_again, check_edited, check_files},
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

use crate::support;

/// A project in which modules come and go, as they do when its `quell.toml` changes.
struct Project {
    world: MemoryWorld,
    gone: BTreeSet<FileId>,
}

impl World for Project {
    fn files(&self) -> Vec<FileId> {
        self.world.files().into_iter().filter(|file| !self.gone.contains(file)).collect()
    }

    fn source(&self, file: FileId) -> &SourceFile {
        self.world.source(file)
    }

    fn module_path(&self, file: FileId) -> &str {
        self.world.module_path(file)
    }

    fn resolve(&self, from: FileId, path: &str) -> Option<FileId> {
        self.world.resolve(from, path).filter(|file| !self.gone.contains(file))
    }

    fn importable(&self, from: FileId) -> Vec<(String, FileId)> {
        let all = self.world.importable(from).into_iter();
        all.filter(|(_, file)| !self.gone.contains(file)).collect()
    }

    fn data_file(&self, from: FileId, path: &str) -> Result<Arc<str>, String> {
        self.world.data_file(from, path)
    }
}

const SHARED: &str = include_str!("../fixtures/edited/shared.quell");
const HEAD: &str = include_str!("../fixtures/edited/head.quell");
const PLAYBOOK: &str = include_str!("../fixtures/edited/playbook.quell");

/// A module that is used, another that nobody uses, and one with three playbooks; its number.
fn project() -> (Project, Vec<FileId>, FileId) {
    let mut world = support::world();
    let mut add = |path: &str, text: &str| world.add(path, SourceFile::new(format!("{path}.quell"), text));
    let books = ["first", "second", "third"].map(|name| PLAYBOOK.replace("first", name));
    let open = add("edited", &format!("{HEAD}\n{}", books.join("\n")));
    let files = vec![add("shared", SHARED), add("other", "/// The home.\nlet home: Text = \"a\"\n"), open];
    (Project { world, gone: BTreeSet::new() }, files, open)
}

#[derive(Debug, Clone)]
enum Edit {
    /// Puts another word of some file in the place of a word.
    Word(Index, Index, Index),
    /// Types something, over some characters.
    Typed(Index, usize, String),
    /// Leaves a line out.
    Cut(Index),
    /// Writes a line again somewhere else.
    Copied(Index, Index),
    /// A module goes, or comes back.
    Gone(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let piece = prop_oneof![
        "[a-z ]{1,3}",
        Just("\n".to_owned()),
        Just("{".to_owned()),
        Just(" = ".to_owned()),
        Just("// ".to_owned()),
        Just("\n      on failure continue\n".to_owned()),
        Just("\nplaybook other {\n".to_owned()),
    ];
    prop_oneof![
        6 => (index(), index(), index()).prop_map(|(at, file, word)| Edit::Word(at, file, word)),
        3 => (index(), 0usize..4, piece).prop_map(|(at, taken, put)| Edit::Typed(at, taken, put)),
        1 => index().prop_map(Edit::Cut),
        1 => (index(), index()).prop_map(|(from, to)| Edit::Copied(from, to)),
        1 => index().prop_map(Edit::Gone),
    ]
}

/// The words of a text, with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    let pieces = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let pieces = pieces.filter(|piece| !piece.is_empty());
    pieces.map(|piece| (piece.as_ptr() as usize - text.as_ptr() as usize, piece)).collect()
}

fn apply(project: &mut Project, files: &[FileId], file: FileId, edit: &Edit) {
    let text = project.world.source(file).text.to_string();
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let edited = match edit {
        Edit::Word(at, from, word) => {
            let (own, other) = (words(&text), project.world.source(*from.get(files)).text.clone());
            let other = words(&other);
            if own.is_empty() || other.is_empty() {
                return;
            }
            let (start, old) = *at.get(&own);
            format!("{}{}{}", &text[..start], word.get(&other).1, &text[start + old.len()..])
        }
        Edit::Typed(at, taken, put) => {
            let start = boundary(at.index(text.len() + 1));
            let end = boundary((start + taken).min(text.len()));
            format!("{}{put}{}", &text[..start], &text[end..])
        }
        Edit::Cut(line) if !lines.is_empty() => {
            lines.remove(line.index(lines.len()));
            lines.concat()
        }
        Edit::Copied(from, to) if !lines.is_empty() => {
            lines.insert(to.index(lines.len()), lines[from.index(lines.len())]);
            lines.concat()
        }
        Edit::Cut(_) | Edit::Copied(..) => return,
        Edit::Gone(module) => {
            let module = *module.get(files);
            if module != file && !project.gone.remove(&module) {
                project.gone.insert(module);
            }
            return;
        }
    };
    let (name, path) = (project.source(file).name.clone(), project.module_path(file).to_owned());
    project.world.add(&path, SourceFile::new(name, edited));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Most edits are made in the open module, as people do, some in those that it uses.
    #[test]
    fn an_edited_module_has_the_findings_of_a_new_one(
        edits in prop::collection::vec((prop::option::weighted(0.2, any::<Index>()), edit()), 1..12),
    ) {
        let (mut project, files, open) = project();
        let mut memo = Memo::default();
        check_edited(&project, open, &mut memo);
        for (elsewhere, edit) in &edits {
            let file = elsewhere.map_or(open, |file| *file.get(&files));
            if project.gone.contains(&file) {
                continue;
            }
            apply(&mut project, &files, file, edit);
            let edited = check_edited(&project, open, &mut memo);
            prop_assert_eq!(&edited.checked.diagnostics, &check_files(&project, &[open]).diagnostics);
        }
    }
}

/// Replaces the only place of `old` in the open module; how many items are left out then, and the codes of
/// what is found.
fn replaced(
    project: &mut Project,
    memo: &mut Memo,
    file: FileId,
    old: &str,
    new: &str,
) -> (usize, Vec<&'static str>) {
    let text = project.source(file).text.clone();
    assert!(text.contains(old), "{old}");
    project.world.add("edited", SourceFile::new("edited.quell", text.replacen(old, new, 1)));
    let edited = check_edited(project, file, memo);
    let anew = check_files(project, &[file]);
    assert_eq!(edited.checked.diagnostics, anew.diagnostics);
    let found: BTreeSet<&str> = anew.diagnostics.iter().map(|finding| finding.code).collect();
    (edited.left_out.len(), found.into_iter().collect())
}

#[test]
fn what_an_edit_cannot_touch_is_left_out() {
    let (mut project, _, file) = project();
    let mut memo = Memo::default();
    let whole = check_edited(&project, file, &mut memo);
    assert_eq!((whole.left_out.len(), whole.checked.diagnostics.as_slice()), (0, [].as_slice()));
    let mut replaced = |old: &str, new: &str| replaced(&mut project, &mut memo, file, old, new);
    // A playbook and its scenario are checked; nothing is, once they are as they were.
    assert_eq!(replaced("step lag =", "step lagg ="), (4, vec!["unknown-name"]));
    assert_eq!(replaced("step lagg =", "step lag ="), (6, vec![]));
    // A scenario is checked with its playbook.
    assert_eq!(replaced("expect told ran", "expect tolled ran"), (4, vec!["unknown-target"]));
    assert_eq!(replaced("expect tolled ran", "expect told ran"), (6, vec![]));
    // What the playbooks share concerns all of them.
    assert_eq!(
        replaced("fn done(seen: Text)", "fn done(seen: Int)"),
        (0, vec!["not-comparable", "wrong-arguments"])
    );
    assert_eq!(replaced("fn done(seen: Int)", "fn done(seen: Text)"), (0, vec![]));
    assert_eq!(replaced("// Whether it is", "// Whether it was"), (6, vec![]));
}

/// A name that broken text seems to declare is no mistake of those who use it, and is one again once the
/// text is mended.
#[test]
fn names_of_broken_text_reach_other_modules() {
    let (mut project, files, open) = project();
    let mut memo = Memo::default();
    let with = |shared: &str| SourceFile::new("shared.quell", format!("{SHARED}\n{shared}"));
    let text = project.source(open).text.replace("tell)\n", "tell, wait)\n");
    project.world.add("edited", SourceFile::new("edited.quell", text));
    let mut found = Vec::new();
    for shared in ["actoin wait() reads\n", "// actoin wait() reads\n", "actoin wait() reads\n"] {
        project.world.add("shared", with(shared));
        let edited = check_edited(&project, open, &mut memo);
        assert_eq!(edited.checked.diagnostics, check_files(&project, &[open]).diagnostics);
        found.push(edited.checked.diagnostics.iter().any(|it| it.span().file == open));
    }
    assert_eq!((found, files.len()), (vec![false, true, false], 3));
}

/// What somebody passes by is forgotten but for the names that it offers, and what can't be meant isn't read.
#[test]
fn a_module_in_passing_leaves_its_names() {
    let (mut project, files, open) = project();
    let (mut memo, other) = (Memo::default(), files[1]);
    let mut copy = memo.clone();
    check_again(&project, &[open], &mut copy);
    memo.learn(copy, &[open]);
    assert!(memo.read(open).is_none() && memo.read(files[0]).is_some());
    let asks = SourceFile::new("asks.quell", "let asked: Bool = done(\"a\")\n");
    let asks = project.world.add("asks", asks);
    let found = check_again(&project, &[asks], &mut memo).diagnostics;
    assert_eq!(found, check_files(&project, &[asks]).diagnostics);
    assert!(format!("{found:?}").contains("use edited (done)"), "{found:?}");
    assert!(memo.read(open).is_none() && memo.read(other).is_none());
}
