//! From a trace to its published form.

use serde_json::Value as Json;

use super::{
    ArgumentWire, CallWire, Document, EventWire, EvidenceWire, FailureWire, NamedWire, NodeWire, PersonWire,
    PlaceWire, ReachedWire, SCHEMA, SampleWire, SourceWire, WhatWire, WhyWire,
};
use crate::{
    graph::{GuardOrigin, NodeKind},
    hir::{Ident, RunOutcome},
    simulate::{
        account::Account,
        evaluate::Read,
        trace::{
            Assumption, AttemptOutcome, CallShown, End, Event, EventKind, Failure, GateOutcome, GuardOutcome,
            PersonShown, Purpose, Reached, Skip, Trace, TraceNodeId, TraceNodeKind,
        },
        value::{Decision, Value, text, to_json},
    },
    source::Span,
    visible::visible_json,
    world::World,
};

/// The published form of a run's trace.
pub fn document(account: &Account<'_>) -> Document {
    let trace = account.trace;
    let header = &trace.header;
    let named = |(name, value): &(std::sync::Arc<str>, Value)| NamedWire {
        name: name.to_string(),
        value: to_json(value),
        fields: Vec::new(),
    };
    let writer = Writer { account, world: account.world, trace };
    Document {
        schema: SCHEMA.to_owned(),
        playbook: header.name.to_string(),
        module: header.module.to_string(),
        about: account.checked.item(header.playbook).and_then(|item| first_sentence(&item.docs)),
        scenario: header.scenario.as_ref().map(ToString::to_string),
        seed: header.seed,
        start: text(&Value::Time(header.start)),
        resolve_within: header.resolve_within,
        sources: header
            .sources
            .iter()
            .map(|(module, hash)| SourceWire { module: module.to_string(), hash: format!("{hash:016x}") })
            .collect(),
        inputs: header.inputs.iter().map(named).collect(),
        samples: header
            .samples
            .iter()
            .map(|sample| SampleWire {
                name: sample.path(),
                value: sample.value.to_string(),
                from: sample.from.to_string(),
                made_up: sample.is_made_up,
            })
            .collect(),
        given: header.given.iter().map(ToString::to_string).collect(),
        nodes: (0..trace.nodes.len()).map(|index| writer.node(index)).collect(),
        events: trace.events.iter().enumerate().map(|(index, event)| writer.event(index, event)).collect(),
    }
}

/// The document as text.
pub fn json(document: &Document) -> String {
    // What has only texts, numbers and lists can always be written.
    let mut out = visible_json(serde_json::to_string_pretty(document).unwrap_or_default());
    out.push('\n');
    out
}

