//! The plan of a step: its call and its clauses, with all constants evaluated.

use super::{GuardId, NodeId};
use crate::{
    hir::{Effect, ExprId, LocalId, StepId},
    names::ItemId,
    source::Span,
};

/// A length of time, as in [`Literal::Duration`](crate::hir::Literal).
pub type Nanoseconds = i64;

/// One second.
pub const SECOND: Nanoseconds = 1_000_000_000;
/// One minute.
pub const MINUTE: Nanoseconds = 60 * SECOND;
/// The time limit of an attempt if neither the step nor its action sets one.
pub const DEFAULT_TIMEOUT: Nanoseconds = MINUTE;
/// The maximum number of elements of `each` if it sets none.
pub const DEFAULT_EACH_MAXIMUM: u32 = 100;
/// How long severity may stay unknown before its highest value is assumed (rule 17).
pub const SEVERITY_LIMIT: Nanoseconds = 2 * MINUTE;

/// A step. Expressions belong to the module of the graph's item; a constant that is `None` has no known
/// value, which another finding reports.
#[derive(Debug, Clone)]
pub struct StepPlan {
    /// The step.
    pub step: StepId,
    /// Its name.
    pub local: LocalId,
    /// Conditions in the order of their evaluation: those of blocks from the outside in, then `when`,
    /// each split at `and`.
    pub guards: Vec<GuardId>,
    /// Its gate.
    pub gate: Option<NodeId>,
    /// The call, with its arguments.
    pub call: ExprId,
    /// The callee.
    pub callee: Callee,
    /// The strongest effect of call and undo.
    pub effect: Effect,
    /// `each`.
    pub each: Option<EachPlan>,
    /// `repeat`.
    pub repeat: Option<RepeatPlan>,
    /// `every D`: the time from one call to the next.
    pub every: Option<EveryPlan>,
    /// The time limit of an attempt: the step's `timeout`, otherwise the action's, otherwise 1m; for a question
    /// or a manual step its `within`, if that is shorter; `None` for a task without a limit of its own.
    pub timeout: Option<Nanoseconds>,
    /// The typical duration of a call: the median in the action's `simulate` block.
    pub usual: Option<Nanoseconds>,
    /// `retry`.
    pub retry: Option<RetryPlan>,
    /// `on failure`.
    pub on_failure: Option<OnFailurePlan>,
    /// How it is undone; `None` for a task, whose steps have undos of their own.
    pub undo: Option<UndoPlan>,
    /// Why it can't be undone; then nothing before it is undone either.
    pub irreversible: Option<Irreversible>,
}

impl StepPlan {
    /// Whether it changes production, so that it keeps its place (promise 2).
    pub fn is_change(&self) -> bool {
        self.effect >= Effect::Changes
    }

    /// Whether it only gathers information: its effect is at most to ask.
    pub fn is_look(&self) -> bool {
        self.effect <= Effect::Asks
    }

    /// Whether `on failure` handles a failure of its call. It doesn't cover what is outside of that clause:
    /// conditions, approval, the list of `each`, dependencies.
    pub fn handles_failure(&self) -> bool {
        matches!(self.on_failure, Some(OnFailurePlan::Continue | OnFailurePlan::Use(_)))
    }
}

/// The callee of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callee {
    /// An action.
    Action(ItemId),
    /// A task: the graph of that item runs inside the step.
    Task(ItemId),
    /// `ask(people, "question", ...)`.
    Ask,
    /// `ask_many(people, "question", ...)`.
    AskMany,
    /// `manual(people, "what to do", ...)`.
    Manual,
    /// Not known, already reported.
    Unknown,
}

/// `each x in xs, N at a time, at most N`.
#[derive(Debug, Clone)]
pub struct EachPlan {
    /// The name of the element.
    pub variable: LocalId,
    /// The list.
    pub list: ExprId,
    /// How many run in parallel; all if not set.
    pub at_a_time: Option<u32>,
    /// The maximum number of elements.
    pub at_most: Option<u32>,
}

/// `repeat every D until E for D, at most D (or N times)`.
#[derive(Debug, Clone)]
pub struct RepeatPlan {
    /// From the start of one poll to the start of the next.
    pub every: Option<Nanoseconds>,
    /// The condition that ends it.
    pub until: Option<ExprId>,
    /// How long the condition has to hold; `None` if once is enough.
    pub hold: Option<Nanoseconds>,
    /// Its limit; `None` if unknown.
    pub bound: Option<RepeatBound>,
}

/// The limit of a `repeat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepeatBound {
    /// The time since the start of the first poll.
    Time(Nanoseconds),
    /// The number of polls.
    Times(u32),
}

/// `every D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EveryPlan {
    /// From the start of one call to the start of the next.
    pub period: Option<Nanoseconds>,
}

/// `retry N times every D`, `... backoff D to D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPlan {
    /// The number of further attempts.
    pub times: Option<u32>,
    /// From the end of an attempt to the start of the next.
    pub wait: RetryWaitPlan,
}

/// The waits between attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryWaitPlan {
    /// None.
    None,
    /// Constant.
    Every(Nanoseconds),
    /// Doubling from the first to the second.
    Backoff(Nanoseconds, Nanoseconds),
    /// Not known, already reported.
    Unknown,
}

impl RetryWaitPlan {
    /// The wait after the attempt with this index; `None` if unknown.
    pub fn after(self, attempt: u32) -> Option<Nanoseconds> {
        match self {
            RetryWaitPlan::None => Some(0),
            RetryWaitPlan::Every(wait) => Some(wait),
            RetryWaitPlan::Backoff(first, limit) => {
                let factor = 1_i64.checked_shl(attempt).filter(|factor| *factor > 0).unwrap_or(i64::MAX);
                Some(first.saturating_mul(factor).min(limit))
            }
            RetryWaitPlan::Unknown => None,
        }
    }
}

/// A call besides the step's own: its undo, or what runs when it fails.
#[derive(Debug, Clone, Copy)]
pub struct CallPlan {
    /// The call, with its arguments.
    pub call: ExprId,
    /// The callee.
    pub callee: Callee,
    /// The time limit of its only attempt; `None` for a task.
    pub timeout: Option<Nanoseconds>,
}

/// `on failure ...`.
#[derive(Debug, Clone, Copy)]
pub enum OnFailurePlan {
    /// `continue`: the value is `none`.
    Continue,
    /// `use E`: the value is E.
    Use(ExprId),
    /// `run CALL`: then the default behavior.
    Run(CallPlan),
}

/// How a step is undone.
#[derive(Debug, Clone, Copy)]
pub struct UndoPlan {
    /// The call. If the action declares it, the call is in the action's module and refers to the action's
    /// parameters.
    pub call: CallPlan,
    /// Where it is declared.
    pub said_by: SaidBy,
    /// Whether it runs even if the run succeeds.
    pub always: bool,
    /// Its span.
    pub span: Span,
}

/// `irreversible "why"`.
#[derive(Debug, Clone, Copy)]
pub struct Irreversible {
    /// The reason: a text.
    pub why: ExprId,
    /// Where it is declared: the module of `why`.
    pub said_by: SaidBy,
}

/// Where an undo or `irreversible` is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidBy {
    /// In a clause of the step.
    Step,
    /// In the contract of its action.
    Action(ItemId),
}
