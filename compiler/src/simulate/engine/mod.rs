//! The discrete-event engine: walks the step graph on a virtual clock.
//!
//! Within an instant things happen in a fixed order (rule 25): first what ends and what is due, by
//! place in the source; then severity, causes, milestones and `let`s; then guards and starts; and again
//! until nothing changes. The files follow the groups of rules: [`ready`] (when a step starts, 3 to 6),
//! [`gate`] (approvals, 8 and 9), [`step`] and [`repeat`] (clauses, 10 to 15), [`every`] (14), [`call`],
//! [`outcome`] and [`ask`] (the results of calls, 27 and 28), [`settle`] (causes, severity, milestones,
//! 17 to 19), [`failure`] and [`cancel`] (16, 20), [`undo`] and [`undos`] (21), [`finish`] (22, 23).

mod ask;
mod call;
mod cancel;
mod every;
mod failure;
mod finish;
mod frame;
mod gate;
mod meter;
mod outcome;
mod program;
mod queue;
mod ready;
mod record;
mod remains;
mod repeat;
mod settle;
mod status;
mod step;
mod undo;
mod undos;
mod view;

use std::{cell::Cell, collections::BTreeMap, sync::Arc};

use super::{
    bounds::Bounds,
    evaluate::{Bindings, EvaluationError, Evaluator, Nowhere},
    people::{Person, people_of},
    problem::Problem,
    random::Key,
    scenario::script::Script,
    trace::Ending,
    value::Value,
};
use crate::{
    check::Checked,
    graph::{Nanoseconds, NodeId},
    hir::{ExprId, ItemKind, LocalId, RunOutcome},
    names::{Def, ItemId},
    source::FileId,
};
use call::Call;
use frame::{Frame, at};
use gate::Barred;
use meter::Meter;
pub use program::Program;
use program::StepCalls;
use queue::{Agenda, Queue, Timer};
pub use record::{Level, Recorder};
pub use remains::{Used, Values};
use step::StepWork;
use undo::Passed;
use view::View;

/// A frame's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct FrameId(u32);

/// The playbook itself.
const ROOT: FrameId = FrameId(0);

/// A call's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct CallId(u32);

/// A node of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct At {
    frame: FrameId,
    node: NodeId,
}

/// What all runs of a playbook are started with.
#[derive(Debug, Clone)]
pub struct Setup<'a> {
    /// The modules.
    pub checked: &'a Checked,
    /// What modules are called: `kubernetes`.
    pub modules: &'a BTreeMap<FileId, Arc<str>>,
    /// The playbook.
    pub playbook: ItemId,
    /// The playbook and its tasks, compiled.
    pub program: &'a Program<'a>,
    /// Inputs and events.
    pub parameters: &'a Bindings,
    /// What is given.
    pub script: &'a Script,
    /// How much a run may do.
    pub bounds: Bounds,
}

/// A run under way, or one that is over; the next run takes its place.
#[derive(Debug)]
pub struct Engine<'a> {
    evaluator: Evaluator<'a>,
    checked: &'a Checked,
    modules: &'a BTreeMap<FileId, Arc<str>>,
    playbook: ItemId,
    program: &'a Program<'a>,
    parameters: &'a Bindings,
    script: &'a Script,
    /// What `run.starter` stands for.
    starter: Option<Value>,
    /// The person who started the run, who can't approve it; nobody if a trigger did.
    barred: Option<Barred>,
    /// How often expressions have read who started the run.
    starter_read: Cell<u64>,
    owner: Vec<Person>,
    recorder: Recorder,
    now: Nanoseconds,
    queue: Queue,
    agenda: Agenda,
    frames: Vec<Frame<'a>>,
    calls: Vec<Call<'a>>,
    /// Work of steps that is over: the next steps use it again.
    #[expect(clippy::vec_box, reason = "the boxes move to the steps and back")]
    spare: Vec<Box<StepWork>>,
    used: Used,
    meter: Meter,
    resolved: Option<Nanoseconds>,
    failed: Option<Nanoseconds>,
    severity_due: bool,
    /// The undoing of the failed run has begun.
    undone: bool,
    passed: Passed,
    undo_incomplete: bool,
    ending: Option<Ending>,
    /// The event that is being worked on: what happens now happens because of it.
    reason: Option<u32>,
}

