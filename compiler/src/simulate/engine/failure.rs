//! The run is resolved, or fails: rule 20. Each happens at most once, and never both.

use super::{
    At, Engine, FrameId, ROOT,
    frame::{Data, FrameState, Progress, at},
};
use crate::{
    graph::{NodeId, NodeKind, Phase, Reason, StepGraph},
    hir::PartKind,
    names::Milestone,
    simulate::{
        trace::{End, EventKind, Failure, FailureKind, Skip, Work},
        value::Value,
    },
};

/// Whether a step is stopped when the run fails.
pub(super) fn stops_at_failure(graph: &StepGraph, step: NodeId) -> bool {
    let node = graph.node(step);
    node.part == Some(PartKind::Remediate) && node.phase != Phase::AfterFailed
}

/// As what failure a task has that a step's end makes fail; none if it doesn't.
pub(super) fn of_end(end: &End) -> Option<Failure> {
    match end {
        End::Failed(failure) => Some(failure.clone()),
        End::Blocked { by } => Some(Failure::new(FailureKind::Failure, format!("blocked by {by}"))),
        _ => None,
    }
}

impl Engine<'_> {
    /// A step has failed or was blocked: does the run fail, or the task?
    pub(super) fn after_failure(&mut self, step: At, why: Failure) {
        if step.frame != ROOT {
            if self.frame(step.frame).state == FrameState::Running {
                let name = self.frame(step.frame).name(step.node);
                let failure = Failure::new(why.kind, format!("{name}: {}", why.text));
                self.fail_frame(step.frame, failure);
            }
            return;
        }
        let graph = self.frame(ROOT).graph;
        let fails = graph.outgoing(step.node).iter().map(|edge| graph.edge(*edge)).any(|edge| {
            edge.reason == Reason::Milestone
                && matches!(graph.node(edge.to).kind, NodeKind::Milestone(Milestone::Failed))
        });
        if fails && self.resolved.is_none() && self.failed.is_none() {
            self.run_failed(step);
        }
    }

    /// A change, or a step that `resolved after` names, has failed.
    fn run_failed(&mut self, step: At) {
        self.failed = Some(self.now);
        self.reason = self.state(step).event.or(self.reason);
        let graph = self.frame(ROOT).graph;
        if let Some(node) = graph.milestone(Milestone::Failed) {
            let node = at(ROOT, node);
            let event = self.node_event(node, || EventKind::Milestone(Milestone::Failed));
            self.reason = event.or(self.reason);
            let now = self.now;
            let state = self.state_mut(node);
            state.ended = Some(now);
            state.data = Data::Value(Value::Unit);
            state.progress = Progress::Over(None);
            self.pass_on(node);
        }
        self.tell_owner("the run failed");
        for (step, _) in graph.steps() {
            let node = graph.node(step);
            if stops_at_failure(graph, step) {
                self.cancel_step(at(ROOT, step));
            } else if node.phase == Phase::AfterResolved && self.state(at(ROOT, step)).waits() {
                let never = Skip::Never(Milestone::Resolved.word().into());
                self.end_step(at(ROOT, step), End::Skipped(never));
            }
        }
    }

    /// All steps of `resolved after` are ok.
    pub(super) fn run_resolved(&mut self) {
        self.resolved = Some(self.now);
        let graph = self.frame(ROOT).graph;
        if let Some(node) = graph.milestone(Milestone::Resolved) {
            self.reason = self.state(at(ROOT, node)).event;
        }
        for (id, plan) in graph.steps() {
            let step = at(ROOT, id);
            let state = self.state(step);
            if state.waits() && graph.node(id).phase != Phase::AfterResolved {
                self.end_step(step, End::Skipped(Skip::Resolved));
            } else if plan.every.is_some() && state.progress == Progress::Active && state.work.is_none() {
                self.end_recurring(step);
            }
        }
    }

    /// The owner of the playbook gets to know.
    pub(super) fn tell_owner(&mut self, about: &str) {
        if self.owner.is_empty() {
            return;
        }
        let people = self.owner.iter().map(|person| person.reach(&|medium| self.is_down(medium))).collect();
        self.event(None, Work::default(), || EventKind::Told { people, about: Some(about.into()) });
    }

    /// What stopped the steps of a frame.
    pub(super) fn stopped_by(&self, frame: FrameId) -> std::sync::Arc<str> {
        match (&self.frame(frame).state, self.frame(frame).caller) {
            (FrameState::Failing(failure), _) => failure.text.clone(),
            (_, None) => "the run failed".into(),
            (_, Some(call)) => {
                let call = &self.calls[call.0 as usize];
                self.stopped_by(call.at.frame)
            }
        }
    }
}
