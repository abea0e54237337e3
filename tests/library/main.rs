//! The standard library as its users rely on it: what every action says of itself, that its
//! documentation's examples hold to the language, and that each of them runs to an end.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod contract;
mod examples;
mod functions;
mod pages;

use quell_compiler::{
    check::{Checked, check_files},
    hir::{Action, Item, ItemKind, Module},
    source::FileId,
    world::{MemoryWorld, World},
};

/// The library, checked.
struct Library {
    world: MemoryWorld,
    files: Vec<FileId>,
    checked: Checked,
}

impl Library {
    fn new() -> Self {
        let world = MemoryWorld::with_modules(quell_stdlib::modules());
        let files = world.files();
        let checked = check_files(&world, &files);
        Self { world, files, checked }
    }

    /// The modules by the name that playbooks call them by: `slack`.
    fn modules(&self) -> impl Iterator<Item = (&str, &Module)> {
        self.files.iter().map(|file| {
            let name = self.world.module_path(*file);
            (name.strip_prefix("std.").unwrap_or(name), &*self.checked.module(*file).unwrap().hir)
        })
    }

    /// The actions that others may call, as `slack.post`.
    fn actions(&self) -> impl Iterator<Item = (String, &Item, &Action)> {
        self.modules().flat_map(|(name, module)| {
            module.items.iter().filter_map(move |item| match &item.kind {
                ItemKind::Action(action) if item.private.is_none() => {
                    Some((format!("{name}.{}", item.name.text), item, action))
                }
                _ => None,
            })
        })
    }
}

/// The blocks of a documentation that carry exactly this mark: `quell`, `quell fragment`.
fn blocks(docs: &str, mark: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in docs.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(said)) => open = Some((said == mark, String::new())),
            (None, None) => {}
            (Some((wanted, text)), Some(_)) => {
                if *wanted {
                    found.push(std::mem::take(text));
                }
                open = None;
            }
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    assert!(open.is_none(), "a block isn't closed:\n{docs}");
    found
}
