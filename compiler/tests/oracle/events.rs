//! What happens in a run, as both sides of the comparison tell it.

use std::fmt;

use super::model::{Decision, Id, Level, Milestone, Seconds};
use super::print;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    pub at: Seconds,
    /// The step, through the tasks around it; empty for what concerns the whole run.
    pub path: Vec<Id>,
    pub work: Work,
    pub what: What,
}

/// Which part of a step's work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work {
    pub element: Option<u32>,
    pub poll: Option<u32>,
    pub attempt: u32,
    pub purpose: Purpose,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    #[default]
    Work,
    Handling,
    Undo,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Milestone(Milestone),
    Severity {
        level: Level,
        assumed: bool,
    },
    Cause(Id, Decision),
    GateOpened,
    GateClosed(GateEnd),
    /// A call with its argument, if it has one.
    Attempt(Option<i64>),
    AttemptEnded(AttemptEnd),
    Ended(End),
    Over {
        outcome: RunEnd,
        decided: Seconds,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateEnd {
    Approved,
    NotNeeded,
    Refused,
    Late,
    Withdrawn,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttemptEnd {
    Gave(Value),
    Failed(Kind),
    Unanswered,
    Stopped,
}

/// Kinds of failures (rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Failure,
    Timeout,
    Bound,
    Error,
    Refused,
    Late,
}

/// How a step ends (rule 1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Ok(Value),
    Skipped(Skip),
    Handled(Kind),
    Failed(Kind),
    Blocked,
    Cancelled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// A condition of a group or its `when`.
    Condition,
    NotApproved,
    /// It is a question that nobody answered.
    Unanswered,
    /// It needs an answer that nobody gave.
    NeedsAnswer,
    /// The run was resolved first.
    Resolved,
    /// What it waits for never came.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunEnd {
    Resolved,
    Failed,
    Completed,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    None,
    Bool(bool),
    Int(i64),
    List(Vec<i64>),
}

impl fmt::Display for Event {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:>4}s {:<8}", self.at, print::path(&self.path))?;
        if let Some(element) = self.work.element {
            write!(to, " element {element}")?;
        }
        if let Some(poll) = self.work.poll {
            write!(to, " poll {poll}")?;
        }
        if self.work.attempt > 0 {
            write!(to, " attempt {}", self.work.attempt)?;
        }
        if self.work.purpose != Purpose::Work {
            write!(to, " ({:?})", self.work.purpose)?;
        }
        write!(to, " {:?}", self.what)
    }
}
