//! What a run would change, and nothing else.
//!
//! Each change with its effect, what it touches, who has to approve it and how it would be put back.
//! Calls that only look, and questions, are no part of it.

use std::sync::Arc;

use super::{
    account::{Account, Made},
    rows::{WIDTH, heading, piece, plain, quiet},
};
use crate::{
    graph::{Nanoseconds, SaidBy},
    hir::{Effect, ItemKind},
    simulate::{
        evaluate::{Bindings, Nowhere},
        timeline::{Role, Row, Tone, brief, call_in_words, clock, end_in_words, people_in_words, skip_in_words, wrapped},
        trace::{AttemptOutcome, End, EventKind, GateOutcome, Purpose, TraceNodeId, TraceNodeKind},
        value::{Value, text},
    },
};

/// What a run would change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The playbook.
    pub playbook: Arc<str>,
    /// The scenario's title, if it is one.
    pub scenario: Option<Arc<str>>,
    /// In the order in which they would be made.
    pub changes: Vec<PlannedChange>,
    /// Steps that change something, and don't this time: each with the reason.
    pub not_this_time: Vec<(Arc<str>, String)>,
}

/// What a change does to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// A message or record is added; nothing that serves users is touched.
    Adds,
    /// Something that serves users changes.
    Changes,
    /// Data can be lost, or it can't be put back.
    Destroys,
}

impl Sign {
    /// `+`, `~`, `-`.
    pub fn letter(self) -> char {
        match self {
            Sign::Adds => '+',
            Sign::Changes => '~',
            Sign::Destroys => '-',
        }
    }

    fn tone(self) -> Tone {
        match self {
            Sign::Adds => Tone::Tell,
            Sign::Changes => Tone::Change,
            Sign::Destroys => Tone::Destroy,
        }
    }
}

/// A call that would change something.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedChange {
    /// What it does to what is there.
    pub sign: Sign,
    /// Its effect.
    pub effect: Effect,
    /// When it begins: since the start of the run.
    pub at: Nanoseconds,
    /// The step.
    pub step: Arc<str>,
    /// The call.
    pub call: String,
    /// The action that is called.
    pub callee: Arc<str>,
    /// What it touches: by parameter, as its action says.
    pub touches: Vec<(Arc<str>, String)>,
    /// Its approval, or that of the step around it.
    pub approval: Option<Approval>,
    /// How it is put back.
    pub undo: Undoing,
    /// Why it isn't done as it should be: it fails, or is cut off.
    pub failure: Option<String>,
    /// It puts something back, or handles a failure, and is no step's own work.
    pub purpose: Purpose,
    /// How often it is done: by `every`, `repeat` and `retry`.
    pub times: u32,
}

/// Who has to approve, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// How many have to.
    pub count: u32,
    /// Who is asked, in order.
    pub asked: Vec<Arc<str>>,
    /// Who approves this time.
    pub granted: Vec<Arc<str>>,
    /// What comes of it.
    pub state: ApprovalState,
}

/// What comes of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ApprovalState {
    Granted,
    NotNeeded,
    NotGranted,
}

/// How a change is put back.
#[derive(Debug, Clone, PartialEq)]
pub enum Undoing {
    /// By this call; `always`: whenever the run ends.
    Call { call: String, always: bool },
    /// It can't be, for this reason.
    Irreversible(String),
    /// Nobody says how: messages and records stay.
    Stays,
}

/// What a run would change.
pub fn plan(account: &Account<'_>) -> Plan {
    let mut changes: Vec<(TraceNodeId, PlannedChange)> = Vec::new();
    for made in account.calls() {
        let sign = match made.call.effect {
            Effect::Pure | Effect::Reads | Effect::Asks => continue,
            Effect::Notifies => Sign::Adds,
            Effect::Changes => Sign::Changes,
            Effect::Destroys => Sign::Destroys,
        };
        // The steps of a task are told themselves.
        if account.trace.nodes.iter().any(|node| node.inside == Some(made.node)) && made.work.purpose == Purpose::Work {
            continue;
        }
        let change = change(account, &made, sign);
        let same = changes.iter_mut().find(|(node, known)| {
            *node == made.node && known.call == change.call && known.purpose == change.purpose
        });
        match same {
            Some((_, known)) => {
                known.times += 1;
                known.failure = change.failure;
            }
            None => changes.push((made.node, change)),
        }
    }
    Plan {
        playbook: account.trace.header.name.clone(),
        scenario: account.trace.header.scenario.clone(),
        changes: changes.into_iter().map(|(_, change)| change).collect(),
        not_this_time: not_this_time(account),
    }
}

