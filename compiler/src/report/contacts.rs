//! Who is told or asked what, when and through which channel, for each severity.
//!
//! The playbook is run once for each severity that it can have; what people would hear is laid side by
//! side, so that a team sees whom a minor incident wakes and whom a critical one.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    account::{Account, Made},
    rows::{WIDTH, heading, piece, plain, quiet, shortened},
};
use crate::{
    check::Checked,
    graph::Nanoseconds,
    hir::{Effect, ExprKind, PartKind},
    names::{Def, ItemId, VariantId},
    simulate::{
        evaluate::Evaluator,
        timeline::{Role, Row, Tone, brief, call_in_words, clock, letter},
        trace::{EventKind, Purpose, Reached, TraceNodeId},
        value::Value,
    },
    types::Type,
};

/// Who is told or asked what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contacts {
    /// The playbook.
    pub playbook: Arc<str>,
    /// What severity is in each of the runs; one without a name where the playbook has none.
    pub severities: Vec<String>,
    /// By the time at which they are first reached.
    pub contacts: Vec<Contact>,
}

/// Something that somebody is told or asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// The person, or the channel or record that it goes to.
    pub who: String,
    /// Through what; none if they can't be reached.
    pub by: Option<Arc<str>>,
    /// The step.
    pub step: Arc<str>,
    /// The part that it stands in.
    pub part: Option<PartKind>,
    /// What.
    pub what: String,
    /// Whether an answer is asked for.
    pub is_question: bool,
    /// When, and how often, for each severity; none where they aren't.
    pub when: Vec<Option<(Nanoseconds, u32)>>,
}

/// What severity a playbook can have, from the least on; empty if it has none. Where the compiler can't
/// see what it can be, it can be all.
pub fn severities(checked: &Checked, playbook: ItemId) -> Vec<Value> {
    let evaluator = Evaluator::new(checked);
    let (Some(graph), Some(module)) = (checked.graphs.get(playbook), checked.module(playbook.file)) else {
        return Vec::new();
    };
    let Some(crate::graph::NodeKind::Severity(expr)) = graph.severity().map(|node| &graph.node(node).kind) else {
        return Vec::new();
    };
    let mut found: Vec<VariantId> = Vec::new();
    let (mut rest, mut unknown) = (vec![*expr], false);
    while let Some(expr) = rest.pop() {
        match &module.hir.exprs[expr].kind {
            ExprKind::Match { arms, .. } => rest.extend(arms.iter().map(|arm| arm.body)),
            ExprKind::If { branches, otherwise } => {
                rest.extend(branches.iter().map(|(_, value)| *value));
                rest.push(*otherwise);
            }
            _ => match module.def(expr) {
                Some(Def::Variant(variant)) => found.push(variant),
                _ => unknown = true,
            },
        }
    }
    if let (true, Type::Enum(item)) = (unknown, module.type_of(*expr)) {
        let count = checked.interfaces.variants(*item).map_or(0, |variants| variants.variants.len());
        found = (0..count as u32).map(|index| VariantId { item: *item, index }).collect();
    }
    found.sort_by_key(|variant| variant.index);
    found.dedup();
    found.into_iter().filter_map(|variant| evaluator.variant(variant)).collect()
}

