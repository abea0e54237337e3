//! The head of the page, and what was found out.

use maud::{Markup, html};

use crate::{
    graph::NodeKind,
    hir::{Effect, RunOutcome},
    simulate::{
        account::Account,
        evaluate::Read,
        timeline::{Timeline, brief_by, clock},
        trace::{Assumption, EventKind, TraceNodeId},
        value::{Decision, Value, duration_for_people, text},
    },
};

/// Outcome, severity, and figures.
pub(super) fn head(account: &Account<'_>, told: &Timeline) -> Markup {
    let header = &account.trace.header;
    let docs = account.checked.item(header.playbook).map(|item| item.docs.clone()).unwrap_or_default();
    let about: Vec<&str> = docs.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let summary = &told.summary;
    let ending = summary.ending.as_ref();
    let (class, outcome) = match ending.map(|ending| ending.outcome) {
        Some(RunOutcome::Resolved) => ("good", "Resolved"),
        Some(RunOutcome::Failed) => ("bad", "Failed"),
        Some(RunOutcome::Completed) => ("good", "Completed"),
        None => ("bad", "Aborted"),
    };
    let decided = ending.map(|ending| duration_for_people(ending.decided)).unwrap_or_default();
    let calls = account.calls();
    let own = |effect: Effect| {
        calls.iter().filter(|made| made.call.effect == effect && !account.is_task(made.node)).count()
    };
    // A question is answered, not done.
    let by_person = calls.iter().filter(|made| {
        made.call.effect != Effect::Asks && account.carried_out_by(made.call) == Some("person")
    });
    html! {
        header {
            div.crumb { "dry run · " (header.module) " · " (text(&Value::Time(header.start))) }
            h1 { (header.name) }
            @if let Some(scenario) = &header.scenario { p.scenario { "Scenario: " (scenario) } }
            @if !about.is_empty() { p.about { (about.join(" ")) } }
            div.chips {
                span.chip.(class) { (outcome) " after " (decided) }
                @if let Some(severity) = &summary.severity {
                    span.chip.severity.{ "s-" (text(severity)) } { "severity " (text(severity)) }
                }
                @if let (Some(within), Some(ending)) = (header.resolve_within, ending) {
                    @let promised = duration_for_people(within);
                    @match (ending.overdue, ending.outcome) {
                        (false, _) => span.chip.good { "resolved within the promised " (promised) },
                        (true, RunOutcome::Resolved) => span.chip.bad { "promised within " (promised) ": broken" },
                        (true, _) => span.chip.bad { "not resolved; promised within " (promised) ": broken" },
                    }
                }
                @if ending.is_some_and(|ending| ending.undo_incomplete) {
                    span.chip.bad { "some changes not undone" }
                }
            }
            div.figures {
                (figure(own(Effect::Changes) + own(Effect::Destroys), ["change", "changes"]))
                (figure(own(Effect::Notifies), ["message or record", "messages and records"]))
                (figure(summary.people.len(), ["person contacted", "people contacted"]))
                (figure(by_person.count(), ["manual step", "manual steps"]))
            }
        }
    }
}

fn figure(count: usize, [one, many]: [&str; 2]) -> Markup {
    html! { div.figure { strong { (count) } span { (if count == 1 { one } else { many }) } } }
}

/// Severity and the causes, with what they looked at.
pub(super) fn causes(account: &Account<'_>) -> Markup {
    let mut cards = Vec::new();
    for (index, event) in account.trace.events.iter().enumerate() {
        let Some(node) = event.node else { continue };
        match &event.kind {
            EventKind::Severity { value, assumed } => {
                let why = assumed.as_ref().map(|why| match why {
                    Assumption::Missing(by) => format!("assumed because {by} failed"),
                    Assumption::Error(why) => format!("assumed: {why}"),
                    Assumption::Late => "assumed because it wasn't known within two minutes".to_owned(),
                });
                cards.push(html! {
                    div.card {
                        div.row { span.chip.severity.{ "s-" (text(value)) } { (text(value)) } span.time { (clock(event.at)) } }
                        h3 { "severity" }
                        @if let Some(why) = why { p.note { (why) } }
                        (severity_reads(account, node, index))
                    }
                });
            }
            EventKind::Cause { decision, contradictory, incomplete } => {
                let place = account.node(node);
                let (class, word) = match decision {
                    Decision::Suspected => ("bad", "suspected"),
                    Decision::RuledOut => ("plain", "ruled out"),
                    Decision::Open => ("warn", "open"),
                };
                cards.push(html! {
                    div.card {
                        div.row { span.chip.(class) { (word) } span.time { (clock(event.at)) } }
                        h3 { (place.sentence.as_deref().unwrap_or_default()) }
                        p.note { code { (place.name) }
                            @if *contradictory { " · contradictory evidence" }
                            @if *incomplete { " · some evidence is missing" }
                        }
                        (lines(account, node, index))
                    }
                });
            }
            _ => {}
        }
    }
    if cards.is_empty() {
        return html! { p.note { "This playbook diagnoses no causes and sets no severity." } };
    }
    html! { div.cards { @for card in cards { (card) } } }
}

fn severity_reads(account: &Account<'_>, node: TraceNodeId, index: usize) -> Markup {
    let Some((frame, own)) = account.find(node) else { return html! {} };
    let NodeKind::Severity(expr) = frame.graph.node(own).kind else { return html! {} };
    let reads = account.reads(frame, index, expr);
    html! { ul.reads { @for read in reads {
        li { code { (read.name) } " " (value_of(&read)) }
    } } }
}

fn lines(account: &Account<'_>, node: TraceNodeId, index: usize) -> Markup {
    let Some((frame, own)) = account.find(node) else { return html! {} };
    let NodeKind::Cause(cause) = &frame.graph.node(own).kind else { return html! {} };
    let sides = [("suspect when", &cause.suspect), ("rule out when", &cause.rule_out)];
    html! {
        ul.evidence {
            @for (word, lines) in sides {
                @for line in lines {
                    @let held = account.evaluate(frame, index, *line).and_then(|value| value.as_bool());
                    @let reads = account.reads(frame, index, *line);
                    li.held[held == Some(true)] {
                        code { (word) " " (account.written(frame.module.hir.exprs[*line].span)) }
                        @for read in reads {
                            span.value { (read.name) ": " (value_of(&read)) }
                        }
                    }
                }
            }
        }
    }
}

/// A value, its records with the fields that the condition reads.
fn value_of(read: &Read) -> String {
    read.value.as_ref().map_or_else(|| "not available".to_owned(), |value| brief_by(value, &read.fields))
}
