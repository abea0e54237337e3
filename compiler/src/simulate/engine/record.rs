//! Writes the trace, if one is wanted.

use std::{collections::HashMap, sync::Arc};

use super::{Engine, frame::Frame};
use crate::{
    graph::{NodeId, NodeKind},
    hir::Effect,
    names::StepRef,
    simulate::{
        evaluate::{Evaluator, Nowhere},
        trace::{Event, EventKind, TraceNode, TraceNodeId, TraceNodeKind, Work},
        value::text,
    },
};

/// Collects the events of a run.
#[derive(Debug, Default)]
pub struct Recorder {
    /// Whether anything is kept.
    pub level: Level,
    /// The places that events name.
    pub nodes: Vec<TraceNode>,
    /// The events.
    pub events: Vec<Event>,
    known: HashMap<(Option<TraceNodeId>, Arc<str>, NodeId), TraceNodeId>,
}

/// How much is kept of what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Everything.
    #[default]
    All,
    /// Nothing but how the run ends: for thousands of runs.
    Nothing,
}

impl Recorder {
    /// One that keeps this much.
    pub fn new(level: Level) -> Self {
        Recorder { level, ..Recorder::default() }
    }

    /// Forgets the run before.
    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.nodes.clear();
        self.known.clear();
    }

    /// The places of a frame's nodes; those of a task that is called again stay the same.
    pub(super) fn register(
        &mut self,
        frame: &Frame<'_>,
        inside: Option<TraceNodeId>,
        prefix: &str,
        evaluator: &Evaluator<'_>,
    ) -> Vec<TraceNodeId> {
        if self.level == Level::Nothing {
            return Vec::new();
        }
        let prefix: Arc<str> = prefix.into();
        let nodes = frame.graph.nodes().map(|(id, node)| {
            if let Some(known) = self.known.get(&(inside, prefix.clone(), id)) {
                return *known;
            }
            let mut path: Vec<StepRef> = frame.path.iter().flat_map(|path| path.iter().copied()).collect();
            let step = |node: NodeId| frame.graph.step(node);
            let (kind, plan) = match &node.kind {
                NodeKind::Step(plan) => (TraceNodeKind::Step, Some(&**plan)),
                NodeKind::Gate(gate) => (TraceNodeKind::Gate, step(gate.step)),
                NodeKind::Let(_) => (TraceNodeKind::Let, None),
                NodeKind::Cause(_) => (TraceNodeKind::Cause, None),
                NodeKind::Severity(_) => (TraceNodeKind::Severity, None),
                NodeKind::Milestone(_) => (TraceNodeKind::Milestone, None),
                NodeKind::Join(_) => (TraceNodeKind::Join, None),
                NodeKind::Return(_) => (TraceNodeKind::Return, None),
            };
            // What stands in an undo has no path: nothing given or expected of steps means it.
            match frame.path {
                Some(_) => path.extend(plan.map(|plan| StepRef { file: frame.file, step: plan.step })),
                None => path.clear(),
            }
            let sentence = match &node.kind {
                NodeKind::Cause(cause) => {
                    let value = evaluator.evaluate(frame.file, cause.sentence, &[], &Nowhere);
                    value.ok().map(|value| text(&value).into())
                }
                _ => None,
            };
            let traced = TraceNode {
                name: format!("{prefix}{}", frame.name(id)).into(),
                kind,
                part: frame.part.or(node.part),
                path: path.into(),
                span: node.span,
                effect: plan.map_or(Effect::Pure, |plan| plan.effect),
                inside,
                sentence,
                title: plan.and_then(|plan| frame.title(plan.step)),
            };
            self.nodes.push(traced);
            let traced = TraceNodeId(self.nodes.len() as u32 - 1);
            self.known.insert((inside, prefix.clone(), id), traced);
            traced
        });
        nodes.collect()
    }
}

impl Engine<'_> {
    /// Whether events are kept.
    pub(super) fn records(&self) -> bool {
        self.recorder.level == Level::All
    }

    /// Notes that something happened; gives its sequence number.
    pub(super) fn event(
        &mut self,
        node: Option<TraceNodeId>,
        work: Work,
        kind: impl FnOnce() -> EventKind,
    ) -> Option<u32> {
        if !self.records() {
            return None;
        }
        let kind = kind();
        if !self.take_line(&kind) {
            return None;
        }
        self.recorder.events.push(Event { at: self.now, node, work, cause: self.reason, kind });
        Some(self.recorder.events.len() as u32 - 1)
    }

    /// Notes that something happened to a node.
    pub(super) fn node_event(&mut self, at: super::At, kind: impl FnOnce() -> EventKind) -> Option<u32> {
        let node = self.frame(at.frame).traced(at.node);
        let event = self.event(node, Work::default(), kind);
        if event.is_some() {
            self.state_mut(at).event = event;
        }
        event
    }
}
