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
    let mut diagnostics = parse.diagnostics(file);
    let (hir, lowered) = hir::lower(file, &parse);
    diagnostics.extend(lowered);
    Read {
        text: text.clone(),
        exports: Arc::new(names::exports(&hir)),
        diagnostics: Arc::new(diagnostics),
        hash: hash(text),
        outline: outline(text, &hir),
        hir: Arc::new(hir),
        parse,
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn outline(text: &str, module: &Module) -> u64 {
    let mut hasher = DefaultHasher::new();
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
