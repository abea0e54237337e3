//! A plan in rows.

use std::sync::Arc;

use super::{Approval, ApprovalState, Plan, PlannedChange, Sign, Undoing};
use crate::{
    report::rows::{WIDTH, heading, piece, plain, quiet},
    simulate::{
        invocation::{Invocation, Length},
        timeline::{Role, Row, Tone, clock, people_in_words, wrapped},
        trace::Purpose,
    },
};

/// The plan in rows of at most 80 characters.
pub fn plan_rows(plan: &Plan) -> Vec<Row> {
    let title = match &plan.scenario {
        Some(scenario) => format!("{}: {scenario}", plan.playbook),
        None => plan.playbook.to_string(),
    };
    let mut rows = vec![heading(title)];
    let (own, messages): (Vec<_>, Vec<_>) = plan.changes.iter().partition(|change| change.sign != Sign::Adds);
    if own.is_empty() {
        rows.push(vec![plain("No changes to production.")]);
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
        rows.extend([Row::new(), heading("Not in this run")]);
    }
    for (step, why) in &plan.not_this_time {
        let mut head = vec![piece(format!("    {step}  "), Role::Name)];
        let indent = step.chars().count() + 6;
        for text in wrapped(why, WIDTH.saturating_sub(indent)) {
            head.push(piece(text, Role::Text(Tone::Skip)));
            rows.push(std::mem::replace(&mut head, vec![quiet(" ".repeat(indent))]));
        }
    }
    rows.push(Row::new());
    rows.extend(wrapped(&sum(plan), WIDTH).into_iter().map(|row| vec![plain(row)]));
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
        text.push_str(&format!(
            " {} be undone.",
            if fixed == 1 { "1 can't".to_owned() } else { format!("{fixed} can't") }
        ));
    }
    text
}

fn needs(count: usize) -> String {
    if count == 1 { "1 needs".to_owned() } else { format!("{count} need") }
}

fn change_rows(change: &PlannedChange, rows: &mut Vec<Row>) {
    line(change, rows);
    let shown =
        |invocation: Option<&Invocation>| invocation.map(|invocation| invocation.shown(Length::Short));
    let mut entry = |name: &str, text: String, tone: Tone| {
        let mut head = vec![quiet(format!("      {name:<10}"))];
        for text in wrapped(&text, WIDTH - 16) {
            head.push(piece(text, Role::Text(tone)));
            rows.push(std::mem::replace(&mut head, vec![quiet(" ".repeat(16))]));
        }
    };
    if let Some(title) = &change.title {
        entry("", title.to_string(), Tone::Plain);
    }
    if let Some(shown) = shown(change.invocation.as_ref()) {
        entry("runs", shown, Tone::Plain);
    }
    let what = match change.purpose {
        Purpose::Work => change.effect.word().to_owned(),
        Purpose::Undo => format!("{}, undo of {}", change.effect.word(), change.step),
        Purpose::Handling => format!("{}, since {} failed", change.effect.word(), change.step),
    };
    entry("step", format!("{}, {what}", change.step), Tone::Plain);
    if !change.touches.is_empty() {
        let touches: Vec<String> =
            change.touches.iter().map(|(name, value)| format!("{name} {value}")).collect();
        entry("touches", touches.join(", "), Tone::Plain);
    }
    if let Some(approval) = &change.approval {
        entry("approval", approval_in_words(approval), Tone::People);
    }
    match &change.undo {
        Undoing::Call { call, invocation, always } => {
            let when = if *always { ", always when the run ends" } else { "" };
            entry("undo", format!("{call}{when}"), Tone::Undo);
            if let Some(shown) = shown(invocation.as_deref()) {
                entry("", shown, Tone::Plain);
            }
        }
        Undoing::Irreversible(why) => entry("undo", format!("none: {why}"), Tone::Destroy),
        Undoing::Stays => {}
    }
    if let Some(failure) = &change.failure {
        entry("fails", format!("{failure}; may have taken effect"), Tone::Failure);
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
        ApprovalState::NotNeeded => "not needed in this run".to_owned(),
        ApprovalState::Granted => format!("{asked}; granted by {}", names(&approval.granted)),
        ApprovalState::NotGranted if approval.count == 0 => "never requested".to_owned(),
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
