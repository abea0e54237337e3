//! The step graph, as the run left it.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::boxes::{Shape, boxes};
use crate::{
    graph::{NodeId, NodeKind},
    names::Milestone,
    simulate::{
        account::{Account, Frame},
        timeline::{brief, clock, end_in_words, letter},
        trace::{End, EventKind, TraceNodeId},
        value::Decision,
    },
};

/// The drawing.
pub(super) fn graph(account: &Account<'_>, path: &BTreeSet<TraceNodeId>) -> Markup {
    let Some(frame) = account.frame(None) else { return html! {} };
    boxes(frame.graph, 0, "the critical path of this run", |node| shape(account, frame, path, node))
}

fn shape(account: &Account<'_>, frame: Frame<'_>, path: &BTreeSet<TraceNodeId>, node: NodeId) -> Shape {
    let place = frame.place(node);
    let traced = account.node(place);
    let kind = &frame.graph.node(node).kind;
    let is_gated = matches!(kind, NodeKind::Step(plan) if plan.gate.is_some());
    let (class, note) = match kind {
        NodeKind::Step(_) => match account.end(place) {
            Some((_, at, End::Ok(_))) => ("ok", format!("done at {}", clock(at))),
            Some((_, _, end @ End::Skipped(_))) => ("skipped", end_in_words(end)),
            Some((_, _, end @ End::Cancelled { .. })) => ("skipped", end_in_words(end)),
            Some((_, _, end)) => ("failed", end_in_words(end)),
            None => ("skipped", "didn't run".to_owned()),
        },
        _ => decided(account, place),
    };
    let name = traced.name.to_string();
    Shape { name, note, class, part: letter(traced.part), is_gated, is_critical: path.contains(&place) }
}

/// What became of a cause, severity or milestone.
fn decided(account: &Account<'_>, place: TraceNodeId) -> (&'static str, String) {
    for (_, event) in account.events(place) {
        match &event.kind {
            EventKind::Cause { decision, .. } => {
                let class = if *decision == Decision::Suspected { "failed" } else { "skipped" };
                return (class, format!("{} at {}", decision.word(), clock(event.at)));
            }
            EventKind::Severity { value, .. } => {
                return ("judged", format!("{} at {}", brief(value), clock(event.at)));
            }
            EventKind::Milestone(Milestone::Failed) => return ("failed", format!("at {}", clock(event.at))),
            EventKind::Milestone(_) => return ("reached", format!("at {}", clock(event.at))),
            _ => {}
        }
    }
    ("skipped", "not reached".to_owned())
}
