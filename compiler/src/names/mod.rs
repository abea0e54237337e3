//! What each name means.
//!
//! The result is a side table for one module: its HIR stays as it is. What depends on types (members
//! of records, methods, a variant that only the expected type tells apart) is found by
//! [`types`](crate::types).

mod binding;
mod def;
mod exports;
mod expressions;
mod imports;
mod playbook;
mod recursion;
mod resolve;
mod scenario;
mod scope;
mod statements;
mod suggest;
mod table;
mod types;

pub use def::*;
pub use exports::*;
pub use imports::prelude;
pub use resolve::{explain, resolve};
pub use scenario::{Bodies, STARTER, resolve_scenarios};
pub use scope::{ModuleDef, Modules, Prelude};
pub use suggest::Importable;
pub use table::Table;

use scope::ModuleScope;

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    hir::{Expr, ExprId, LocalId, Path},
    source::{FileId, Span},
};

/// What the names of one module mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// Names, and fields that name a member of a module or a variant of an enum. A name that is
    /// missing here is unknown, or a variant that only the expected type tells.
    pub exprs: Table<Expr, Def>,
    /// What is wrong with names that mean several things, or something in other places only, unless
    /// the expected type tells. Those that mean nothing at all are left to [`explain`].
    pub unresolved: BTreeMap<ExprId, Diagnostic>,
    /// What names mean that `exprs` takes for the binding of a pattern, in case that is a variant.
    pub beyond: BTreeMap<ExprId, Def>,
    /// Patterns that name a variant with its enum, by the span of the pattern.
    pub patterns: BTreeMap<Span, VariantId>,
    /// Names of patterns that another name has too, with its place: a mistake if they bind.
    pub hiding: BTreeMap<LocalId, Span>,
    /// Names of written types, by the span of their path.
    pub types: BTreeMap<Span, TypeDef>,
    /// Paths of scenarios, by their span ([`path_span`]).
    pub targets: BTreeMap<Span, Target>,
    /// The playbook of each scenario, by the scenario's item index.
    pub scenarios: BTreeMap<u32, ItemId>,
    /// The module that each `use` names, in the order of [`Module::uses`](crate::hir::Module::uses).
    pub uses: Vec<Option<FileId>>,
}

impl Names {
    /// What a path of a scenario names.
    pub fn target(&self, path: &Path) -> Option<&Target> {
        self.targets.get(&path_span(path)?)
    }
}

/// The span of a path from its first part to its last; none for an empty one.
pub fn path_span(path: &Path) -> Option<Span> {
    Some(path.first()?.span.to(path.last()?.span))
}
