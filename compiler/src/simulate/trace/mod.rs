//! What happened in a run, as plain data (rule 30).
//!
//! Everything that people or programs learn about a run is made from its trace: the timeline, the
//! expectations of scenarios, reports. The documented format is in [`wire`].

mod event;
pub mod wire;

pub use event::*;

use std::sync::Arc;

use super::{input::Sample, value::Value};
use crate::{
    graph::Nanoseconds,
    hir::{Effect, PartKind, RunOutcome},
    names::{ItemId, StepRef},
    source::Span,
};

/// A run from its start to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// What it began with.
    pub header: Header,
    /// The places that the events name.
    pub nodes: Vec<TraceNode>,
    /// In the order in which they happened; an event's index is its sequence number.
    pub events: Vec<Event>,
}

/// What a run began with.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The playbook.
    pub playbook: ItemId,
    /// Its name.
    pub name: Arc<str>,
    /// The module that it stands in.
    pub module: Arc<str>,
    /// The scenario's title, if it is one.
    pub scenario: Option<Arc<str>>,
    /// What chance is drawn from.
    pub seed: u64,
    /// When it began: nanoseconds since 1970 in UTC.
    pub start: i64,
    /// `resolve within`.
    pub resolve_within: Option<Nanoseconds>,
    /// The modules with a hash of their texts.
    pub sources: Vec<(Arc<str>, u64)>,
    /// Inputs and the event, by name.
    pub inputs: Vec<(Arc<str>, Value)>,
    /// What of them is a sample, since nobody gave it.
    pub samples: Vec<Sample>,
    /// What was given, as written.
    pub given: Vec<Arc<str>>,
}

/// The number of a [`TraceNode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceNodeId(pub u32);

/// A place that events name: a step, gate, cause…
#[derive(Debug, Clone, PartialEq)]
pub struct TraceNode {
    /// With the steps around it: `moved.promoted`.
    pub name: Arc<str>,
    /// What it is.
    pub kind: TraceNodeKind,
    /// The part in which it stands; of a task's steps, that of the step that calls it.
    pub part: Option<PartKind>,
    /// The step of the playbook, and the steps of tasks inside, for steps and gates; else the steps
    /// around it.
    pub path: Arc<[StepRef]>,
    /// Where it stands in the source.
    pub span: Span,
    /// What it is at most.
    pub effect: Effect,
    /// The step whose task this stands in.
    pub inside: Option<TraceNodeId>,
    /// What people read of it: a cause's sentence.
    pub sentence: Option<Arc<str>>,
    /// What a step is for: the first paragraph of its documentation, on one line.
    pub title: Option<Arc<str>>,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TraceNodeKind {
    Step,
    Gate,
    Let,
    Cause,
    Severity,
    Milestone,
    Join,
    Return,
}

/// How a run ended (rule 22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Resolved, failed or completed.
    pub outcome: RunOutcome,
    /// When it was resolved or failed, or when it was over: since the start.
    pub decided: Nanoseconds,
    /// When nothing was left to do: since the start.
    pub over: Nanoseconds,
    /// The promise of `resolve within` is broken: it was resolved later, or never.
    pub overdue: bool,
    /// Something that should have been undone couldn't be.
    pub undo_incomplete: bool,
}

impl Ending {
    /// How a broken promise is told after the outcome and its time; empty if none was broken.
    pub fn broken_promise(&self) -> &'static str {
        match (self.overdue, self.outcome) {
            (false, _) => "",
            (true, RunOutcome::Resolved) => ", later than promised",
            (true, RunOutcome::Failed | RunOutcome::Completed) => ", not resolved as promised",
        }
    }
}

impl Trace {
    /// A place.
    pub fn node(&self, node: TraceNodeId) -> &TraceNode {
        &self.nodes[node.0 as usize]
    }

    /// How the run ended, if it did.
    pub fn ending(&self) -> Option<&Ending> {
        self.events.iter().rev().find_map(|event| match &event.kind {
            EventKind::RunEnded(ending) => Some(ending),
            _ => None,
        })
    }

    /// The step of this path.
    pub fn step(&self, path: &[StepRef]) -> Option<TraceNodeId> {
        let found =
            self.nodes.iter().position(|node| node.kind == TraceNodeKind::Step && *node.path == *path)?;
        Some(TraceNodeId(found as u32))
    }
}
