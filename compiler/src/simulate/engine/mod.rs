//! The discrete-event engine: walks the step graph on a virtual clock.
//!
//! Within an instant things happen in a fixed order (rule 25): first what ends and what is due, by
//! place in the source; then severity, causes, milestones and `let`s; then guards and starts; and again
//! until nothing changes. The files follow the groups of rules: [`ready`] (when a step starts, 3 to 6),
//! [`gate`] (approvals, 8 and 9), [`step`] and [`repeat`] (clauses, 10 to 15), [`every`] (14), [`call`],
//! [`outcome`] and [`ask`] (what a call comes to, 27 and 28), [`settle`] (causes, severity, milestones,
//! 17 to 19), [`failure`] and [`cancel`] (16, 20), [`undo`] (21), [`finish`] (22, 23).

mod ask;
mod call;
mod cancel;
mod every;
mod failure;
mod finish;
mod frame;
mod gate;
mod outcome;
mod queue;
mod ready;
mod record;
mod repeat;
mod settle;
mod status;
mod step;
mod undo;
mod view;

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use super::{
    evaluate::{Bindings, EvaluationError, Evaluator, Nowhere},
    people::{Person, people_of},
    random::Key,
    scenario::script::Script,
    trace::{Ending, EventKind},
    value::Value,
};
use crate::{
    check::Checked,
    graph::{Nanoseconds, NodeId, NodeKind},
    hir::{ExprId, RunOutcome},
    names::{Def, ItemId},
    source::FileId,
};
use call::Call;
use frame::{Frame, FrameState, at, initial_nodes};
use queue::{Agenda, Position, Queue, Timer};
pub use record::{Level, Recorder};
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

/// The most things that may happen in a run: a recurring step beside a delay of years.
const EVENT_LIMIT: u64 = 3_000_000;

/// What a run is started with.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The modules.
    pub checked: &'a Checked,
    /// What modules are called: `kubernetes`.
    pub modules: &'a BTreeMap<FileId, Arc<str>>,
    /// The playbook.
    pub playbook: ItemId,
    /// Inputs and events.
    pub parameters: Bindings,
    /// Who started it; none if nobody is known.
    pub starter: Option<Value>,
    /// What is given.
    pub script: &'a Script,
    /// What chance is drawn from.
    pub seed: u64,
}

/// What is left of a run.
#[derive(Debug)]
pub struct Finished {
    /// What happened.
    pub recorder: Recorder,
    /// How it ended.
    pub ending: Ending,
    /// The values of the playbook's names at the end, for expectations.
    pub values: Values,
    /// How often each line of the scenario was used: outcomes, answers, approvals.
    pub used: Used,
}

/// How often each line of a scenario was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// Of [`Script::outcomes`].
    pub outcomes: Vec<u64>,
    /// Of [`Script::answers`].
    pub answers: Vec<u64>,
    /// Of [`Script::approvals`].
    pub approvals: Vec<u64>,
    /// Of [`Script::outages`].
    pub outages: Vec<u64>,
}

/// What the names of a playbook stand for at the end of a run.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Steps, `let`s, causes, inputs.
    pub locals: BTreeMap<crate::hir::LocalId, Value>,
    /// Severity.
    pub severity: Option<Value>,
    /// Members of the run.
    pub run: Vec<(crate::types::RunMember, Value)>,
}

/// A run under way.
struct Engine<'a> {
    evaluator: Evaluator<'a>,
    checked: &'a Checked,
    modules: &'a BTreeMap<FileId, Arc<str>>,
    script: &'a Script,
    starter: Option<Value>,
    owner: Vec<Person>,
    recorder: Recorder,
    now: Nanoseconds,
    queue: Queue,
    agenda: Agenda,
    frames: Vec<Frame<'a>>,
    calls: Vec<Call>,
    used: Used,
    happened: u64,
    resolved: Option<Nanoseconds>,
    failed: Option<Nanoseconds>,
    severity_due: bool,
    /// The undoing of the failed run has begun.
    undone: bool,
    undo_incomplete: bool,
    ending: Option<Ending>,
    /// The event that is being worked on: what happens now happens because of it.
    reason: Option<u32>,
}

