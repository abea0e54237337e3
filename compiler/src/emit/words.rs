//! The steps of a document in words.

use super::{ApprovalWire, Document, NodeWire, OnFailureWire, PhaseWire, StepWire, drawing::approval_text};
use crate::findings::graph::duration_text;

/// The nodes in the order in which they usually start; what starts together stays in source order.
pub(crate) fn in_order(document: &Document) -> Vec<&NodeWire> {
    let mut order: Vec<&NodeWire> = document.nodes.iter().collect();
    order.sort_by_key(|node| (phase_order(node.phase), node.times.expected.start));
    order
}

fn phase_order(phase: PhaseWire) -> u8 {
    match phase {
        PhaseWire::Response => 0,
        PhaseWire::AfterResolved => 1,
        PhaseWire::AfterFailed => 2,
    }
}

/// The conditions under which a step runs; empty if it always does.
pub(crate) fn conditions(step: &StepWire) -> String {
    let guards = step.guards.iter().map(|guard| match guard.wanted {
        true => guard.condition.clone(),
        false if guard.condition.contains(' ') => format!("not ({})", guard.condition),
        false => format!("not {}", guard.condition),
    });
    guards.collect::<Vec<_>>().join(" and ")
}

/// Who has to approve a step, and within what time.
pub(crate) fn approval_words(approval: &ApprovalWire) -> String {
    let when = approval.when.as_ref().map(|when| format!(" when {when}")).unwrap_or_default();
    let within = approval.within.map_or("unknown".to_owned(), duration_text);
    let otherwise = if approval.otherwise == "skip" { ", otherwise skipped" } else { "" };
    format!("{}{when}, within {within} each{otherwise}", approval_text(approval))
}

/// The clauses of a step that define how it runs.
pub(crate) fn clauses(step: &StepWire) -> Vec<String> {
    let length = |length: Option<i64>| length.map_or("?".to_owned(), duration_text);
    let number = |number: Option<u32>| number.map_or("?".to_owned(), |number| number.to_string());
    let mut lines = Vec::new();
    if let Some(each) = &step.each {
        let together = each.at_a_time.map(|count| format!(", {count} at a time")).unwrap_or_default();
        let most = number(each.at_most);
        lines.push(format!("for each {} in {}{together}, at most {most}", each.variable, each.list));
    }
    if let Some(repeat) = &step.repeat {
        let until = repeat.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
        let hold = repeat.hold.map(|hold| format!(" for {}", duration_text(hold))).unwrap_or_default();
        let most = match repeat.times {
            Some(times) => format!("{times} times"),
            None => length(repeat.at_most),
        };
        lines.push(format!("every {}{until}{hold}, at most {most}", length(repeat.every)));
    }
    if let Some(every) = step.every {
        lines.push(format!("repeats every {} until the run is resolved or finished", duration_text(every)));
    }
    if let Some(retry) = &step.retry {
        lines.push(format!("retried up to {} times", number(retry.times)));
    }
    if let Some(undo) = &step.undo {
        let when = if undo.always { "when the run ends" } else { "if the run fails" };
        lines.push(format!("undone {when}: {}", undo.call));
    }
    if let Some(why) = &step.irreversible {
        lines.push(format!("can't be undone: {why}"));
    }
    match &step.on_failure {
        Some(OnFailureWire::Continue) => lines.push("ignored if it fails".to_owned()),
        Some(OnFailureWire::Use { value }) => lines.push(format!("if it fails, its value is {value}")),
        Some(OnFailureWire::Run { call }) => lines.push(format!("if it fails: {call}")),
        None => {}
    }
    lines
}
