//! One element's polls and attempts: rules 10 to 12.

use super::{
    At, Engine,
    call::{CallRequest, Owner},
    queue::Timer,
    step::Outcome,
};
use crate::{
    graph::{Nanoseconds, RepeatBound, RepeatPlan, StepPlan},
    names::Def,
    simulate::{
        trace::{AttemptOutcome, EventKind, Failure, FailureKind, Purpose},
        value::{Value, duration_for_people},
    },
};

impl<'a> Engine<'a> {
    pub(super) fn begin_element(&mut self, step: At, plan: &StepPlan, element: u32) {
        let now = self.now;
        let Some(state) = self.element_mut(step, element) else { return };
        state.first = now;
        if let Some(RepeatPlan { bound: Some(RepeatBound::Time(bound)), .. }) = plan.repeat {
            self.queue.set(now.saturating_add(bound), Timer::Bound(step, element));
        }
        self.begin_poll(step, plan, element);
    }

    fn begin_poll(&mut self, step: At, plan: &StepPlan, element: u32) {
        let now = self.now;
        if let Some(state) = self.element_mut(step, element) {
            state.polled = now;
            state.attempt = 0;
        }
        self.begin_attempt(step, plan, element);
    }

    fn begin_attempt(&mut self, step: At, plan: &StepPlan, element: u32) {
        let Some(calls) = self.step_calls(step) else { return };
        let bindings = self.element_bindings(step, plan, element);
        let request = CallRequest {
            owner: Owner::Element { step, element },
            at: step,
            work: self.work(step, plan, element, Purpose::Work),
            site: &calls.own,
            timeout: plan.timeout,
            bindings,
            extra: Vec::new(),
        };
        let call = self.start_call(request);
        self.register_undo(step, plan, element, call);
        if let Some(state) = self.element_mut(step, element) {
            state.token += 1;
            state.call = Some(call);
        }
    }

    /// An attempt came to its end.
    pub(super) fn attempt_done(&mut self, step: At, element: u32, outcome: AttemptOutcome) {
        let Some(plan) = self.plan(step) else { return };
        let Some(work) = self.state(step).work.as_ref() else { return };
        let stopped = work.stopped;
        let Some(state) = self.element_mut(step, element) else { return };
        state.call = None;
        state.token += 1;
        if let Some(failure) = state.cut_by.take() {
            return self.element_failed(step, element, failure);
        }
        let (failure, unanswered) = match outcome {
            AttemptOutcome::Gave(value) => return self.poll_done(step, plan, element, value, stopped),
            AttemptOutcome::Stopped => return self.element_done(step, element, Outcome::Stopped),
            AttemptOutcome::Failed(failure) => (failure, false),
            AttemptOutcome::Unanswered => (Failure::new(FailureKind::Timeout, "not answered in time"), true),
        };
        let attempt = state.attempt;
        let again = matches!(failure.kind, FailureKind::Failure | FailureKind::Timeout);
        let retry = plan.retry.filter(|retry| again && attempt < retry.times.unwrap_or(0));
        if let Some(retry) = retry.filter(|_| !stopped) {
            let due = self.now.saturating_add(retry.wait.after(attempt).unwrap_or(0));
            // The bound comes first, and says so itself.
            if self.bound_of(step, element).is_some_and(|bound| due >= bound) {
                return;
            }
            let Some(state) = self.element_mut(step, element) else { return };
            state.attempt += 1;
            let token = state.token;
            return self.queue.set(due, Timer::Retry(step, element, token));
        }
        // What can't be evaluated won't get better by asking again.
        if let Some(repeat) = plan.repeat.as_ref().filter(|_| failure.kind != FailureKind::Error) {
            // A poll that failed isn't there yet, and no other follows.
            if stopped {
                return self.element_done(step, element, Outcome::Stopped);
            }
            if let Some(state) = self.element_mut(step, element) {
                state.held_since = None;
            }
            return self.next_poll(step, repeat, element);
        }
        if unanswered {
            self.element_unanswered(step, element);
        } else {
            self.element_failed(step, element, failure);
        }
    }

