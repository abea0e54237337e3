//! Promise 2: a change keeps its place.
//!
//! A change waits until the reads above it have finished, and until the changes above it are done or
//! skipped. A question delays nothing that doesn't use its answer. Whatever is below a change in remediate
//! (or its task) waits for it. It waits for everything above, not just for the last change, which may be
//! skipped long before the steps above it have ended. To keep edges few, [`Join`] nodes in a chain collect
//! what is above.

use super::super::{Join, Node, NodeId, NodeKind, Phase, StepGraph};
use crate::{
    hir::{Effect, PartKind},
    source::Span,
};

/// More edges than this are collected in a join.
const DIRECT: usize = 3;

/// The steps so far in a playbook or task.
#[derive(Debug, Default)]
pub(super) struct Above {
    reads: Vec<NodeId>,
    changes: Vec<NodeId>,
}

/// A step, as far as its place is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// The combined effect of call and undo.
    pub effect: Effect,
    /// None in a task.
    pub part: Option<PartKind>,
    /// Whether it keeps its place, or has an `after` that replaces it.
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
    /// By its `after`, and nothing below waits for it: it runs after the end of the others
    /// (`resolved`, `failed`), or has no end.
    Apart,
    /// It recurs, so nothing can wait for its end.
    Recurring,
}

impl Placed {
    fn changes(self) -> bool {
        self.effect >= Effect::Changes
    }

    /// The kinds of parts in which the order of lines matters.
    fn ordered(self) -> bool {
        matches!(self.part, None | Some(PartKind::Remediate))
    }

    /// Reads for a message never delay a change, and neither do questions.
    fn finds_out(self) -> bool {
        self.effect <= Effect::Reads && self.part != Some(PartKind::Communicate)
    }
}

impl Above {
    /// What a step waits for because of its place. May add joins, so call it before adding the step's own
    /// node.
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

    /// Records what later steps may have to wait for.
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
