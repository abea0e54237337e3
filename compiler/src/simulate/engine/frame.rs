//! A playbook or task while it runs: the state of its nodes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{At, CallId, program::Body, undo::Undoing, undos::Undos};
use crate::{
    check::CheckedModule,
    graph::{Nanoseconds, NodeId, StepGraph},
    hir::{ExprId, PartKind},
    names::StepRef,
    simulate::{
        evaluate::{Bindings, EvaluationError, Read},
        random::Key,
        trace::{End, Failure, TraceNodeId},
        value::Value,
    },
    source::FileId,
};

/// A playbook or task while it runs.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub body: &'a Body<'a>,
    pub graph: &'a StepGraph,
    pub module: &'a CheckedModule,
    pub file: FileId,
    /// The call whose inside this is; none for the playbook.
    pub caller: Option<CallId>,
    /// Node, element, poll and attempt of each call around it.
    pub around: Arc<[u32]>,
    /// The steps around it; none inside of an undo, where nothing given for steps counts.
    pub path: Option<Arc<[StepRef]>>,
    /// From what chance is drawn.
    pub key: Key,
    /// The places of its nodes in the trace; empty without a trace.
    pub trace: Vec<TraceNodeId>,
    /// The part in which the step of the playbook stands; none for the playbook itself.
    pub part: Option<PartKind>,
    /// Inputs, events, parameters.
    pub parameters: Bindings,
    pub nodes: Vec<NodeState>,
    pub guards: Vec<GuardState>,
    /// What conditions that read the moment gave.
    pub moments: BTreeMap<ExprId, Result<Value, EvaluationError>>,
    /// How many steps run, gates are open and delays wait; undoing counts as one.
    pub open: u32,
    /// When it is cut off, by a time-out or bound around it: nothing starts then any more.
    pub until: Option<Nanoseconds>,
    /// What is to be undone, in the order in which it was begun.
    pub undos: Undos,
    /// The calls that undo something of it now.
    pub undo_calls: BTreeSet<CallId>,
    pub undoing: Option<Undoing>,
    pub state: FrameState,
}

/// Where a frame is in its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FrameState {
    /// Its steps go on.
    Running,
    /// It was stopped from outside; what runs may finish.
    Cancelled,
    /// A step failed, or its time is over: what runs may finish, then it is undone, then its call
    /// fails.
    Failing(Failure),
    /// Nothing is left to do.
    Over,
}

/// A node.
#[derive(Debug)]
pub(super) struct NodeState {
    /// Edges, other than those of guards, that aren't satisfied yet.
    pub pending: u32,
    /// Guards that held so far.
    pub held: u32,
    /// Delays that wait.
    pub delays: u32,
    /// What blocks or skips it, once its guards hold.
    pub problem: Option<Problem>,
    pub progress: Progress,
    /// What those who name it see.
    pub data: Data,
    pub started: Option<Nanoseconds>,
    pub ended: Option<Nanoseconds>,
    /// The latest event about it, and about what woke it.
    pub event: Option<u32>,
    pub trigger: Option<u32>,
    /// The work of a step that runs; the state of a gate that is open.
    pub work: Option<Box<super::step::StepWork>>,
    pub gate: Option<Box<super::gate::OpenGate>>,
}

/// How far a node is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Progress {
    /// It waits for others.
    Waiting,
    /// It is open or runs.
    Active,
    /// It is over; steps say how.
    Over(Option<End>),
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Data {
    /// Nothing is known yet.
    Unknown,
    /// This.
    Value(Value),
    /// It has no value, because this node failed.
    Blocked(NodeId),
    /// It has no value, because this node was skipped in a way that skips what needs it.
    Absent(NodeId),
}

/// What keeps a step from happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// This node failed.
    Blocked(NodeId),
    /// This node was skipped in a way that skips what needs it.
    Absent(NodeId),
}