    fn poll_done(&mut self, step: At, plan: &StepPlan, element: u32, value: Value, stopped: bool) {
        self.undo_sees(step, element, &value);
        let Some(repeat) = &plan.repeat else {
            return self.element_done(step, element, Outcome::Ok(value));
        };
        let bindings = self.element_bindings(step, plan, element);
        let it = (Def::It(plan.step), value.clone());
        let (held, error) = match repeat
            .until
            .map(|until| self.evaluate_with(step.frame, until, &bindings, std::slice::from_ref(&it)))
        {
            Some(Ok(Value::Bool(held))) => (held, None),
            Some(Ok(_)) | None => (false, None),
            Some(Err(error)) => (false, Some(error.to_string().into())),
        };
        let node = self.frame(step.frame).traced(step.node);
        let work = self.work(step, plan, element, Purpose::Work);
        self.event(node, work, || EventKind::Polled { held, error });
        let Some(state) = self.element_mut(step, element) else { return };
        if held {
            let since = *state.held_since.get_or_insert(state.polled);
            if state.polled - since >= repeat.hold.unwrap_or(0) {
                return self.element_done(step, element, Outcome::Ok(value));
            }
        } else {
            state.held_since = None;
        }
        if stopped {
            return self.element_done(step, element, Outcome::Stopped);
        }
        self.next_poll(step, repeat, element);
    }

    fn next_poll(&mut self, step: At, repeat: &RepeatPlan, element: u32) {
        let now = self.now;
        let Some(state) = self.element_mut(step, element) else { return };
        let every = repeat.every.unwrap_or(1).max(1);
        let due = every.saturating_mul(i64::from(state.poll) + 1).saturating_add(state.first).max(now);
        let (poll, token, first) = (state.poll + 1, state.token, state.first);
        match repeat.bound {
            Some(RepeatBound::Times(most)) if poll >= most => {
                let text = format!("condition not met after {most} polls");
                return self.element_failed(step, element, Failure::new(FailureKind::Bound, text));
            }
            // The bound comes first, and says so itself.
            Some(RepeatBound::Time(bound)) if due >= first.saturating_add(bound) => return,
            _ => {}
        }
        if let Some(state) = self.element_mut(step, element) {
            state.poll = poll;
        }
        self.queue.set(due, Timer::Poll(step, element, token));
    }

    pub(super) fn retry_due(&mut self, step: At, element: u32, token: u32) {
        if let Some(plan) = self.due(step, element, token) {
            self.begin_attempt(step, plan, element);
        }
    }

    pub(super) fn poll_due(&mut self, step: At, element: u32, token: u32) {
        if let Some(plan) = self.due(step, element, token) {
            self.begin_poll(step, plan, element);
        }
    }

    /// The plan of the step, if the element still waits for this timer.
    fn due(&mut self, step: At, element: u32, token: u32) -> Option<&'a StepPlan> {
        let state = self.element(step, element)?;
        let waits = state.token == token && state.call.is_none() && state.outcome.is_none();
        if !waits || self.ends_now(step.frame) {
            return None;
        }
        self.reason = self.state(step).event;
        self.plan(step)
    }

    /// Rule 12: the bound cuts polls, attempts and waits.
    pub(super) fn bound_over(&mut self, step: At, element: u32) {
        match self.element(step, element).and_then(|state| state.call) {
            Some(call) if self.calls[call.0 as usize].inside.is_some() => {
                let depth = self.depth(step.frame);
                self.agenda.cut_last(depth, Timer::Bound(step, element));
            }
            _ => self.cut_at_bound(step, element),
        }
    }

    /// When the bound of an element's polls is reached; none if they are counted.
    pub(super) fn bound_of(&self, step: At, element: u32) -> Option<Nanoseconds> {
        match self.plan(step)?.repeat {
            Some(RepeatPlan { bound: Some(RepeatBound::Time(bound)), .. }) => {
                Some(self.element(step, element)?.first.saturating_add(bound))
            }
            _ => None,
        }
    }

    /// The bound of an element's polls is reached, if these are the polls that it was set for.
    pub(super) fn cut_at_bound(&mut self, step: At, element: u32) {
        let Some(plan) = self.plan(step) else { return };
        let Some(state) = self.element(step, element) else { return };
        // A tick of `every` has elements of its own; the bound of one before is no bound of it.
        let Some(RepeatPlan { bound: Some(RepeatBound::Time(bound)), .. }) = plan.repeat else { return };
        if state.outcome.is_some() || state.first.saturating_add(bound) != self.now {
            return;
        }
        let call = state.call;
        let text = format!("condition not met within {}", duration_for_people(bound));
        let failure = Failure::new(FailureKind::Bound, text);
        match call {
            Some(call) if self.calls[call.0 as usize].inside.is_some() => {
                if let Some(state) = self.element_mut(step, element) {
                    state.cut_by = Some(failure.clone());
                }
                self.cut_inside(call, failure);
            }
            Some(call) => {
                self.drop_call(call, &AttemptOutcome::Failed(failure.clone()));
                self.element_failed(step, element, failure);
            }
            None => self.element_failed(step, element, failure),
        }
    }
}
