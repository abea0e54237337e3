//! `run.status`: what is broken, how bad it is and what is going on, for the people of an incident's channel.

use super::{Engine, ROOT, frame::Progress};
use crate::{
    graph::{NodeId, NodeKind},
    hir::LocalKind,
    simulate::{
        timeline::people_in_words,
        value::{duration_for_people, text},
    },
};

/// Before that a run has just started.
const SECOND: i64 = 1_000_000_000;

/// So many steps are named; of more it is said how many there are.
const NAMED: usize = 4;

impl Engine<'_> {
    /// `Checkout is slow. Severity critical, for 12m (since 03:00 UTC). Waiting for Ana and Bo to approve:
    /// Fail over to the replica. In progress: verified. 7 of 14 steps done.`
    pub(super) fn status(&self) -> String {
        let root = self.frame(ROOT);
        let mut first = Vec::new();
        if let Some(node) = root.graph.severity()
            && let super::frame::Data::Value(severity) = &root.node(node).data
        {
            first.push(format!("Severity {}", text(severity)));
        }
        first.push(match (self.resolved, self.failed) {
            (Some(at), _) => format!("resolved after {}", duration_for_people(at)),
            (_, Some(at)) => format!("failed after {}", duration_for_people(at)),
            _ if self.now < SECOND => "just started".to_owned(),
            _ => format!("for {}", duration_for_people(self.now)),
        });
        let since = jiff::Timestamp::from_nanosecond(i128::from(self.script.start));
        let since = since.map(|at| format!(" (since {} UTC)", at.strftime("%H:%M"))).unwrap_or_default();
        let mut sentences: Vec<String> = self.broken().into_iter().collect();
        let first = format!("{}{since}", first.join(", "));
        sentences.push(
            first.chars().next().map_or_else(String::new, |letter| {
                letter.to_uppercase().chain(first.chars().skip(1)).collect()
            }),
        );
        let (mut running, mut done, mut all) = (Vec::new(), 0, 0);
        for (id, node) in root.graph.nodes() {
            match &node.kind {
                NodeKind::Gate(gate) => {
                    if let Some(open) = &root.node(id).gate {
                        let people = people_in_words(open.asked.iter().map(|person| &person.shown));
                        let step = self.called(gate.step);
                        sentences.push(format!("Waiting for {people} to approve: {step}"));
                    }
                }
                NodeKind::Step(plan) if plan.every.is_none() => {
                    all += 1;
                    match root.node(id).progress {
                        Progress::Active => running.push(self.called(id)),
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
            sentences.push(format!("In progress: {}{more}", running.join(", ")));
        }
        sentences.push(format!("{done} of {all} steps done."));
        sentences.join(". ")
    }

    /// What is broken: what the event that started the run calls itself, else what the playbook is for.
    fn broken(&self) -> Option<String> {
        let root = self.frame(ROOT);
        let event = self
            .parameters
            .iter()
            .find(|(local, _)| root.module.hir.locals[*local].kind == LocalKind::Trigger);
        let named = event.and_then(|(_, event)| {
            let texts = ["summary", "title", "name"].iter().filter_map(|field| event.field(field)?.as_text());
            texts.map(|text| text.trim()).find(|text| !text.is_empty()).map(str::to_owned)
        });
        let docs = || {
            let lines = self.checked.item(root.graph.item)?.docs.lines().map(str::trim);
            let text = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some(text)
        };
        let text = named.or_else(docs)?;
        Some(text.trim_end_matches('.').to_owned())
    }

    /// What people call a step: its title, else its name.
    fn called(&self, node: NodeId) -> std::sync::Arc<str> {
        let root = self.frame(ROOT);
        let title = root.graph.step(node).and_then(|plan| root.title(plan.step));
        title.unwrap_or_else(|| root.name(node))
    }
}
