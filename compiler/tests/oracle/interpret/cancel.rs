//! Cancelling, and cutting off (rules 10, 12 and 16).

use std::rc::Rc;

use super::Run;
use super::frame::{Frame, State, Status};
use super::work::{Place, Work};
use crate::events::{End, GateEnd, Kind, Value, What};

impl<'p> Frame<'p> {
    /// Whoever called this task was cancelled: its steps are (rule 16).
    pub fn cancel(&mut self, run: &mut Run<'p>) {
        if self.status == Status::Going {
            self.status = Status::Cancelled;
        }
        for index in 0..self.states.len() {
            self.cancel_step(run, index);
        }
    }

    /// Rule 16.
    pub fn cancel_step(&mut self, run: &mut Run<'p>, index: usize) {
        self.with_works(run, index, |work, run, place| work.cancel(run, place));
        match &mut self.states[index] {
            State::Waiting(_) => self.end(run, index, End::Cancelled, Value::None),
            State::Gate(_) => {
                run.tell(&self.path_of(index), Default::default(), What::GateClosed(GateEnd::Withdrawn));
                self.end(run, index, End::Cancelled, Value::None);
            }
            State::Working(working) => working.stopping = true,
            State::Recurring(recurring) => recurring.stopping = true,
            State::Ended(_) => {}
        }
    }

    fn with_works(
        &mut self,
        run: &mut Run<'p>,
        index: usize,
        act: impl Fn(&mut Work<'p>, &mut Run<'p>, &mut Place<'_, 'p>),
    ) {
        self.with_state(index, |state, place| match state {
            State::Working(working) => working.works.iter_mut().for_each(|work| act(work, run, place)),
            State::Recurring(recurring) => recurring.work.iter_mut().for_each(|work| act(work, run, place)),
            _ => {}
        });
    }

    /// The call of this task is stopped at once, and all that it has under way. What it did is left to the
    /// caller to undo.
    pub fn halt(&mut self, run: &mut Run<'p>) {
        self.deadline = None;
        // Undos that run go on (rule 10).
        if self.undoing.as_ref().is_some_and(|undoing| !undoing.done()) {
            return;
        }
        (self.status, self.failure, self.halted) = (Status::Cancelled, None, true);
        for index in 0..self.states.len() {
            self.stop_step(run, index);
        }
    }

    /// What runs in this task is cut off by the time limit or bound of its call, and then undone (rules 10
    /// and 12).
    pub fn cut(&mut self, run: &mut Run<'p>, by: Kind) {
        self.deadline = None;
        if matches!(self.status, Status::Going | Status::Cancelled) {
            self.status = Status::Failed;
            self.failure = Some(by);
        }
        for index in 0..self.states.len() {
            self.stop_step(run, index);
        }
    }

    /// Stops a step at once, and what it has under way.
    pub fn stop_step(&mut self, run: &mut Run<'p>, index: usize) {
        self.with_works(run, index, |work, run, place| work.stop(run, place));
        self.cancel_step(run, index);
    }

    /// What is cut off in this instant, when nothing else happens any more in it.
    pub fn deadlines(&mut self, run: &mut Run<'p>) -> bool {
        let body = Rc::clone(&self.body);
        let mut changed = false;
        for (state, placed) in self.states.iter_mut().zip(&body.steps) {
            let works: &mut [Work<'p>] = match state {
                State::Working(working) => &mut working.works,
                State::Recurring(recurring) => recurring.work.as_mut_slice(),
                _ => continue,
            };
            for work in works {
                changed |= work.deadline(run, placed.step);
            }
        }
        changed
    }
}
