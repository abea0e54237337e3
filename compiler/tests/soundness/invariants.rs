//! What holds for every run of a playbook that compiled.

use std::collections::{BTreeMap, BTreeSet};

use quell_compiler::{
    check::Checked,
    graph::{Schedules, durations},
    hir::{Effect, ItemKind, PartKind, RunOutcome},
    names::{ItemId, Milestone, StepRef},
    simulate::{
        Run,
        trace::{CallShown, End, EventKind, FailureKind, GateOutcome, Purpose, TraceNodeId},
        value::Value,
    },
};

use super::actions::SECRET;

/// The sentence of an evaluation that met a value of the wrong type, or none where one must be.
const BROKEN: &str = "internal error";

/// Why the run breaks a promise, if it does.
pub fn hold(checked: &Checked, playbook: ItemId, run: &Run) -> Result<(), String> {
    if let Some(problem) = run.problems.first() {
        return Err(format!("it can't begin: {problem}"));
    }
    let Some(ending) = &run.ending else { return Err("it has no end".to_owned()) };
    within_its_bounds(checked, playbook, ending.over)?;
    within_its_part(checked, run)?;
    ends(run)?;
    approvals(checked, run)?;
    let shown = format!("{:?}", run.trace.events);
    for (at, _) in shown.match_indices(SECRET) {
        // A secret goes by its name as a value of its own, and nowhere within a text.
        if !shown[..at].ends_with("Secret(\"") {
            return Err("a secret shows".to_owned());
        }
    }
    if shown.contains(BROKEN) {
        return Err("a value is missing or of the wrong type".to_owned());
    }
    Ok(())
}

fn within_its_bounds(checked: &Checked, playbook: ItemId, over: i64) -> Result<(), String> {
    let mut schedules = Schedules::new(&checked.graphs);
    match durations(&mut schedules, &checked.graphs, playbook).worst.over {
        Some(worst) if over > worst => Err(format!("over after {over} ns, later than {worst} ns")),
        Some(_) => Ok(()),
        None => Err("its worst case isn't known".to_owned()),
    }
}

/// No call does more than its part may, to do, to undo or because something failed.
fn within_its_part(checked: &Checked, run: &Run) -> Result<(), String> {
    for event in &run.trace.events {
        let (EventKind::Attempt(call), Some(node)) = (&event.kind, event.node) else { continue };
        let limit = match (event.work.purpose, run.trace.node(node).part) {
            // Telling people is fine in every part.
            (Purpose::Handling, _) => Effect::Notifies,
            (_, Some(PartKind::Enrich)) => Effect::Reads,
            (_, Some(PartKind::Triage)) => Effect::Asks,
            (_, Some(PartKind::Communicate)) => Effect::Notifies,
            (_, Some(PartKind::Remediate) | None) => Effect::Destroys,
        };
        if call.effect > limit && !is_task(checked, call) {
            return Err(format!("`{}` does more than its part may", run.trace.node(node).name));
        }
    }
    Ok(())
}

fn is_task(checked: &Checked, call: &CallShown) -> bool {
    let item = call.item.and_then(|item| checked.item(item));
    item.is_some_and(|item| matches!(item.kind, ItemKind::Task(_)))
}

/// What silence does, answers do as well: a change that happens unapproved while everybody is silent also
/// happens, with the same arguments, if they answer in some way.
pub fn silence_decides_nothing(checked: &Checked, silent: &Run, answered: &Run) -> Result<(), String> {
    let failed = |run: &Run| !run.ending.as_ref().is_some_and(|ending| ending.outcome != RunOutcome::Failed);
    // A run that fails stops where it is, for whatever reason.
    if failed(silent) || failed(answered) {
        return Ok(());
    }
    let made = changes(checked, answered);
    for (path, call) in changes(checked, silent) {
        let approved = silent.trace.events.iter().any(|event| {
            let gate = event.node.map(|node| silent.trace.node(node).path.to_vec());
            matches!(event.kind, EventKind::GateClosed(GateOutcome::Approved))
                && gate.is_some_and(|gate| path.starts_with(&gate))
        });
        if !approved && !made.contains(&(path.clone(), call.clone())) {
            return Err(format!("{call} happens only because nobody answers"));
        }
    }
    Ok(())
}

