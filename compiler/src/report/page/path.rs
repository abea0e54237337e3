//! The critical path of a run: what would have had to be sooner for the run to be decided sooner.

use std::collections::BTreeSet;

use crate::{
    graph::{NodeId, NodeKind},
    names::Milestone,
    simulate::{
        account::{Account, Frame},
        trace::{EventKind, TraceNodeId},
    },
};

/// The places on the way to what decided the run: of all that one waited for, what came last.
pub(super) fn critical(account: &Account<'_>) -> BTreeSet<TraceNodeId> {
    let mut path = BTreeSet::new();
    let Some(frame) = account.frame(None) else { return path };
    let mut next = decided(account, frame);
    while let Some((node, before)) = next {
        if !path.insert(frame.place(node)) {
            break;
        }
        next = last_waited(account, frame, node, before);
    }
    path
}

/// What decided the run: the milestone, or what happened last.
fn decided(account: &Account<'_>, frame: Frame<'_>) -> Option<(NodeId, usize)> {
    let milestone = |wanted: Milestone| {
        let node = frame.graph.milestone(wanted)?;
        let at = settled(account, frame, node)?;
        Some((node, at))
    };
    // What failed led to the milestone; the graph has all that could have.
    let failed = milestone(Milestone::Failed).and_then(|(_, at)| {
        let cause = account.trace.events[at].cause? as usize;
        let (_, own) = account.find(outermost(account, account.trace.events[cause].node?))?;
        Some((own, cause + 1))
    });
    let last = || {
        let steps = frame.graph.steps().filter_map(|(node, _)| Some((node, settled(account, frame, node)?)));
        steps.max_by_key(|(_, at)| *at).map(|(node, at)| (node, at + 1))
    };
    milestone(Milestone::Resolved).or(failed).or_else(last)
}

/// The step of the playbook around a place.
fn outermost(account: &Account<'_>, mut place: TraceNodeId) -> TraceNodeId {
    while let Some(outer) = account.node(place).inside {
        place = outer;
    }
    place
}

/// The event with which a place got its value or end.
fn settled(account: &Account<'_>, frame: Frame<'_>, node: NodeId) -> Option<usize> {
    let settles = |kind: &EventKind| {
        matches!(
            kind,
            EventKind::Ended(_)
                | EventKind::Let(_)
                | EventKind::Severity { .. }
                | EventKind::Cause { .. }
                | EventKind::Milestone(_)
        )
    };
    account.events(frame.place(node)).find(|(_, event)| settles(&event.kind)).map(|(index, _)| index)
}

/// Of all that a node waited for, what came last before it began.
fn last_waited(
    account: &Account<'_>,
    frame: Frame<'_>,
    node: NodeId,
    before: usize,
) -> Option<(NodeId, usize)> {
    let began = account.events(frame.place(node)).find(|(_, event)| matches!(event.kind, EventKind::Started));
    let opened = frame.graph.step(node).and_then(|plan| plan.gate).and_then(|gate| {
        account
            .events(frame.place(gate))
            .find(|(_, event)| matches!(event.kind, EventKind::GateOpened { .. }))
    });
    let limit = opened.or(began).map_or(before, |(index, _)| index);
    let mut seen = BTreeSet::new();
    let mut stack = vec![frame.graph.entry(node)];
    let mut last: Option<(NodeId, usize)> = None;
    while let Some(node) = stack.pop() {
        for edge in frame.graph.incoming(node).iter().map(|edge| frame.graph.edge(*edge)) {
            if matches!(frame.graph.node(edge.from).kind, NodeKind::Join(_)) {
                if seen.insert(edge.from) {
                    stack.push(edge.from);
                }
                continue;
            }
            let settled = settled(account, frame, edge.from).filter(|at| *at < limit);
            let later = settled.filter(|at| last.is_none_or(|(_, known)| *at > known));
            last = later.map(|at| (edge.from, at)).or(last);
        }
    }
    last
}