/// The first paragraph of a playbook's documentation, on one line.
fn first_sentence(docs: &str) -> Option<String> {
    let lines = docs.lines().map(str::trim).take_while(|line| !line.is_empty());
    Some(lines.collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

struct Writer<'w> {
    account: &'w Account<'w>,
    world: &'w dyn World,
    trace: &'w Trace,
}

impl Writer<'_> {
    fn id(&self, index: usize) -> String {
        let node = &self.trace.nodes[index];
        match node.kind {
            TraceNodeKind::Gate => format!("{}.approval", node.name),
            TraceNodeKind::Milestone | TraceNodeKind::Join | TraceNodeKind::Return => {
                format!("@{}", node.name)
            }
            _ => node.name.to_string(),
        }
    }

    fn node(&self, index: usize) -> NodeWire {
        let node = &self.trace.nodes[index];
        let kind = match node.kind {
            TraceNodeKind::Step => "step",
            TraceNodeKind::Gate => "gate",
            TraceNodeKind::Let => "let",
            TraceNodeKind::Cause => "cause",
            TraceNodeKind::Severity => "severity",
            TraceNodeKind::Milestone => "milestone",
            TraceNodeKind::Join => "join",
            TraceNodeKind::Return => "return",
        };
        NodeWire {
            id: self.id(index),
            kind: kind.to_owned(),
            part: node.part.map(|part| part.word().to_owned()),
            effect: (node.kind == TraceNodeKind::Step).then(|| node.effect.word().to_owned()),
            inside: node.inside.map(|node| self.id(node.0 as usize)),
            sentence: node.sentence.as_ref().map(ToString::to_string),
            title: node.title.as_ref().map(ToString::to_string),
            place: self.place(node.span),
        }
    }

    fn place(&self, span: Span) -> PlaceWire {
        let source = self.world.source(span.file);
        let (line, column) = source.line_column(span.start);
        PlaceWire { file: self.world.place(span.file), line, column }
    }

    fn written(&self, span: Span) -> String {
        let written = self.world.source(span.file).part(span);
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn event(&self, index: usize, event: &Event) -> EventWire {
        let purpose = match event.work.purpose {
            Purpose::Work => None,
            Purpose::Handling => Some("on_failure"),
            Purpose::Undo => Some("undo"),
        };
        EventWire {
            sequence: index as u32,
            at: event.at,
            node: event.node.map(|node| self.id(node.0 as usize)),
            element: event.work.element,
            poll: event.work.poll,
            attempt: event.work.attempt,
            purpose: purpose.map(str::to_owned),
            cause: event.cause,
            what: self.what(index, event),
        }
    }

    fn what(&self, index: usize, event: &Event) -> WhatWire {
        match &event.kind {
            EventKind::Milestone(milestone) => WhatWire::Milestone { milestone: milestone.word().to_owned() },
            EventKind::Severity { value, assumed } => {
                WhatWire::Severity { value: to_json(value), assumed: assumed.as_ref().map(assumption) }
            }
            EventKind::Cause { decision, contradictory, incomplete } => WhatWire::Cause {
                decision: match decision {
                    Decision::Suspected => "suspected",
                    Decision::RuledOut => "ruled_out",
                    Decision::Open => "open",
                }
                .to_owned(),
                contradictory: *contradictory,
                incomplete: *incomplete,
                evidence: event.node.map(|node| self.evidence(index, node)).unwrap_or_default(),
            },
            EventKind::Let(Ok(value)) => WhatWire::Let { value: Some(to_json(value)), error: None },
            EventKind::Let(Err(error)) => WhatWire::Let { value: None, error: Some(error.to_string()) },
            EventKind::Guard { span, origin, wanted, outcome, reads } => {
                let (outcome, by) = match outcome {
                    GuardOutcome::Held => ("held", None),
                    GuardOutcome::Failed => ("failed", None),
                    GuardOutcome::Blocked(by) => ("blocked", Some(by)),
                    GuardOutcome::Unanswered(by) => ("unanswered", Some(by)),
                    GuardOutcome::Error(why) => ("error", Some(why)),
                };
                WhatWire::Guard {
                    condition: self.written(*span),
                    origin: origin_word(*origin).to_owned(),
                    wanted: *wanted,
                    outcome: outcome.to_owned(),
                    by: by.map(ToString::to_string),
                    reads: reads.iter().map(read).collect(),
                }
            }
            EventKind::Delayed { until } => WhatWire::Delayed { until: *until },
            EventKind::GateOpened { count, within, call, list } => WhatWire::GateOpened {
                count: *count,
                within: *within,
                call: self.call(call),
                list: list.as_ref().map(to_json),
            },
            EventKind::GateAsked(people) => {
                WhatWire::GateAsked { people: people.iter().map(reached).collect() }
            }
            EventKind::Granted { person, have, need, assumed } => {
                WhatWire::Granted { person: person_wire(person), have: *have, need: *need, assumed: *assumed }
            }
            EventKind::Disregarded { person, why } => {
                WhatWire::Disregarded { person: person_wire(person), why: why.to_string() }
            }
            EventKind::GateClosed(outcome) => {
                let (outcome, person) = gate(outcome);
                WhatWire::GateClosed { outcome: outcome.to_owned(), person }
            }
            EventKind::Started => WhatWire::Started,
            EventKind::Attempt(call) => WhatWire::Attempt { call: self.call(call) },
            EventKind::AttemptEnded(outcome) => {
                let (outcome, value, failure) = match outcome {
                    AttemptOutcome::Gave(value) => ("gave", Some(to_json(value)), None),
                    AttemptOutcome::Failed(failure) => ("failed", None, Some(failure_wire(failure))),
                    AttemptOutcome::Unanswered => ("unanswered", None, None),
                    AttemptOutcome::Stopped => ("stopped", None, None),
                };
                WhatWire::AttemptEnded { outcome: outcome.to_owned(), value, failure }
            }
            EventKind::Polled { held, error } => {
                WhatWire::Polled { held: *held, error: error.as_ref().map(ToString::to_string) }
            }
            EventKind::Asked { people, question, options, within } => WhatWire::Asked {
                people: people.iter().map(reached).collect(),
                question: question.to_string(),
                options: options.as_ref().map(to_json),
                within: *within,
            },
            EventKind::Answered { person, value, assumed } => WhatWire::Answered {
                person: person.as_ref().map(person_wire),
                value: to_json(value),
                assumed: *assumed,
            },
            EventKind::Told { people, about } => WhatWire::Told {
                people: people.iter().map(reached).collect(),
                about: about.as_ref().map(ToString::to_string),
            },
            EventKind::Ended(end) => self.ended(end),
            EventKind::NotUndone { behind, why } => {
                WhatWire::NotUndone { behind: behind.to_string(), why: why.to_string() }
            }
            EventKind::RunEnded(ending) => WhatWire::RunEnded {
                outcome: match ending.outcome {
                    RunOutcome::Resolved => "resolved",
                    RunOutcome::Failed => "failed",
                    RunOutcome::Completed => "completed",
                }
                .to_owned(),
                decided: ending.decided,
                over: ending.over,
                overdue: ending.overdue,
                undo_incomplete: ending.undo_incomplete,
            },
        }
    }

    fn ended(&self, end: &End) -> WhatWire {
        let word = end.word().to_owned();
        let none =
            WhyWire { reason: String::new(), by: None, condition: None, wanted: None, reads: Vec::new() };
        let because =
            |reason: &str, by: Option<String>| WhyWire { reason: reason.to_owned(), by, ..none.clone() };
        let (value, failure, why) = match end {
            End::Ok(value) => (Some(to_json(value)), None, None),
            End::Handled(failure) | End::Failed(failure) => (None, Some(failure_wire(failure)), None),
            End::Blocked { by } => (None, None, Some(because("failed", Some(by.to_string())))),
            End::Cancelled { by } => (None, None, Some(because("stopped", Some(by.to_string())))),
            End::Skipped(skip) => {
                let why = match skip {
                    Skip::Guard { span, origin, wanted, reads } => WhyWire {
                        condition: Some(self.written(*span)),
                        wanted: Some(*wanted),
                        reads: reads.iter().map(read).collect(),
                        ..because(origin_word(*origin), None)
                    },
                    Skip::NotApproved(outcome) => {
                        let (word, person) = gate(outcome);
                        because(word, person.map(|person| person.id))
                    }
                    Skip::Unanswered => because("unanswered", None),
                    Skip::NeedsAnswer(step) => because("needs_answer", Some(step.to_string())),
                    Skip::Resolved => because("resolved", None),
                    Skip::Never(milestone) => because("never", Some(milestone.to_string())),
                };
                (None, None, Some(why))
            }
        };
        WhatWire::Ended { end: word, value, failure, why }
    }
}

fn origin_word(origin: GuardOrigin) -> &'static str {
    match origin {
        GuardOrigin::Group => "group",
        GuardOrigin::When => "when",
    }
}