fn change(account: &Account<'_>, made: &Made<'_>, sign: Sign) -> PlannedChange {
    let contract = account.contract(made.call);
    let touched = contract.into_iter().flat_map(|contract| &contract.touches);
    let touches = touched.filter_map(|parameter| {
        let argument = made.call.arguments.iter().find(|argument| argument.name == parameter.text)?;
        Some((parameter.text.clone(), brief(&argument.value)))
    });
    let failure = match made.ended.map(|(_, outcome)| outcome) {
        Some(AttemptOutcome::Failed(failure)) => Some(failure.text.to_string()),
        Some(AttemptOutcome::Stopped) | None => Some("it is stopped".to_owned()),
        Some(AttemptOutcome::Gave(_) | AttemptOutcome::Unanswered) => None,
    };
    PlannedChange {
        sign,
        effect: made.call.effect,
        at: made.begun,
        step: account.node(made.node).name.clone(),
        call: call_in_words(made.call),
        callee: made.call.callee.clone(),
        touches: touches.collect(),
        approval: approval(account, made.node),
        undo: if made.work.purpose == Purpose::Work { undo(account, made, sign) } else { Undoing::Stays },
        failure,
        purpose: made.work.purpose,
        times: 1,
    }
}

/// The approval of a step, or of the nearest step around it: it covers what stands inside.
fn approval(account: &Account<'_>, step: TraceNodeId) -> Option<Approval> {
    let mut own = Some(step);
    while let Some(step) = own {
        if let Some((frame, plan)) = account.plan(step)
            && let Some(gate) = plan.gate
        {
            return Some(gate_of(account, frame.place(gate)));
        }
        own = account.node(step).inside;
    }
    None
}

fn gate_of(account: &Account<'_>, gate: TraceNodeId) -> Approval {
    let mut approval =
        Approval { count: 0, asked: Vec::new(), granted: Vec::new(), state: ApprovalState::NotGranted };
    for (_, event) in account.events(gate) {
        match &event.kind {
            EventKind::GateOpened { count, .. } => approval.count = *count,
            EventKind::GateAsked(people) => {
                approval.asked.extend(people.iter().map(|reached| reached.person.name.clone()));
            }
            EventKind::Granted { person, .. } => approval.granted.push(person.name.clone()),
            EventKind::GateClosed(GateOutcome::Approved) => approval.state = ApprovalState::Granted,
            EventKind::GateClosed(GateOutcome::NotNeeded) => approval.state = ApprovalState::NotNeeded,
            _ => {}
        }
    }
    approval
}

/// How a call would be put back if the run failed right after it.
fn undo(account: &Account<'_>, made: &Made<'_>, sign: Sign) -> Undoing {
    let Some((frame, plan)) = account.plan(made.node) else { return Undoing::Stays };
    if let Some(undo) = plan.undo {
        let mut moment = account.moment(frame, usize::MAX);
        let (file, bindings) = match undo.said_by {
            SaidBy::Step => {
                let gave = match made.ended.map(|(_, outcome)| outcome) {
                    Some(AttemptOutcome::Gave(value)) => value.clone(),
                    _ => Value::None,
                };
                let own = frame.graph.node_of_local(plan.local);
                moment.own = own.map(|own| (own, gave));
                (frame.file, element(account, made))
            }
            SaidBy::Action(item) => {
                let Some(ItemKind::Action(action)) = account.checked.item(item).map(|item| &item.kind) else {
                    return Undoing::Stays;
                };
                let names = action.parameters.iter().map(|parameter| parameter.local);
                let values = made.call.arguments.iter().map(|argument| argument.value.clone());
                (item.file, names.zip(values).collect())
            }
        };
        let shown = match undo.said_by {
            SaidBy::Step => account.shown(file, undo.call.call, undo.call.callee, &bindings, &moment),
            SaidBy::Action(_) => account.shown(file, undo.call.call, undo.call.callee, &bindings, &Nowhere),
        };
        let call = match shown {
            Some(shown) => call_in_words(&shown),
            // It names what isn't known yet: as written it says more than nothing.
            None => {
                let span = account.checked.module(file).map(|module| module.hir.exprs[undo.call.call].span);
                span.map(|span| account.written(span)).unwrap_or_default()
            }
        };
        return Undoing::Call { call, always: undo.always };
    }
    if let Some(irreversible) = plan.irreversible {
        let file = match irreversible.said_by {
            SaidBy::Step => frame.file,
            SaidBy::Action(item) => item.file,
        };
        let why = account.evaluator.evaluate(file, irreversible.why, Bindings::new(), &Nowhere);
        return Undoing::Irreversible(why.map(|why| text(&why)).unwrap_or_default());
    }
    match sign {
        Sign::Adds => Undoing::Stays,
        Sign::Changes | Sign::Destroys => around(account, made.node).unwrap_or(Undoing::Stays),
    }
}

