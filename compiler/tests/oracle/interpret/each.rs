//! The elements of `each`, or the one work of a step without it (rule 13).

use super::Run;
use super::body::Placed;
use super::work::{Place, Result, Work};
use crate::events::{End, Kind, Skip, Value};

/// The elements that were begun, of those that there are.
pub struct Working<'p> {
    pub works: Vec<Work<'p>>,
    pub list: Vec<i64>,
    /// Nothing further is begun (rule 16).
    pub stopping: bool,
}

impl<'p> Working<'p> {
    /// Rule 13: elements begin in the order of the list, so many at a time, and none after a failure.
    pub fn begin_more(&mut self, run: &mut Run<'p>, place: &mut Place<'_, 'p>) -> bool {
        let mut changed = false;
        let Some(each) = &place.placed.step.each else {
            if self.works.is_empty() && !self.stopping {
                self.works.push(Work::begin(run, place, None, None));
                return true;
            }
            return false;
        };
        let at_a_time = each.at_a_time.unwrap_or(usize::MAX);
        let stopping = self.stopping || run.frozen;
        while let Some(x) = self.list.get(self.works.len()).copied() {
            let running = self.works.iter().filter(|work| work.result().is_none()).count();
            if stopping || running >= at_a_time || self.failed().is_some() {
                break;
            }
            let element = self.works.len() as u32;
            self.works.push(Work::begin(run, place, Some(element), Some(x)));
            changed = true;
        }
        changed
    }

    /// How the first element failed that did.
    pub fn failed(&self) -> Option<Kind> {
        self.works.iter().find_map(|work| match work.result() {
            Some(Result::Failed(kind)) => Some(*kind),
            _ => None,
        })
    }

    /// How the step ends, when nothing of it runs any more, and what its name stands for.
    pub fn end(&self, placed: &Placed<'p>) -> Option<(End, Value)> {
        let results: Option<Vec<&Result>> = self.works.iter().map(Work::result).collect();
        let results = results?;
        if placed.step.each.is_none() {
            return Some(match results.first() {
                None if self.stopping => (End::Cancelled, Value::None),
                None => return None,
                Some(Result::Gave(value)) => (End::Ok(value.clone()), value.clone()),
                Some(Result::Handled(kind, value)) => (End::Handled(*kind), value.clone()),
                Some(Result::Failed(kind)) => (End::Failed(*kind), Value::None),
                Some(Result::Unanswered) => (End::Skipped(Skip::Unanswered), Value::None),
                Some(Result::Cancelled) => (End::Cancelled, Value::None),
            });
        }
        if results.contains(&&Result::Cancelled) {
            return Some((End::Cancelled, Value::None));
        }
        if let Some(kind) = self.failed() {
            return Some((End::Failed(kind), Value::None));
        }
        if self.works.len() < self.list.len() && !self.stopping {
            return None;
        }
        if self.works.len() < self.list.len() {
            return Some((End::Cancelled, Value::None));
        }
        if results.contains(&&Result::Unanswered) {
            return Some((End::Skipped(Skip::Unanswered), Value::None));
        }
        let (mut values, mut handled) = (Vec::new(), None);
        for result in results {
            match result {
                Result::Gave(Value::Int(value)) => values.push(*value),
                Result::Handled(kind, value) => {
                    handled = handled.or(Some(*kind));
                    values.extend(match value {
                        Value::Int(value) => Some(*value),
                        _ => None,
                    });
                }
                _ => {}
            }
        }
        let value = Value::List(values);
        Some(match handled {
            Some(kind) => (End::Handled(kind), value),
            None => (End::Ok(value.clone()), value),
        })
    }
}
