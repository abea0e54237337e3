//! Recurring steps (rule 14).

use super::Run;
use super::work::{Place, Work};
use crate::model::*;

/// Rule 14.
pub struct Recurring<'p> {
    pub first: Seconds,
    /// The next tick.
    pub tick: u32,
    /// The one that runs, or ran last.
    pub current: Option<u32>,
    pub work: Option<Work<'p>>,
    /// No further tick.
    pub stopping: bool,
}

impl<'p> Recurring<'p> {
    /// Rule 14: tick i starts D·i after the first, unless one still runs.
    pub fn advance(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) -> bool {
        let mut changed = false;
        place.tick = self.current;
        if let Some(work) = &mut self.work {
            changed |= work.advance(run, place);
            self.work.take_if(|work| work.result().is_some());
        }
        let every = place.placed.step.every.unwrap_or(1);
        while !self.stopping && self.first + every * i64::from(self.tick) <= run.now {
            let due = self.first + every * i64::from(self.tick) == run.now;
            self.tick += 1;
            if due && self.work.is_none() {
                self.current = Some(self.tick - 1);
                place.tick = self.current;
                self.work = Some(Work::begin(run, place, None, None));
                changed = true;
            }
        }
        changed
    }

    pub fn next(&self, step: &Step, now: Seconds) -> Option<Seconds> {
        let tick = self.first + step.every.unwrap_or(1) * i64::from(self.tick);
        let tick = Some(tick).filter(|_| !self.stopping);
        self.work.as_ref().and_then(|work| work.next(step, now)).into_iter().chain(tick).min()
    }
}