/// The element of `each` that a call was made for.
fn element(account: &Account<'_>, made: &Made<'_>) -> Bindings {
    let (Some((frame, plan)), Some(index)) = (account.plan(made.node), made.work.element) else {
        return Bindings::new();
    };
    let Some(each) = &plan.each else { return Bindings::new() };
    let list = account.evaluate(frame, made.event, each.list);
    let element = list.as_ref().and_then(Value::as_list).and_then(|list| list.get(index as usize).cloned());
    element.map(|element| (each.variable, element)).into_iter().collect()
}

/// A step around it that says how all of it is put back.
fn around(account: &Account<'_>, step: TraceNodeId) -> Option<Undoing> {
    let outer = account.node(step).inside?;
    let (frame, plan) = account.plan(outer)?;
    match plan.undo {
        Some(undo) if undo.said_by == SaidBy::Step => {
            let span = frame.module.hir.exprs[undo.call.call].span;
            Some(Undoing::Call { call: account.written(span), always: undo.always })
        }
        _ => around(account, outer),
    }
}

/// The playbook's own steps that change something, and don't this time.
fn not_this_time(account: &Account<'_>) -> Vec<(Arc<str>, String)> {
    let steps = account.trace.nodes.iter().enumerate().filter(|(_, node)| {
        node.kind == TraceNodeKind::Step && node.inside.is_none() && node.effect >= Effect::Changes
    });
    let missing = steps.filter_map(|(index, node)| {
        let why = match account.end(TraceNodeId(index as u32)) {
            Some((_, _, End::Skipped(skip))) => skip_in_words(Some(account.world), skip),
            Some((_, _, end @ (End::Blocked { .. } | End::Cancelled { .. }))) => end_in_words(end),
            Some((_, _, End::Failed(failure))) if !began(account, TraceNodeId(index as u32)) => {
                failure.text.to_string()
            }
            None if !began(account, TraceNodeId(index as u32)) => "it never had its turn".to_owned(),
            _ => return None,
        };
        Some((node.name.clone(), why))
    });
    missing.collect()
}

fn began(account: &Account<'_>, step: TraceNodeId) -> bool {
    account.events(step).any(|(_, event)| matches!(event.kind, EventKind::Attempt(_)))
}

/// The plan in rows of at most 80 characters.
pub fn plan_rows(plan: &Plan) -> Vec<Row> {
    let title = match &plan.scenario {
        Some(scenario) => format!("{}: {scenario}", plan.playbook),
        None => plan.playbook.to_string(),
    };
    let mut rows = vec![heading(title)];
    let (own, messages): (Vec<_>, Vec<_>) = plan.changes.iter().partition(|change| change.sign != Sign::Adds);
    if own.is_empty() {
        rows.push(vec![plain("Nothing that serves users would change.")]);
    }
    for change in own {
        rows.push(Row::new());
        change_rows(change, &mut rows);
    }
    if !messages.is_empty() {
        rows.extend([Row::new(), heading("Messages and records")]);
    }
    for change in messages {
        line(change, &mut rows);
    }
    if !plan.not_this_time.is_empty() {
        rows.extend([Row::new(), heading("Not this time")]);
    }
    for (step, why) in &plan.not_this_time {
        let mut head = vec![piece(format!("    {step}  "), Role::Name)];
        let indent = step.chars().count() + 6;
        for text in wrapped(why, WIDTH.saturating_sub(indent)) {
            head.push(piece(text, Role::Text(Tone::Skip)));
            rows.push(std::mem::replace(&mut head, vec![quiet(" ".repeat(indent))]));
        }
    }
    rows.extend([Row::new(), vec![plain(sum(plan))]]);
    rows
}

