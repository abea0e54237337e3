//! The type of each expression and name, and what each call and member means.
//!
//! Inside of playbooks and tasks nothing needs an annotation; at the edges of a module everything
//! has one, so that a module is checked against the [`Interface`]s of the others alone.

mod alias;
mod cover;
mod infer;
mod interface;
mod methods;
mod relations;
mod signature;
mod ty;
mod units;
mod written;
mod zone;

pub use infer::{Foreign, Heads, Targets, infer, infer_scenarios};
pub use interface::*;
pub use methods::*;
pub use relations::MAX_TYPE_DEPTH;
pub use signature::interface;
pub use ty::*;
pub use units::{OPERATIONS, Operation, Quantity};
pub use zone::{is_time_zone, time_zones, utc_offset};

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    hir::{Expr, ExprId, Local, LocalId, Step, StepId},
    names::{Builtin, Def, ItemId, Table, VariantId},
    source::Span,
};

/// What is known of the expressions and names of one module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Types {
    /// The type of each expression, narrowed where it stands.
    pub exprs: Table<Expr, Type>,
    /// The type of each local name as others see it: of a step, a `T?` with `when`, a `List<T>` with
    /// `each` (rule T1).
    pub locals: Table<Local, Type>,
    /// The type of each step's call: what `it` is in its `until`.
    pub calls_of_steps: Table<Step, Type>,
    /// What each call means.
    pub calls: Table<Expr, Call>,
    /// What each `Field` expression means that takes a member of a value.
    pub members: Table<Expr, Member>,
    /// Names that only types tell: variants of the enum that is expected, names beyond a pattern.
    pub defs: Table<Expr, Def>,
    /// Names in patterns that are variants, by the span of the pattern; the others bind a local.
    pub patterns: BTreeMap<Span, VariantId>,
    /// Names that mean nothing, with no expected type that tells them: see
    /// [`explain`](crate::names::explain).
    pub unknown_names: BTreeSet<ExprId>,
    /// Types as written, by their span.
    pub written: BTreeMap<Span, Type>,
}

impl Types {
    /// The type of an expression; unknown where nothing is known.
    pub fn of(&self, expr: ExprId) -> &Type {
        self.exprs.get(expr).unwrap_or(&Type::Unknown)
    }

    /// The type of a local name as others see it.
    pub fn of_local(&self, local: LocalId) -> &Type {
        self.locals.get(local).unwrap_or(&Type::Unknown)
    }

    /// The type of a step's call.
    pub fn of_call(&self, step: StepId) -> &Type {
        self.calls_of_steps.get(step).unwrap_or(&Type::Unknown)
    }

    /// What a name or field means, given what `names` knows of it.
    pub fn def(&self, names: &crate::names::Names, expr: ExprId) -> Option<Def> {
        self.defs.get(expr).or_else(|| names.exprs.get(expr)).copied()
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// The value of each parameter, in the order of the callee's parameters.
    pub arguments: Vec<ArgumentValue>,
}

impl Call {
    /// The expression given for the parameter with this number, if the call says one.
    pub fn given(&self, parameter: usize) -> Option<ExprId> {
        match self.arguments.get(parameter)? {
            ArgumentValue::Given(expr) => Some(*expr),
            ArgumentValue::Default | ArgumentValue::Missing => None,
        }
    }
}

/// Where a parameter's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentValue {
    /// From the call.
    Given(ExprId),
    /// From the declaration: the parameter's default.
    Default,
    /// From nowhere: already reported, or an optional parameter of a builtin.
    Missing,
}

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Callee {
    /// A function.
    Function(ItemId),
    /// A record is built. A map literal that stands for a record counts as a call too.
    Record(ItemId),
    /// An action.
    Action(ItemId),
    /// A task.
    Task(ItemId),
    /// A trigger, in `on`.
    Trigger(ItemId),
    /// What needs no import.
    Builtin(Builtin),
    /// A method; the receiver is that of the callee's `Field`.
    Method(&'static Method),
}

/// A member of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// The field with this number of a record.
    Field(ItemId, u32),
    /// A member of the run.
    Run(RunMember),
    /// A member of a cause.
    Cause(CauseMember),
    /// A member of a Json document.
    Json,
    /// A method that is called.
    Method(&'static Method),
}

/// A member of `run`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RunMember {
    Id,
    Url,
    Status,
    Elapsed,
    Now,
    Starter,
    Suspects,
    RuledOut,
    OpenCauses,
}

impl RunMember {
    /// All of them.
    pub const ALL: [RunMember; 9] = [
        RunMember::Id,
        RunMember::Url,
        RunMember::Status,
        RunMember::Elapsed,
        RunMember::Now,
        RunMember::Starter,
        RunMember::Suspects,
        RunMember::RuledOut,
        RunMember::OpenCauses,
    ];

    /// Whether it changes while the run goes on.
    pub fn is_of_the_moment(self) -> bool {
        match self {
            RunMember::Id | RunMember::Url | RunMember::Starter => false,
            RunMember::Status
            | RunMember::Elapsed
            | RunMember::Now
            | RunMember::Suspects
            | RunMember::RuledOut
            | RunMember::OpenCauses => true,
        }
    }

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            RunMember::Id => "id",
            RunMember::Url => "url",
            RunMember::Status => "status",
            RunMember::Elapsed => "elapsed",
            RunMember::Now => "now",
            RunMember::Starter => "starter",
            RunMember::Suspects => "suspects",
            RunMember::RuledOut => "ruled_out",
            RunMember::OpenCauses => "open_causes",
        }
    }
}

/// A member of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CauseMember {
    Suspected,
    RuledOut,
    Open,
}

impl CauseMember {
    /// All of them.
    pub const ALL: [CauseMember; 3] = [CauseMember::Suspected, CauseMember::RuledOut, CauseMember::Open];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            CauseMember::Suspected => "suspected",
            CauseMember::RuledOut => "ruled_out",
            CauseMember::Open => "open",
        }
    }
}
