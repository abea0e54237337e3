//! A body at work: the playbook, or one call of a task (rules 1 to 6, 20, 23).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Run;
use super::body::Body;
use super::each::Working;
use super::every::Recurring;
use super::gate::Gate;
use super::names::{Names, NoValue, Standing, View};
use super::settle::PATIENCE;
use super::undo::{Log, Undoing};
use super::work::{Place, Work};
use crate::events::{End, GateEnd, Kind, Skip, Value, What};
use crate::model::*;

/// Where a step is (rule 1).
pub enum State<'p> {
    /// It waits; so many of its conditions have held.
    Waiting(usize),
    Gate(Gate<'p>),
    Working(Working<'p>),
    Recurring(Recurring<'p>),
    Ended(End),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Going,
    Resolved,
    Failed,
    /// A task whose caller was cancelled.
    Cancelled,
}

pub struct Frame<'p> {
    pub path: Vec<Id>,
    pub body: Rc<Body<'p>>,
    pub names: Names,
    pub states: Vec<State<'p>>,
    pub log: Log,
    pub status: Status,
    pub milestones: BTreeMap<Milestone, Seconds>,
    pub undoing: Option<Undoing>,
    /// The undoing after a failure has begun.
    pub undone: bool,
    /// When steps ended, for `after X + D`.
    pub ended: BTreeMap<Id, Seconds>,
    pub parameter: Option<i64>,
    /// What conditions of groups that read the moment came to.
    pub groups: BTreeMap<*const Cond, Result<bool, NoValue>>,
    /// When the call of this task is cut off at the latest.
    pub deadline: Option<Seconds>,
    /// How it failed, or that it was cut off.
    pub failure: Option<Kind>,
    /// How many calls of tasks began before this one.
    pub serial: u64,
    /// The call of this task was stopped at once.
    pub halted: bool,
    /// Nothing waits any more: the run is at its end.
    pub closed: bool,
    /// The run is over.
    pub over: bool,
}

impl<'p> Frame<'p> {
    pub fn of_playbook(program: &'p Program) -> Frame<'p> {
        Frame::new(Body::of_playbook(program), Vec::new(), None)
    }

    pub fn of_task(
        run: &mut Run<'p>,
        task: Id,
        path: Vec<Id>,
        argument: Option<i64>,
        deadline: Option<Seconds>,
    ) -> Frame<'p> {
        let body = Body::of_task(run.program, run.program.task(task));
        run.calls += 1;
        Frame { deadline, serial: run.calls, ..Frame::new(body, path, argument) }
    }

    fn new(body: Body<'p>, path: Vec<Id>, parameter: Option<i64>) -> Frame<'p> {
        let states = body.steps.iter().map(|_| State::Waiting(0)).collect();
        Frame {
            path,
            body: Rc::new(body),
            names: Names::default(),
            states,
            log: Log::default(),
            status: Status::Going,
            milestones: BTreeMap::new(),
            undoing: None,
            undone: false,
            ended: BTreeMap::new(),
            parameter,
            groups: BTreeMap::new(),
            deadline: None,
            failure: None,
            serial: 0,
            halted: false,
            closed: false,
            over: false,
        }
    }

    pub fn is_playbook(&self) -> bool {
        self.path.is_empty()
    }

    pub fn path_of(&self, index: usize) -> Vec<Id> {
        let mut path = self.path.clone();
        path.push(self.body.steps[index].step.id);
        path
    }

    pub fn view<'v>(names: &'v Names, parameter: Option<i64>, run: &Run<'_>) -> View<'v> {
        View { names, parameter, element: None, it: None, elapsed: run.now }
    }

    /// What ends and what is due in this instant, in the order of the source (rule 25).
    pub fn advance(&mut self, run: &mut Run<'p>) -> bool {
        let around = self.enter(run);
        let mut changed = false;
        for index in 0..self.states.len() {
            changed |= self.advance_step(run, index);
        }
        if let Some(undoing) = &mut self.undoing {
            changed |= undoing.advance(run);
        }
        run.frozen = around;
        changed
    }

    /// Rule 10: nothing starts in what is cut off in this instant. What held around this.
    pub fn enter(&self, run: &mut Run<'p>) -> bool {
        let around = run.frozen;
        run.frozen |= self.deadline.is_some_and(|at| at <= run.now);
        around
    }

    pub fn advance_step(&mut self, run: &mut Run<'p>, index: usize) -> bool {
        let body = Rc::clone(&self.body);
        let placed = &body.steps[index];
        let path = self.path_of(index);
        let mut place = Place {
            placed,
            index,
            path,
            names: &self.names,
            parameter: self.parameter,
            log: &mut self.log,
            tick: None,
        };
        match &mut self.states[index] {
            State::Waiting(_) | State::Ended(_) => false,
            State::Gate(gate) => {
                let Some(end) = gate.advance(run) else { return false };
                if run.frozen && end == GateEnd::Approved {
                    // What is cut in this instant doesn't start.
                    run.tell(&self.path_of(index), Default::default(), What::GateClosed(end));
                    self.states[index] = State::Waiting(placed.conditions.len());
                    return true;
                }
                self.gate_closed(run, index, end);
                true
            }
            State::Working(working) => {
                let mut changed = false;
                // One by one: what ends makes room for the next at once.
                for element in 0..working.works.len() {
                    if working.works[element].advance(run, &mut place) {
                        working.begin_more(run, &mut place);
                        changed = true;
                    }
                }
                changed | self.go_on(run, index)
            }
            State::Recurring(recurring) => recurring.advance(run, &mut place) | self.go_on(run, index),
        }
    }

    /// What follows in a step from the end of an attempt: further elements, or its end.
    pub fn go_on(&mut self, run: &mut Run<'p>, index: usize) -> bool {
        let body = Rc::clone(&self.body);
        let placed = &body.steps[index];
        let mut changed = false;
        self.with_state(index, |state, place| {
            if let State::Working(working) = state {
                changed = working.begin_more(run, place);
            }
        });
        match &mut self.states[index] {
            State::Working(working) => {
                let Some((end, value)) = working.end(placed) else { return changed };
                self.end(run, index, end, value);
                true
            }
            State::Recurring(recurring) => {
                recurring.work.take_if(|work| work.result().is_some());
                if !recurring.stopping || recurring.work.is_some() {
                    return false;
                }
                // Rule 14: what has recurred ends well.
                self.end(run, index, End::Ok(Value::None), Value::None);
                true
            }
            _ => false,
        }
    }

    /// The task ends that has nothing left; of several the one that began last, and so the innermost first
    /// (rule 25). Whether one did.
    pub fn finish_tasks(&mut self, run: &mut Run<'p>) -> bool {
        let last = self.endings(run).into_iter().max();
        last.is_some_and(|serial| self.finish_task_of(run, serial))
    }

    /// The calls of tasks that have nothing left.
    fn endings(&mut self, run: &Run<'p>) -> Vec<u64> {
        let ending = |frame: &mut Frame<'p>| {
            let mut found = frame.endings(run);
            found.extend(frame.finish_task(run).map(|_| frame.serial));
            found
        };
        self.frames().into_iter().flat_map(ending).collect()
    }

    /// Ends this call of a task, if it is here or inside.
    pub fn finish_task_of(&mut self, run: &mut Run<'p>, serial: u64) -> bool {
        let around = self.enter(run);
        let mut found = false;
        for index in 0..self.states.len() {
            let mut changed = false;
            self.with_state(index, |state, place| {
                let works: &mut [Work<'p>] = match state {
                    State::Working(working) => &mut working.works,
                    State::Recurring(recurring) => recurring.work.as_mut_slice(),
                    _ => &mut [],
                };
                changed = works.iter_mut().any(|work| work.finish_task(run, place, serial));
            });
            if changed {
                self.go_on(run, index);
                found = true;
                break;
            }
        }
        run.frozen = around;
        found
    }

    /// A step's state, and where its work is done.
    pub fn with_state(&mut self, index: usize, act: impl FnOnce(&mut State<'p>, &mut Place<'_, 'p>)) {
        let body = Rc::clone(&self.body);
        let path = self.path_of(index);
        let tick = match &self.states[index] {
            State::Recurring(recurring) => recurring.current,
            _ => None,
        };
        let mut place = Place {
            placed: &body.steps[index],
            index,
            path,
            names: &self.names,
            parameter: self.parameter,
            log: &mut self.log,
            tick,
        };
        act(&mut self.states[index], &mut place);
    }

    /// Rules 8 and 9: what comes of a gate.
    pub fn gate_closed(&mut self, run: &mut Run<'p>, index: usize, end: GateEnd) {
        run.tell(&self.path_of(index), Default::default(), What::GateClosed(end));
        let approve = self.body.steps[index].step.approve.as_ref();
        let else_skip = approve.is_some_and(|approve| approve.else_skip);
        match end {
            GateEnd::Approved => self.start(run, index),
            GateEnd::Refused | GateEnd::Late if else_skip => {
                self.end(run, index, End::Skipped(Skip::NotApproved), Value::None);
            }
            GateEnd::Refused => self.end(run, index, End::Failed(Kind::Refused), Value::None),
            GateEnd::Late => self.end(run, index, End::Failed(Kind::Late), Value::None),
            GateEnd::NotNeeded | GateEnd::Withdrawn => {}
        }
    }

    /// A step ends as this, and its name stands for this (rules 1 and 5).
    pub fn end(&mut self, run: &mut Run<'p>, index: usize, end: End, value: Value) {
        let id = self.body.steps[index].step.id;
        let standing = match &end {
            End::Ok(_) | End::Handled(_) => Standing::Value(value),
            End::Skipped(Skip::Condition | Skip::NotApproved) => Standing::Value(Value::None),
            End::Skipped(Skip::Unanswered | Skip::NeedsAnswer) => Standing::Without(Skip::NeedsAnswer),
            // What may be missing anyway is missing.
            End::Skipped(Skip::Resolved | Skip::Never) if self.body.steps[index].is_optional() => {
                Standing::Value(Value::None)
            }
            End::Skipped(why @ (Skip::Resolved | Skip::Never)) => Standing::Without(*why),
            End::Failed(_) | End::Blocked | End::Cancelled => Standing::Bad,
        };
        self.names.standing.insert(id, standing);
        self.ended.insert(id, run.now);
        run.tell(&self.path_of(index), Default::default(), What::Ended(end.clone()));
        let kind = match &end {
            End::Failed(kind) => *kind,
            _ => Kind::Failure,
        };
        let fatal = matches!(end, End::Failed(_) | End::Blocked) && self.is_fatal(index);
        self.states[index] = State::Ended(end);
        if fatal {
            // Rule 20: at this very point of the instant.
            self.fail(run, kind);
        }
    }

    /// A failure or block of this step fails the run, or the task (rules 20 and 23).
    pub fn is_fatal(&self, index: usize) -> bool {
        let placed = &self.body.steps[index];
        if placed.step.every.is_some() || placed.step.is_after(Milestone::Failed) {
            return false;
        }
        !self.is_playbook() || placed.effect == Effect::Changes || self.resolves(placed.step.id)
    }

    fn resolves(&self, id: Id) -> bool {
        self.body.resolved_after.contains(&id)
    }

    /// The calls of tasks that are under way.
    pub fn frames(&mut self) -> Vec<&mut Frame<'p>> {
        self.states.iter_mut().flat_map(State::frames).collect()
    }

    /// When something happens next. Ticks keep no run alive, but the run that lives waits for them.
    pub fn next(&self, now: Seconds) -> Option<Seconds> {
        let steps = self.states.iter().zip(&self.body.steps);
        let mut times: Vec<Seconds> = Vec::new();
        for (state, placed) in steps {
            match state {
                State::Waiting(_) => times.extend(self.delays(placed.step)),
                State::Gate(gate) => times.extend(gate.next()),
                State::Working(working) => {
                    times.extend(working.works.iter().filter_map(|work| work.next(placed.step, now)));
                }
                State::Recurring(recurring) => times.extend(recurring.next(placed.step, now)),
                State::Ended(_) => {}
            }
        }
        times.extend(self.undoing.as_ref().and_then(Undoing::next));
        if self.is_playbook() && self.names.severity.is_none() {
            times.push(PATIENCE);
        }
        times.into_iter().filter(|at| *at > now).min()
    }

    /// The ends of delays that have begun: `after M + D`.
    pub fn delays(&self, step: &Step) -> Vec<Seconds> {
        let reached = step.after.iter().filter_map(|(point, delay)| {
            let at = match point {
                Point::Step(id) => self.ended.get(id)?,
                Point::Milestone(milestone) => self.milestones.get(milestone)?,
            };
            Some(at + delay)
        });
        reached.collect()
    }
}

impl<'p> State<'p> {
    pub fn ended_badly(&self) -> bool {
        matches!(self, State::Ended(End::Failed(_) | End::Blocked | End::Cancelled))
    }

    pub fn frames(&mut self) -> Vec<&mut Frame<'p>> {
        match self {
            State::Working(working) => working.works.iter_mut().filter_map(Work::frame).collect(),
            State::Recurring(recurring) => {
                recurring.work.as_mut().and_then(Work::frame).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}