impl<'a> Engine<'a> {
    /// One that runs this playbook.
    pub fn new(setup: Setup<'a>, recorder: Recorder) -> Self {
        let Setup { checked, modules, playbook, program, parameters, script, bounds } = setup;
        let mut engine = Engine {
            evaluator: Evaluator::bounded(checked, bounds),
            checked,
            modules,
            playbook,
            program,
            parameters,
            script,
            starter: script.starter.clone(),
            barred: None,
            starter_read: Cell::new(0),
            owner: Vec::new(),
            recorder,
            now: 0,
            queue: Queue::default(),
            agenda: Agenda::default(),
            frames: Vec::new(),
            calls: Vec::new(),
            spare: Vec::new(),
            used: Used::default(),
            meter: Meter::new(bounds),
            resolved: None,
            failed: None,
            severity_due: false,
            undone: false,
            passed: Passed::default(),
            undo_incomplete: false,
            ending: None,
            reason: None,
        };
        let owner = engine.owner_value();
        engine.owner = owner.as_ref().and_then(people_of).unwrap_or_default();
        // Who stands for a starter that isn't known: the owner's first on-caller.
        let known = engine.starter.is_some();
        engine.starter = engine.starter.or_else(|| {
            let owner = owner?;
            match owner.field("on_call").unwrap_or(&owner) {
                Value::List(people) => people.first().cloned(),
                person => Some(person.clone()),
            }
        });
        let by_hand = known || !engine.has_trigger();
        let person = engine.starter.as_ref().filter(|_| by_hand).and_then(people_of);
        let person = person.and_then(|people| people.into_iter().next());
        engine.barred = person.map(|person| Barred { person: person.shown, known });
        engine
    }

    /// Runs the playbook to its end. A run that takes more than it may has none.
    pub fn run(&mut self, seed: u64) -> Result<Ending, Problem> {
        self.reset();
        self.begin(seed);
        self.go();
        if let Some(problem) = self.why_given_up() {
            return Err(problem);
        }
        Ok(self.ending.clone().unwrap_or(Ending {
            outcome: RunOutcome::Completed,
            decided: self.now,
            over: self.now,
            overdue: false,
            undo_incomplete: self.undo_incomplete,
        }))
    }

    /// Forgets the run before, and keeps its buffers.
    fn reset(&mut self) {
        self.recorder.clear();
        self.now = 0;
        self.queue.clear();
        self.agenda.clear();
        self.frames.truncate(1);
        self.calls.clear();
        self.used.reset(self.script);
        self.starter_read.set(0);
        self.meter.clear();
        self.evaluator.reset();
        self.resolved = None;
        self.failed = None;
        self.severity_due = false;
        self.undone = false;
        self.passed = Passed::default();
        self.undo_incomplete = false;
        self.ending = None;
        self.reason = None;
    }

    fn begin(&mut self, seed: u64) {
        let Some(body) = self.program.body(self.playbook) else { return };
        if !self.take_frame(body, 0, 0) {
            return;
        }
        let mut frame = match self.frames.pop() {
            Some(frame) => frame,
            None => {
                Frame { path: Some(Arc::default()), parameters: self.parameters.clone(), ..Frame::new(body) }
            }
        };
        frame.reset();
        frame.key = Key::new(seed).name(&body.key);
        self.add_frame(frame, None, "");
        if body.graph.severity().is_some() {
            self.queue.set(crate::graph::SEVERITY_LIMIT, Timer::SeverityLimit(ROOT));
        }
    }

    /// Whether an event starts the playbook, and no person.
    fn has_trigger(&self) -> bool {
        let item = self.checked.item(self.playbook);
        matches!(item.map(|item| &item.kind), Some(ItemKind::Playbook(playbook)) if !playbook.triggers.is_empty())
    }

    /// The owner of the playbook: a team or people.
    fn owner_value(&self) -> Option<Value> {
        let ItemKind::Playbook(declared) = &self.checked.item(self.playbook)?.kind else {
            return None;
        };
        self.evaluator.evaluate(self.playbook.file, declared.owner?, &[], &Nowhere).ok()
    }

    /// Adds a frame and looks at all its nodes.
    fn add_frame(
        &mut self,
        mut frame: Frame<'a>,
        inside: Option<super::trace::TraceNodeId>,
        prefix: &str,
    ) -> FrameId {
        let id = FrameId(self.frames.len() as u32);
        frame.trace = self.recorder.register(&frame, inside, prefix, &self.evaluator);
        let body = frame.body;
        self.frames.push(frame);
        for node in &body.first {
            self.wake(at(id, *node));
        }
        self.agenda.may_end(id);
        id
    }

    fn go(&mut self) {
        let mut batch = Vec::new();
        while self.ending.is_none() && !self.gave_up() {
            self.settle_instant();
            if self.gave_up() {
                break;
            }
            if self.finish_frames() {
                continue;
            }
            if self.queue.next() != Some(self.now) && self.cut_what_is_due() {
                continue;
            }
            let Some(next) = self.queue.next() else { break };
            self.now = next;
            batch.clear();
            self.queue.pop(&mut batch);
            if batch.len() > 1 {
                batch.sort_by_cached_key(|timer| self.order(*timer));
            }
            for timer in &batch {
                if !self.take_event() || self.gave_up() {
                    break;
                }
                self.reason = None;
                self.fire(*timer);
            }
        }
    }

    /// Works off all that follows from what has ended: rule 25, (b) and (c).
    fn settle_instant(&mut self) {
        while !self.gave_up() {
            if let Some(node) = self.agenda.settle.pop_first() {
                self.meter.at = Some(node);
                self.settle(node);
            } else if let Some(node) = self.agenda.start.pop_first() {
                self.meter.at = Some(node);
                self.consider(node);
            } else {
                break;
            }
        }
    }

