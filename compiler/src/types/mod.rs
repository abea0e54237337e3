//! Type checking: the type of each expression and name, and the meaning of each call and member.
//!
//! Nothing inside of playbooks and tasks needs an annotation; everything in a module's interface has one, so
//! a module is checked against the [`Interface`]s of the others alone.

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

/// The types of one module's expressions and names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Types {
    /// The type of each expression, narrowed at its position.
    pub exprs: Table<Expr, Type>,
    /// The type of each local name as others see it: of a step, a `T?` with `when`, a `List<T>` with
    /// `each` (rule T1).
    pub locals: Table<Local, Type>,
    /// The type of each step's call, which `it` has in its `until`.
    pub calls_of_steps: Table<Step, Type>,
    /// The meaning of each call.
    pub calls: Table<Expr, Call>,
    /// The meaning of each `Field` expression that is a member of a value.
    pub members: Table<Expr, Member>,
    /// Names that depend on types: variants of the expected enum, names shadowed by a pattern.
    pub defs: Table<Expr, Def>,
    /// Names in patterns that are variants, by the span of the pattern; the others bind a local.
    pub patterns: BTreeMap<Span, VariantId>,
    /// Unknown names, where no expected type determines them: see
    /// [`explain`](crate::names::explain).
    pub unknown_names: BTreeSet<ExprId>,
    /// Types as written, by their span.
    pub written: BTreeMap<Span, Type>,
}

impl Types {
    /// The type of an expression; unknown if it has none.
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

    /// The meaning of a name or field, given its resolution in `names`.
    pub fn def(&self, names: &crate::names::Names, expr: ExprId) -> Option<Def> {
        self.defs.get(expr).or_else(|| names.exprs.get(expr)).copied()
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The callee.
    pub callee: Callee,
    /// The value of each parameter, in the order of the callee's parameters.
    pub arguments: Vec<ArgumentValue>,
}

impl Call {
    /// The argument for the parameter with this index, if the call has one.
    pub fn given(&self, parameter: usize) -> Option<ExprId> {
        match self.arguments.get(parameter)? {
            ArgumentValue::Given(expr) => Some(*expr),
            ArgumentValue::Default | ArgumentValue::Missing => None,
        }
    }
}

/// The source of a parameter's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentValue {
    /// The call.
    Given(ExprId),
    /// The declaration: the parameter's default.
    Default,
    /// None: already reported, or an optional parameter of a built-in.
    Missing,
}

/// The callee.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Callee {
    /// A function.
    Function(ItemId),
    /// A record constructor. A map literal in place of a record counts as a call too.
    Record(ItemId),
    /// An action.
    Action(ItemId),
    /// A task.
    Task(ItemId),
    /// A trigger, in `on`.
    Trigger(ItemId),
    /// A built-in.
    Builtin(Builtin),
    /// A method; the receiver is that of the callee's `Field`.
    Method(&'static Method),
}

/// A member of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// The field of a record with this index.
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

    /// Whether it changes during the run.
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
