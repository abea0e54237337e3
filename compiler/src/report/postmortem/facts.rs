//! What happened, as far as a trace tells it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::words;
use crate::{
    graph::Nanoseconds,
    simulate::{
        trace::wire::{
            CallWire, Document, EventWire, EvidenceWire, FailureWire, NodeWire, ReachedWire, WhatWire,
        },
        value::{Value, read_time, text},
    },
};

/// What a post-mortem is made from.
#[derive(Debug)]
pub(super) struct Facts<'d> {
    pub document: &'d Document,
    /// When the run began: nanoseconds since 1970 in UTC; none if the trace says it wrongly.
    pub start: Option<i64>,
    /// What severity became, when, and why it was assumed.
    pub severity: Vec<(Nanoseconds, String, Option<&'d str>)>,
    /// With the number of its event.
    pub milestones: Vec<(&'d str, Nanoseconds, u32)>,
    pub causes: Vec<Cause<'d>>,
    /// All calls, in the order in which they began.
    pub calls: Vec<Call<'d>>,
    /// Questions and work by hand.
    pub questions: Vec<Question<'d>>,
    pub gates: Vec<Gate<'d>>,
    pub ending: Option<Ending<'d>>,
    /// What went otherwise than meant.
    pub mishaps: Vec<(Nanoseconds, String)>,
    nodes: BTreeMap<&'d str, &'d NodeWire>,
}

/// How the run ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending<'d> {
    pub outcome: &'d str,
    pub decided: Nanoseconds,
    pub over: Nanoseconds,
    pub overdue: bool,
    pub undo_incomplete: bool,
}

/// A cause and what was decided of it.
#[derive(Debug)]
pub(super) struct Cause<'d> {
    pub name: &'d str,
    pub sentence: &'d str,
    pub at: Nanoseconds,
    pub decision: &'d str,
    pub contradictory: bool,
    pub incomplete: bool,
    pub evidence: &'d [EvidenceWire],
}

/// A call and what came of it.
#[derive(Debug)]
pub(super) struct Call<'d> {
    pub event: &'d EventWire,
    pub node: &'d str,
    pub call: &'d CallWire,
    pub ended: Option<Nanoseconds>,
    pub outcome: Option<&'d str>,
    pub value: Option<&'d Json>,
    pub failure: Option<&'d FailureWire>,
    /// Steps of its own stand inside.
    pub is_task: bool,
}

/// Something that people were asked, or asked to do.
#[derive(Debug)]
pub(super) struct Question<'d> {
    pub node: &'d str,
    pub at: Nanoseconds,
    pub people: &'d [ReachedWire],
    pub question: &'d str,
    /// When and by whom it was answered, and whether that was only assumed.
    pub answer: Option<(Nanoseconds, Option<&'d str>, &'d Json, bool)>,
}