/// Who is told or asked what, over runs that differ in severity alone.
pub fn contacts(runs: &[(Option<Value>, Account<'_>)]) -> Contacts {
    let mut found: BTreeMap<(Arc<str>, String, Option<Arc<str>>, bool), Contact> = BTreeMap::new();
    for (column, (_, account)) in runs.iter().enumerate() {
        let mut note = |node: TraceNodeId, at: Nanoseconds, said: Said| {
            let place = account.node(node);
            let key = (place.name.clone(), said.who.clone(), said.by.clone(), said.is_question);
            let contact = found.entry(key).or_insert_with(|| Contact {
                who: said.who,
                by: said.by,
                step: place.name.clone(),
                part: place.part,
                what: said.what,
                is_question: said.is_question,
                when: vec![None; runs.len()],
            });
            let (_, times) = contact.when[column].get_or_insert((at, 0));
            *times += 1;
        };
        let calls = account.calls();
        for (index, event) in account.trace.events.iter().enumerate() {
            let Some(node) = event.node else { continue };
            let (people, what, is_question) = match &event.kind {
                EventKind::Asked { people, question, .. } => (people, question.to_string(), true),
                EventKind::GateAsked(people) => (people, approval(account, node), true),
                EventKind::Told { people, about } => {
                    let what = about.as_ref().map(ToString::to_string);
                    (people, what.unwrap_or_else(|| said_by(account, &calls, node, index)), false)
                }
                _ => continue,
            };
            for Reached { person, by } in people {
                let who = person.name.to_string();
                note(node, event.at, Said { who, by: by.clone(), what: what.clone(), is_question });
            }
        }
        for made in &calls {
            if is_message(account, made) {
                let (who, by) = addressee(made);
                let what = call_in_words(made.call);
                note(made.node, made.begun, Said { who, by, what, is_question: false });
            }
        }
    }
    let mut contacts: Vec<Contact> = found.into_values().collect();
    contacts.sort_by_key(|contact| contact.when.iter().flatten().map(|(at, _)| *at).min());
    let word = |value: &Option<Value>| value.as_ref().map(brief).unwrap_or_default();
    Contacts {
        playbook: runs.first().map(|(_, account)| account.trace.header.name.clone()).unwrap_or_default(),
        severities: runs.iter().map(|(value, _)| word(value)).collect(),
        contacts,
    }
}

struct Said {
    who: String,
    by: Option<Arc<str>>,
    what: String,
    is_question: bool,
}

/// What people are asked to approve.
fn approval(account: &Account<'_>, gate: TraceNodeId) -> String {
    let opened = account.events(gate).find_map(|(_, event)| match &event.kind {
        EventKind::GateOpened { call, .. } => Some(call_in_words(call)),
        _ => None,
    });
    format!("approve {}", opened.unwrap_or_else(|| account.node(gate).name.to_string()))
}

/// The call that told people something: the last one of the step.
fn said_by(account: &Account<'_>, calls: &[Made<'_>], node: TraceNodeId, before: usize) -> String {
    let call = calls.iter().rev().find(|made| made.node == node && made.event < before);
    call.map_or_else(|| account.node(node).name.to_string(), |made| call_in_words(made.call))
}

/// Whether a call tells something to a channel or record, and to nobody by name.
fn is_message(account: &Account<'_>, made: &Made<'_>) -> bool {
    let people = |kind: &EventKind| matches!(kind, EventKind::Told { about: None, .. });
    made.call.effect == Effect::Notifies
        && made.work.purpose != Purpose::Undo
        && !account.is_task(made.node)
        && !account.events(made.node).any(|(_, event)| people(&event.kind))
}

/// The channel or record that a call goes to, and the module that carries it there.
fn addressee(made: &Made<'_>) -> (String, Option<Arc<str>>) {
    let by: Option<Arc<str>> = made.call.callee.rsplit_once('.').map(|(module, _)| module.into());
    let record = made.call.arguments.iter().find(|argument| matches!(argument.value, Value::Record(_)));
    let who = match record {
        Some(argument) => brief(&argument.value),
        None => by.as_deref().unwrap_or("its record").to_owned(),
    };
    (who, by)
}

/// Columns of the table: who, through what, what; then one for each severity.
const WHO: usize = 18;
const BY: usize = 11;
const WHEN: usize = 9;

/// The table in rows of at most 80 characters.
pub fn contacts_rows(contacts: &Contacts) -> Vec<Row> {
    let mut rows = vec![heading(&*contacts.playbook)];
    if contacts.contacts.is_empty() {
        rows.push(vec![plain("Nobody is told or asked anything.")]);
        return rows;
    }
    let columns = contacts.severities.len().max(1);
    let what = WIDTH.saturating_sub(3 + WHO + 1 + BY + 1 + columns * WHEN).max(12);
    let mut head = format!("   {:<WHO$} {:<BY$} {:<what$}", "who", "through", "what");
    for severity in &contacts.severities {
        let word = if severity.is_empty() { "when" } else { severity };
        head.push_str(&format!("{:>WHEN$}", shortened(word, WHEN - 1)));
    }
    rows.push(vec![quiet(head)]);
    for contact in &contacts.contacts {
        let tone = if contact.is_question { Tone::People } else { Tone::Tell };
        let by = contact.by.as_deref().unwrap_or("nothing works");
        let mut row = vec![
            piece(format!("{}  ", letter(contact.part)), Role::Part),
            piece(format!("{:<WHO$} ", shortened(&contact.who, WHO)), Role::Name),
            plain(format!("{:<BY$} ", shortened(by, BY))),
            piece(format!("{:<what$}", shortened(&contact.what, what - 1)), Role::Text(tone)),
        ];
        for when in &contact.when {
            row.push(match when {
                Some((at, 1)) => plain(format!("{:>WHEN$}", clock(*at))),
                Some((at, times)) => plain(format!("{:>WHEN$}", format!("{}×{times}", clock(*at)))),
                None => quiet(format!("{:>WHEN$}", "-")),
            });
        }
        rows.push(row);
    }
    rows
}
