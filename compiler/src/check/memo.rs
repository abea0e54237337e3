//! What is kept from one check to the next.
//!
//! A module is checked again if its text changed, or what it can see of a module that it uses,
//! directly or not. Both are recognized by hashes of content.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use super::{
    CheckedModule,
    edited::Base,
    modules::Loader,
    read::{self, Read},
    run::Plan,
};
use crate::{
    diagnostic::Diagnostic,
    findings::names::{unknown_module, unknown_type},
    graph::Bodies,
    hir,
    names::Exports,
    source::FileId,
    syntax::Parse,
};

/// What is kept from one check to the next. It belongs to one set of files: a [`FileId`] means the same
/// module throughout.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    /// What was read.
    pub(super) texts: Texts,
    /// By module: what came of its check.
    pub(super) kept: BTreeMap<FileId, Kept>,
    /// By module: what becomes of text from outside in it, and the texts that this was found from.
    pub(super) outside: BTreeMap<FileId, (u64, Arc<Vec<Diagnostic>>)>,
    /// By module that is being edited: what its edits are held against.
    pub(super) bases: BTreeMap<FileId, Base>,
}

/// What was read of modules.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    /// By module: its own text, read.
    pub read: BTreeMap<FileId, Arc<Read>>,
    /// Of those of which nothing else is kept: a text and the names that it offers.
    pub offered: BTreeMap<FileId, (Arc<str>, Arc<Exports>)>,
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
        self.texts.read.insert(file, Arc::new(read));
    }

    /// What was read of a module last.
    pub fn read(&self, file: FileId) -> Option<&Arc<Read>> {
        self.texts.read.get(&file)
    }

    /// A module's tree.
    pub fn parse(&mut self, file: FileId, text: &Arc<str>) -> Parse {
        match self.bases.get(&file) {
            Some(base) if base.latest.0 == *text => base.latest.1.clone(),
            _ => self.current(file, text).parse.clone(),
        }
    }

    /// A module's text, read.
    pub fn current(&mut self, file: FileId, text: &Arc<str>) -> Arc<Read> {
        let before = self.texts.read.get(&file);
        if let Some(known) = before.filter(|read| read.text == *text) {
            return known.clone();
        }
        let parsed = self.bases.get(&file).map(|base| &base.latest).filter(|latest| latest.0 == *text);
        let read = match parsed {
            Some((_, parse)) => Read::of(file, text, parse.clone()),
            None => read::read(file, text, before.map(|before| &**before)),
        };
        let read = Arc::new(read);
        self.texts.read.insert(file, read.clone());
        read
    }

    /// The names that a module offers. Nothing else is kept of a module that wasn't read before.
    pub fn exports(&mut self, file: FileId, text: &Arc<str>) -> Arc<Exports> {
        if let Some(read) = self.read(file).filter(|read| read.text == *text) {
            return read.exports.clone();
        }
        if let Some((_, exports)) = self.texts.offered.get(&file).filter(|(known, _)| known == text) {
            return exports.clone();
        }
        let exports = read::read(file, text, None).exports;
        self.texts.offered.insert(file, (text.clone(), exports.clone()));
        exports
    }

    /// Takes in what a copy of this memo found out meanwhile. Of `passed` it takes the names that they
    /// offer and nothing else: so the memory of a large project stays small.
    pub fn learn(&mut self, copy: Memo, passed: &[FileId]) {
        let passed: BTreeSet<FileId> = passed.iter().copied().collect();
        self.texts.offered.extend(copy.texts.offered);
        for (file, read) in copy.texts.read {
            if passed.contains(&file) {
                self.texts.offered.insert(file, (read.text.clone(), read.exports.clone()));
            } else {
                self.texts.read.insert(file, read);
            }
        }
        let kept = copy.kept.into_iter();
        self.kept.extend(kept.filter(|(file, _)| !passed.contains(file)));
        let outside = copy.outside.into_iter();
        self.outside.extend(outside.filter(|(file, _)| !passed.contains(file)));
    }

    /// Drops what is known of modules that are there no longer.
    pub fn retain(&mut self, there: impl Fn(FileId) -> bool) {
        self.texts.read.retain(|file, _| there(*file));
        self.texts.offered.retain(|file, _| there(*file));
        self.kept.retain(|file, _| there(*file));
        self.outside.retain(|file, _| there(*file));
        self.bases.retain(|file, _| there(*file));
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

/// What the check of a module is found from; `own` says what its own text is recognized by.
pub(super) fn key(loader: &Loader<'_>, plan: &Plan, file: FileId, own: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    own.hash(&mut hasher);
    plan.cycles.get(&file).hash(&mut hasher);
    loader.uses(file).hash(&mut hasher);
    let below = plan.below.get(&file).copied().unwrap_or_default();
    // Scenarios read the bodies of playbooks and tasks.
    let inside = has_scenarios(&loader.read(file).hir);
    if inside { below.texts } else { below.outlines }.hash(&mut hasher);
    hasher.finish()
}

/// The texts of a module and of all that it uses, bodies included.
pub(super) fn texts_key(loader: &Loader<'_>, plan: &Plan, file: FileId, key: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    loader.read(file).hash.hash(&mut hasher);
    plan.below.get(&file).copied().unwrap_or_default().texts.hash(&mut hasher);
    hasher.finish()
}

/// Whether a module has scenarios.
pub(super) fn has_scenarios(module: &hir::Module) -> bool {
    module.items.iter().any(|item| matches!(item.kind, hir::ItemKind::Scenario(_)))
}