fn assumption(assumption: &Assumption) -> String {
    match assumption {
        Assumption::Missing(by) => format!("{by} has no value"),
        Assumption::Error(why) => why.to_string(),
        Assumption::Late => "it wasn't known in time".to_owned(),
    }
}

fn read(read: &Read) -> NamedWire {
    NamedWire {
        name: read.name.to_string(),
        value: read.value.as_ref().map_or(Json::Null, to_json),
        fields: read.fields.iter().map(ToString::to_string).collect(),
    }
}

fn gate(outcome: &GateOutcome) -> (&'static str, Option<PersonWire>) {
    match outcome {
        GateOutcome::Approved => ("approved", None),
        GateOutcome::NotNeeded => ("not_needed", None),
        GateOutcome::Refused(person) => ("refused", Some(person_wire(person))),
        GateOutcome::TooFew { .. } => ("too_few", None),
        GateOutcome::Late => ("late", None),
        GateOutcome::Withdrawn => ("withdrawn", None),
    }
}

impl Writer<'_> {
    /// The lines of a cause, with what they looked at when it was decided.
    fn evidence(&self, index: usize, node: TraceNodeId) -> Vec<EvidenceWire> {
        let Some((frame, own)) = self.account.find(node) else { return Vec::new() };
        let NodeKind::Cause(cause) = &frame.graph.node(own).kind else { return Vec::new() };
        let sides = [("suspect", &cause.suspect), ("rule_out", &cause.rule_out)];
        let lines = sides.into_iter().flat_map(|(side, lines)| lines.iter().map(move |line| (side, *line)));
        let evidence = lines.map(|(side, line)| EvidenceWire {
            side: side.to_owned(),
            condition: self.written(frame.module.hir.exprs[line].span),
            held: self.account.evaluate(frame, index, line).and_then(|value| value.as_bool()),
            reads: self.account.reads(frame, index, line).iter().map(read).collect(),
        });
        evidence.collect()
    }

    fn call(&self, call: &CallShown) -> CallWire {
        let contract = self.account.contract(call);
        let named = |idents: Option<&Vec<Ident>>| {
            idents.into_iter().flatten().map(|ident| ident.text.to_string()).collect()
        };
        CallWire {
            carried_out_by: self.account.carried_out_by(call).map(str::to_owned),
            provides: named(contract.map(|contract| &contract.provides)),
            touches: named(contract.map(|contract| &contract.touches)),
            ..call_wire(call)
        }
    }
}

fn call_wire(call: &CallShown) -> CallWire {
    let arguments = call.arguments.iter().map(|argument| ArgumentWire {
        name: argument.name.to_string(),
        value: to_json(&argument.value),
        said: argument.said,
    });
    CallWire {
        callee: call.callee.to_string(),
        effect: call.effect.word().to_owned(),
        carried_out_by: None,
        provides: Vec::new(),
        touches: Vec::new(),
        arguments: arguments.collect(),
    }
}

fn failure_wire(failure: &Failure) -> FailureWire {
    FailureWire { kind: failure.kind.word().to_owned(), text: failure.text.to_string() }
}

fn person_wire(person: &PersonShown) -> PersonWire {
    PersonWire { id: person.id.to_string(), name: person.name.to_string() }
}

fn reached(reached: &Reached) -> ReachedWire {
    let PersonWire { id, name } = person_wire(&reached.person);
    ReachedWire { id, name, by: reached.by.as_ref().map(ToString::to_string) }
}