impl Problem {
    /// What counts of this and of what was known before: the first, but a failure before a missing
    /// answer.
    pub(super) fn beside(self, before: Option<Problem>) -> Problem {
        match (before, self) {
            (None, own) | (Some(Problem::Absent(_)), own @ Problem::Blocked(_)) => own,
            (Some(before), _) => before,
        }
    }
}

/// A guard; it is evaluated once (rule 6).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum GuardState {
    /// Not looked at yet.
    Unknown,
    /// It gave what it has to give.
    Held,
    /// It didn't; with what it looked at.
    Failed(Vec<Read>),
    /// It couldn't be evaluated for a reason that isn't its own.
    Kept(Problem),
    /// It couldn't be evaluated.
    Error(Arc<str>),
}

impl NodeState {
    fn new(pending: u32) -> Self {
        NodeState {
            pending,
            held: 0,
            delays: 0,
            problem: None,
            progress: Progress::Waiting,
            data: Data::Unknown,
            started: None,
            ended: None,
            event: None,
            trigger: None,
            work: None,
            gate: None,
        }
    }

    /// Whether it waits for others.
    pub(super) fn waits(&self) -> bool {
        self.progress == Progress::Waiting
    }

    /// Whether it is over.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.progress, Progress::Over(_))
    }

    /// How a step ended, if it did.
    pub(super) fn end(&self) -> Option<&End> {
        match &self.progress {
            Progress::Over(end) => end.as_ref(),
            _ => None,
        }
    }
}

impl<'a> Frame<'a> {
    /// One in which nothing has happened.
    pub(super) fn new(body: &'a Body<'a>) -> Self {
        Frame {
            body,
            graph: body.graph,
            module: body.module,
            file: body.file,
            caller: None,
            around: Arc::default(),
            path: None,
            key: Key::new(0),
            trace: Vec::new(),
            part: None,
            parameters: Bindings::new(),
            nodes: body.nodes.iter().map(|node| NodeState::new(node.waits_for)).collect(),
            guards: vec![GuardState::Unknown; body.graph.guards().len()],
            moments: BTreeMap::new(),
            open: 0,
            until: None,
            undos: Undos::default(),
            undo_calls: BTreeSet::new(),
            undoing: None,
            state: FrameState::Running,
        }
    }

    /// Forgets what has happened.
    pub(super) fn reset(&mut self) {
        for (state, node) in self.nodes.iter_mut().zip(&self.body.nodes) {
            *state = NodeState::new(node.waits_for);
        }
        self.guards.fill(GuardState::Unknown);
        self.moments.clear();
        self.open = 0;
        self.undos.clear();
        self.undo_calls.clear();
        self.undoing = None;
        self.state = FrameState::Running;
    }

    /// A node's state.
    pub(super) fn node(&self, node: NodeId) -> &NodeState {
        &self.nodes[node.index()]
    }

    /// A node's state.
    pub(super) fn node_mut(&mut self, node: NodeId) -> &mut NodeState {
        &mut self.nodes[node.index()]
    }

    /// A node's place in the trace.
    pub(super) fn traced(&self, node: NodeId) -> Option<TraceNodeId> {
        self.trace.get(node.index()).copied()
    }

    /// What a step is for: the first paragraph of its documentation, on one line and without its period.
    pub(super) fn title(&self, step: crate::hir::StepId) -> Option<Arc<str>> {
        let docs = &self.module.hir.steps[step].docs;
        let lines = docs.lines().map(str::trim).skip_while(|line| line.is_empty());
        let text = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        let text = text.strip_suffix('.').unwrap_or(&text);
        (!text.is_empty()).then(|| Arc::from(text))
    }

    /// The name of a step, as its playbook or task calls it.
    pub(super) fn name(&self, node: NodeId) -> Arc<str> {
        self.body.node(node).name.clone()
    }
}

/// Both ends of a pair.
pub(super) fn at(frame: super::FrameId, node: NodeId) -> At {
    At { frame, node }
}
