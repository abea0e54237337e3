//! The input of the graph: the results of the previous stages, module by module.

use std::collections::BTreeMap;

use crate::{
    effects::{self, Effects},
    hir::{Action, ExprId, Item, ItemKind, Module},
    names::{Builtin, Def, ItemId, Names},
    source::{FileId, Span},
    types::{Call, Types},
};

use super::Callee;

/// Some modules and all modules that they use.
#[derive(Debug, Clone, Default)]
pub struct Meaning<'a> {
    /// By module.
    pub modules: BTreeMap<FileId, ModuleMeaning<'a>>,
}

/// The results for a module.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the types say it")]
pub struct ModuleMeaning<'a> {
    pub hir: &'a Module,
    pub names: &'a Names,
    pub types: &'a Types,
    pub effects: &'a Effects,
}

impl<'a> Meaning<'a> {
    /// A module.
    pub fn module(&self, file: FileId) -> Option<ModuleMeaning<'a>> {
        self.modules.get(&file).copied()
    }

    /// An item.
    pub fn item(&self, item: ItemId) -> Option<&'a Item> {
        self.module(item.file)?.hir.items.get(item.index as usize)
    }

    /// An action.
    pub fn action(&self, item: ItemId) -> Option<&'a Action> {
        match &self.item(item)?.kind {
            ItemKind::Action(action) => Some(action),
            _ => None,
        }
    }
}

impl effects::Used for Meaning<'_> {
    fn module(&self, file: FileId) -> Option<(effects::ModuleContext<'_>, &Effects)> {
        let ModuleMeaning { hir, names, types, effects } = *self.modules.get(&file)?;
        Some((effects::ModuleContext { hir, names, types }, effects))
    }

    fn files(&self) -> Vec<FileId> {
        self.modules.keys().copied().collect()
    }
}

impl<'a> ModuleMeaning<'a> {
    /// The meaning of a name or field.
    pub fn def(&self, expr: ExprId) -> Option<Def> {
        self.types.def(self.names, expr)
    }

    /// Where an expression stands.
    pub fn span(&self, expr: ExprId) -> Span {
        self.hir.exprs[expr].span
    }

    /// The meaning of a call.
    pub fn call(&self, expr: ExprId) -> Option<&'a Call> {
        self.types.calls.get(expr)
    }

    /// The callee of a step or undo.
    pub fn callee(&self, expr: ExprId) -> Callee {
        use crate::types::Callee as Meant;
        match self.call(expr).map(|call| call.callee) {
            Some(Meant::Action(item)) => Callee::Action(item),
            Some(Meant::Task(item)) => Callee::Task(item),
            Some(Meant::Builtin(Builtin::Ask)) => Callee::Ask,
            Some(Meant::Builtin(Builtin::AskMany)) => Callee::AskMany,
            Some(Meant::Builtin(Builtin::Manual)) => Callee::Manual,
            _ => Callee::Unknown,
        }
    }
}