/// The calls of actions that change something: by their step, with their arguments. A call of a task changes
/// nothing by itself, and what it calls may have an approval of its own.
fn changes(checked: &Checked, run: &Run) -> BTreeSet<(Vec<StepRef>, String)> {
    let calls = run.trace.events.iter().filter_map(|event| match (&event.kind, event.node) {
        (EventKind::Attempt(call), Some(node))
            if call.effect >= Effect::Changes
                && event.work.purpose == Purpose::Work
                && !is_task(checked, call) =>
        {
            Some((run.trace.node(node).path.to_vec(), format!("{}{:?}", call.callee, call.arguments)))
        }
        _ => None,
    });
    calls.collect()
}

/// Each step ends once, and the run is never both resolved and failed.
fn ends(run: &Run) -> Result<(), String> {
    let mut ended: BTreeSet<TraceNodeId> = BTreeSet::new();
    let mut milestones = BTreeSet::new();
    for event in &run.trace.events {
        match &event.kind {
            EventKind::Ended(end) if event.work.purpose == Purpose::Work => {
                let node = event.node.ok_or("an end of nothing")?;
                // A task's steps have one place for all its calls.
                if !ended.insert(node) && run.trace.node(node).inside.is_none() {
                    return Err(format!("`{}` ends twice", run.trace.node(node).name));
                }
                if let End::Failed(failure) = end
                    && failure.kind == FailureKind::Error
                    && failure.text.contains(BROKEN)
                {
                    return Err(format!("`{}`: {}", run.trace.node(node).name, failure.text));
                }
            }
            EventKind::Attempt(_) => {
                // Each attempt at a task is a run of its own.
                let Some(node) = event.node else { continue };
                let outer = &run.trace.node(node).path;
                ended.retain(|inner| {
                    let path = &run.trace.node(*inner).path;
                    path.len() <= outer.len() || !path.starts_with(outer)
                });
            }
            EventKind::Milestone(milestone) if !milestones.insert(*milestone) => {
                return Err(format!("`{}` comes twice", milestone.word()));
            }
            _ => {}
        }
    }
    if milestones.contains(&Milestone::Resolved) && milestones.contains(&Milestone::Failed) {
        return Err("resolved and failed".to_owned());
    }
    Ok(())
}

/// What destroys was approved by two people if the run's severity is the highest: from the start, since
/// severity that isn't known yet counts as that.
fn approvals(checked: &Checked, run: &Run) -> Result<(), String> {
    // A gate has the path of its step; the path of what runs inside of a task begins with the task's.
    let path = |node: TraceNodeId| run.trace.node(node).path.to_vec();
    let mut granted: BTreeMap<Vec<StepRef>, BTreeSet<std::sync::Arc<str>>> = BTreeMap::new();
    let mut approved: BTreeSet<Vec<StepRef>> = BTreeSet::new();
    let critical = run.trace.events.iter().any(|event| match &event.kind {
        EventKind::Severity { value: Value::Variant(variant), .. } => &*variant.name == "critical",
        _ => false,
    });
    for event in &run.trace.events {
        match (&event.kind, event.node) {
            (EventKind::Granted { person, .. }, Some(node)) => {
                granted.entry(path(node)).or_default().insert(person.id.clone());
            }
            (EventKind::GateClosed(GateOutcome::Approved), Some(node))
                if granted.get(&path(node)).is_some_and(|grants| grants.len() >= 2) =>
            {
                approved.insert(path(node));
            }
            (EventKind::Attempt(call), Some(node)) if call.effect == Effect::Destroys && critical => {
                let item = call.item.and_then(|item| checked.item(item));
                if item.is_some_and(|item| matches!(item.kind, ItemKind::Task(_))) {
                    // What the task does is looked at by itself.
                    continue;
                }
                let path = path(node);
                if !(1..=path.len()).any(|length| approved.contains(&path[..length])) {
                    return Err(format!("`{}` destroys unapproved", run.trace.node(node).name));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
