//! Name resolution.
//!
//! The result is a side table for one module; its HIR isn't changed. Names that depend on types (members of
//! records, methods, variants that only the expected type determines) are resolved by
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
mod texts;
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

/// The resolved names of one module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// Names, and fields that refer to a member of a module or a variant of an enum. A name that is missing here
    /// is unknown, or a variant that only the expected type determines.
    pub exprs: Table<Expr, Def>,
    /// The findings about names that are ambiguous, or have a meaning only elsewhere, unless the expected type
    /// resolves them. Unknown names are left to [`explain`].
    pub unresolved: BTreeMap<ExprId, Diagnostic>,
    /// The meaning of names that `exprs` takes for a pattern's binding, in case that is a variant.
    pub beyond: BTreeMap<ExprId, Def>,
    /// Patterns that name a variant with its enum, by the span of the pattern.
    pub patterns: BTreeMap<Span, VariantId>,
    /// Names in patterns that shadow another name, with its span: an error if they are bindings.
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
    /// What a path in a scenario refers to.
    pub fn target(&self, path: &Path) -> Option<&Target> {
        self.targets.get(&path_span(path)?)
    }
}

/// The span of a path from its first part to its last; `None` for an empty one.
pub fn path_span(path: &Path) -> Option<Span> {
    Some(path.first()?.span.to(path.last()?.span))
}
