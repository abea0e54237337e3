//! What waits for a decision at a moment.

use std::sync::Arc;

use crate::{
    graph::{Callee, Nanoseconds},
    hir::PartKind,
    simulate::{
        account::Account,
        invocation::Length,
        timeline::call_in_words,
        trace::{Event, EventKind, PersonShown, TraceNodeId},
        value::Value,
    },
    types::Type,
};

/// Something that waits for a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The step that asks, or that is to be approved.
    pub step: TraceNodeId,
    /// Its name.
    pub name: Arc<str>,
    /// Where it stands.
    pub part: Option<PartKind>,
    /// When it was asked, or the gate opened.
    pub asked: Nanoseconds,
    /// When it is too late; for an approval that of the people who are asked now.
    pub until: Option<Nanoseconds>,
    /// Who can decide it.
    pub people: Vec<PersonShown>,
    /// What is asked, or the call that is to be approved.
    pub text: String,
    /// The command or request that is to be approved.
    pub invocation: Option<String>,
    /// What can be said.
    pub question: Question,
}

/// What can be said.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// One of these.
    One(Vec<Value>),
    /// Some of these.
    Some(Vec<Value>),
    /// Anything of this type.
    Typed(Type),
    /// It is done.
    Done,
    /// Approved or refused; so many have approved, and so many have to.
    Approval {
        /// Have.
        have: u32,
        /// Have to.
        need: u32,
    },
}

/// What is open at a moment, in the order in which it was asked.
pub(super) fn open(account: &Account<'_>, now: Nanoseconds) -> Vec<Open> {
    let events = account.trace.events.iter().enumerate().take_while(|(_, event)| event.at <= now);
    let mut found = Vec::new();
    for (index, event) in events {
        let Some(node) = event.node else { continue };
        let open = match &event.kind {
            EventKind::Asked { .. } => question(account, node, index, event, now),
            EventKind::GateOpened { .. } => approval(account, node, index, event, now),
            _ => None,
        };
        found.extend(open);
    }
    found
}

fn question(
    account: &Account<'_>,
    node: TraceNodeId,
    index: usize,
    event: &Event,
    now: Nanoseconds,
) -> Option<Open> {
    let EventKind::Asked { people, question, options, within } = &event.kind else { return None };
    let mut later = account.events(node).skip_while(|(other, _)| *other <= index);
    let ends = |kind: &EventKind| matches!(kind, EventKind::AttemptEnded(_) | EventKind::Ended(_));
    let ended =
        later.find(|(_, other)| ends(&other.kind) && (other.work == event.work || other.node == event.node));
    let place = account.node(node);
    // What stands in an undo can't be answered: nothing given means it.
    if ended.is_some_and(|(_, other)| other.at <= now) || place.path.is_empty() {
        return None;
    }
    let (frame, plan) = account.plan(node)?;
    let listed = match options {
        Some(Value::List(options)) => Some(options.to_vec()),
        Some(Value::Map(options)) => Some(options.values().cloned().collect()),
        _ => None,
    };
    let question_kind = match (plan.callee, listed) {
        (Callee::Manual, _) => Question::Done,
        (Callee::AskMany, Some(options)) => Question::Some(options),
        (_, Some(options)) => Question::One(options),
        (_, None) => typed(account, frame.module.types.of_call(plan.step).present()),
    };
    Some(Open {
        step: node,
        name: place.name.clone(),
        part: place.part,
        asked: event.at,
        until: within.map(|within| event.at.saturating_add(within)),
        people: people.iter().map(|reached| reached.person.clone()).collect(),
        text: question.to_string(),
        invocation: None,
        question: question_kind,
    })
}

/// Few values are chosen from, all others are typed.
fn typed(account: &Account<'_>, ty: &Type) -> Question {
    match ty {
        Type::Bool => Question::One(vec![Value::Bool(true), Value::Bool(false)]),
        Type::Enum(item) => {
            let count = account.checked.interfaces.variants(*item).map_or(0, |it| it.variants.len()) as u32;
            let variant = |index| account.evaluator.variant(crate::names::VariantId { item: *item, index });
            Question::One((0..count).filter_map(variant).collect())
        }
        other => Question::Typed(other.clone()),
    }
}

fn approval(
    account: &Account<'_>,
    gate: TraceNodeId,
    index: usize,
    event: &Event,
    now: Nanoseconds,
) -> Option<Open> {
    let EventKind::GateOpened { count, within, call, list } = &event.kind else { return None };
    let place = account.node(gate);
    let (mut people, mut have, mut asked) = (Vec::<PersonShown>::new(), 0, event.at);
    for (_, later) in account.events(gate).skip_while(|(other, _)| *other <= index) {
        if later.at > now {
            break;
        }
        match &later.kind {
            EventKind::GateAsked(reached) => {
                people.extend(reached.iter().map(|reached| reached.person.clone()));
                asked = later.at;
            }
            EventKind::Granted { person, have: by_now, .. } => {
                people.retain(|known| known.id != person.id);
                have = *by_now;
            }
            EventKind::GateClosed(_) => return None,
            _ => {}
        }
    }
    let step = account.trace.step(&place.path)?;
    let list = list.as_ref().map(|list| format!(" for each of {}", crate::simulate::timeline::brief(list)));
    Some(Open {
        step,
        name: place.name.clone(),
        part: place.part,
        asked: event.at,
        until: within.map(|within| asked.saturating_add(within)),
        people,
        text: format!("{}{}", call_in_words(call), list.unwrap_or_default()),
        invocation: account.invocation(call, index).map(|made| made.prompted(Length::Whole)),
        question: Question::Approval { have, need: *count },
    })
}
