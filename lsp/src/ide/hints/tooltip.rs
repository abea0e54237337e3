//! Tooltips of hints.

use quell_compiler::{
    check::Checked,
    graph::{Callee, GuardOrigin, OnFailurePlan, StepGraph, StepPlan},
    hir::{Effect, LocalKind},
    names::ItemId,
};

use super::HintKind;
use crate::ide::{
    Cursor, Snapshot,
    hover::hover,
    occurrences::{self, Meaning},
};

/// What is known beyond a hint about the name at the cursor, as Markdown.
pub fn tooltip(snapshot: &Snapshot, about: Cursor, kind: HintKind) -> Option<String> {
    let checked = snapshot.checked(about.file);
    let known = || Some(hover(snapshot, about)?.markdown);
    match kind {
        HintKind::Type | HintKind::Time => known(),
        HintKind::Missing => {
            let why = step_at(&checked, about).map(|(graph, plan)| why_missing(graph, plan));
            match why.filter(|why| !why.is_empty()) {
                Some(why) => Some(format!("May be `none`: {}.", why.join(", "))),
                None => Some(format!("May be `none`.\n\n{}", known()?)),
            }
        }
        HintKind::Effect => {
            let (_, plan) = step_at(&checked, about)?;
            let chain = chain(&checked, plan);
            let through =
                if chain.is_empty() { String::new() } else { format!("\n\nvia `{}`", chain.join("` → `")) };
            Some(format!("*{}*: {}{through}", plan.effect.word(), meaning(plan.effect)))
        }
    }
}

fn step_at(checked: &Checked, cursor: Cursor) -> Option<(&StepGraph, &StepPlan)> {
    let Meaning::Local(file, local) = occurrences::at(checked, cursor)?.meaning else { return None };
    let hir = &checked.module(file)?.hir;
    let LocalKind::Step(step) = hir.locals[local].kind else { return None };
    let graph = checked.graphs.get(ItemId { file, index: hir.steps[step].item })?;
    Some((graph, graph.step(graph.node_of_step(step)?)?))
}

/// Why a step may have no value.
fn why_missing(graph: &StepGraph, plan: &StepPlan) -> Vec<&'static str> {
    let guarded = |origin| plan.guards.iter().any(|guard| graph.guard(*guard).origin == origin);
    let gate = plan.gate.map(|gate| &graph.node(gate).kind);
    let else_skip = matches!(gate, Some(quell_compiler::graph::NodeKind::Gate(gate)) if gate.else_skip);
    let all = [
        (guarded(GuardOrigin::Group), "the step is inside an `if`"),
        (guarded(GuardOrigin::When), "the step has a `when`"),
        (else_skip, "the step is skipped if it isn't approved"),
        (matches!(plan.on_failure, Some(OnFailurePlan::Continue)), "a failure of the step is ignored"),
    ];
    all.into_iter().filter_map(|(holds, why)| holds.then_some(why)).collect()
}

/// The calls that lead to what a step does at most.
fn chain(checked: &Checked, plan: &StepPlan) -> Vec<String> {
    let name = |item| checked.item(item).map(|item| item.name.text.to_string());
    let mut names = Vec::new();
    let mut plan = Some(plan);
    // Tasks can't call themselves (that is a finding), but this must end even then.
    while let Some(step) = plan.take().filter(|_| names.len() < 50) {
        match step.callee {
            Callee::Action(action) => names.extend(name(action)),
            Callee::Manual => names.push("manual".to_owned()),
            Callee::Task(task) => {
                names.extend(name(task));
                let inside = checked.graphs.get(task);
                plan = inside
                    .and_then(|graph| graph.steps().find(|(_, it)| it.effect >= step.effect))
                    .map(|(_, it)| it);
            }
            Callee::Ask | Callee::AskMany | Callee::Unknown => {}
        }
    }
    names
}

fn meaning(effect: Effect) -> &'static str {
    match effect {
        Effect::Pure => "computes a value and calls nothing.",
        Effect::Reads => "reads, and changes nothing.",
        Effect::Asks => "waits for a person's answer.",
        Effect::Notifies => {
            "contacts people or updates the incident's records: chat, tickets, rooms, status pages."
        }
        Effect::Changes => "changes production.",
        Effect::Destroys => "can lose data, or can't be undone.",
    }
}
