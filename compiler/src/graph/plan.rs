//! A step as it is carried out: its call and its clauses, with all constants evaluated.

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
/// How long an attempt may take where neither the step nor its action says it.
pub const DEFAULT_TIMEOUT: Nanoseconds = MINUTE;
/// How many elements `each` may have where it doesn't say it.
pub const DEFAULT_EACH_MAXIMUM: u32 = 100;
/// How long severity may stay unknown before its highest value is assumed (rule 17).
pub const SEVERITY_LIMIT: Nanoseconds = 2 * MINUTE;

/// A step. Expressions are those of the module of the graph's item; a constant that is none here
/// has no known value, which another finding has said.
#[derive(Debug, Clone)]
pub struct StepPlan {
    /// The step.
    pub step: StepId,
    /// Its name.
    pub local: LocalId,
    /// Conditions in the order in which they are looked at: groups from outside in, then `when`,
    /// each split at `and`.
    pub guards: Vec<GuardId>,
    /// Its gate.
    pub gate: Option<NodeId>,
    /// The call, with its arguments.
    pub call: ExprId,
    /// What is called.
    pub callee: Callee,
    /// What call and undo do to the world at most.
    pub effect: Effect,
    /// `each`.
    pub each: Option<EachPlan>,
    /// `repeat`.
    pub repeat: Option<RepeatPlan>,
    /// `every D`: the time from one call to the next.
    pub every: Option<EveryPlan>,
    /// How long an attempt may take: the step's `timeout`, else the action's, else 1m; for a question
    /// or work by hand its `within`, if that is shorter; none for a task without a time-out of its own.
    pub timeout: Option<Nanoseconds>,
    /// How long a call usually takes: the median that the action's `simulate` block gives.
    pub usual: Option<Nanoseconds>,
    /// `retry`.
    pub retry: Option<RetryPlan>,
    /// `on failure`.
    pub on_failure: Option<OnFailurePlan>,
    /// How it is undone; none for a task, whose steps know.
    pub undo: Option<UndoPlan>,
    /// Why it can't be undone: nothing before it is undone either.
    pub irreversible: Option<Irreversible>,
}

impl StepPlan {
    /// Whether it touches what serves users, so that it has a place of its own (promise 2).
    pub fn is_change(&self) -> bool {
        self.effect >= Effect::Changes
    }

    /// Whether it finds something out: its effect is at most to ask.
    pub fn is_look(&self) -> bool {
        self.effect <= Effect::Asks
    }

    /// Whether `on failure` says what happens when its call fails. What stands outside of that clause
    /// (conditions, approval, the list of `each`, what it needs) isn't handled.
    pub fn handles_failure(&self) -> bool {
        matches!(self.on_failure, Some(OnFailurePlan::Continue | OnFailurePlan::Use(_)))
    }
}

/// What a step calls.
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
    /// How many run at once; all without it.
    pub at_a_time: Option<u32>,
    /// How many there may be.
    pub at_most: Option<u32>,
}

/// `repeat every D until E for D, at most D (or N times)`.
#[derive(Debug, Clone)]
pub struct RepeatPlan {
    /// From one poll's start to the next one's.
    pub every: Option<Nanoseconds>,
    /// What ends it.
    pub until: Option<ExprId>,
    /// How long that must hold; none if it needn't.
    pub hold: Option<Nanoseconds>,
    /// What cuts it; none if that isn't known.
    pub bound: Option<RepeatBound>,
}

/// What cuts a `repeat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepeatBound {
    /// So long after the first poll's start.
    Time(Nanoseconds),
    /// After so many polls.
    Times(u32),
}

/// `every D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EveryPlan {
    /// From one call's start to the next one's.
    pub period: Option<Nanoseconds>,
}

/// `retry N times every D`, `... backoff D to D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPlan {
    /// Further attempts.
    pub times: Option<u32>,
    /// From an attempt's end to the next one's start.
    pub wait: RetryWaitPlan,
}

/// The waits between attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryWaitPlan {
    /// None at all.
    None,
    /// Always as long.
    Every(Nanoseconds),
    /// Doubles from the first to the second.
    Backoff(Nanoseconds, Nanoseconds),
    /// Not known, already reported.
    Unknown,
}

impl RetryWaitPlan {
    /// The wait after the attempt with this number, counted from 0; none if it isn't known.
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

/// A call beside the step's own: what undoes it, or what is done when it failed.
#[derive(Debug, Clone, Copy)]
pub struct CallPlan {
    /// The call, with its arguments.
    pub call: ExprId,
    /// What is called.
    pub callee: Callee,
    /// How long its one attempt may take; none for a task.
    pub timeout: Option<Nanoseconds>,
}

/// `on failure ...`.
#[derive(Debug, Clone, Copy)]
pub enum OnFailurePlan {
    /// `continue`: the value is `none`.
    Continue,
    /// `use E`: the value is E.
    Use(ExprId),
    /// `run CALL`: then what happens by default.
    Run(CallPlan),
}

/// How a step is undone.
#[derive(Debug, Clone, Copy)]
pub struct UndoPlan {
    /// What undoes it. If the action says so, the call stands in the action's module and names the
    /// action's parameters.
    pub call: CallPlan,
    /// Who says so.
    pub said_by: SaidBy,
    /// Also when the run ends well.
    pub always: bool,
    /// Where it is said.
    pub span: Span,
}

/// `irreversible "why"`.
#[derive(Debug, Clone, Copy)]
pub struct Irreversible {
    /// The reason: a text.
    pub why: ExprId,
    /// Who says so: the module of `why`.
    pub said_by: SaidBy,
}

/// Who says something about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidBy {
    /// The step, in a clause.
    Step,
    /// The action that it calls, in its contract.
    Action(ItemId),
}