/// An approval.
#[derive(Debug)]
pub(super) struct Gate<'d> {
    pub node: &'d str,
    pub at: Nanoseconds,
    pub count: u32,
    pub call: &'d CallWire,
    pub asked: Vec<&'d str>,
    pub granted: Vec<(&'d str, bool)>,
    pub closed: Option<(Nanoseconds, &'d str)>,
}

impl<'d> Facts<'d> {
    pub fn of(document: &'d Document) -> Self {
        let mut facts = Facts {
            document,
            start: read_time(&document.start),
            severity: Vec::new(),
            milestones: Vec::new(),
            causes: Vec::new(),
            calls: Vec::new(),
            questions: Vec::new(),
            gates: Vec::new(),
            ending: None,
            mishaps: Vec::new(),
            nodes: document.nodes.iter().map(|node| (node.id.as_str(), node)).collect(),
        };
        for event in &document.events {
            facts.event(event);
        }
        facts
    }

    /// The place of this name.
    pub fn node(&self, id: &str) -> Option<&'d NodeWire> {
        self.nodes.get(id).copied()
    }

    /// The time of day, in UTC: `03:07:01`; without a start the time since then.
    pub fn time(&self, at: Nanoseconds) -> String {
        let time = self.start.and_then(|start| start.checked_add(at)).map(|time| text(&Value::Time(time)));
        match time.as_deref().and_then(|time| time.split_once('T')) {
            Some((_, time)) => time.chars().take(8).collect(),
            None => crate::simulate::timeline::clock(at),
        }
    }

    /// The day on which it began.
    pub fn day(&self) -> &'d str {
        self.document.start.split('T').next().unwrap_or_default()
    }

    /// Calls that change what serves users, in the order in which they began.
    pub fn changes(&self) -> impl Iterator<Item = &Call<'d>> {
        self.calls.iter().filter(|call| {
            matches!(call.call.effect.as_str(), "changes" | "destroys") && !call.is_task && !call.by_ask()
        })
    }

    /// Calls that tell something.
    pub fn messages(&self) -> impl Iterator<Item = &Call<'d>> {
        self.calls.iter().filter(|call| call.call.effect == "notifies" && !call.is_task)
    }

    /// The first calls of the steps that ran and aren't tasks: what was carried out.
    pub fn carried_out(&self) -> Vec<&Call<'d>> {
        let mut seen = std::collections::BTreeSet::new();
        let own = self.calls.iter().filter(|call| !call.is_task && call.event.purpose.is_none());
        own.filter(|call| seen.insert(call.node)).collect()
    }

    fn event(&mut self, event: &'d EventWire) {
        let node = event.node.as_deref().unwrap_or_default();
        match &event.what {
            WhatWire::Milestone { milestone } => self.milestones.push((milestone, event.at, event.sequence)),
            WhatWire::Severity { value, assumed } => {
                self.severity.push((event.at, words::brief(value), assumed.as_deref()));
                if let Some(why) = assumed {
                    self.mishap(event.at, format!("severity was assumed: {why}"));
                }
            }
            WhatWire::Cause { decision, contradictory, incomplete, evidence } => {
                let sentence = self.node(node).and_then(|node| node.sentence.as_deref()).unwrap_or_default();
                let (contradictory, incomplete) = (*contradictory, *incomplete);
                let at = event.at;
                if contradictory {
                    self.mishap(at, format!("contradictory evidence for {node}"));
                }
                if incomplete {
                    self.mishap(at, format!("some evidence for {node} was missing"));
                }
                self.causes.push(Cause {
                    name: node,
                    sentence,
                    at,
                    decision,
                    contradictory,
                    incomplete,
                    evidence,
                });
            }
            WhatWire::Attempt { call } => {
                let is_task = self.document.nodes.iter().any(|other| other.inside.as_deref() == Some(node));
                let (ended, outcome, value, failure) = (None, None, None, None);
                self.calls.push(Call { event, node, call, ended, outcome, value, failure, is_task });
            }
            WhatWire::AttemptEnded { outcome, value, failure } => {
                let made = self.calls.iter_mut().rev().find(|call| call.is_same(event));
                let Some(made) = made else { return };
                made.ended = Some(event.at);
                made.outcome = Some(outcome);
                made.value = value.as_ref();
                made.failure = failure.as_ref();
                if let (Some(failure), false) = (failure, made.is_task) {
                    let text = format!("{node}: {} failed: {}", words::call(made.call), failure.text);
                    self.mishap(event.at, text);
                }
            }
            WhatWire::Asked { people, question, .. } => {
                self.unreachable(event.at, people);
                self.questions.push(Question { node, at: event.at, people, question, answer: None });
            }
            WhatWire::Answered { person, value, assumed } => {
                let asked = self.questions.iter_mut().rev().find(|question| question.node == node);
                if let Some(question) = asked {
                    let name = person.as_ref().map(|person| person.name.as_str());
                    question.answer = Some((event.at, name, value, *assumed));
                }
            }
            WhatWire::GateOpened { count, call, .. } => {
                let node = node.strip_suffix(".approval").unwrap_or(node);
                let (asked, granted, closed) = (Vec::new(), Vec::new(), None);
                self.gates.push(Gate { node, at: event.at, count: *count, call, asked, granted, closed });
            }
            WhatWire::GateAsked { people } => {
                self.unreachable(event.at, people);
                if let Some(gate) = self.gate(node) {
                    gate.asked.extend(people.iter().map(|person| person.name.as_str()));
                }
            }
            WhatWire::Granted { person, assumed, .. } => {
                if let Some(gate) = self.gate(node) {
                    gate.granted.push((&person.name, *assumed));
                }
            }
            WhatWire::Disregarded { person, why } => {
                self.mishap(event.at, format!("{}'s answer to {node} didn't count: {why}", person.name));
            }
            WhatWire::GateClosed { outcome, person } => {
                if let Some(gate) = self.gate(node) {
                    gate.closed = Some((event.at, outcome));
                }
                let name = person.as_ref().map_or("someone", |person| &person.name);
                let node = node.strip_suffix(".approval").unwrap_or(node);
                match outcome.as_str() {
                    "refused" => self.mishap(event.at, format!("{name} refused {node}")),
                    "late" => self.mishap(event.at, format!("{node} wasn't approved in time")),
                    "too_few" => self.mishap(
                        event.at,
                        format!("{node} couldn't be approved: too few people could be asked"),
                    ),
                    _ => {}
                }
            }
            WhatWire::Told { people, .. } => self.unreachable(event.at, people),
            WhatWire::Ended { end, why, .. } => {
                let reason = why.as_ref().map_or("", |why| why.reason.as_str());
                match (end.as_str(), reason) {
                    ("skipped", "unanswered") => self.mishap(event.at, format!("{node} wasn't answered")),
                    ("blocked", _) => {
                        let by = why.as_ref().and_then(|why| why.by.clone()).unwrap_or_default();
                        self.mishap(event.at, format!("{node} was blocked: {by} failed"));
                    }
                    _ => {}
                }
            }
            WhatWire::NotUndone { behind, why } => {
                self.mishap(event.at, format!("{node} wasn't undone: {behind} is irreversible ({why})"));
            }
            WhatWire::RunEnded { outcome, decided, over, overdue, undo_incomplete } => {
                let (decided, over) = (*decided, *over);
                let (overdue, undo_incomplete) = (*overdue, *undo_incomplete);
                self.ending = Some(Ending { outcome, decided, over, overdue, undo_incomplete });
            }
            WhatWire::Let { .. }
            | WhatWire::Guard { .. }
            | WhatWire::Delayed { .. }
            | WhatWire::Started
            | WhatWire::Polled { .. }
            | WhatWire::Unknown => {}
        }
    }

    fn gate(&mut self, node: &str) -> Option<&mut Gate<'d>> {
        let step = node.strip_suffix(".approval").unwrap_or(node);
        self.gates.iter_mut().rev().find(|gate| gate.node == step)
    }

    fn mishap(&mut self, at: Nanoseconds, text: String) {
        self.mishaps.push((at, text));
    }

    fn unreachable(&mut self, at: Nanoseconds, people: &[ReachedWire]) {
        for person in people.iter().filter(|person| person.by.is_none()) {
            self.mishap(at, format!("{} couldn't be reached", person.name));
        }
    }
}

impl Call<'_> {
    /// Whether an event is of this call.
    fn is_same(&self, event: &EventWire) -> bool {
        let key = |event: &EventWire| {
            (event.node.clone(), event.element, event.poll, event.attempt, event.purpose.clone())
        };
        self.ended.is_none() && key(self.event) == key(event)
    }

    /// A question: it changes nothing itself.
    fn by_ask(&self) -> bool {
        matches!(self.call.callee.as_str(), "ask" | "ask_many")
    }

    /// Whether a person carried it out.
    pub fn by_person(&self) -> bool {
        match &self.call.carried_out_by {
            Some(by) => by == "person",
            // An older trace: what every module has is for people.
            None => matches!(self.call.callee.as_str(), "ask" | "ask_many" | "manual"),
        }
    }

    /// Whether its action says that it provides something: `page`, `status_update`.
    pub fn provides(&self, role: &str) -> bool {
        self.call.provides.iter().any(|own| own == role)
    }
}
