//! What a run would change, and nothing else.
//!
//! Each change with the command or request that makes it, its effect, what it touches, who has to approve
//! it and how it would be undone. Read-only calls and questions are left out.

mod layout;

pub use layout::plan_rows;

use std::sync::Arc;

use crate::{
    graph::{Nanoseconds, SaidBy},
    hir::{Effect, ItemKind},
    simulate::{
        account::{Account, Made},
        evaluate::{Bindings, Nowhere, Scope},
        invocation::Invocation,
        timeline::{Tone, brief, call_in_words, end_in_words, skip_in_words},
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
    /// Steps that change something, but not in this run: each with the reason.
    pub not_this_time: Vec<(Arc<str>, String)>,
}

/// What a change does to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// A message or record is added; nothing that serves users is touched.
    Adds,
    /// Something that serves users changes.
    Changes,
    /// Data can be lost, or it can't be undone.
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
    /// When it starts, from the start of the run.
    pub at: Nanoseconds,
    /// The step.
    pub step: Arc<str>,
    /// What the step is for, in the words of its documentation.
    pub title: Option<Arc<str>>,
    /// The call.
    pub call: String,
    /// The action that is called.
    pub callee: Arc<str>,
    /// The command or request that it stands for; none if a person does it.
    pub invocation: Option<Invocation>,
    /// What it touches: by parameter, as its action says.
    pub touches: Vec<(Arc<str>, String)>,
    /// Its approval, or that of the step around it.
    pub approval: Option<Approval>,
    /// How it is undone.
    pub undo: Undoing,
    /// Why it doesn't succeed: it fails, or is stopped.
    pub failure: Option<String>,
    /// What it is done for: the step's own work, an undo, or `on failure`.
    pub purpose: Purpose,
    /// How many times it is done: by `every`, `repeat` and `retry`.
    pub times: u32,
}

/// Who has to approve, and the outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// How many have to.
    pub count: u32,
    /// Who is asked, in order.
    pub asked: Vec<Arc<str>>,
    /// Who approves in this run.
    pub granted: Vec<Arc<str>>,
    /// The outcome.
    pub state: ApprovalState,
}

/// The outcome of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ApprovalState {
    Granted,
    NotNeeded,
    NotGranted,
}

/// How a change is undone.
#[derive(Debug, Clone, PartialEq)]
pub enum Undoing {
    /// By a call.
    Call {
        /// The call.
        call: String,
        /// The command or request that it stands for; none for tasks, and for what people do.
        invocation: Option<Box<Invocation>>,
        /// Whenever the run ends, and not only if it fails.
        always: bool,
    },
    /// It can't be, for this reason.
    Irreversible(String),
    /// It isn't: messages and records stay.
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
        if account.trace.nodes.iter().any(|node| node.inside == Some(made.node))
            && made.work.purpose == Purpose::Work
        {
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
        Some(AttemptOutcome::Stopped) | None => Some("stopped".to_owned()),
        Some(AttemptOutcome::Gave(_) | AttemptOutcome::Unanswered) => None,
    };
    PlannedChange {
        sign,
        effect: made.call.effect,
        at: made.begun,
        step: account.node(made.node).name.clone(),
        title: account.node(made.node).title.clone(),
        call: call_in_words(made.call),
        callee: made.call.callee.clone(),
        invocation: account.invocation(made.call, made.event),
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
        let scope: &dyn Scope = match undo.said_by {
            SaidBy::Step => &moment,
            SaidBy::Action(_) => &Nowhere,
        };
        let invocation = account.invocation_of(file, undo.call.call, &bindings, scope).map(Box::new);
        return Undoing::Call { call, invocation, always: undo.always };
    }
    if let Some(irreversible) = plan.irreversible {
        let file = match irreversible.said_by {
            SaidBy::Step => frame.file,
            SaidBy::Action(item) => item.file,
        };
        let why = account.evaluator.evaluate(file, irreversible.why, &[], &Nowhere);
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
            let call = undo.call.call;
            let moment = account.moment(frame, usize::MAX);
            let invocation = account.invocation_of(frame.file, call, &Bindings::new(), &moment).map(Box::new);
            Some(Undoing::Call { call: account.written(span), invocation, always: undo.always })
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
            None if !began(account, TraceNodeId(index as u32)) => "never started".to_owned(),
            _ => return None,
        };
        Some((node.name.clone(), why))
    });
    missing.collect()
}

fn began(account: &Account<'_>, step: TraceNodeId) -> bool {
    account.events(step).any(|(_, event)| matches!(event.kind, EventKind::Attempt(_)))
}
