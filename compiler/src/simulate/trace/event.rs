//! The events of a run.

use std::sync::Arc;

use super::{Ending, TraceNodeId};
use crate::{
    graph::{GuardOrigin, Nanoseconds},
    hir::Effect,
    names::{ItemId, Milestone},
    simulate::{
        evaluate::Read,
        value::{Decision, Value},
    },
    source::Span,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Since the start of the run.
    pub at: Nanoseconds,
    /// Where; none for what concerns the whole run.
    pub node: Option<TraceNodeId>,
    /// Which part of the step's work.
    pub work: Work,
    /// The sequence number of the event that led to this one.
    pub cause: Option<u32>,
    /// What.
    pub kind: EventKind,
}

/// Which part of a step's work an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Work {
    /// The element of `each`.
    pub element: Option<u32>,
    /// The poll of `repeat`, the tick of `every`: counted from 0.
    pub poll: Option<u32>,
    /// The attempt, counted from 0.
    pub attempt: u32,
    /// For what a call is made.
    pub purpose: Purpose,
}

/// For what a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// It is what the step does.
    #[default]
    Work,
    /// `on failure run`.
    Handling,
    /// It undoes the step.
    Undo,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// A milestone was reached.
    Milestone(Milestone),
    /// Severity is known.
    Severity {
        /// What it is.
        value: Value,
        /// Why it was assumed, if it was.
        assumed: Option<Assumption>,
    },
    /// A cause was decided.
    Cause {
        /// How.
        decision: Decision,
        /// Both sides hold.
        contradictory: bool,
        /// Some of its evidence couldn't be had.
        incomplete: bool,
    },
    /// A `let` has a value, or can't have one.
    Let(Result<Value, Arc<str>>),
    /// A condition was looked at.
    Guard {
        /// Where it stands.
        span: Span,
        /// Where it comes from.
        origin: GuardOrigin,
        /// What it has to give.
        wanted: bool,
        /// What came of it.
        outcome: GuardOutcome,
        /// What it looked at.
        reads: Vec<Read>,
    },
    /// A step waits for a time.
    Delayed {
        /// Since the start of the run.
        until: Nanoseconds,
    },
    /// A gate opened.
    GateOpened {
        /// How many must grant it.
        count: u32,
        /// How long each group has.
        within: Option<Nanoseconds>,
        /// What they are shown: the call, and the list of `each`.
        call: CallShown,
        /// The list of `each`.
        list: Option<Value>,
    },
    /// People are asked for their approval.
    GateAsked(Vec<Reached>),
    /// Somebody approved.
    Granted {
        /// Who.
        person: PersonShown,
        /// How many have by now.
        have: u32,
        /// How many must.
        need: u32,
        /// Nobody said so: the dry run assumes it.
        assumed: bool,
    },
    /// Somebody's answer counts for nothing.
    Disregarded {
        /// Who.
        person: PersonShown,
        /// Why: `wasn't asked`.
        why: Arc<str>,
    },
    /// A gate closed.
    GateClosed(GateOutcome),
    /// A step began.
    Started,
    /// A call was made.
    Attempt(CallShown),
    /// A call came to its end.
    AttemptEnded(AttemptOutcome),
    /// The condition of `repeat` was looked at after a poll.
    Polled {
        /// It held.
        held: bool,
        /// Why it couldn't be evaluated.
        error: Option<Arc<str>>,
    },
    /// People are asked a question, or to do something.
    Asked {
        /// Whom, and how.
        people: Vec<Reached>,
        /// What.
        question: Arc<str>,
        /// Among what they choose.
        options: Option<Value>,
        /// How long they have.
        within: Option<Nanoseconds>,
    },
    /// Somebody answered.
    Answered {
        /// Who.
        person: Option<PersonShown>,
        /// What.
        value: Value,
        /// Nobody said so: the dry run assumes it.
        assumed: bool,
    },
    /// People were told something.
    Told {
        /// Whom, and how.
        people: Vec<Reached>,
        /// Of what, where it isn't the step itself.
        about: Option<Arc<str>>,
    },
    /// A step, cause or gate came to its end.
    Ended(End),
    /// A step that would be undone stays, since one after it can't be.
    NotUndone {
        /// The irreversible step.
        behind: Arc<str>,
        /// Why it is irreversible.
        why: Arc<str>,
    },
    /// The run is over.
    RunEnded(Ending),
}