/// `Plan: 12 to add, 1 to change, none to destroy.`
fn sum(plan: &Plan) -> String {
    let of = |sign| plan.changes.iter().filter(|change| change.sign == sign).count();
    let said = |sign, word| match of(sign) {
        0 => format!("none to {word}"),
        count => format!("{count} to {word}"),
    };
    let approvals = plan.changes.iter().filter(|change| {
        change.approval.as_ref().is_some_and(|approval| approval.state != ApprovalState::NotNeeded)
    });
    let fixed = plan.changes.iter().filter(|change| matches!(change.undo, Undoing::Irreversible(_))).count();
    let mut text = format!(
        "Plan: {}, {}, {}.",
        said(Sign::Adds, "add"),
        said(Sign::Changes, "change"),
        said(Sign::Destroys, "destroy")
    );
    match approvals.count() {
        0 => {}
        count => text.push_str(&format!(" {} approval.", needs(count))),
    }
    if fixed > 0 {
        text.push_str(&format!(" {} be put back.", if fixed == 1 { "1 can't".to_owned() } else { format!("{fixed} can't") }));
    }
    text
}

fn needs(count: usize) -> String {
    if count == 1 { "1 needs".to_owned() } else { format!("{count} need") }
}

fn change_rows(change: &PlannedChange, rows: &mut Vec<Row>) {
    line(change, rows);
    let mut entry = |name: &str, text: String, tone: Tone| {
        let mut head = vec![quiet(format!("      {name:<10}"))];
        for text in wrapped(&text, WIDTH - 16) {
            head.push(piece(text, Role::Text(tone)));
            rows.push(std::mem::replace(&mut head, vec![quiet(" ".repeat(16))]));
        }
    };
    let what = match change.purpose {
        Purpose::Work => change.effect.word().to_owned(),
        Purpose::Undo => format!("{}; it puts {} back", change.effect.word(), change.step),
        Purpose::Handling => format!("{}; because {} failed", change.effect.word(), change.step),
    };
    entry("step", format!("{}, {what}", change.step), Tone::Plain);
    if !change.touches.is_empty() {
        let touches: Vec<String> = change.touches.iter().map(|(name, value)| format!("{name} {value}")).collect();
        entry("touches", touches.join(", "), Tone::Plain);
    }
    if let Some(approval) = &change.approval {
        entry("approval", approval_in_words(approval), Tone::People);
    }
    match &change.undo {
        Undoing::Call { call, always: false } => entry("undo", call.clone(), Tone::Undo),
        Undoing::Call { call, always: true } => entry("undo", format!("{call}, whenever the run ends"), Tone::Undo),
        Undoing::Irreversible(why) => entry("undo", format!("none: {why}"), Tone::Destroy),
        Undoing::Stays => {}
    }
    if let Some(failure) = &change.failure {
        entry("fails", format!("{failure}; it may have acted"), Tone::Failure);
    }
}

/// What is asked of whom, and what comes of it.
fn approval_in_words(approval: &Approval) -> String {
    let names = |names: &[Arc<str>]| {
        let shown: Vec<_> = names
            .iter()
            .map(|name| crate::simulate::trace::PersonShown { id: name.clone(), name: name.clone() })
            .collect();
        people_in_words(&shown)
    };
    let asked = format!("{} of {}", approval.count, names(&approval.asked));
    match approval.state {
        ApprovalState::NotNeeded => "not needed this time".to_owned(),
        ApprovalState::Granted => format!("{asked}; granted by {}", names(&approval.granted)),
        ApprovalState::NotGranted if approval.count == 0 => "never asked for".to_owned(),
        ApprovalState::NotGranted => format!("{asked}; not granted"),
    }
}

fn line(change: &PlannedChange, rows: &mut Vec<Row>) {
    let times = if change.times > 1 { format!(" ({} times)", change.times) } else { String::new() };
    let tone = if change.purpose == Purpose::Undo { Tone::Undo } else { change.sign.tone() };
    let mut head = vec![
        piece(format!("  {} ", change.sign.letter()), Role::Text(tone)),
        quiet(format!("{:>7}  ", clock(change.at))),
    ];
    for text in wrapped(&format!("{}{times}", change.call), WIDTH - 13) {
        head.push(piece(text, Role::Text(tone)));
        rows.push(std::mem::replace(&mut head, vec![quiet(" ".repeat(13))]));
    }
}
