//! A module as far as its own text goes, and what of it others can see.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use crate::{
    diagnostic::Diagnostic,
    hir::{self, ItemKind, Module},
    names::{self, Exports},
    source::FileId,
    syntax::{self, Parse},
};

/// A module's own text, read. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Read {
    /// The text.
    pub text: Arc<str>,
    /// Its tree.
    pub parse: Parse,
    /// Its meaning.
    pub hir: Arc<Module>,
    /// The names that it offers.
    pub exports: Arc<Exports>,
    /// What is wrong with the text.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// What the text is recognised by.
    pub(super) hash: u64,
    /// What others can see of it is recognised by: everything but the bodies of playbooks, scenarios
    /// and comments, with its places.
    pub(super) outline: u64,
}

/// Reads a module; `before` is what was read of it when its text was another.
pub fn read(file: FileId, text: &Arc<str>, before: Option<&Read>) -> Read {
    let parse = match before {
        Some(before) => syntax::parse_again(text, &before.parse),
        None => syntax::parse(text),
    };
    Read::of(file, text, parse)
}

impl Read {
    pub(super) fn of(file: FileId, text: &Arc<str>, parse: Parse) -> Self {
        let lowered = hir::lower(file, &parse);
        Self::new(text, parse, lowered, hash(text))
    }

    /// From what was lowered; `hash` is what it is recognised by.
    pub(super) fn new(
        text: &Arc<str>,
        parse: Parse,
        (hir, lowered): (Module, Vec<Diagnostic>),
        hash: u64,
    ) -> Self {
        let mut diagnostics = parse.diagnostics(hir.file);
        diagnostics.extend(lowered);
        Self {
            text: text.clone(),
            exports: Arc::new(names::exports(&hir)),
            diagnostics: Arc::new(diagnostics),
            hash,
            outline: outline(text, &hir),
            hir: Arc::new(hir),
            parse,
        }
    }
}

pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn outline(text: &str, module: &Module) -> u64 {
    let mut hasher = DefaultHasher::new();
    // That a name isn't there is no mistake of those who use it if broken text seems to declare it.
    module.lost.iter().for_each(|name| name.text.hash(&mut hasher));
    let mut add = |span: crate::source::Span| {
        (span.start, text.get(span.start as usize..span.end as usize)).hash(&mut hasher);
    };
    module.uses.iter().for_each(|line| add(line.span));
    for item in &module.items {
        match &item.kind {
            ItemKind::Playbook(_) => {
                item.private.into_iter().for_each(&mut add);
                add(item.name.span);
            }
            ItemKind::Scenario(_) => add(item.name.span),
            _ => add(item.span),
        }
    }
    hasher.finish()
}
