//! A trace as an incident log.
//!
//! Not every event is a line: people want to read what was found, who was asked and told, what
//! would have changed, what was skipped and why. The lines are data; the command line colors them,
//! [`plain()`] writes them as text.

mod ahead;
mod groups;
mod layout;
mod lines;
mod record;
mod summary;
mod words;

pub use layout::{Piece, Role, Row, clock, letter, log, plain, rows, wrapped};
pub use record::record;
pub use summary::{Change, Contacted, Fate, Missed, Summary};
pub use words::{
    brief, brief_by, call_in_words, end_in_words, people_in_words, read_in_words, receiver, skip_in_words,
    whole,
};

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    account::Account,
    input::Sample,
    invocation::Length,
    trace::{EventKind, Trace, TraceNodeId},
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
    /// The command or request that is approved or made, as far as it was asked for.
    pub invocation: Option<String>,
    /// It is about the inside of a task, and neither a failure nor a question: shown on demand only.
    pub folded: bool,
    /// What it says in place of its text if the inside of its task isn't shown.
    pub digest: Option<String>,
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

/// Which commands and requests a log shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invocations {
    /// Those that people are asked to approve.
    Approved,
    /// All of them.
    All,
}

impl Timeline {
    /// The same with the commands and requests that calls stand for: once for each step, and again
    /// where it calls something else.
    #[must_use]
    pub fn with_invocations(mut self, account: &Account<'_>, which: Invocations, length: Length) -> Timeline {
        let mut begun: BTreeMap<_, usize> = BTreeMap::new();
        let mut calls = BTreeMap::new();
        for (index, event) in account.trace.events.iter().enumerate() {
            match &event.kind {
                EventKind::GateOpened { call, .. } => drop(calls.insert(index, (call, index))),
                EventKind::Attempt(call) if which == Invocations::All => {
                    begun.insert((event.node, event.work), index);
                    calls.insert(index, (call, index));
                }
                EventKind::AttemptEnded(_) => {
                    let attempt = begun.get(&(event.node, event.work));
                    if let Some(attempt) = attempt.and_then(|attempt| calls.get(attempt).copied()) {
                        calls.insert(index, attempt);
                    }
                }
                _ => {}
            }
        }
        let mut shown = BTreeSet::new();
        for line in &mut self.lines {
            let Some((call, at)) = calls.get(&line.event) else { continue };
            let Some(invocation) = account.invocation(call, *at) else { continue };
            let text = invocation.prompted(length);
            if shown.insert((line.node, text.clone())) {
                line.invocation = Some(text);
            }
        }
        self
    }

    /// The same without the inside of tasks: a task is a line with what it called, how many steps it had,
    /// and where it sent messages. Failures, questions and approvals stay.
    #[must_use]
    pub fn folded(mut self) -> Timeline {
        self.lines.retain(|line| !line.folded);
        for line in &mut self.lines {
            if let Some(digest) = line.digest.take() {
                line.text = digest;
            }
        }
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
