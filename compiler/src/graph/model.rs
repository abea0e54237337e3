//! Nodes and edges. They are stored in petgraph, which is private to this file, so that its types appear in
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
    /// The graph of a playbook or task; `None` if the item is neither.
    pub fn get(&self, item: ItemId) -> Option<&StepGraph> {
        self.bodies.get(&item).map(|graph| &**graph)
    }
}

/// A node's number in its [`StepGraph`]. Numbers are in source order; a step's gate and the joins of its
/// place come directly before it.
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
    /// Its kind.
    pub kind: NodeKind,
    /// Its span in the source: the step's statement, the clause, the part's keyword.
    pub span: Span,
    /// Its part; `None` for milestones and in tasks.
    pub part: Option<PartKind>,
    /// The cause that it is evidence for.
    pub cause: Option<NodeId>,
    /// When in a run it can run at all.
    pub phase: Phase,
}

/// The kind of a node.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A step: it runs between its gate (if it has one) and its end.
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
    /// Collects what many steps wait for, to keep edges few.
    Join(Join),
    /// `return E` of a task.
    Return(ExprId),
}

/// When in a run a node can run at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// From the start; skipped if it is still waiting when the run is resolved.
    Response,
    /// It waits for `resolved`, directly or through what it refers to.
    AfterResolved,
    /// It waits for `failed`, directly or through what it refers to.
    AfterFailed,
}

/// The approval of a step.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The node of its step.
    pub step: NodeId,
    /// How many people have to approve; `None` if unknown (already reported).
    pub count: Option<u32>,
    /// Whom to ask, in order: people, lists of people or teams.
    pub groups: Vec<ExprId>,
    /// The approval is needed only if this holds.
    pub when: Option<ExprId>,
    /// The time limit of each group; `None` if unknown (already reported).
    pub within: Option<Nanoseconds>,
    /// Without the approval the step is skipped instead of failing.
    pub else_skip: bool,
}

/// `let NAME = E` in a playbook or task.
#[derive(Debug, Clone)]
pub struct LetNode {
    /// Its name.
    pub local: LocalId,
    /// Its value.
    pub value: ExprId,
    /// The guards of the blocks around it, from the outside in.
    pub guards: Vec<GuardId>,
}

/// A cause.
#[derive(Debug, Clone)]
pub struct CauseNode {
    /// Its name.
    pub local: LocalId,
    /// Its description: a text.
    pub sentence: ExprId,
    /// `suspect when E`, in source order.
    pub suspect: Vec<ExprId>,
    /// `rule out when E`, in source order.
    pub rule_out: Vec<ExprId>,
}

/// What a join collects. Those of reads, and those of changes, form a chain: each waits for
/// the one before it and for the steps since then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Join {
    /// The reads above have finished, in any way.
    Looks,
    /// The changes above are ok, skipped or handled; one that failed, was blocked or canceled
    /// blocks the steps after it.
    Changes,
    /// Everything that one condition of a block refers to. It ends as the worst of them does, so a step whose
    /// guard waits for it is blocked, or skipped without an answer, as if it waited for them itself.
    Values,
    /// The place or `after` of a step has been decided, successfully or not: what a condition that reads the
    /// moment waits for.
    Moment,
}

/// A condition of a step's guard. It is evaluated once for all steps that share it (the steps of a block), so
/// that they agree.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The condition, which isn't an `and`.
    pub condition: ExprId,
    /// The required value: `false` for a step in an `else`.
    pub wanted: bool,
    /// The source of the guard.
    pub origin: GuardOrigin,
    /// It reads something that changes during the run, so the time of its evaluation matters.
    pub moment: bool,
}

/// The source of a guard.
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
    /// The dependency.
    pub from: NodeId,
    /// The node that waits.
    pub to: NodeId,
    /// The reason.
    pub reason: Reason,
    /// Its span in the source: the reference, the clause, or (place) the call that changes.
    pub span: Span,
}

/// Why something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It refers to the value.
    Data(DataUse),
    /// One of its guards refers to the value. A guard is evaluated when its references have ended and the
    /// previous guards held, so this edge delays that guard, and the step through it.
    Condition(GuardId),
    /// A change keeps its place.
    Place,
    /// `after X`, `after M + D`; the delay is unknown only if that is already reported.
    After(Option<Nanoseconds>),
    /// A gate before its step.
    Approval,
    /// It is evidence of the cause.
    Decides,
    /// It is part of the milestone; for `failed`: its failure.
    Milestone,
}

/// Where a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataUse {
    /// In the call, or in the value of a `let`, `severity` or `return`.
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
    /// The transitive closure, once it has been needed.
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

    /// The number of nodes.
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

    /// The tasks that the steps call, in calls and undos, in source order.
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

    /// All edges, ordered by the waiting node and then as written.
    pub fn edges(&self) -> impl DoubleEndedIterator<Item = (EdgeId, &Edge)> + ExactSizeIterator {
        self.graph.raw_edges().iter().enumerate().map(|(index, edge)| (EdgeId(index as u32), &edge.weight))
    }

    /// An edge.
    pub fn edge(&self, edge: EdgeId) -> &Edge {
        &self.graph[EdgeIndex::new(edge.0 as usize)]
    }

    /// The direct dependencies of a node, as written. A step with a gate waits for its gate alone.
    pub fn incoming(&self, node: NodeId) -> &[EdgeId] {
        &self.incoming[node.index()]
    }

    /// The nodes that wait for a node, in source order.
    pub fn outgoing(&self, node: NodeId) -> &[EdgeId] {
        &self.outgoing[node.index()]
    }

    /// The node that has a step's dependencies: its gate if it has one, otherwise the step itself.
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

    /// The strongest effect in the whole graph.
    pub fn effect(&self) -> Effect {
        self.steps().map(|(_, plan)| plan.effect).max().unwrap_or(Effect::Pure)
    }

    /// The nodes in topological order; `None` if there is a cycle.
    pub fn topological(&self) -> Option<Vec<NodeId>> {
        let order = petgraph::algo::toposort(&self.graph, None).ok()?;
        Some(order.into_iter().map(|index| NodeId(index.index() as u32)).collect())
    }

    /// The cycles of nodes, each in source order, by their first node. A node that waits for itself is a group
    /// of its own.
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

    /// Adds a node at the end.
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

    /// Adds an edge; both ends must exist.
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