    fn fire(&mut self, timer: Timer) {
        self.meter.at = Some(self.place(timer).0);
        match timer {
            Timer::CallEnd(call) => self.call_end(call),
            Timer::CallDeadline(call) => self.call_deadline(call),
            Timer::Delay(at) => self.delay_over(at),
            Timer::SeverityLimit(frame) => self.severity_limit(frame),
            Timer::GateGroup(at, group) => self.gate_group_over(at, group),
            Timer::GateAnswer(at, answer) => self.gate_answer(at, answer),
            Timer::Retry(at, element, token) => self.retry_due(at, element, token),
            Timer::Poll(at, element, token) => self.poll_due(at, element, token),
            Timer::Bound(at, element) => self.bound_over(at, element),
            Timer::Tick(at, tick) => self.tick(at, tick),
        }
    }

    /// Where a timer belongs among those of its instant: by place, element, poll and attempt; at one
    /// place an end comes before a deadline, and that before an answer to a gate.
    fn order(&self, timer: Timer) -> (Vec<u32>, u32) {
        let (at, inside, rank) = self.place(timer);
        let around = &self.frames[at.frame.0 as usize].around;
        (around.iter().copied().chain([at.node.0]).chain(inside).collect(), rank)
    }

    fn place(&self, timer: Timer) -> (At, [u32; 3], u32) {
        match timer {
            Timer::CallEnd(call) | Timer::CallDeadline(call) => {
                let call = &self.calls[call.0 as usize];
                let work = call.work;
                let inside = [work.element.unwrap_or(0), work.poll.unwrap_or(0), work.attempt];
                (call.at, inside, u32::from(matches!(timer, Timer::CallDeadline(_))))
            }
            Timer::Delay(at) => (at, [0; 3], 0),
            Timer::SeverityLimit(frame) => (At { frame, node: NodeId(u32::MAX) }, [0; 3], 1),
            Timer::GateGroup(at, _) => (at, [0; 3], 1),
            Timer::GateAnswer(at, answer) => (at, [0; 3], 2 + answer),
            Timer::Retry(at, element, _) | Timer::Poll(at, element, _) => (at, [element, 0, 0], 0),
            Timer::Bound(at, element) => (at, [element, u32::MAX, u32::MAX], 1),
            Timer::Tick(at, _) => (at, [u32::MAX; 3], 1),
        }
    }

    fn frame(&self, id: FrameId) -> &Frame<'a> {
        &self.frames[id.0 as usize]
    }

    fn frame_mut(&mut self, id: FrameId) -> &mut Frame<'a> {
        &mut self.frames[id.0 as usize]
    }

    fn state(&self, at: At) -> &frame::NodeState {
        self.frame(at.frame).node(at.node)
    }

    fn state_mut(&mut self, at: At) -> &mut frame::NodeState {
        self.frame_mut(at.frame).node_mut(at.node)
    }

    /// The plan of a step; only called with nodes that are steps.
    fn plan(&self, at: At) -> Option<&'a crate::graph::StepPlan> {
        self.frame(at.frame).graph.step(at.node)
    }

    /// The calls of a step.
    fn step_calls(&self, at: At) -> Option<&'a StepCalls> {
        self.frame(at.frame).body.node(at.node).calls.as_ref()
    }

    /// Notes that a node has to be looked at in this instant.
    fn wake(&mut self, at: At) {
        let frame = &self.frames[at.frame.0 as usize];
        let positions = match frame.body.node(at.node).settles {
            true => &mut self.agenda.settle,
            false => &mut self.agenda.start,
        };
        positions.insert(&frame.around, at);
    }

    fn opened(&mut self, frame: FrameId) {
        self.frame_mut(frame).open += 1;
    }

    fn closed(&mut self, frame: FrameId) {
        let state = self.frame_mut(frame);
        state.open = state.open.saturating_sub(1);
        if state.open == 0 {
            self.agenda.may_end(frame);
        }
    }

    /// The value of an expression where a frame's names are known.
    fn evaluate(&self, frame: FrameId, expr: ExprId) -> Result<Value, EvaluationError> {
        self.evaluate_with(frame, expr, &[], &[])
    }

    /// The same with further names.
    fn evaluate_with(
        &self,
        frame: FrameId,
        expr: ExprId,
        bindings: &[(LocalId, Value)],
        extra: &[(Def, Value)],
    ) -> Result<Value, EvaluationError> {
        let view = View { engine: self, frame, extra };
        self.evaluator.evaluate(self.frame(frame).file, expr, bindings, &view)
    }

    /// Whether something that is named like a module is down now.
    fn is_down(&self, medium: &str) -> bool {
        self.script.outages.iter().any(|outage| {
            (outage.from..outage.to).contains(&self.now)
                && self.modules.get(&outage.module).is_some_and(|name| **name == *medium)
        })
    }
}