/// Runs a playbook to its end.
pub fn run(setup: Setup<'_>, recorder: Recorder) -> Finished {
    let mut engine = Engine::new(&setup, recorder);
    engine.begin(&setup);
    engine.go();
    engine.finished(&setup)
}

impl<'a> Engine<'a> {
    fn new(setup: &Setup<'a>, recorder: Recorder) -> Self {
        let script = setup.script;
        let used = Used {
            outcomes: vec![0; script.outcomes.len()],
            answers: vec![0; script.answers.len()],
            approvals: vec![0; script.approvals.len()],
            outages: vec![0; script.outages.len()],
        };
        Engine {
            evaluator: Evaluator::new(setup.checked),
            checked: setup.checked,
            modules: setup.modules,
            script,
            starter: setup.starter.clone(),
            owner: Vec::new(),
            recorder,
            now: 0,
            queue: Queue::default(),
            agenda: Agenda::default(),
            frames: Vec::new(),
            calls: Vec::new(),
            used,
            happened: 0,
            resolved: None,
            failed: None,
            severity_due: false,
            undone: false,
            undo_incomplete: false,
            ending: None,
            reason: None,
        }
    }

    fn begin(&mut self, setup: &Setup<'a>) {
        let playbook = setup.playbook;
        let (Some(graph), Some(module)) =
            (setup.checked.graphs.get(playbook), setup.checked.module(playbook.file))
        else {
            return;
        };
        let name = setup.checked.item(playbook).map(|item| item.name.text.clone()).unwrap_or_default();
        if let Some(owner) = setup.checked.item(playbook).and_then(|item| match &item.kind {
            crate::hir::ItemKind::Playbook(declared) => declared.owner,
            _ => None,
        }) {
            let owner = self.evaluator.evaluate(playbook.file, owner, Bindings::new(), &Nowhere);
            self.owner = owner.ok().and_then(|owner| people_of(&owner)).unwrap_or_default();
        }
        if self.starter.is_none() {
            self.starter = self.stand_in(setup);
        }
        let frame = Frame {
            graph,
            module,
            file: playbook.file,
            caller: None,
            around: Arc::new([]),
            path: Some(Arc::new([])),
            key: Key::new(setup.seed).name(&name),
            trace: Vec::new(),
            part: None,
            parameters: setup.parameters.clone(),
            nodes: initial_nodes(graph),
            guards: vec![frame::GuardState::Unknown; graph.guards().len()],
            open: 0,
            undos: Vec::new(),
            undoing: None,
            state: FrameState::Running,
        };
        self.add_frame(frame, None, "");
        if graph.severity().is_some() {
            self.queue.set(crate::graph::SEVERITY_LIMIT, Timer::SeverityLimit(ROOT));
        }
    }

    /// Who stands in for a starter that isn't known: the owner's first on-caller.
    fn stand_in(&self, setup: &Setup<'a>) -> Option<Value> {
        let crate::hir::ItemKind::Playbook(playbook) = &setup.checked.item(setup.playbook)?.kind else {
            return None;
        };
        let file = setup.playbook.file;
        let owner = self.evaluator.evaluate(file, playbook.owner?, Bindings::new(), &Nowhere).ok()?;
        match owner.field("on_call").unwrap_or(&owner) {
            Value::List(people) => people.first().cloned(),
            person => Some(person.clone()),
        }
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
        let graph = frame.graph;
        self.frames.push(frame);
        for (node, _) in graph.nodes() {
            self.wake(at(id, node));
        }
        self.agenda.finish.insert(Reverse(id));
        id
    }

