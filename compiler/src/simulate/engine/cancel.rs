//! Stopping: what is cancelled may finish what it does to the world (rule 16); what is cut off by a
//! bound stops at once (rules 10 and 12).

use super::{
    At, CallId, Engine, FrameId,
    frame::{FrameState, Progress, at},
    queue::Timer,
    step::Outcome,
};
use crate::{
    hir::Effect,
    simulate::trace::{AttemptOutcome, End, Failure},
};

impl Engine<'_> {
    /// Rule 16: what waits ends; looking and asking ends; an attempt that notifies or does more
    /// finishes, with no further attempt, poll or element.
    pub(super) fn cancel_step(&mut self, step: At) {
        let by = self.stopped_by(step.frame);
        match self.state(step).progress {
            Progress::Over(_) => return,
            Progress::Waiting => return self.end_step(step, End::Cancelled { by }),
            Progress::Active => {}
        }
        let Some(work) = &self.state(step).work else {
            // Between two ticks.
            return self.end_recurring(step);
        };
        let elements: Vec<(u32, Option<CallId>)> = work
            .elements
            .iter()
            .enumerate()
            .filter(|(_, element)| element.outcome.is_none() && (element.call.is_some() || element.token > 0))
            .map(|(index, element)| (index as u32, element.call))
            .collect();
        self.close_work(step);
        for (element, call) in elements {
            let Some(call) = call else {
                self.element_done(step, element, Outcome::Stopped);
                continue;
            };
            let state = &self.calls[call.0 as usize];
            let (inside, looks) = (state.inside, state.effect <= Effect::Asks);
            match inside {
                Some(frame) if looks => {
                    self.abandon_inside(frame, call);
                    self.drop_call(call, &AttemptOutcome::Stopped);
                    self.element_done(step, element, Outcome::Stopped);
                }
                None if looks => {
                    self.drop_call(call, &AttemptOutcome::Stopped);
                    self.element_done(step, element, Outcome::Stopped);
                }
                Some(frame) => self.cancel_frame(frame),
                None => {}
            }
        }
        self.end_if_idle(step);
    }

    /// The run of a task is stopped from outside.
    fn cancel_frame(&mut self, frame: FrameId) {
        if self.frame(frame).state == FrameState::Running {
            self.frame_mut(frame).state = FrameState::Cancelled;
            self.cancel_steps(frame);
        }
    }

    /// A step of a task failed: the task is stopped, undone, and then its call fails (rule 23).
    pub(super) fn fail_frame(&mut self, frame: FrameId, failure: Failure) {
        self.frame_mut(frame).state = FrameState::Failing(failure);
        self.cancel_steps(frame);
    }

    fn cancel_steps(&mut self, frame: FrameId) {
        for (step, _) in self.frame(frame).graph.steps() {
            self.cancel_step(at(frame, step));
        }
        self.agenda.may_end(frame);
    }

    /// Cuts off the tasks whose time-out or bound is due in this instant; gives whether there was one.
    pub(super) fn cut_what_is_due(&mut self) -> bool {
        match self.agenda.next_cut() {
            Some(Timer::CallDeadline(call)) => self.cut_at_deadline(call),
            Some(Timer::Bound(step, element)) => self.cut_at_bound(step, element),
            Some(_) => {}
            None => return false,
        }
        true
    }

    /// The time of a task is over: it stops at once, and what it did is undone before its call ends.
    pub(super) fn cut_inside(&mut self, call: CallId, failure: Failure) {
        let Some(frame) = self.calls[call.0 as usize].inside else { return };
        let failure = match &self.frame(frame).state {
            FrameState::Running | FrameState::Cancelled => failure,
            // What was let finish after a failure is cut as well.
            FrameState::Failing(first) if self.frame(frame).undoing.is_none() => first.clone(),
            // An undo that has begun goes on.
            FrameState::Failing(_) | FrameState::Over => return,
        };
        self.abandon_frame(frame, FrameState::Failing(failure));
    }

    /// Everything in a frame stops at once.
    fn abandon_frame(&mut self, frame: FrameId, state: FrameState) {
        self.frame_mut(frame).state = state;
        for (id, _) in self.frame(frame).graph.steps() {
            let step = at(frame, id);
            self.abandon_calls(step);
            if !self.state(step).is_over() {
                let by = self.stopped_by(frame);
                self.end_step(step, End::Cancelled { by });
            }
        }
        self.agenda.may_end(frame);
    }

    /// What a step has under way ends at once.
    fn abandon_calls(&mut self, step: At) {
        let work = self.state(step).work.iter();
        let calls: Vec<CallId> =
            work.flat_map(|work| work.elements.iter().filter_map(|element| element.call)).collect();
        for call in calls {
            if let Some(inner) = self.calls[call.0 as usize].inside {
                self.abandon_inside(inner, call);
            }
            self.drop_call(call, &AttemptOutcome::Stopped);
        }
    }

    /// The run of a task stops at once; what is to be undone of it, or is being undone, belongs to its
    /// caller.
    fn abandon_inside(&mut self, inner: FrameId, call: CallId) {
        if self.frame(inner).state == FrameState::Over {
            return;
        }
        self.abandon_frame(inner, FrameState::Over);
        self.hand_over(inner, call);
        self.adopt_undos(inner, self.calls[call.0 as usize].at.frame);
    }

    /// A recurring step recurs no more, and what it has under way ends at once (rule 14).
    pub(super) fn stop_recurring(&mut self, step: At) {
        self.abandon_calls(step);
        self.state_mut(step).work = None;
        self.end_recurring(step);
    }
}
