//! When a step starts, and why it doesn't (rules 3 to 9).

use std::rc::Rc;

use super::Run;
use super::body::{Condition, Placed};
use super::each::Working;
use super::every::Recurring;
use super::frame::{Frame, State, Status};
use super::gate::Gate;
use super::names::{NoValue, There, holds, names_moments, needs_of_cond, value};
use super::work::Place;
use crate::events::{End, GateEnd, Kind, Skip, Value, What};
use crate::model::*;

impl<'p> Frame<'p> {
    /// The first step in the order of the source of which something more is decided (rule 25). Whether
    /// there is one.
    pub fn start_one(&mut self, run: &mut Run<'p>) -> bool {
        let around = self.enter(run);
        let mut changed = false;
        for index in 0..self.states.len() {
            while let State::Waiting(held) = self.states[index] {
                if !self.decide(run, index, held) {
                    break;
                }
                changed = true;
            }
            changed = changed || self.states[index].frames().into_iter().any(|frame| frame.start_one(run));
            if changed {
                break;
            }
        }
        run.frozen = around;
        changed
    }

    /// The next thing that is known of a step that waits. Whether there is something.
    fn decide(&mut self, run: &mut Run<'p>, index: usize, held: usize) -> bool {
        let body = Rc::clone(&self.body);
        let placed = &body.steps[index];
        // Rule 6: one condition after the other.
        if let Some(condition) = placed.conditions.get(held) {
            let mut needs = Default::default();
            needs_of_cond(condition.cond, &mut needs);
            if names_moments(condition.cond) && self.at_the_moment(run, placed, *condition) == There::NotYet {
                return false;
            }
            match self.names.ended(&needs) {
                There::Yes => match self.condition(run, *condition) {
                    Ok(held_now) if held_now == condition.wanted => {
                        self.states[index] = State::Waiting(held + 1);
                    }
                    Ok(_) => self.end(run, index, End::Skipped(Skip::Condition), Value::None),
                    Err(NoValue) => self.end(run, index, End::Failed(Kind::Error), Value::None),
                },
                there => return self.wait_in_vain(run, index, there),
            }
            return true;
        }
        // Rules 2 to 5.
        match (self.names.there(&placed.needs), self.ordered(run, placed)) {
            (There::Yes, There::Yes) if run.frozen => return false,
            (There::Yes, There::Yes) => self.ready(run, index),
            (There::Bad, _) | (_, There::Bad) => return self.wait_in_vain(run, index, There::Bad),
            (there @ There::Without(_), _) => return self.wait_in_vain(run, index, there),
            _ => return false,
        }
        true
    }

    /// Whether the place or `after` of the step is decided that decides when a condition is looked at that
    /// reads the moment.
    fn at_the_moment(&self, run: &Run<'p>, placed: &Placed<'p>, condition: Condition<'p>) -> There {
        let first = condition.first.and_then(|id| self.body.position(id));
        let parts = self.order(run, first.map_or(placed, |first| &self.body.steps[first]));
        if parts.contains(&There::NotYet) { There::NotYet } else { There::Yes }
    }

    /// Whether a condition holds. That of a group which reads the moment is looked at once.
    fn condition(&mut self, run: &Run<'p>, condition: Condition<'p>) -> Result<bool, NoValue> {
        let held = || holds(condition.cond, Self::view(&self.names, self.parameter, run));
        match condition.first {
            None => held(),
            Some(_) => *self.groups.entry(std::ptr::from_ref(condition.cond)).or_insert_with(held),
        }
    }

    /// Rule 5: what a step needs will never be there.
    fn wait_in_vain(&mut self, run: &mut Run<'p>, index: usize, there: There) -> bool {
        match there {
            There::Bad => self.end(run, index, End::Blocked, Value::None),
            There::Without(why) => self.end(run, index, End::Skipped(why), Value::None),
            There::Yes | There::NotYet => return false,
        }
        true
    }

    /// Rule 4: whether a step's place and `after` are satisfied.
    fn ordered(&self, run: &Run<'p>, placed: &Placed<'p>) -> There {
        let parts = self.order(run, placed);
        [There::Bad, There::NotYet].into_iter().find(|there| parts.contains(there)).unwrap_or(There::Yes)
    }

