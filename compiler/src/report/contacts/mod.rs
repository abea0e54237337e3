//! Who is told or asked what, when and through which channel, for each severity.
//!
//! The playbook is run once for each severity that it can have, and the runs are shown side by side, so that
//! a team sees who is woken by a minor incident and who by a critical one. Who can be contacted but isn't in
//! these runs is listed too, with the conditions.

mod layout;
mod possible;

pub use layout::contacts_rows;
pub use possible::{Means, Possible};

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    check::Checked,
    graph::{Nanoseconds, Phase},
    hir::{Effect, ExprKind, PartKind},
    names::{Def, ItemId, VariantId},
    simulate::{
        account::{Account, Made},
        evaluate::{Bindings, Evaluator},
        people::{Person, people_of},
        timeline::{brief, call_in_words, clock, receiver},
        trace::{End, EventKind, Purpose, Reached, Skip, TraceNodeId, TraceNodeKind},
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
    /// Everybody who can be told or asked, also those whom no run reached.
    pub possible: Vec<Possible>,
    /// Whether that is all: tasks that call each other thousands of times and long lists are cut off.
    pub is_all: bool,
}

impl Contacts {
    /// How a contact comes about.
    pub fn origin(&self, contact: &Contact) -> Option<&Possible> {
        let mut of_it = self.possible.iter().filter(|possible| possible.is_of(contact));
        // Those who are asked later have a condition of their own.
        of_it.clone().find(|possible| possible.who == contact.who).or_else(|| of_it.next())
    }

    /// Who can be contacted, but isn't in these runs.
    pub fn others(&self) -> impl Iterator<Item = &Possible> {
        self.possible.iter().filter(|possible| {
            let is_it = |contact: &Contact| {
                possible.is_of(contact) && (!possible.is_person || possible.who == contact.who)
            };
            !self.contacts.iter().any(is_it)
        })
    }
}

impl Possible {
    /// The same step, and the same kind of contact.
    fn is_of(&self, contact: &Contact) -> bool {
        let (asks, approves) = (contact.is_question, contact.is_approval);
        let is_kind = match self.means {
            Means::Approval => approves,
            Means::Question | Means::Work => asks && !approves,
            Means::Page | Means::Message => !asks,
        };
        self.step == contact.step && is_kind
    }
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
    /// Whether that is an approval.
    pub is_approval: bool,
    /// When, for each severity; none where they aren't.
    pub when: Vec<Option<When>>,
}

impl Contact {
    /// What it is about, in few words: the step, and what is asked of it.
    pub fn matter(&self) -> String {
        match (self.is_question, self.is_approval) {
            (_, true) => format!("approve {}", self.step),
            (true, false) => format!("answer {}", self.step),
            (false, false) if self.step.is_empty() => "the run failed".to_owned(),
            (false, false) => self.step.to_string(),
        }
    }
}

/// When somebody is told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From then on, so often.
    At(Nanoseconds, u32),
    /// Then, unless it is resolved before.
    Unless(Nanoseconds),
    /// Only if the run fails.
    OnFailure,
}

impl When {
    fn first(self) -> Nanoseconds {
        match self {
            When::At(at, _) | When::Unless(at) => at,
            When::OnFailure => Nanoseconds::MAX,
        }
    }

    /// How a cell of the table says it.
    pub(super) fn shown(self) -> String {
        match self {
            When::At(at, 1) => clock(at),
            When::At(at, times) => format!("{}×{times}", clock(at)),
            When::Unless(at) => format!("({})", clock(at)),
            When::OnFailure => "(failed)".to_owned(),
        }
    }
}

