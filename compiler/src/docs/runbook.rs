//! A playbook as a page for responders, in place of a handwritten runbook.

use std::collections::BTreeMap;

use super::{Block, Entry, ItemReference, Library, block::summary};
use crate::{
    emit::{
        self, Document, EndsWire, Kind, NodeWire, StepWire, WhatWire,
        words::{approval_words, clauses, conditions, in_order},
    },
    findings::graph::{duration_text, rough_duration_text},
    markdown::{code, text},
};

/// The page of a playbook; `None` for other items.
pub fn runbook(library: &Library<'_>, item: &ItemReference) -> Option<Vec<Block>> {
    let document = item.graph.as_deref()?;
    let mut page = Runbook { library, document, number: 1, blocks: Vec::new() };
    page.head();
    page.parts();
    page.told();
    page.ends();
    if !item.scenarios.is_empty() {
        page.heading("Scenarios");
        page.blocks.push(Block::Paragraph("Tested scenarios:".to_owned()));
        page.blocks.push(Block::List(item.scenarios.iter().map(|title| Entry::new(text(title))).collect()));
    }
    page.tasks();
    page.blocks.push(Block::Drawing(emit::mermaid(document)));
    Some(page.blocks)
}

struct Runbook<'a> {
    library: &'a Library<'a>,
    document: &'a Document,
    /// The number of the next step.
    number: usize,
    blocks: Vec<Block>,
}

impl Runbook<'_> {
    fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(2, text.to_owned()));
    }

    fn head(&mut self) {
        let Document { name, docs, triggers, inputs, owner, durations, .. } = self.document;
        self.blocks.push(Block::Heading(1, text(&title(name))));
        if !docs.trim().is_empty() {
            self.blocks.push(Block::Written(docs.clone()));
        }
        let mut facts = Vec::new();
        let mut say = |name: &str, what: String| facts.push((name.to_owned(), what));
        match self.document.kind {
            Kind::Response => {
                say("trigger", triggers.iter().map(|it| code(it)).collect::<Vec<_>>().join(", "));
            }
            Kind::Tool | Kind::Task => say("started by", "a person or another playbook".to_owned()),
        }
        for input in inputs {
            let default =
                input.default.as_ref().map(|value| format!(", default {}", code(value))).unwrap_or_default();
            say("input", format!("{} ({}){default}", code(&input.name), code(&input.ty)));
        }
        if let Some(owner) = owner {
            say("owner", format!("{}, notified if a run fails", code(owner)));
        }
        if let Some(within) = self.document.resolve_within {
            say("promise", format!("resolved within {}", duration_text(within)));
        }
        let length = |pick: fn(EndsWire) -> Option<i64>| {
            let words = |length: Option<i64>| length.map(rough_duration_text);
            let (worst, usual) = (words(pick(durations.worst))?, words(pick(durations.expected))?);
            let machines = words(pick(durations.without_people)).filter(|machines| *machines != worst);
            let people = machines
                .map(|machines| format!("; {machines} with instant human responses"))
                .unwrap_or_default();
            Some(format!("typically {usual}, worst case {worst}{people}"))
        };
        if let Some(text) = length(|ends| ends.resolved) {
            say("time to resolution", text);
        }
        if let Some(text) = length(|ends| ends.over) {
            say("total duration", text);
        }
        say("module", code(&self.document.module));
        self.blocks.push(Block::Facts(facts));
    }

    fn parts(&mut self) {
        for part in &self.document.parts {
            let purpose = match part.name {
                "enrich" => ": gather context",
                "triage" => ": find the cause",
                "communicate" => ": inform people",
                "remediate" => ": repair",
                _ => "",
            };
            self.heading(&format!("{}{purpose}", title(part.name)));
            match &part.none {
                Some(reason) => self.blocks.push(Block::Paragraph(format!("None: {}.", text(reason)))),
                None => {
                    let entries = steps(self.library, self.document, Some(part.name));
                    let first = self.number;
                    self.number += entries.len();
                    self.blocks.push(Block::Steps(first, entries));
                }
            }
        }
    }

    /// Messages, questions and approvals, which people look up independently of the order of the steps.
    fn told(&mut self) {
        let nodes = in_order(self.document).into_iter();
        let rows: Vec<Vec<String>> = nodes
            .filter_map(|node| match &node.what {
                WhatWire::Step(step) if matches!(step.effect, "notifies" | "asks") => {
                    let moment = moment(self.document, node, step);
                    let when = if moment.is_empty() { "in every run".to_owned() } else { moment };
                    Some(vec![code(&step.name), when, code(&step.call)])
                }
                WhatWire::Approval(approval) => {
                    let what = format!("asked to approve {}", code(&approval.step));
                    let who =
                        approval.groups.iter().map(|group| code(group)).collect::<Vec<_>>().join(", then ");
                    Some(vec![code(&approval.step), "before it runs".to_owned(), format!("{who}: {what}")])
                }
                _ => None,
            })
            .collect();
        if !rows.is_empty() {
            self.heading("Messages, questions and approvals");
            self.blocks.push(Block::Table(vec!["step", "when", "what"], rows));
        }
    }

    fn ends(&mut self) {
        let into = |milestone: &str| -> Vec<String> {
            let edges = self.document.edges.iter().filter(|edge| edge.to == milestone);
            edges.map(|edge| code(&edge.from)).collect()
        };
        let (resolved, failed) = (into("@resolved"), into("@failed"));
        let mut entries = Vec::new();
        if !resolved.is_empty() {
            let verb = if resolved.len() == 1 { "succeeds" } else { "succeed" };
            let names = resolved.join(" and ");
            entries.push(Entry::new(format!("The run is resolved when {names} {verb}.")));
        }
        if !failed.is_empty() {
            entries.push(Entry::new(format!("The run fails if {} fails.", failed.join(" or "))));
        }
        let undone = in_order(self.document).into_iter().filter_map(|node| {
            let WhatWire::Step(step) = &node.what else { return None };
            let name = code(&step.name);
            let text = match (&step.undo, &step.irreversible) {
                (Some(undo), _) => {
                    let when = if undo.always { "At the end of the run" } else { "If the run fails" };
                    format!("{when}, {name} is undone: {}", code(&undo.call))
                }
                (None, Some(why)) => format!("{name} can't be undone: {}.", text(why)),
                (None, None) => return None,
            };
            Some(Entry::new(text))
        });
        entries.extend(undone);
        if !entries.is_empty() {
            self.heading("How the run ends");
            self.blocks.push(Block::List(entries));
        }
    }

    fn tasks(&mut self) {
        if self.document.tasks.is_empty() {
            return;
        }
        self.heading("Tasks");
        for task in &self.document.tasks {
            self.blocks.push(Block::Heading(3, code(&qualified(task))));
            if !task.docs.trim().is_empty() {
                self.blocks.push(Block::Written(task.docs.clone()));
            }
            let entries = steps(self.library, task, None);
            if !entries.is_empty() {
                self.blocks.push(Block::Steps(1, entries));
            }
        }
    }
}

