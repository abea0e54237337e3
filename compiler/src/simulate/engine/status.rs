//! `run.status`: where a run is, in a few words.

use super::{Engine, ROOT, frame::Progress};
use crate::{
    graph::NodeKind,
    simulate::value::{duration_for_people, text},
};

/// So many steps are named; of more it is said how many there are.
const NAMED: usize = 4;

impl Engine<'_> {
    /// `critical, 12m. Waiting for Ana, Bo to approve moved. Running: verified. 7 of 14 steps done.`
    pub(super) fn status(&self) -> String {
        let root = self.frame(ROOT);
        let mut first = Vec::new();
        if let Some(node) = root.graph.severity()
            && let super::frame::Data::Value(severity) = &root.node(node).data
        {
            first.push(text(severity));
        }
        first.push(match (self.resolved, self.failed) {
            (Some(at), _) => format!("resolved after {}", duration_for_people(at)),
            (_, Some(at)) => format!("failed after {}", duration_for_people(at)),
            _ => duration_for_people(self.now),
        });
        let mut sentences = vec![first.join(", ")];
        let (mut running, mut done, mut all) = (Vec::new(), 0, 0);
        for (id, node) in root.graph.nodes() {
            match &node.kind {
                NodeKind::Gate(gate) => {
                    if let Some(open) = &root.node(id).gate {
                        let names: Vec<&str> = open.asked.iter().map(|person| &*person.shown.name).collect();
                        let step = root.name(gate.step);
                        sentences.push(format!("Waiting for {} to approve {step}", names.join(", ")));
                    }
                }
                NodeKind::Step(plan) if plan.every.is_none() => {
                    all += 1;
                    match root.node(id).progress {
                        Progress::Active => running.push(root.name(id)),
                        Progress::Over(_) => done += 1,
                        Progress::Waiting => {}
                    }
                }
                _ => {}
            }
        }
        if !running.is_empty() {
            let more = running.len().saturating_sub(NAMED);
            running.truncate(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            sentences.push(format!("Running: {}{more}", running.join(", ")));
        }
        sentences.push(format!("{done} of {all} steps done."));
        sentences.join(". ")
    }
}
