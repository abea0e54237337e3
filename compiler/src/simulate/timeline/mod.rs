//! A trace as an incident log.
//!
//! Not every event is a line: people want to read what was found, who was asked and told, what
//! would have changed, what was skipped and why. The lines are data; the command line colors them,
//! [`plain()`] writes them as text.

mod ahead;
mod layout;
mod lines;
mod record;
mod summary;
mod words;

pub use layout::{Piece, Role, Row, clock, letter, log, plain, rows, wrapped};
pub use record::record;
pub use summary::{Change, Contacted, Fate, Missed, Summary};
pub use words::{
    brief, brief_by, call_in_words, end_in_words, people_in_words, read_in_words, skip_in_words, whole,
};

use std::sync::Arc;

use super::{
    input::Sample,
    trace::{Trace, TraceNodeId},
};
use crate::{graph::Nanoseconds, hir::PartKind, world::World};

/// A run as an incident log.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// `regional_failover`.
    pub playbook: Arc<str>,
    /// The scenario's title, if it is one.
    pub scenario: Option<Arc<str>>,
    /// When it began: nanoseconds since 1970 in UTC.
    pub start: i64,
    /// What of the event is a sample.
    pub samples: Vec<Sample>,
    /// What happened, in order.
    pub lines: Vec<Line>,
    /// What changed, who was contacted, what was assumed.
    pub summary: Summary,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Since the start of the run.
    pub at: Nanoseconds,
    /// The part of the playbook.
    pub part: Option<PartKind>,
    /// What it is about: `moved.promoted`; empty for the whole run.
    pub about: Arc<str>,
    /// How it is styled.
    pub tone: Tone,
    /// What the step is for, in the words of its documentation: on its first line only.
    pub title: Option<Arc<str>>,
    /// What happened.
    pub text: String,
    /// It is about the inside of a task, and neither a failure nor about people: shown on demand only.
    pub folded: bool,
    /// The place in the trace.
    pub node: Option<TraceNodeId>,
    /// The event that it tells: its sequence number.
    pub event: usize,
}

/// How a line is styled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Something was found out.
    Look,
    /// Severity or a cause.
    Judgement,
    /// People are asked, or answer.
    People,
    /// People are notified, or records updated.
    Tell,
    /// Something that serves users would change.
    Change,
    /// Data could be lost, or it can't be undone.
    Destroy,
    /// Something is undone.
    Undo,
    /// It didn't happen, and that is fine.
    Skip,
    /// It went wrong.
    Failure,
    /// It ended well.
    Success,
    /// Work that is none of these.
    Plain,
}

impl Timeline {
    /// The same without the inside of tasks. Failures and what reaches people stay.
    #[must_use]
    pub fn folded(mut self) -> Timeline {
        self.lines.retain(|line| !line.folded);
        self
    }
}

/// Tells a trace as an incident log. The world has the texts of the conditions.
pub fn timeline(world: &dyn World, trace: &Trace) -> Timeline {
    Timeline {
        playbook: trace.header.name.clone(),
        scenario: trace.header.scenario.clone(),
        start: trace.header.start,
        samples: trace.header.samples.clone(),
        lines: lines::lines(world, trace),
        summary: summary::summary(trace),
    }
}
