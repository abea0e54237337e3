//! The names of a module's items, as other modules see them. Types follow later, in its
//! [`Interface`](crate::types::Interface).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{ItemId, VariantId};
use crate::{
    hir::{ItemKind, Module},
    source::{FileId, Span},
};

/// The names of a module's items.
#[derive(Debug, Clone, PartialEq)]
pub struct Exports {
    /// The module.
    pub file: FileId,
    /// By item index.
    pub items: Vec<Export>,
    by_name: BTreeMap<Arc<str>, u32>,
    /// Names that its unreadable parts seem to declare.
    lost: BTreeSet<Arc<str>>,
}

/// An item as seen from other modules.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// Its name.
    pub name: Arc<str>,
    /// The span of its name.
    pub span: Span,
    /// Its visibility.
    pub visibility: Visibility,
    /// Its kind.
    pub kind: ExportKind,
}

/// The visibility of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Visible everywhere.
    Public,
    /// Visible in its own module only.
    Private,
}

/// The kind of an item, as far as names are concerned.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ExportKind {
    Record,
    Enum(Vec<Arc<str>>),
    Alias,
    Let,
    Function,
    Task,
    Action,
    Trigger,
    Playbook,
    Scenario,
}

impl ExportKind {
    /// The word for it in messages.
    pub fn word(&self) -> &'static str {
        match self {
            ExportKind::Record => "record",
            ExportKind::Enum(_) => "enum",
            ExportKind::Alias => "type",
            ExportKind::Let => "value",
            ExportKind::Function => "function",
            ExportKind::Task => "task",
            ExportKind::Action => "action",
            ExportKind::Trigger => "trigger",
            ExportKind::Playbook => "playbook",
            ExportKind::Scenario => "scenario",
        }
    }

    /// Whether it can be used as a type.
    pub fn is_type(&self) -> bool {
        matches!(self, ExportKind::Record | ExportKind::Enum(_) | ExportKind::Alias)
    }
}

/// The names that a module exports.
pub fn exports(module: &Module) -> Exports {
    let mut by_name = BTreeMap::new();
    let items = module.items.iter().enumerate().map(|(index, item)| {
        let kind = export_kind(&item.kind);
        if kind != ExportKind::Scenario && !item.name.text.is_empty() {
            by_name.entry(item.name.text.clone()).or_insert(index as u32);
        }
        Export {
            name: item.name.text.clone(),
            span: item.name.span,
            visibility: if item.private.is_some() { Visibility::Private } else { Visibility::Public },
            kind,
        }
    });
    let items = items.collect();
    let lost = module.lost.iter().map(|name| name.text.clone()).collect();
    Exports { file: module.file, items, by_name, lost }
}

fn export_kind(kind: &ItemKind) -> ExportKind {
    match kind {
        ItemKind::Record(_) => ExportKind::Record,
        ItemKind::Enum(item) => ExportKind::Enum(item.variants.iter().map(|v| v.name.text.clone()).collect()),
        ItemKind::Alias(_) => ExportKind::Alias,
        ItemKind::Let(_) => ExportKind::Let,
        ItemKind::Function(_) => ExportKind::Function,
        ItemKind::Task(_) => ExportKind::Task,
        ItemKind::Action(_) => ExportKind::Action,
        ItemKind::Trigger(_) => ExportKind::Trigger,
        ItemKind::Playbook(_) => ExportKind::Playbook,
        ItemKind::Scenario(_) => ExportKind::Scenario,
    }
}

impl Exports {
    /// The item with this name; the first one, if several have it.
    pub fn find(&self, name: &str) -> Option<(ItemId, &Export)> {
        let index = *self.by_name.get(name)?;
        Some((ItemId { file: self.file, index }, &self.items[index as usize]))
    }

    /// Whether unreadable code seems to declare this name; then not finding it isn't another error.
    pub fn is_lost(&self, name: &str) -> bool {
        self.lost.contains(name)
    }

    /// An item.
    pub fn get(&self, item: ItemId) -> Option<&Export> {
        self.items.get(item.index as usize).filter(|_| item.file == self.file)
    }

    /// The public items, by name.
    pub fn public(&self) -> impl Iterator<Item = (ItemId, &Export)> {
        self.by_name
            .values()
            .map(|index| (ItemId { file: self.file, index: *index }, &self.items[*index as usize]))
            .filter(|(_, export)| export.visibility == Visibility::Public)
    }

    /// The variant with this name, of an enum of the module.
    pub fn variant(&self, item: ItemId, name: &str) -> Option<VariantId> {
        let ExportKind::Enum(variants) = &self.get(item)?.kind else { return None };
        let index = variants.iter().position(|variant| **variant == *name)?;
        Some(VariantId { item, index: index as u32 })
    }
}