    fn go(&mut self) {
        let mut batch = Vec::new();
        while self.ending.is_none() {
            self.settle_instant();
            if self.finish_frames() {
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
                self.happened += 1;
                self.reason = None;
                self.fire(*timer);
            }
            if self.happened > EVENT_LIMIT {
                self.event(None, super::trace::Work::default(), || EventKind::GivenUp);
                break;
            }
        }
    }

    /// Works off all that follows from what has ended: rule 25, (b) and (c).
    fn settle_instant(&mut self) {
        loop {
            if let Some(position) = self.agenda.settle.pop_first() {
                self.settle(position.at);
            } else if let Some(position) = self.agenda.start.pop_first() {
                self.consider(position.at);
            } else {
                break;
            }
        }
    }

    fn fire(&mut self, timer: Timer) {
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
        let (at, inside, rank) = match timer {
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
        };
        let around = &self.frames[at.frame.0 as usize].around;
        (around.iter().copied().chain([at.node.0]).chain(inside).collect(), rank)
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

    /// Notes that a node has to be looked at in this instant.
    fn wake(&mut self, at: At) {
        let frame = self.frame(at.frame);
        let position = Position { around: frame.around.clone(), at };
        match frame.graph.node(at.node).kind {
            NodeKind::Step(_) | NodeKind::Gate(_) => self.agenda.start.insert(position),
            _ => self.agenda.settle.insert(position),
        };
    }

    fn opened(&mut self, frame: FrameId) {
        self.frame_mut(frame).open += 1;
    }

    fn closed(&mut self, frame: FrameId) {
        let state = self.frame_mut(frame);
        state.open = state.open.saturating_sub(1);
        if state.open == 0 {
            self.agenda.finish.insert(Reverse(frame));
        }
    }

    /// The value of an expression where a frame's names are known.
    fn evaluate(&self, frame: FrameId, expr: ExprId) -> Result<Value, EvaluationError> {
        self.evaluate_with(frame, expr, &Bindings::new(), &[])
    }

    /// The same with further names.
    fn evaluate_with(
        &self,
        frame: FrameId,
        expr: ExprId,
        bindings: &Bindings,
        extra: &[(Def, Value)],
    ) -> Result<Value, EvaluationError> {
        let view = View { engine: self, frame, extra };
        self.evaluator.evaluate(self.frame(frame).file, expr, bindings.clone(), &view)
    }

    /// Whether something that is named like a module is down now.
    fn is_down(&self, medium: &str) -> bool {
        self.script.outages.iter().any(|outage| {
            (outage.from..outage.to).contains(&self.now)
                && self.modules.get(&outage.module).is_some_and(|name| **name == *medium)
        })
    }

    fn finished(self, setup: &Setup<'_>) -> Finished {
        let ending = self.ending.clone().unwrap_or(Ending {
            outcome: RunOutcome::Completed,
            decided: self.now,
            over: self.now,
            overdue: false,
            undo_incomplete: self.undo_incomplete,
        });
        let mut values = Values::default();
        if let Some(root) = self.frames.first() {
            let data = |node: NodeId| match &root.node(node).data {
                frame::Data::Value(value) => Some(value.clone()),
                _ => None,
            };
            for (id, node) in root.graph.nodes() {
                let local = match &node.kind {
                    NodeKind::Step(plan) => plan.local,
                    NodeKind::Let(it) => it.local,
                    NodeKind::Cause(it) => it.local,
                    _ => continue,
                };
                // A step that came to nothing has no value; to an expectation that is `none`.
                values.locals.insert(local, data(id).unwrap_or(Value::None));
            }
            values.locals.extend(setup.parameters.iter().cloned());
            values.severity = root.graph.severity().and_then(data);
            let view = View { engine: &self, frame: ROOT, extra: &[] };
            values.run = crate::types::RunMember::ALL
                .into_iter()
                .filter_map(|member| Some((member, super::evaluate::Scope::run(&view, member)?)))
                .collect();
        }
        Finished { recorder: self.recorder, ending, values, used: self.used }
    }
}
