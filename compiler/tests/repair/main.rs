//! Fixes: what they must never do to a text, tried on texts of all kinds and with fixes that are wrong.
//!
//! `QUELL_MUTANTS=100000 cargo test -p quell-compiler --test repair` tries more of the damaged texts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod mutants;
mod rounds;

use std::sync::Arc;

use quell_compiler::{
    check::{Memo, check_again},
    diagnostic::{Diagnostic, Safety, sort},
    encoding,
    lint::{self, Profile, Settings},
    repair::{Files, Repaired, repair},
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

/// A module beside the standard library, with all that is found in it.
pub struct Bench {
    world: MemoryWorld,
    file: FileId,
    memo: Memo,
    /// How often all findings were computed.
    pub checks: usize,
}

impl Bench {
    /// A bench with an empty module.
    pub fn new() -> Self {
        let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
        let file = world.add("example", SourceFile::new("example.quell", ""));
        Self { world, file, memo: Memo::default(), checks: 0 }
    }

    /// Repairs a text; what came of it, and the text after that.
    pub fn repaired(&mut self, text: &str, limit: Safety) -> (Repaired, String) {
        self.replace(self.file, text.into());
        let repaired = repair(self, limit);
        (repaired, self.text(self.file).to_string())
    }

    /// All findings of a text.
    pub fn found(&mut self, text: &str) -> Vec<Diagnostic> {
        self.replace(self.file, text.into());
        self.findings()
    }
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

impl Files for Bench {
    fn text(&self, file: FileId) -> Arc<str> {
        self.world.source(file).text.clone()
    }

    fn is_writable(&self, file: FileId) -> bool {
        file == self.file
    }

    fn replace(&mut self, _: FileId, text: Arc<str>) {
        self.world.add("example", SourceFile::new("example.quell", text));
    }

    fn findings(&mut self) -> Vec<Diagnostic> {
        self.checks += 1;
        let checked = check_again(&self.world, &[self.file], &mut self.memo);
        let mut found = encoding::inspect(self.file, &self.text(self.file));
        found.extend(checked.diagnostics.iter().filter(|it| it.span().file == self.file).cloned());
        let settings = |_| Settings::of(Profile::Strict);
        let mut found = lint::lint(&self.world, &checked, &[self.file], &settings, found);
        sort(&mut found);
        found
    }
}
