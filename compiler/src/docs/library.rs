//! What pages are made from: checked modules with their sources.

use std::collections::BTreeMap;

use crate::{
    check::{Checked, CheckedModule},
    emit::{self, Document},
    hir::{ExprId, ExprKind, Item, ItemKind, Literal, Module},
    names::ItemId,
    source::{FileId, Span},
    world::World,
};

/// Checked modules with their sources.
pub struct Library<'a> {
    /// Where they come from.
    pub world: &'a dyn World,
    /// What is known of them.
    pub checked: &'a Checked,
    by_path: BTreeMap<&'a str, FileId>,
}

impl<'a> Library<'a> {
    /// What the world holds, of which this is known.
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

    /// The items of a module that others may use, but for scenarios.
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

    /// A text that stands there as a literal, without its quotes; else the expression.
    pub(super) fn words(&self, module: &Module, expr: ExprId) -> String {
        match &module.exprs[expr].kind {
            ExprKind::Literal(Literal::Text(text)) => text.to_string(),
            _ => self.expr(module, expr),
        }
    }

    /// The documentation of what a module's path and an item's name stand for.
    pub(super) fn docs(&self, path: &str, name: &str) -> Option<&'a str> {
        let module = self.module(self.file(path)?)?;
        module.hir.items.iter().find(|item| &*item.name.text == name).map(|item| item.docs.as_str())
    }

    /// A playbook's or task's graph.
    pub(super) fn document(&self, item: ItemId) -> Option<Document> {
        emit::document(self.world, &self.checked.meaning(), &self.checked.graphs, item)
    }
}
