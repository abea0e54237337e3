//! One module beside the standard library, checked again and again.

use std::{cell::RefCell, sync::Arc};

use quell_compiler::{
    check::{Checked, Memo, check_again},
    diagnostic::Diagnostic,
    encoding,
    lint::{self, Profile, Settings},
    repair::Files,
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

use crate::seeds;

/// The world in which a target works: the standard library and the examples, whose catalog and modules
/// mutants of them need. It is checked once for each thread.
pub struct Laboratory {
    pub world: MemoryWorld,
    pub file: FileId,
    memo: Memo,
}

thread_local! {
    static LABORATORY: RefCell<Laboratory> = RefCell::new(Laboratory::new());
}

impl Laboratory {
    fn new() -> Self {
        let (mut world, _) = seeds::examples();
        let file = world.add("example", SourceFile::new("example.quell", ""));
        Self { world, file, memo: Memo::default() }
    }

    /// Works on a text in this thread's laboratory.
    pub fn with<R>(text: &str, work: impl FnOnce(&mut Laboratory) -> R) -> R {
        LABORATORY.with_borrow_mut(|laboratory| {
            laboratory.put(text);
            work(laboratory)
        })
    }

    /// Puts another text in place of the module.
    pub fn put(&mut self, text: &str) {
        self.world.add("example", SourceFile::new("example.quell", text));
    }

    /// The text of the module.
    pub fn module(&self) -> &str {
        &self.world.source(self.file).text
    }

    /// Checks the module.
    pub fn check(&mut self) -> Checked {
        check_again(&self.world, &[self.file], &mut self.memo)
    }

    /// All findings of `quell check --profile strict`.
    pub fn all_findings(&mut self) -> (Checked, Vec<Diagnostic>) {
        let checked = self.check();
        let mut found = encoding::inspect(self.file, self.module());
        found.extend(checked.diagnostics.iter().filter(|it| it.span().file == self.file).cloned());
        let settings = |_| Settings::of(Profile::Strict);
        let found = lint::lint(&self.world, &checked, &[self.file], &settings, found);
        self.lie_in_the_text(&found);
        (checked, found)
    }

    /// Each place that a finding or a repair names is one in its file.
    fn lie_in_the_text(&self, found: &[Diagnostic]) {
        for finding in found {
            let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in finding.labels.iter().map(|label| label.span).chain(edits) {
                let text = &self.world.source(span.file).text;
                let said = text.get(span.start as usize..span.end as usize);
                assert!(said.is_some(), "{} at {span:?} lies outside of its text", finding.code);
            }
        }
    }
}

impl Files for Laboratory {
    fn text(&self, file: FileId) -> Arc<str> {
        self.world.source(file).text.clone()
    }

    fn is_writable(&self, file: FileId) -> bool {
        file == self.file
    }

    fn replace(&mut self, _: FileId, text: Arc<str>) {
        self.put(&text);
    }

    fn findings(&mut self) -> Vec<Diagnostic> {
        self.all_findings().1
    }
}

/// The text of bytes, as a file with them has it.
pub fn text_of(bytes: &[u8]) -> String {
    encoding::decode(FileId(0), bytes.to_vec()).0
}

/// The last boundary between characters up to an offset.
pub fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
