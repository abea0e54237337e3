//! Promise 2: a change keeps its place.
//!
//! A change waits for the reads above it to be over, and for the changes above it to be done or
//! skipped; a question holds up nothing that doesn't use its answer; what stands below a change in remediate (or its task) waits for it. Everything above is
//! waited for, not only the last change: that one may be skipped long before what stands above it has
//! ended. To keep the edges few, what is above comes together in [`Join`] nodes that form a chain.

use super::super::{Join, Node, NodeId, NodeKind, Phase, StepGraph};
use crate::{
    hir::{Effect, PartKind},
    source::Span,
};

/// More than so many edges come together in a join.
const DIRECT: usize = 3;

/// What has been written so far in a playbook or task.
#[derive(Debug, Default)]
pub(super) struct Above {
    reads: Vec<NodeId>,
    changes: Vec<NodeId>,
}

/// A step, as far as its place goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// Call and undo joined.
    pub effect: Effect,
    /// None in a task.
    pub part: Option<PartKind>,
    /// Whether it has a place of its own, or an `after` that replaces it.
    pub order: Order,
    /// Its statement.
    pub span: Span,
}

/// How a step is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// By its place.
    Place,
    /// By its `after`.
    After,
    /// By its `after`, and nothing below waits for it: it comes behind the end of the others
    /// (`resolved`, `failed`), or has no end.
    Apart,
    /// It recurs, so nothing can wait for its end.
    Recurring,
}

impl Placed {
    fn changes(self) -> bool {
        self.effect >= Effect::Changes
    }

    /// In which the order of lines counts.
    fn ordered(self) -> bool {
        matches!(self.part, None | Some(PartKind::Remediate))
    }

    /// What a message reads is for the message, and never holds up a change; neither does a question.
    fn finds_out(self) -> bool {
        self.effect <= Effect::Reads && self.part != Some(PartKind::Communicate)
    }
}

impl Above {
    /// What a step waits for by its place. May add joins, so it comes before the step's own node.
    pub(super) fn needed_by(&mut self, step: Placed, graph: &mut StepGraph) -> Vec<NodeId> {
        if matches!(step.order, Order::After | Order::Apart) {
            return Vec::new();
        }
        let mut needed = Vec::new();
        if step.changes() {
            join(&mut self.reads, Join::Looks, step, graph);
            needed.extend_from_slice(&self.reads);
        }
        if step.changes() || step.ordered() {
            join(&mut self.changes, Join::Changes, step, graph);
            needed.extend_from_slice(&self.changes);
        }
        needed
    }

    /// What those below may have to wait for.
    pub(super) fn add(&mut self, step: Placed, node: NodeId) {
        if matches!(step.order, Order::Apart | Order::Recurring) {
            return;
        }
        if step.changes() {
            self.changes.push(node);
        } else if step.finds_out() {
            self.reads.push(node);
        }
    }
}

fn join(above: &mut Vec<NodeId>, kind: Join, step: Placed, graph: &mut StepGraph) {
    if above.len() <= DIRECT {
        return;
    }
    let node = Node {
        kind: NodeKind::Join(kind),
        span: step.span,
        part: step.part,
        cause: None,
        phase: Phase::Response,
    };
    let node = graph.add_node(node);
    for from in above.drain(..) {
        graph.add_edge(super::place_edge(from, node, step.span));
    }
    above.push(node);
}
