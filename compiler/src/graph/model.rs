//! Nodes and edges. petgraph holds them and stays private to this file, so that its types appear in
//! no other room.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use indexmap::IndexMap;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use super::{Callee, Nanoseconds, OnFailurePlan, StepPlan, closure::Closure};
use crate::{
    hir::{Effect, ExprId, LocalId, PartKind, StepId},
    names::{ItemId, Milestone},
    source::Span,
};

/// The graphs of all playbooks and tasks that were asked for, by item.
#[derive(Debug, Clone, Default)]
pub struct Graphs {
    /// In source order within each module.
    pub bodies: IndexMap<ItemId, Arc<StepGraph>>,
}

impl Graphs {
    /// The graph of a playbook or task; none if that item is neither.
    pub fn get(&self, item: ItemId) -> Option<&StepGraph> {
        self.bodies.get(&item).map(|graph| &**graph)
    }
}

/// A node's number in its [`StepGraph`]. The order of numbers is source order; a step's gate and
/// what joins its place come directly before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The number, to index side tables with.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An edge's number in its [`StepGraph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

/// A guard's number in its [`StepGraph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuardId(pub u32);

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// What says so in the source: the step's statement, the clause, the part's word.
    pub span: Span,
    /// Where it stands; none for milestones and in tasks.
    pub part: Option<PartKind>,
    /// The cause whose evidence it gathers.
    pub cause: Option<NodeId>,
    /// When in a run it can happen at all.
    pub phase: Phase,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A step: it happens between its gate (if it has one) and its end.
    Step(Box<StepPlan>),
    /// The approval of a step. What the step waits for is what its gate waits for; the only edge
    /// between them is [`Reason::Approval`].
    Gate(Gate),
    /// `let NAME = E`.
    Let(LetNode),
    /// `cause NAME`.
    Cause(CauseNode),
    /// `severity = E`.
    Severity(ExprId),
    /// A milestone.
    Milestone(Milestone),
    /// Where what many steps wait for comes together: it keeps the edges few.
    Join(Join),
    /// `return E` of a task.
    Return(ExprId),
}

/// When in a run a node can happen at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// From the start on; skipped if it still waits when the run is resolved.
    Response,
    /// It waits for `resolved`, itself or through what it names.
    AfterResolved,
    /// It waits for `failed`, itself or through what it names.
    AfterFailed,
}

/// The approval of a step.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The node of the step behind it.
    pub step: NodeId,
    /// How many people must grant it; none if that isn't known (already reported).
    pub count: Option<u32>,
    /// Whom to ask, and whom next: people, lists of people or teams.
    pub groups: Vec<ExprId>,
    /// It opens only if this holds.
    pub when: Option<ExprId>,
    /// How long each group has; none if that isn't known (already reported).
    pub within: Option<Nanoseconds>,
    /// Without the approval the step is skipped, and not failed.
    pub else_skip: bool,
}

/// `let NAME = E` in a playbook or task.
#[derive(Debug, Clone)]
pub struct LetNode {
    /// Its name.
    pub local: LocalId,
    /// Its value.
    pub value: ExprId,
    /// From the groups that it stands in, from outside in.
    pub guards: Vec<GuardId>,
}

/// A cause.
#[derive(Debug, Clone)]
pub struct CauseNode {
    /// Its name.
    pub local: LocalId,
    /// What it claims: a text.
    pub sentence: ExprId,
    /// `suspect when E`, in source order.
    pub suspect: Vec<ExprId>,
    /// `rule out when E`, in source order.
    pub rule_out: Vec<ExprId>,
}

/// What comes together in a join. Those of looks, and those of changes, form a chain: each waits for
/// the one before it and for what was written since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Join {
    /// The looking above is over, in any way.
    Looks,
    /// The changes above are ok, skipped or handled; one that failed, was blocked or cancelled
    /// blocks what is behind.
    Changes,
    /// All that one condition of a group names. It ends as the worst of them does, so that a step whose
    /// guard waits for it is blocked, or skipped without an answer, as if it waited for them itself.
    Values,
    /// The place or `after` of a step is decided, well or badly: what a condition waits for that reads the
    /// moment.
    Moment,
}

/// A condition that a step's guard is made of. It is evaluated once for all steps that share it (the
/// steps of a group), so that they agree.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The condition, not an `and`.
    pub condition: ExprId,
    /// What it must give: `false` where the step stands in an `else`.
    pub wanted: bool,
    /// Where the guard comes from.
    pub origin: GuardOrigin,
    /// It reads what changes while the run goes on, so that it counts when it is looked at.
    pub moment: bool,
}

/// Where a guard comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardOrigin {
    /// `if E { ... }` around the step.
    Group,
    /// The step's own `when E`.
    When,
}

