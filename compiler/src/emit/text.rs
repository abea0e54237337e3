//! An outline to read in a terminal: the parts with their steps in the order in which they usually
//! start, what each waits for, and why. No line is longer than 80 columns, except for one word.

use std::collections::BTreeMap;

use super::{
    Document, EdgeWire, EndsWire, Kind, NodeWire, StepWire, WhatWire,
    drawing::shortened,
    words::{approval_words, clauses, conditions, in_order},
};
use crate::{
    findings::graph::{duration_text, rough_duration_text},
    visible::visible,
};

const WIDTH: usize = 80;

/// The outline.
pub fn text(document: &Document) -> String {
    let mut outline = Outline { out: String::new() };
    outline.document(document);
    for task in &document.tasks {
        outline.line("");
        outline.document(task);
    }
    visible(&outline.out).into_owned()
}

struct Outline {
    out: String,
}

/// What the nodes of a document wait for.
struct Waits<'a> {
    nodes: BTreeMap<&'a str, &'a NodeWire>,
    into: BTreeMap<&'a str, Vec<&'a EdgeWire>>,
}

impl Outline {
    fn document(&mut self, document: &Document) {
        let word = match document.kind {
            Kind::Response | Kind::Tool => "playbook",
            Kind::Task => "task",
        };
        let own_name = document.module.rsplit('.').next() == Some(document.name.as_str());
        let name =
            if own_name { document.module.clone() } else { format!("{}.{}", document.module, document.name) };
        self.line(&format!("{word} {name}"));
        let summary = document.docs.split("\n\n").next().unwrap_or_default();
        self.wrapped("  ", "  ", summary);
        for trigger in &document.triggers {
            self.wrapped("  ", "    ", &format!("on {trigger}"));
        }
        for input in &document.inputs {
            self.wrapped("  ", "    ", &format!("input {}: {}", input.name, input.ty));
        }
        if let Some(owner) = &document.owner {
            self.wrapped("  ", "    ", &format!("owner {owner}"));
        }
        self.durations(document);
        self.critical_path(document);

        let waits = Waits {
            nodes: document.nodes.iter().map(|node| (node.id.as_str(), node)).collect(),
            into: document.edges.iter().fold(BTreeMap::new(), |mut into, edge| {
                into.entry(edge.to.as_str()).or_insert_with(Vec::new).push(edge);
                into
            }),
        };
        let order = in_order(document);
        if document.kind == Kind::Task {
            self.line("");
            self.nodes(&order, &waits, None, None, 2);
        }
        for part in &document.parts {
            self.line("");
            match &part.none {
                Some(reason) => self.wrapped("", "  ", &format!("{}: none, {reason}", part.name)),
                None => self.line(part.name),
            }
            self.nodes(&order, &waits, Some(part.name), None, 2);
        }
        self.milestones(document, &waits);
    }

    fn durations(&mut self, document: &Document) {
        let durations = document.durations;
        let promise =
            document.resolve_within.map(|within| format!("promised within {}", duration_text(within)));
        let line = |pick: fn(EndsWire) -> Option<i64>| {
            let words = |length: Option<i64>| length.map_or("unknown".to_owned(), rough_duration_text);
            let (worst, machines) = (pick(durations.worst), pick(durations.without_people));
            let people = if worst == machines {
                String::new()
            } else {
                format!(", {} with instant human responses", words(machines))
            };
            format!("at most {}{people}, typically {}", words(worst), words(pick(durations.expected)))
        };
        if durations.worst.resolved.is_some() || promise.is_some() {
            let promise = promise.map(|promise| format!("; {promise}")).unwrap_or_default();
            self.wrapped("  ", "    ", &format!("resolved: {}{promise}", line(|ends| ends.resolved)));
        }
        self.wrapped("  ", "    ", &format!("finished: {}", line(|ends| ends.over)));
    }

    /// What takes time on the critical path.
    fn critical_path(&mut self, document: &Document) {
        let nodes = document.nodes.iter().map(|node| (node.id.as_str(), node));
        let nodes: BTreeMap<&str, &NodeWire> = nodes.collect();
        let mut before = 0;
        let mut legs = Vec::new();
        for node in document.critical_path.iter().filter_map(|id| nodes.get(id.as_str())) {
            let (Some(start), Some(end)) = (node.times.worst.start, node.times.worst.end) else { return };
            let name = match &node.what {
                WhatWire::Approval(approval) => format!("the approval of {}", approval.step),
                _ => node.id.clone(),
            };
            if start > before {
                legs.push(format!("{} until {name}", duration_text(start - before)));
            }
            if end > start {
                legs.push(format!("{} for {name}", duration_text(end - start)));
            }
            before = end;
        }
        if legs.len() > 1 {
            self.wrapped("  ", "    ", &format!("critical path: {}", legs.join(", ")));
        }
    }