/// `open_war_room` as a heading: `Open war room`.
fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn qualified(task: &Document) -> String {
    format!("{}.{}", task.module.rsplit('.').next().unwrap_or_default(), task.name)
}

/// The steps of a part or a task.
fn steps(library: &Library<'_>, document: &Document, part: Option<&str>) -> Vec<Entry> {
    let gates: BTreeMap<&str, &NodeWire> =
        document.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let nodes = in_order(document).into_iter().filter(|node| part.is_none() || node.part == part);
    nodes
        .filter_map(|node| match &node.what {
            WhatWire::Step(step) => {
                let gate = step.approval.as_deref().and_then(|gate| gates.get(gate)).map(|gate| &gate.what);
                let mut notes = Vec::new();
                let moment = moment(document, node, step);
                if !moment.is_empty() {
                    notes.push(moment);
                }
                if let Some(WhatWire::Approval(approval)) = gate {
                    notes.push(format!("approved by {}", text(&approval_words(approval))));
                }
                notes.extend(clauses(step).iter().map(|clause| text(clause)));
                Some(Entry { text: sentence(library, step), notes })
            }
            WhatWire::Severity { value } => Some(Entry::new(format!("**severity** is {}", code(value)))),
            WhatWire::Let { name, value, .. } => {
                Some(Entry::new(format!("**{}** is {}", text(name), code(value))))
            }
            WhatWire::Cause { name, sentence, suspect_when, rule_out_when } => {
                let line = |word: &str, lines: &[String]| {
                    let lines: Vec<_> = lines.iter().map(|line| code(line)).collect();
                    (!lines.is_empty()).then(|| format!("{word} if {}", lines.join(" or ")))
                };
                let notes = [line("suspected", suspect_when), line("ruled out", rule_out_when)];
                Some(Entry {
                    text: format!("Diagnose cause **{}**: {}.", text(name), text(sentence)),
                    notes: notes.into_iter().flatten().collect(),
                })
            }
            WhatWire::Return { value } => Some(Entry::new(format!("Returns {}", code(value)))),
            WhatWire::Approval(_) | WhatWire::Milestone { .. } | WhatWire::Join { .. } => None,
        })
        .collect()
}

/// What a step does: its own doc comment, or that of the action or task that it calls.
fn sentence(library: &Library<'_>, step: &StepWire) -> String {
    let own = summary(&step.docs);
    let said = if own.is_empty() {
        match (&step.callee.module, &step.callee.name) {
            (Some(module), Some(name)) => summary(library.docs(module, name).unwrap_or_default()),
            _ => match (step.callee.kind, quoted(&step.call)) {
                ("manual", Some(said)) => format!("Manual step: {}.", text(said)),
                ("manual", None) => "Manual step.".to_owned(),
                (_, Some(said)) => format!("Ask: {}", text(said)),
                (_, None) => "A question.".to_owned(),
            },
        }
    } else {
        own
    };
    let mark = match step.effect {
        "changes" => " (changes production)",
        "destroys" => " (may destroy data)",
        _ => "",
    };
    let space = if said.is_empty() { "" } else { " " };
    format!("**{}**{mark}: {said}{space}{}", text(&step.name), code(&step.call))
}

/// The first text in a call, if nothing in it is put together or escaped.
fn quoted(call: &str) -> Option<&str> {
    let text = call.split('"').nth(1)?;
    (!text.is_empty() && !text.contains(['\\', '$'])).then(|| text.trim_end_matches('.'))
}

/// When a step runs, apart from waiting for the steps that it names.
fn moment(document: &Document, node: &NodeWire, step: &StepWire) -> String {
    let mut words = Vec::new();
    let held = conditions(step);
    if !held.is_empty() {
        words.push(format!("only if {}", code(&held)));
    }
    let entry = step.approval.as_deref().unwrap_or(&node.id);
    for edge in document.edges.iter().filter(|edge| edge.to == entry && edge.reason == "after") {
        let from = match edge.from.strip_prefix('@') {
            Some(milestone) => milestone.to_owned(),
            None => code(&edge.from),
        };
        match edge.delay {
            Some(delay) => words.push(format!("{} after {from}", duration_text(delay))),
            None => words.push(format!("after {from}")),
        }
    }
    words.join(", ")
}