/// What severity a playbook can have, from the least on; empty if it has none. Where the compiler can't
/// see what it can be, it can be all.
pub fn severities(checked: &Checked, playbook: ItemId) -> Vec<Value> {
    let evaluator = Evaluator::new(checked);
    let (Some(graph), Some(module)) = (checked.graphs.get(playbook), checked.module(playbook.file)) else {
        return Vec::new();
    };
    let Some(crate::graph::NodeKind::Severity(expr)) = graph.severity().map(|node| &graph.node(node).kind)
    else {
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

/// What makes lines of different runs one: the step, who, through what, and whether it is a question.
type Key = (Arc<str>, String, Option<Arc<str>>, bool);

/// Who is told or asked what, over runs that differ in severity alone.
pub fn contacts(runs: &[(Option<Value>, Account<'_>)]) -> Contacts {
    let mut found: BTreeMap<Key, Contact> = BTreeMap::new();
    for (column, (_, account)) in runs.iter().enumerate() {
        let mut note = |node: Option<TraceNodeId>, when: When, said: Said| {
            // The owner is told by no step.
            let place = node.map(|node| account.node(node));
            let step: Arc<str> = place.map_or_else(|| "".into(), |place| place.name.clone());
            let key = (step.clone(), said.who.clone(), said.by.clone(), said.is_question);
            let contact = found.entry(key).or_insert_with(|| Contact {
                who: said.who,
                by: said.by,
                step,
                part: place.and_then(|place| place.part),
                what: said.what,
                is_question: said.is_question,
                is_approval: place.is_some_and(|place| place.kind == TraceNodeKind::Gate),
                when: vec![None; runs.len()],
            });
            match &mut contact.when[column] {
                Some(When::At(_, times)) => *times += 1,
                cell => *cell = Some(when),
            }
        };
        let calls = account.calls();
        for (index, event) in account.trace.events.iter().enumerate() {
            let node = event.node;
            let (people, what, is_question) = match (&event.kind, node) {
                (EventKind::Asked { people, question, .. }, _) => (people, question.to_string(), true),
                (EventKind::GateAsked(people), Some(node)) => (people, approval(account, node), true),
                (EventKind::Told { people, about: Some(about) }, _) => (people, about.to_string(), false),
                (EventKind::Told { people, about: None }, Some(node)) => {
                    (people, said_by(account, &calls, node, index), false)
                }
                _ => continue,
            };
            for Reached { person, by } in people {
                let who = person.name.to_string();
                note(
                    node,
                    When::At(event.at, 1),
                    Said { who, by: by.clone(), what: what.clone(), is_question },
                );
            }
        }
        for made in &calls {
            if is_message(account, made) {
                let (who, by) = receiver(made.call);
                let what = call_in_words(made.call);
                note(Some(made.node), When::At(made.begun, 1), Said { who, by, what, is_question: false });
            }
        }
        for (node, when) in kept_back(account) {
            for said in would_say(account, node) {
                note(Some(node), when, said);
            }
        }
    }
    let mut contacts: Vec<Contact> = found.into_values().collect();
    contacts.sort_by_key(|contact| contact.when.iter().flatten().map(|when| when.first()).min());
    let (possible, is_all) =
        runs.first().map_or((Vec::new(), true), |(_, account)| possible::possible(account));
    let word = |value: &Option<Value>| value.as_ref().map(brief).unwrap_or_default();
    Contacts {
        playbook: runs.first().map(|(_, account)| account.trace.header.name.clone()).unwrap_or_default(),
        severities: runs.iter().map(|(value, _)| word(value)).collect(),
        contacts,
        possible,
        is_all,
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

/// Steps that talk, and had no turn because the run was resolved before, or didn't fail.
fn kept_back(account: &Account<'_>) -> Vec<(TraceNodeId, When)> {
    let mut found = Vec::new();
    for (index, place) in account.trace.nodes.iter().enumerate() {
        let node = TraceNodeId(index as u32);
        if place.kind != TraceNodeKind::Step || place.effect != Effect::Notifies || place.inside.is_some() {
            continue;
        }
        let Some((_, _, End::Skipped(skip))) = account.end(node) else { continue };
        let phase = account.find(node).map(|(frame, own)| frame.graph.node(own).phase);
        if phase == Some(Phase::AfterFailed) && matches!(skip, Skip::Resolved | Skip::Never(_)) {
            found.push((node, When::OnFailure));
            continue;
        }
        let until = account.events(node).filter_map(|(_, event)| match event.kind {
            EventKind::Delayed { until } => Some(until),
            _ => None,
        });
        if *skip == Skip::Resolved {
            found.extend(until.max().map(|until| (node, When::Unless(until))));
        }
    }
    found
}

/// What a step would say that had no turn, with the values that were known at the end.
fn would_say(account: &Account<'_>, node: TraceNodeId) -> Vec<Said> {
    let Some((frame, plan)) = account.plan(node) else { return Vec::new() };
    let moment = account.moment(frame, usize::MAX);
    let bindings = Bindings::new();
    let call = account.shown(frame.file, plan.call, plan.callee, &bindings, &moment);
    let what = match &call {
        Some(call) => call_in_words(call),
        None => account.written(frame.module.hir.exprs[plan.call].span),
    };
    let by = call.as_ref().and_then(|call| call.item).map(|item| account.module_name(item));
    let arguments = call.iter().flat_map(|call| &call.arguments);
    let people: Vec<Person> = arguments.filter_map(|argument| people_of(&argument.value)).flatten().collect();
    let mut said: Vec<Said> = Vec::new();
    for person in people {
        let who = person.shown.name.to_string();
        if said.iter().all(|known| known.who != who) {
            said.push(Said { who, by: by.clone(), what: what.clone(), is_question: false });
        }
    }
    if said.is_empty() {
        let who = call.as_ref().map_or_else(|| "its record".to_owned(), |call| receiver(call).0);
        said.push(Said { who, by, what, is_question: false });
    }
    said
}
