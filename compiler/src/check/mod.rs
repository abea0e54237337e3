//! The whole check, from sources to the one value that all later stages read.

mod aftermath;
mod digest;
mod edited;
mod memo;
mod modules;
mod outside;
mod read;
mod run;
mod scenarios;
mod vacuous;

pub use edited::{Edited, check_edited};
pub use memo::Memo;
pub use modules::PRELUDE;
pub use read::{Read, read};
pub use run::{check, check_again, check_files};

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    effects::Effects,
    graph::{Graphs, Meaning, ModuleMeaning},
    hir,
    names::{Def, ItemId, Names},
    source::FileId,
    types::{Interface, Interfaces, Signature, Type, Types},
};

/// What is known of some modules and of all that they use.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// By module.
    pub modules: BTreeMap<FileId, CheckedModule>,
    /// The interfaces of all modules.
    pub interfaces: Interfaces,
    /// The step graphs of all playbooks and tasks.
    pub graphs: Graphs,
    /// All findings, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is known of a module.
#[derive(Debug, Clone)]
pub struct CheckedModule {
    /// Its meaning.
    pub hir: Arc<hir::Module>,
    /// What its names mean.
    pub names: Arc<Names>,
    /// What others may know of it.
    pub interface: Arc<Interface>,
    /// Its types.
    pub types: Arc<Types>,
    /// Its effects.
    pub effects: Arc<Effects>,
}

impl CheckedModule {
    /// What a name or field means; none if that isn't known, or if it is a member of a value.
    pub fn def(&self, expr: hir::ExprId) -> Option<Def> {
        self.types.def(&self.names, expr)
    }

    /// The type of an expression.
    pub fn type_of(&self, expr: hir::ExprId) -> &Type {
        self.types.of(expr)
    }
}

impl Checked {
    /// What the step graphs are built from.
    pub fn meaning(&self) -> Meaning<'_> {
        let modules = self.modules.iter().map(|(file, module)| {
            let CheckedModule { hir, names, types, effects, .. } = module;
            (*file, ModuleMeaning { hir, names, types, effects })
        });
        Meaning { modules: modules.collect() }
    }

    /// A module.
    pub fn module(&self, file: FileId) -> Option<&CheckedModule> {
        self.modules.get(&file)
    }

    /// An item.
    pub fn item(&self, item: ItemId) -> Option<&hir::Item> {
        self.module(item.file)?.hir.items.get(item.index as usize)
    }

    /// The signature of an item.
    pub fn signature(&self, item: ItemId) -> Option<&Signature> {
        self.interfaces.get(item)
    }

    /// The playbooks, in the order of modules and items.
    pub fn playbooks(&self) -> impl Iterator<Item = (ItemId, &hir::Playbook)> {
        self.modules.iter().flat_map(|(file, module)| {
            module.hir.items.iter().enumerate().filter_map(|(index, item)| match &item.kind {
                hir::ItemKind::Playbook(playbook) => Some((ItemId::new(*file, index), playbook)),
                _ => None,
            })
        })
    }
}
