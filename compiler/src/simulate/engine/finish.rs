//! How runs and tasks end: rules 22 and 23.

use super::{
    Engine, FrameId, ROOT,
    call::Owner,
    frame::{Data, FrameState, at},
    undo::Which,
};
use crate::{
    graph::NodeId,
    hir::{PartKind, RunOutcome},
    simulate::{
        trace::{AttemptOutcome, End, Ending, EventKind, Failure, FailureKind, Skip, Work},
        value::Value,
    },
};

impl Engine<'_> {
    /// Ends what has nothing left to do; gives whether something has happened.
    pub(super) fn finish_frames(&mut self) -> bool {
        if self.undo_when_drained() {
            return true;
        }
        while let Some(frame) = self.agenda.next_end() {
            let state = self.frame(frame);
            if state.open > 0 || state.state == FrameState::Over {
                continue;
            }
            self.reason = None;
            let happened = if frame == ROOT { self.finish_run() } else { self.finish_task(frame) };
            if happened {
                return true;
            }
        }
        false
    }

    /// Undoes what a failed run did, once its changes have come to rest; gives back what is given back
    /// at every end, once its part is over.
    fn undo_when_drained(&mut self) -> bool {
        let root = self.frame(ROOT);
        if root.undoing.is_some() || root.undos.is_empty() {
            return false;
        }
        if self.failed.is_some() {
            let graph = root.graph;
            if self.undone || !self.changes_rest() {
                return false;
            }
            if !std::mem::replace(&mut self.passed.recurring, true) {
                let recurs = |step: &NodeId| graph.step(*step).is_some_and(|plan| plan.every.is_some());
                let mut active = self.active_steps(ROOT);
                active.retain(|step| recurs(step) && super::failure::stops_at_failure(graph, *step));
                for step in active {
                    self.stop_recurring(at(ROOT, step));
                }
            }
            // What a task undid that was stopped comes first.
            if self.undoes(ROOT) {
                return false;
            }
            self.undone = true;
            self.reason = graph
                .milestone(crate::names::Milestone::Failed)
                .and_then(|node| self.state(at(ROOT, node)).event);
            return self.start_undo(ROOT, Which::Failed);
        }
        let parts: Vec<PartKind> = root.undos.due().collect();
        match parts.into_iter().find(|part| self.part_is_over(*part)) {
            Some(part) => {
                self.reason = None;
                self.start_undo(ROOT, Which::Always(Some(part)))
            }
            None => false,
        }
    }

    /// The run has nothing open.
    fn finish_run(&mut self) -> bool {
        if self.skip_waiting(ROOT) {
            return true;
        }
        let recurring = self.active_steps(ROOT);
        for step in &recurring {
            self.stop_recurring(at(ROOT, *step));
        }
        if !recurring.is_empty() || self.start_undo(ROOT, Which::Always(None)) {
            return true;
        }
        self.frame_mut(ROOT).state = FrameState::Over;
        let outcome = match (self.resolved, self.failed) {
            (Some(_), _) => RunOutcome::Resolved,
            (None, Some(_)) => RunOutcome::Failed,
            (None, None) => RunOutcome::Completed,
        };
        let promised = self.frame(ROOT).graph.resolve_within;
        let ending = Ending {
            outcome,
            decided: self.resolved.or(self.failed).unwrap_or(self.now),
            over: self.now,
            overdue: promised.is_some_and(|within| self.resolved.is_none_or(|at| at > within)),
            undo_incomplete: self.undo_incomplete,
        };
        self.ending = Some(ending.clone());
        self.reason = None;
        self.event(None, Work::default(), || EventKind::RunEnded(ending));
        true
    }

    /// What still waits, waits for something that never comes.
    fn skip_waiting(&mut self, frame: FrameId) -> bool {
        let graph = self.frame(frame).graph;
        let waiting: Vec<_> =
            graph.steps().map(|(id, _)| at(frame, id)).filter(|step| self.state(*step).waits()).collect();
        for step in &waiting {
            let never = self.what_never_came(step.node);
            self.end_step(*step, End::Skipped(Skip::Never(never)));
        }
        !waiting.is_empty()
    }

    fn what_never_came(&self, step: NodeId) -> std::sync::Arc<str> {
        use crate::{graph::Phase, names::Milestone};
        match self.frame(ROOT).graph.node(step).phase {
            Phase::AfterFailed => Milestone::Failed.word().into(),
            Phase::AfterResolved => Milestone::Resolved.word().into(),
            Phase::Response => "what it waits for".into(),
        }
    }

    /// Whether a step of a task that was stopped didn't end well.
    fn stopped_short(&self, frame: FrameId) -> bool {
        let well = |end: &End| matches!(end, End::Ok(_) | End::Skipped(_) | End::Handled(_));
        let mut steps = self.frame(frame).graph.steps();
        !steps.all(|(id, _)| self.state(at(frame, id)).end().is_some_and(well))
    }

    /// A task has nothing open.
    fn finish_task(&mut self, frame: FrameId) -> bool {
        let Some(call) = self.frame(frame).caller else { return false };
        let outcome = match self.frame(frame).state.clone() {
            FrameState::Over => return false,
            FrameState::Cancelled if self.stopped_short(frame) => AttemptOutcome::Stopped,
            // Also where it was stopped, if nothing was left to do.
            FrameState::Running | FrameState::Cancelled => {
                let graph = self.frame(frame).graph;
                let waiting = graph.steps().any(|(id, _)| self.state(at(frame, id)).waits());
                if waiting && self.ends_now(frame) {
                    return false;
                }
                if waiting {
                    // Only a task with errors has steps that wait for each other.
                    let failure = Failure::new(FailureKind::Error, "deadlock: its steps wait for each other");
                    self.fail_frame(frame, failure);
                    return true;
                }
                match self.frame(frame).body.result.map(|node| &self.frame(frame).node(node).data) {
                    None => AttemptOutcome::Gave(Value::Unit),
                    Some(Data::Value(value)) => AttemptOutcome::Gave(value.clone()),
                    Some(Data::Absent(_)) => AttemptOutcome::Unanswered,
                    Some(Data::Blocked(_) | Data::Unknown) => {
                        let text = "its value couldn't be computed";
                        AttemptOutcome::Failed(Failure::new(FailureKind::Error, text))
                    }
                }
            }
            FrameState::Failing(failure) => {
                // Entries that are done aren't undone again, so this comes to its end.
                if self.start_undo(frame, Which::Failed) {
                    return true;
                }
                // What can't be put back still holds back what is older, in whoever called this.
                self.frame_mut(frame).undos.forget();
                AttemptOutcome::Failed(failure)
            }
        };
        // Nobody undoes an undo, or a message about a failure: what is undone at every end is undone here.
        let handed_over = matches!(self.calls[call.0 as usize].owner, Owner::Element { .. });
        if !handed_over && self.start_undo(frame, Which::Always(None)) {
            return true;
        }
        self.frame_mut(frame).state = FrameState::Over;
        self.hand_over(frame, call);
        if !self.calls[call.0 as usize].over {
            self.finish_call(call, outcome);
        }
        true
    }
}
