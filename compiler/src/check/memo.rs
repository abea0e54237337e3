//! What is kept from one check to the next.
//!
//! A module is checked again if its text changed, or what it can see of a module that it uses,
//! directly or not. Both are recognised by hashes of content.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use super::{CheckedModule, modules::Loader, read::Read};
use crate::{
    diagnostic::Diagnostic,
    findings::names::{unknown_module, unknown_type},
    graph::Bodies,
    hir,
    source::FileId,
};

/// What is kept from one check to the next. It belongs to one set of files: a [`FileId`] means the same
/// module throughout.
#[derive(Debug, Default)]
pub struct Memo {
    /// By module: its own text, read.
    pub(super) read: BTreeMap<FileId, Arc<Read>>,
    /// By module: what came of its check.
    pub(super) kept: BTreeMap<FileId, Kept>,
}

/// What came of the check of a module.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// What it was found from.
    pub key: u64,
    pub module: CheckedModule,
    pub bodies: Bodies,
    /// The findings, but for those that name other modules that might be meant.
    pub diagnostics: Arc<Vec<Diagnostic>>,
}

impl Memo {
    /// Takes in what was read elsewhere: on several threads, say.
    pub fn add(&mut self, file: FileId, read: Read) {
        self.read.insert(file, Arc::new(read));
    }

    /// What was read of a module last.
    pub fn read(&self, file: FileId) -> Option<&Arc<Read>> {
        self.read.get(&file)
    }

    /// Drops what is known of modules that are there no longer.
    pub fn retain(&mut self, there: impl Fn(FileId) -> bool) {
        self.read.retain(|file, _| there(*file));
        self.kept.retain(|file, _| there(*file));
    }
}

impl Kept {
    /// Whether it holds as long as the key does. Some findings look through all modules for what may
    /// be meant.
    pub fn holds(&self) -> bool {
        !self
            .diagnostics
            .iter()
            .any(|finding| [unknown_module::CODE, unknown_type::CODE].contains(&finding.code))
    }
}

/// What the check of a module is found from.
pub(super) fn key(loader: &Loader<'_>, file: FileId, cycle: Option<&Vec<FileId>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let own = loader.read(file);
    own.hash.hash(&mut hasher);
    cycle.hash(&mut hasher);
    loader.uses(file).hash(&mut hasher);
    let inside = has_scenarios(&own.hir);
    let reached: BTreeSet<FileId> = loader.reach([file]);
    for used in reached.into_iter().filter(|used| *used != file) {
        let read = loader.read(used);
        // Scenarios look into the bodies of playbooks and tasks.
        (used, if inside { read.hash } else { read.outline }).hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether a module has scenarios.
pub(super) fn has_scenarios(module: &hir::Module) -> bool {
    module.items.iter().any(|item| matches!(item.kind, hir::ItemKind::Scenario(_)))
}
