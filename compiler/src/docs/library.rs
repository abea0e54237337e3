//! The input of pages: checked modules and their sources.

use std::collections::BTreeMap;

use crate::{
    check::{Checked, CheckedModule},
    emit::{self, Document},
    hir::{ExprId, ExprKind, Item, ItemKind, Literal, Module},
    names::ItemId,
    source::{FileId, Span},
    world::World,
};

/// Checked modules and their sources.
pub struct Library<'a> {
    /// Their sources.
    pub world: &'a dyn World,
    /// Their checked form.
    pub checked: &'a Checked,
    by_path: BTreeMap<&'a str, FileId>,
}

impl<'a> Library<'a> {
    /// A library of the modules in `world`, checked as `checked`.
    pub fn new(world: &'a dyn World, checked: &'a Checked) -> Self {
        let by_path = checked.modules.keys().map(|file| (world.module_path(*file), *file)).collect();
        Self { world, checked, by_path }
    }

    /// A module by its path.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    pub(super) fn module(&self, file: FileId) -> Option<&'a CheckedModule> {
        self.checked.module(file)
    }

    /// The public items of a module, except scenarios.
    pub(super) fn items(&self, file: FileId) -> impl Iterator<Item = (ItemId, &'a Item)> {
        let items = self.module(file).into_iter().flat_map(|module| module.hir.items.iter().enumerate());
        items
            .filter(|(_, item)| item.private.is_none() && !matches!(item.kind, ItemKind::Scenario(_)))
            .map(move |(index, item)| (ItemId::new(file, index), item))
    }

    /// Source text on one line.
    pub(super) fn text(&self, span: Span) -> String {
        emit::one_line(self.world.source(span.file).part(span))
    }

    /// An expression on one line, as written.
    pub(super) fn expr(&self, module: &Module, expr: ExprId) -> String {
        self.text(Span { file: module.file, ..module.exprs[expr].span })
    }

    /// The text of a string literal without its quotes, otherwise the expression as written.
    pub(super) fn words(&self, module: &Module, expr: ExprId) -> String {
        match &module.exprs[expr].kind {
            ExprKind::Literal(Literal::Text(text)) => text.to_string(),
            _ => self.expr(module, expr),
        }
    }

    /// The doc comment of an item, by its module's path and its name.
    pub(super) fn docs(&self, path: &str, name: &str) -> Option<&'a str> {
        let module = self.module(self.file(path)?)?;
        module.hir.items.iter().find(|item| &*item.name.text == name).map(|item| item.docs.as_str())
    }

    /// A playbook's or task's graph.
    pub(super) fn document(&self, item: ItemId) -> Option<Document> {
        emit::document(self.world, &self.checked.meaning(), &self.checked.graphs, item)
    }
}