    /// The same for each thing that its place and `after` wait for.
    fn order(&self, run: &Run<'p>, placed: &Placed<'p>) -> Vec<There> {
        let over = |id: &Id| if self.ended.contains_key(id) { There::Yes } else { There::NotYet };
        let mut parts: Vec<There> = placed.over.iter().map(over).collect();
        parts.extend(placed.satisfied.iter().map(|id| self.satisfied(*id)));
        for (point, delay) in &placed.step.after {
            let reached = match point {
                // No delay is waited for after what failed.
                Point::Step(id) if self.satisfied(*id) == There::Bad => {
                    parts.push(There::Bad);
                    continue;
                }
                Point::Step(id) => self.ended.get(id),
                Point::Milestone(milestone) => self.milestones.get(milestone),
            };
            parts.push(match reached {
                Some(at) if at + delay <= run.now => There::Yes,
                _ => There::NotYet,
            });
        }
        parts
    }

    fn satisfied(&self, id: Id) -> There {
        let state = self.body.position(id).map(|index| &self.states[index]);
        match state {
            Some(State::Ended(End::Ok(_) | End::Skipped(_) | End::Handled(_))) => There::Yes,
            Some(State::Ended(_)) => There::Bad,
            _ => There::NotYet,
        }
    }

    /// All is there: the list is evaluated, the gate opens, or the step starts (rules 3, 8 and 13).
    fn ready(&mut self, run: &mut Run<'p>, index: usize) {
        let body = Rc::clone(&self.body);
        let step = body.steps[index].step;
        let view = Self::view(&self.names, self.parameter, run);
        if let Some(each) = &step.each {
            let list: Result<Vec<i64>, NoValue> =
                each.list.iter().map(|element| value(element, view)).collect();
            if list.is_err() {
                return self.end(run, index, End::Failed(Kind::Error), Value::None);
            }
        }
        let Some(approve) = &step.approve else { return self.start(run, index) };
        let shown = match &step.call {
            Call::Action(_, argument) | Call::Task(_, argument) if step.each.is_none() => {
                value(argument, view).map(|_| ())
            }
            _ => Ok(()),
        };
        match approve.when.as_ref().map_or(Ok(true), |when| holds(when, view)) {
            Err(NoValue) => self.end(run, index, End::Failed(Kind::Error), Value::None),
            Ok(false) => {
                run.tell(&self.path_of(index), Default::default(), What::GateClosed(GateEnd::NotNeeded));
                self.start(run, index);
            }
            Ok(true) if shown.is_err() => self.end(run, index, End::Failed(Kind::Error), Value::None),
            Ok(true) => {
                let path = self.path_of(index);
                run.tell(&path, Default::default(), What::GateOpened);
                self.states[index] = State::Gate(Gate::open(run, &path, approve));
                if Gate::is_hopeless(run, approve) {
                    self.gate_closed(run, index, GateEnd::Refused);
                }
            }
        }
    }

    pub fn start(&mut self, run: &mut Run<'p>, index: usize) {
        let body = Rc::clone(&self.body);
        let step = body.steps[index].step;
        if step.every.is_some() {
            let recurring = Recurring { first: run.now, tick: 0, current: None, work: None, stopping: false };
            self.states[index] = State::Recurring(recurring);
            self.advance_step(run, index);
            if let State::Recurring(recurring) = &mut self.states[index] {
                // After the run is resolved there is one tick.
                recurring.stopping |= self.status == Status::Resolved;
            }
            return;
        }
        let view = Self::view(&self.names, self.parameter, run);
        let list = step.each.iter().flat_map(|each| &each.list).map(|element| value(element, view));
        let list: Vec<i64> = list.filter_map(Result::ok).collect();
        // More elements than allowed: it fails before the first.
        if step.each.as_ref().is_some_and(|each| list.len() > each.at_most.unwrap_or(100)) {
            return self.end(run, index, End::Failed(Kind::Bound), Value::None);
        }
        let mut working = Working { works: Vec::new(), list, stopping: false };
        let mut place = Place {
            placed: &body.steps[index],
            index,
            path: self.path_of(index),
            names: &self.names,
            parameter: self.parameter,
            log: &mut self.log,
            tick: None,
        };
        working.begin_more(run, &mut place);
        self.states[index] = State::Working(working);
        self.go_on(run, index);
    }
}