    /// The nodes of a part, or of a cause in it.
    fn nodes(
        &mut self,
        order: &[&NodeWire],
        waits: &Waits<'_>,
        part: Option<&str>,
        cause: Option<&str>,
        indent: usize,
    ) {
        for node in order.iter().filter(|node| node.part == part && node.cause.as_deref() == cause) {
            let pad = " ".repeat(indent);
            match &node.what {
                WhatWire::Step(step) => self.step(node, step, waits, &pad),
                WhatWire::Cause { name, sentence, suspect_when, rule_out_when } => {
                    self.wrapped(&pad, &format!("{pad}    "), &format!("cause {name}: {sentence}"));
                    self.nodes(order, waits, part, Some(&node.id), indent + 2);
                    let inner = format!("{pad}    ");
                    for line in suspect_when {
                        self.wrapped(&inner, &format!("{inner}  "), &format!("suspected when {line}"));
                    }
                    for line in rule_out_when {
                        self.wrapped(&inner, &format!("{inner}  "), &format!("ruled out when {line}"));
                    }
                    self.waits(&node.id, waits, &inner);
                }
                WhatWire::Severity { value } => self.value("severity =", value, node, waits, &pad),
                WhatWire::Let { name, value, .. } => {
                    self.value(&format!("let {name} ="), value, node, waits, &pad);
                }
                WhatWire::Return { value } => self.value("return", value, node, waits, &pad),
                WhatWire::Approval(_) | WhatWire::Join { .. } | WhatWire::Milestone { .. } => {}
            }
        }
    }

    fn value(&mut self, head: &str, value: &str, node: &NodeWire, waits: &Waits<'_>, pad: &str) {
        self.line(&format!("{pad}{}", shortened(&format!("{head} {value}"), WIDTH - pad.len())));
        self.waits(&node.id, waits, &format!("{pad}    "));
    }

    fn step(&mut self, node: &NodeWire, step: &StepWire, waits: &Waits<'_>, pad: &str) {
        let room = WIDTH - pad.len() - step.effect.len() - 2;
        let head = shortened(&format!("{} = {}", step.name, step.call), room);
        self.line(&format!("{pad}{head:room$}  {}", step.effect));
        let inner = format!("{pad}    ");
        if !step.guards.is_empty() {
            let guards = conditions(step);
            self.wrapped(&inner, &format!("{inner}  "), &format!("only when {guards}"));
        }
        let gate = step.approval.as_deref();
        self.waits(gate.unwrap_or(&node.id), waits, &inner);
        if let Some(WhatWire::Approval(approval)) =
            gate.and_then(|gate| waits.nodes.get(gate)).map(|node| &node.what)
        {
            let text = format!("approved by {}", approval_words(approval));
            self.wrapped(&inner, &format!("{inner}  "), &text);
        }
        for line in clauses(step) {
            self.wrapped(&inner, &format!("{inner}  "), &line);
        }
        let worst = node.times.worst;
        if let (Some(start), Some(end)) = (worst.start, worst.end)
            && step.every.is_none()
        {
            self.wrapped(&inner, &inner, &format!("takes at most {}", duration_text(end - start)));
        }
    }

    /// What a node waits for, with the reasons of each.
    fn waits(&mut self, id: &str, waits: &Waits<'_>, pad: &str) {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for edge in waits.into.get(id).into_iter().flatten().filter(|edge| edge.reason != "approval") {
            let (name, reason) = wait(edge, waits);
            match reasons.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) if known.contains(&reason) => {}
                Some((_, known)) => known.push(reason),
                None => reasons.push((name, vec![reason])),
            }
        }
        if reasons.is_empty() {
            return;
        }
        let all: Vec<_> =
            reasons.iter().map(|(name, reasons)| format!("{name} ({})", reasons.join(", "))).collect();
        self.wrapped(pad, &format!("{pad}  "), &format!("waits for {}", all.join(", ")));
    }

    fn milestones(&mut self, document: &Document, waits: &Waits<'_>) {
        let reached = |name: &str, between: &str| {
            let id = format!("@{name}");
            let from = waits.into.get(id.as_str()).into_iter().flatten().map(|edge| edge.from.as_str());
            let from: Vec<_> = from.collect();
            (!from.is_empty()).then(|| from.join(between))
        };
        if document.kind == Kind::Task {
            return;
        }
        let (resolved, failed) = (reached("resolved", " and "), reached("failed", " or "));
        if resolved.is_some() || failed.is_some() {
            self.line("");
        }
        if let Some(steps) = resolved {
            self.wrapped("", "  ", &format!("resolved after {steps}"));
        }
        if let Some(steps) = failed {
            self.wrapped("", "  ", &format!("failed if {steps} fails"));
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Words in as many lines as they need.
    fn wrapped(&mut self, first: &str, further: &str, text: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                line = further.to_owned();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        if !empty {
            self.line(&line);
        }
    }
}

/// What an edge waits for and why.
fn wait(edge: &EdgeWire, waits: &Waits<'_>) -> (String, String) {
    let from = waits.nodes.get(edge.from.as_str());
    let name = match from.map(|node| &node.what) {
        Some(WhatWire::Join { joins: "looks" }) => "all reads above".to_owned(),
        Some(WhatWire::Join { joins: "moment" }) => "its place".to_owned(),
        Some(WhatWire::Join { joins: "values" }) => "what the condition names".to_owned(),
        Some(WhatWire::Join { .. }) => "all changes above".to_owned(),
        Some(WhatWire::Milestone { name }) => (*name).to_owned(),
        _ => edge.from.clone(),
    };
    let reason = match (edge.reason, edge.clause) {
        ("data", Some("value") | None) => "value".to_owned(),
        ("data", Some("on_failure")) => "value in on failure".to_owned(),
        ("data", Some(clause)) => format!("value in {clause}"),
        ("decides", _) => "evidence".to_owned(),
        ("after", _) => match edge.delay {
            Some(delay) => format!("after, + {}", duration_text(delay)),
            None => "after".to_owned(),
        },
        (reason, _) => reason.to_owned(),
    };
    (name, reason)
}