/// An edge: `to` waits for `from`.
#[derive(Debug, Clone)]
pub struct Edge {
    /// What is waited for.
    pub from: NodeId,
    /// What waits.
    pub to: NodeId,
    /// Why.
    pub reason: Reason,
    /// What says so in the source: the name, the clause, or (place) the call that changes.
    pub span: Span,
}

/// Why something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It names the value.
    Data(DataUse),
    /// One of its guards names the value. A guard is evaluated when what it names has ended and the
    /// guards before it held, so this edge holds up that guard, and the step through it.
    Condition(GuardId),
    /// A change keeps its place.
    Place,
    /// `after X`, `after M + D`; the delay is unknown only if that is already reported.
    After(Option<Nanoseconds>),
    /// A gate before its step.
    Approval,
    /// It is evidence of the cause.
    Decides,
    /// It is what the milestone consists of; for `failed`: its failing.
    Milestone,
}

/// Where a value is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataUse {
    /// In the call, or in what a `let`, `severity` or `return` says.
    Value,
    /// In `each`.
    Each,
    /// In `repeat ... until`.
    Until,
    /// In the approval.
    Approval,
    /// In `undo`.
    Undo,
    /// In `on failure`.
    OnFailure,
}

/// The graph of a playbook or of a task.
#[derive(Debug, Clone)]
pub struct StepGraph {
    /// The playbook or task.
    pub item: ItemId,
    /// `resolve within D` of a playbook.
    pub resolve_within: Option<Nanoseconds>,
    graph: DiGraph<Node, Edge>,
    guards: Vec<Guard>,
    incoming: Vec<Vec<EdgeId>>,
    outgoing: Vec<Vec<EdgeId>>,
    by_local: BTreeMap<LocalId, NodeId>,
    by_step: BTreeMap<StepId, NodeId>,
    milestones: BTreeMap<Milestone, NodeId>,
    severity: Option<NodeId>,
    /// What waits for what, once somebody has asked.
    pub(super) closure: OnceLock<Option<Closure>>,
}

impl StepGraph {
    /// An empty graph.
    pub fn new(item: ItemId) -> Self {
        Self {
            item,
            resolve_within: None,
            graph: DiGraph::new(),
            guards: Vec::new(),
            incoming: Vec::new(),
            outgoing: Vec::new(),
            by_local: BTreeMap::new(),
            by_step: BTreeMap::new(),
            milestones: BTreeMap::new(),
            severity: None,
            closure: OnceLock::new(),
        }
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// All nodes, in source order.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> + ExactSizeIterator {
        self.graph.raw_nodes().iter().enumerate().map(|(index, node)| (NodeId(index as u32), &node.weight))
    }

    /// A node.
    pub fn node(&self, node: NodeId) -> &Node {
        &self.graph[NodeIndex::new(node.index())]
    }

    /// The step at a node, if it is one.
    pub fn step(&self, node: NodeId) -> Option<&StepPlan> {
        match &self.node(node).kind {
            NodeKind::Step(plan) => Some(plan),
            _ => None,
        }
    }

