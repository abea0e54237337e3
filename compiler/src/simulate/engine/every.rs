//! Recurring steps: rule 14.

use super::{At, Engine, frame::Progress, queue::Timer};
use crate::simulate::{trace::End, value::Value};

impl Engine<'_> {
    /// A tick is due; there is none while the one before still runs.
    pub(super) fn tick(&mut self, step: At, tick: u32) {
        let Some(plan) = self.plan(step) else { return };
        if self.state(step).progress != Progress::Active {
            return;
        }
        if let Some(period) = plan.every.and_then(|every| every.period) {
            let started = self.state(step).started.unwrap_or(self.now);
            let next = period.saturating_mul(i64::from(tick) + 1).saturating_add(started);
            self.queue.set(next, Timer::Tick(step, tick + 1));
        }
        if self.state(step).work.is_none() {
            self.reason = self.state(step).event;
            self.begin_work(step, plan, tick);
        }
    }

    /// A tick is over, well or not: that is recorded only.
    pub(super) fn tick_over(&mut self, step: At) {
        let root = self.frame(step.frame);
        let ends = self.resolved.is_some()
            || (self.failed.is_some() && super::failure::stops_at_failure(root.graph, step.node));
        if ends {
            self.end_recurring(step);
        }
    }

    /// It recurs no more.
    pub(super) fn end_recurring(&mut self, step: At) {
        self.end_step(step, End::Ok(Value::Unit));
        self.frame_mut(step.frame).undos.rests(step.node);
    }
}
