//! Messages, questions and approvals as people would see them.

use maud::{Markup, html};

use super::changes::invoked;
use crate::{
    hir::Effect,
    simulate::{
        account::{Account, Made},
        timeline::{brief, call_in_words, clock, receiver, whole},
        trace::{EventKind, GateOutcome, Reached, TraceNodeId},
        value::Value,
    },
};

/// All of them, in order.
pub(super) fn messages(account: &Account<'_>) -> Markup {
    let calls = account.calls();
    let mut shown: Vec<Markup> = Vec::new();
    for (index, event) in account.trace.events.iter().enumerate() {
        let Some(node) = event.node else { continue };
        match &event.kind {
            EventKind::Attempt(call) if call.effect == Effect::Notifies && !account.is_task(node) => {
                if let Some(made) = calls.iter().find(|made| made.event == index) {
                    shown.push(message(account, made));
                }
            }
            EventKind::Asked { people, question, options, .. } => {
                let answer = answer(account, node, index);
                shown.push(bubble(
                    "asks",
                    &to(people),
                    &clock(event.at),
                    &account.node(node).name,
                    html! {
                        p { (question) }
                        @if let Some(options) = options { div.options { @for option in listed(options) { span.option { (option) } } } }
                        (answer)
                    },
                ));
            }
            EventKind::GateOpened { count, call, list, .. } => {
                let asked = asked(account, node);
                shown.push(bubble(
                    "asks",
                    &to(&asked),
                    &clock(event.at),
                    &account.node(node).name,
                    html! {
                        p { "Approve " code { (call_in_words(call)) } "? " @if *count > 1 { (count) " approvals are needed." } }
                        (invoked(account.invocation(call, index).as_ref()))
                        @if let Some(list) = list { p.note { "for each of " (brief(list)) } }
                        (verdict(account, node))
                    },
                ));
            }
            _ => {}
        }
    }
    if shown.is_empty() {
        return html! { p.note { "No one is contacted in this run." } };
    }
    html! { div.messages { @for message in shown { (message) } } }
}

fn bubble(class: &str, to: &str, time: &str, step: &str, body: Markup) -> Markup {
    let initial: String = to.chars().filter(|letter| letter.is_alphanumeric()).take(1).collect();
    html! {
        article.message.(class) {
            div.avatar aria-hidden="true" { (initial.to_uppercase()) }
            div.bubble {
                div.row { strong { (to) } span.time { (time) " · " (step) } }
                (body)
            }
        }
    }
}

fn message(account: &Account<'_>, made: &Made<'_>) -> Markup {
    let (who, by) = receiver(made.call);
    let people = account.events(made.node).find_map(|(index, event)| match &event.kind {
        EventKind::Told { people, about: None } if index > made.event && !people.is_empty() => {
            Some(to(people))
        }
        _ => None,
    });
    let to = people.unwrap_or_else(|| match by {
        Some(by) if *by != *who => format!("{who} · {by}"),
        _ => who.clone(),
    });
    let said: Vec<_> = made.call.arguments.iter().filter(|argument| argument.said).collect();
    let texts = said.iter().filter_map(|argument| argument.value.as_text());
    let longest = texts.max_by_key(|text| text.len());
    let rest = said.iter().filter(|argument| {
        let text = argument.value.as_text();
        !matches!(argument.value, Value::Secret(_)) && (text.is_none() || text != longest)
    });
    bubble(
        "tells",
        &to,
        &clock(made.begun),
        &account.node(made.node).name,
        html! {
            @if let Some(text) = longest { p.text { (text) } }
            p.note { code { (made.call.callee) } @for argument in rest { " · " (argument.name) " " (brief(&argument.value)) } }
            @if let Some(invocation) = account.invocation(made.call, made.event) {
                details { summary { "What is sent" } (invoked(Some(&invocation))) }
            }
        },
    )
}

/// `Ana Lopes via slack, Bo via pagerduty`.
fn to(people: &[Reached]) -> String {
    let names: Vec<String> = people
        .iter()
        .map(|reached| match &reached.by {
            Some(by) => format!("{} via {by}", reached.person.name),
            None => format!("{} (unreachable)", reached.person.name),
        })
        .collect();
    if names.is_empty() { "no one".to_owned() } else { names.join(", ") }
}

fn listed(options: &Value) -> Vec<String> {
    match options {
        Value::List(options) => options.iter().map(brief).collect(),
        Value::Map(options) => options.keys().map(ToString::to_string).collect(),
        other => vec![brief(other)],
    }
}

fn answer(account: &Account<'_>, node: TraceNodeId, asked: usize) -> Markup {
    let answered = account.events(node).find_map(|(index, event)| match &event.kind {
        EventKind::Answered { person, value, assumed } if index > asked => {
            Some((event.at, person, value, *assumed))
        }
        _ => None,
    });
    match answered {
        Some((at, person, value, assumed)) => {
            let who = person.as_ref().map_or("someone", |person| &person.name);
            let said = if *value == Value::Unit { "done".to_owned() } else { whole(value) };
            html! { p.reply { strong { (who) } ": " (said) span.time { " " (clock(at)) @if assumed { " · assumed" } } } }
        }
        None => html! { p.reply.none { "not answered" } },
    }
}

fn asked(account: &Account<'_>, gate: TraceNodeId) -> Vec<Reached> {
    let asked = account.events(gate).filter_map(|(_, event)| match &event.kind {
        EventKind::GateAsked(people) => Some(people.clone()),
        _ => None,
    });
    asked.flatten().collect()
}

fn verdict(account: &Account<'_>, gate: TraceNodeId) -> Markup {
    html! {
        @for (_, event) in account.events(gate) {
            @match &event.kind {
                EventKind::Granted { person, assumed, .. } => {
                    p.reply { strong { (person.name) } ": approved" span.time { " " (clock(event.at)) @if *assumed { " · assumed" } } }
                }
                EventKind::GateClosed(GateOutcome::Refused(person)) => {
                    p.reply.none { strong { (person.name) } ": refused" span.time { " " (clock(event.at)) } }
                }
                EventKind::GateClosed(GateOutcome::Late) => { p.reply.none { "not approved in time" span.time { " " (clock(event.at)) } } }
                EventKind::GateClosed(GateOutcome::TooFew { people, need }) => { p.reply.none { (need) " approvals needed, but only " (people) " can be asked" } }
                _ => {}
            }
        }
    }
}