    /// All steps, in source order.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (NodeId, &StepPlan)> {
        self.nodes().filter_map(|(id, node)| match &node.kind {
            NodeKind::Step(plan) => Some((id, &**plan)),
            _ => None,
        })
    }

    /// The tasks that the steps call, to do and to undo something, in source order.
    pub fn tasks(&self) -> impl Iterator<Item = ItemId> {
        let calls = self.steps().flat_map(|(_, plan)| {
            let undo = plan.undo.map(|undo| undo.call.callee);
            let on_failure = match plan.on_failure {
                Some(OnFailurePlan::Run(run)) => Some(run.callee),
                _ => None,
            };
            [Some(plan.callee), undo, on_failure]
        });
        calls.filter_map(|callee| match callee? {
            Callee::Task(task) => Some(task),
            _ => None,
        })
    }

    /// All edges, in the order of what waits and then as written.
    pub fn edges(&self) -> impl DoubleEndedIterator<Item = (EdgeId, &Edge)> + ExactSizeIterator {
        self.graph.raw_edges().iter().enumerate().map(|(index, edge)| (EdgeId(index as u32), &edge.weight))
    }

    /// An edge.
    pub fn edge(&self, edge: EdgeId) -> &Edge {
        &self.graph[EdgeIndex::new(edge.0 as usize)]
    }

    /// What a node itself waits for, as written. A step with a gate waits for its gate alone.
    pub fn incoming(&self, node: NodeId) -> &[EdgeId] {
        &self.incoming[node.index()]
    }

    /// What waits for a node, in source order.
    pub fn outgoing(&self, node: NodeId) -> &[EdgeId] {
        &self.outgoing[node.index()]
    }

    /// The node at which a step's waiting comes together: its gate, if it has one, or itself.
    pub fn entry(&self, step: NodeId) -> NodeId {
        self.step(step).and_then(|plan| plan.gate).unwrap_or(step)
    }

    /// A guard.
    pub fn guard(&self, guard: GuardId) -> &Guard {
        &self.guards[guard.0 as usize]
    }

    /// All guards.
    pub fn guards(&self) -> impl ExactSizeIterator<Item = (GuardId, &Guard)> {
        self.guards.iter().enumerate().map(|(index, guard)| (GuardId(index as u32), guard))
    }

    /// The node of a local name: a step, `let` or cause.
    pub fn node_of_local(&self, local: LocalId) -> Option<NodeId> {
        self.by_local.get(&local).copied()
    }

    /// The node of a step.
    pub fn node_of_step(&self, step: StepId) -> Option<NodeId> {
        self.by_step.get(&step).copied()
    }

    /// The node of a milestone; a task has none, a playbook without `resolved after` no `resolved`.
    pub fn milestone(&self, milestone: Milestone) -> Option<NodeId> {
        self.milestones.get(&milestone).copied()
    }

    /// The node of `severity = E`.
    pub fn severity(&self) -> Option<NodeId> {
        self.severity
    }

    /// The node of a task's `return`.
    pub fn result(&self) -> Option<NodeId> {
        self.nodes().find(|(_, node)| matches!(node.kind, NodeKind::Return(_))).map(|(id, _)| id)
    }

    /// What the whole graph does to the world at most.
    pub fn effect(&self) -> Effect {
        self.steps().map(|(_, plan)| plan.effect).max().unwrap_or(Effect::Pure)
    }

    /// The nodes so that each comes after all that it waits for; none if there is a cycle.
    pub fn topological(&self) -> Option<Vec<NodeId>> {
        let order = petgraph::algo::toposort(&self.graph, None).ok()?;
        Some(order.into_iter().map(|index| NodeId(index.index() as u32)).collect())
    }

    /// The groups of nodes that wait for each other, each in source order, by their first node. A
    /// node that waits for itself is a group of its own.
    pub fn cycles(&self) -> Vec<Vec<NodeId>> {
        let mut cycles: Vec<Vec<NodeId>> = petgraph::algo::tarjan_scc(&self.graph)
            .into_iter()
            .filter(|nodes| nodes.len() > 1 || self.graph.contains_edge(nodes[0], nodes[0]))
            .map(|nodes| nodes.into_iter().map(|index| NodeId(index.index() as u32)).collect())
            .collect();
        cycles.iter_mut().for_each(|nodes: &mut Vec<NodeId>| nodes.sort());
        cycles.sort();
        cycles
    }

    /// Adds a node behind the others.
    pub(super) fn add_node(&mut self, node: Node) -> NodeId {
        self.closure.take();
        let id = NodeId(self.graph.node_count() as u32);
        match &node.kind {
            NodeKind::Step(plan) => {
                self.by_local.insert(plan.local, id);
                self.by_step.insert(plan.step, id);
            }
            NodeKind::Let(node) => drop(self.by_local.insert(node.local, id)),
            NodeKind::Cause(node) => drop(self.by_local.insert(node.local, id)),
            NodeKind::Severity(_) => self.severity = Some(self.severity.unwrap_or(id)),
            NodeKind::Milestone(milestone) => drop(self.milestones.insert(*milestone, id)),
            NodeKind::Gate(_) | NodeKind::Join(_) | NodeKind::Return(_) => {}
        }
        self.graph.add_node(node);
        self.incoming.push(Vec::new());
        self.outgoing.push(Vec::new());
        id
    }

    /// Changes a node that was added before.
    pub(super) fn node_mut(&mut self, node: NodeId) -> &mut Node {
        &mut self.graph[NodeIndex::new(node.index())]
    }

    /// Adds a guard.
    pub(super) fn add_guard(&mut self, guard: Guard) -> GuardId {
        self.guards.push(guard);
        GuardId(self.guards.len() as u32 - 1)
    }

    /// Adds an edge; both ends must be there.
    pub(super) fn add_edge(&mut self, edge: Edge) -> EdgeId {
        self.closure.take();
        let (from, to) = (edge.from, edge.to);
        let index = self.graph.add_edge(NodeIndex::new(from.index()), NodeIndex::new(to.index()), edge);
        let id = EdgeId(index.index() as u32);
        self.incoming[to.index()].push(id);
        self.outgoing[from.index()].push(id);
        id
    }
}
