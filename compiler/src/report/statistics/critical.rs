//! The critical path of a run of which only the times of its steps are known.
//!
//! From what decided the run, back to the step that ended last among all that it waited for, and so on.

use std::collections::BTreeSet;

use super::{RunOutcomeWord, is_step};
use crate::{
    graph::{Nanoseconds, NodeId, Reason, StepGraph},
    names::Milestone,
};

/// Finds critical paths, one run after the other.
#[derive(Debug, Clone)]
pub(super) struct Critical<'a> {
    graph: &'a StepGraph,
    /// The steps that each node waits for, over all that lies between.
    waits: Vec<Vec<NodeId>>,
    resolving: Vec<NodeId>,
    times: Vec<Option<Times>>,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    started: Option<Nanoseconds>,
    ended: Option<Nanoseconds>,
    failed: bool,
}

impl<'a> Critical<'a> {
    pub fn new(graph: &'a StepGraph) -> Self {
        let waits = graph.nodes().map(|(node, kind)| match is_step(&kind.kind) {
            true => steps_before(graph, graph.entry(node)),
            false => Vec::new(),
        });
        let resolved = graph.milestone(Milestone::Resolved);
        let resolving = resolved.into_iter().flat_map(|node| {
            let edges = graph.incoming(node).iter().map(|edge| graph.edge(*edge));
            edges.filter(|edge| edge.reason == Reason::Milestone).map(|edge| edge.from)
        });
        Critical {
            waits: waits.collect(),
            resolving: resolving.collect(),
            times: vec![None; graph.node_count()],
            graph,
        }
    }

    /// Forgets the run before.
    pub fn begin(&mut self) {
        self.times.fill(None);
    }

    /// Notes when a step began and ended.
    pub fn note(
        &mut self,
        node: NodeId,
        started: Option<Nanoseconds>,
        ended: Option<Nanoseconds>,
        failed: bool,
    ) {
        self.times[node.index()] = Some(Times { started, ended, failed });
    }

    /// The path of the run, decided in this way at this time.
    pub fn path(&self, outcome: RunOutcomeWord, decided: Nanoseconds) -> BTreeSet<NodeId> {
        let mut path = BTreeSet::new();
        let ended = |node: &NodeId| self.times[node.index()].and_then(|times| times.ended);
        let mut next = match outcome {
            RunOutcomeWord::Resolved => self.resolving.iter().copied().max_by_key(ended),
            RunOutcomeWord::Failed => self.graph.steps().map(|(node, _)| node).find(|node| {
                let times = self.times[node.index()];
                times.is_some_and(|times| times.failed && times.ended == Some(decided))
            }),
            RunOutcomeWord::Completed => {
                let ran = self.graph.steps().map(|(node, _)| node).filter(|node| self.began(*node).is_some());
                ran.filter(|node| ended(node).is_some()).max_by_key(ended)
            }
        };
        while let Some(node) = next {
            if !path.insert(node) {
                break;
            }
            let Some(began) = self.began(node).or_else(|| ended(&node)) else { break };
            let before = self.waits[node.index()].iter().copied();
            let before = before.filter(|other| self.began(*other).is_some());
            next = before.filter(|other| ended(other).is_some_and(|at| at <= began)).max_by_key(ended);
        }
        path
    }

    fn began(&self, node: NodeId) -> Option<Nanoseconds> {
        self.times[node.index()]?.started
    }
}

/// The steps that a node waits for, over causes, severity, `let`s and joins.
fn steps_before(graph: &StepGraph, node: NodeId) -> Vec<NodeId> {
    let (mut found, mut seen, mut stack) = (BTreeSet::new(), BTreeSet::new(), vec![node]);
    while let Some(node) = stack.pop() {
        for edge in graph.incoming(node).iter().map(|edge| graph.edge(*edge)) {
            if is_step(&graph.node(edge.from).kind) {
                found.insert(edge.from);
            } else if seen.insert(edge.from) {
                stack.push(edge.from);
            }
        }
    }
    found.into_iter().collect()
}