/// Why severity was assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assumption {
    /// What it names has no value, because this failed.
    Missing(Arc<str>),
    /// It couldn't be evaluated.
    Error(Arc<str>),
    /// It wasn't known after two minutes.
    Late,
}

/// What came of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuardOutcome {
    /// It gave what it has to give.
    Held,
    /// It didn't.
    Failed,
    /// It names something that has no value because this failed.
    Blocked(Arc<str>),
    /// It names an answer that nobody gave.
    Unanswered(Arc<str>),
    /// It couldn't be evaluated.
    Error(Arc<str>),
}

/// A call with the values of its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct CallShown {
    /// As in a program: `kubernetes.rollback`.
    pub callee: Arc<str>,
    /// The action or task; none for what every module has.
    pub item: Option<ItemId>,
    /// What it does at most.
    pub effect: Effect,
    /// By parameter.
    pub arguments: Vec<ArgumentShown>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct ArgumentShown {
    /// The parameter.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
    /// Whether the call says it; else it is the parameter's default.
    pub said: bool,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq)]
pub enum AttemptOutcome {
    /// It gave this.
    Gave(Value),
    /// It failed; what was cut off by its time limit may have acted.
    Failed(Failure),
    /// Nobody answered.
    Unanswered,
    /// It was stopped.
    Stopped,
}

/// A person, as people know them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonShown {
    /// What tells them from all others.
    pub id: Arc<str>,
    /// Their name.
    pub name: Arc<str>,
}

/// A person and how they were reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Who.
    pub person: PersonShown,
    /// By what: `slack`. None if all their contacts are down.
    pub by: Option<Arc<str>>,
}

/// How a gate closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GateOutcome {
    /// Enough people approved.
    Approved,
    /// It wasn't needed this time.
    NotNeeded,
    /// Somebody refused.
    Refused(PersonShown),
    /// There aren't enough people to ask.
    TooFew {
        /// How many there are.
        people: u32,
        /// How many must approve.
        need: u32,
    },
    /// Not enough answered in time.
    Late,
    /// Nobody needs it any more.
    Withdrawn,
}

/// How a step ended (rule 1).
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// Well: with its value.
    Ok(Value),
    /// It wasn't needed.
    Skipped(Skip),
    /// It failed, which was provided for.
    Handled(Failure),
    /// It failed.
    Failed(Failure),
    /// Something that it needs failed.
    Blocked {
        /// What failed at the root of it.
        by: Arc<str>,
    },
    /// It was stopped or never begun because of this.
    Cancelled {
        /// `the run failed`.
        by: Arc<str>,
    },
}

impl End {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            End::Ok(_) => "ok",
            End::Skipped(_) => "skipped",
            End::Handled(_) => "handled",
            End::Failed(_) => "failed",
            End::Blocked { .. } => "blocked",
            End::Cancelled { .. } => "cancelled",
        }
    }
}

/// Why a step was skipped.
#[derive(Debug, Clone, PartialEq)]
pub enum Skip {
    /// A condition didn't hold.
    Guard {
        /// Where it stands.
        span: Span,
        /// Where it comes from.
        origin: GuardOrigin,
        /// What it had to give.
        wanted: bool,
        /// What it looked at.
        reads: Vec<Read>,
    },
    /// Nobody approved it.
    NotApproved(GateOutcome),
    /// Nobody answered the question that it is.
    Unanswered,
    /// It needs an answer that nobody gave.
    NeedsAnswer(Arc<str>),
    /// The run was resolved before it began.
    Resolved,
    /// What it waits for never came.
    Never(Arc<str>),
}

/// Why a step or call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Of what kind.
    pub kind: FailureKind,
    /// The reason as text: what `error` is in `on failure`.
    pub text: Arc<str>,
}

impl Failure {
    /// A failure.
    pub fn new(kind: FailureKind, text: impl Into<Arc<str>>) -> Failure {
        Failure { kind, text: text.into() }
    }
}

/// Kinds of failures (rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FailureKind {
    /// The call failed.
    Failure,
    /// The call took longer than it may.
    Timeout,
    /// `repeat` or `each` reached its bound.
    Bound,
    /// An expression has no value.
    Error,
    /// An approval was refused.
    Refused,
    /// An approval came too late or not at all.
    Late,
}

impl FailureKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            FailureKind::Failure => "failure",
            FailureKind::Timeout => "timeout",
            FailureKind::Bound => "bound",
            FailureKind::Error => "error",
            FailureKind::Refused => "refused",
            FailureKind::Late => "late",
        }
    }
}
