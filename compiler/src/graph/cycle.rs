//! Steps that wait for each other (promise 2, rule 24).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{DataUse, EdgeId, ModuleMeaning, NodeId, NodeKind, Reason, StepGraph, describe};
use crate::{
    diagnostic::Diagnostic,
    findings::graph::step_cycle::{self, Wait, Why},
    names::Milestone,
};

/// A finding for each cycle of nodes, with a shortest path around it.
pub fn check(module: ModuleMeaning<'_>, graph: &StepGraph) -> Vec<Diagnostic> {
    let cycles = graph.cycles().into_iter();
    cycles.filter_map(|nodes| step_cycle::finding(&waits(module, graph, &around(graph, &nodes)))).collect()
}

/// A shortest path around, starting from the first node in the group that people know: each edge leads to
/// the origin of the previous one.
fn around(graph: &StepGraph, group: &[NodeId]) -> Vec<EdgeId> {
    let inside: BTreeSet<_> = group.iter().copied().collect();
    let start = group.iter().copied().find(|node| !is_between(graph, *node)).unwrap_or(group[0]);
    let mut through: BTreeMap<NodeId, EdgeId> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for edge in graph.incoming(node) {
            let from = graph.edge(*edge).from;
            if from == start {
                let mut path = vec![*edge];
                let mut at = node;
                while at != start {
                    path.push(through[&at]);
                    at = graph.edge(through[&at]).to;
                }
                path.reverse();
                return path;
            }
            if inside.contains(&from) && !through.contains_key(&from) {
                through.insert(from, *edge);
                queue.push_back(from);
            }
        }
    }
    Vec::new()
}

/// Gates and joins connect two other nodes and aren't mentioned.
fn is_between(graph: &StepGraph, node: NodeId) -> bool {
    matches!(graph.node(node).kind, NodeKind::Gate(_) | NodeKind::Join(_))
}

fn waits(module: ModuleMeaning<'_>, graph: &StepGraph, path: &[EdgeId]) -> Vec<Wait> {
    let mut waits = Vec::new();
    let mut rest = path;
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|edge| !is_between(graph, graph.edge(*edge).from));
        let (hop, behind) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        rest = behind;
        let last = hop.last().unwrap_or(first);
        // An order by place is reported at the change's call, a data dependency at the reference.
        let by_place = hop.iter().find(|edge| graph.edge(**edge).reason == Reason::Place);
        let told = graph.edge(*by_place.unwrap_or(last));
        let condition = hop.iter().map(|edge| graph.edge(*edge).reason);
        let condition = condition.into_iter().find(|reason| matches!(reason, Reason::Condition(_)));
        let (waiting, waited) = (graph.edge(*first).to, graph.edge(*last).from);
        waits.push(Wait {
            span: told.span,
            waiting: describe(module, graph, waiting),
            waited: describe(module, graph, waited),
            why: why(graph, condition.unwrap_or(told.reason), waiting, waited),
        });
    }
    waits
}

fn why(graph: &StepGraph, reason: Reason, waiting: NodeId, waited: NodeId) -> Why {
    match reason {
        Reason::Data(DataUse::Value) => Why::Names(""),
        Reason::Data(DataUse::Each) => Why::Names(" in `each`"),
        Reason::Data(DataUse::Until) => Why::Names(" in `until`"),
        Reason::Data(DataUse::Approval) | Reason::Approval => Why::Names(" in its approval"),
        Reason::Data(DataUse::Undo) => Why::Names(" in its undo"),
        Reason::Data(DataUse::OnFailure) => Why::Names(" in `on failure`"),
        Reason::Condition(_) => Why::Condition,
        Reason::After(_) => Why::After,
        Reason::Decides => Why::Evidence,
        Reason::Place if graph.step(waited).is_some_and(|plan| plan.is_change()) => Why::BelowChange,
        Reason::Place => Why::ChangeBelowLook,
        Reason::Milestone => match graph.node(waiting).kind {
            NodeKind::Milestone(Milestone::Failed) => Why::CanFail,
            _ => Why::PartOf,
        },
    }
}
