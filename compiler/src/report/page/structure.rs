//! A playbook or task as one page, without a run: what waits for what, why, and how long it can take.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use maud::{Markup, html};

use super::{
    boxes::{Shape, boxes},
    section, whole,
};
use crate::{
    check::Checked,
    graph::{
        Callee, DurationSpan, Measure, Nanoseconds, NodeId, NodeKind, Schedule, Schedules, StepGraph,
        describe, durations, waits,
    },
    hir::Effect,
    names::{ItemId, Milestone},
    simulate::{timeline::letter, value::duration_for_people},
    world::World,
};

/// The page of a playbook or task, as HTML; none if the item is neither, or if its steps wait for each
/// other.
pub fn graph_page(world: &dyn World, checked: &Checked, item: ItemId) -> Option<String> {
    let mut schedules = Schedules::new(&checked.graphs);
    let own = body(checked, &mut schedules, item, 0)?;
    let declared = checked.item(item)?;
    let about: Vec<&str> = declared.docs.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let times = durations(&mut schedules, &checked.graphs, item);
    let promised = checked.graphs.get(item)?.resolve_within;
    let tasks: Vec<(ItemId, Markup)> = (1..)
        .zip(tasks(checked, item))
        .filter_map(|(number, task)| Some((task, body(checked, &mut schedules, task, number)?)))
        .collect();
    let name = |item| checked.item(item).map(|item| item.name.text.to_string()).unwrap_or_default();
    let page = html! {
        header {
            div.crumb { (declared.kind.word()) " · " (world.module_path(item.file)) }
            h1 { (declared.name.text) }
            @if !about.is_empty() { p.about { (about.join(" ")) } }
            div.chips {
                (chip("in the worst case", times.worst))
                (chip("with instant human responses", times.without_people))
                (chip("typically", times.expected))
                @if let Some(promised) = promised {
                    @let kept = times.worst.resolved.is_some_and(|worst| worst <= promised);
                    span.chip.(if kept { "good" } else { "warn" }) {
                        "promises to resolve within " (duration_for_people(promised))
                    }
                }
            }
        }
        main {
            (section("graph", "Dependencies", own))
            @for (task, body) in tasks {
                (section(&format!("task-{}", name(task)), &format!("Task {}", name(task)), body))
            }
        }
        footer { "Times are measured from the start of the run. Worst-case times hold in every run." }
    };
    Some(whole(&name(item), page))
}

fn chip(when: &str, times: DurationSpan) -> Markup {
    let over = times.over.map(duration_for_people);
    html! {
        @if let Some(over) = over {
            span.chip {
                @if let Some(resolved) = times.resolved {
                    "resolved within " (duration_for_people(resolved)) ", "
                }
                "finished within " (over) " " (when)
            }
        }
    }
}

/// The drawing and the list of steps.
fn body(checked: &Checked, schedules: &mut Schedules<'_>, item: ItemId, number: usize) -> Option<Markup> {
    let graph = checked.graphs.get(item)?;
    let worst = schedules.get(item, Measure::Worst)?.clone();
    let usual = schedules.get(item, Measure::Expected)?.clone();
    let path = critical(graph, &worst);
    Some(html! {
        (boxes(graph, number, "the critical path", |node| shape(checked, graph, &worst, &path, node)))
        (steps(checked, graph, &worst, &usual))
    })
}

/// The nodes on the longest path to the milestone, or else to what ends last.
fn critical(graph: &StepGraph, schedule: &Schedule) -> BTreeSet<NodeId> {
    let end = graph.milestone(Milestone::Resolved).or_else(|| schedule.last(graph));
    let path = end.map(|end| schedule.critical_path(graph, end)).unwrap_or_default();
    path.into_iter().map(|(node, _)| node).collect()
}

fn shape(
    checked: &Checked,
    graph: &StepGraph,
    worst: &Schedule,
    path: &BTreeSet<NodeId>,
    id: NodeId,
) -> Shape {
    let node = graph.node(id);
    let by = worst.node(id).end.map(|end| format!("by {}", duration_for_people(end))).unwrap_or_default();
    let (class, note) = match &node.kind {
        NodeKind::Step(plan) => {
            let class = match plan.effect {
                Effect::Changes => "changes",
                Effect::Destroys => "destroys",
                _ => "ok",
            };
            let often = if plan.every.is_some() { "repeats".to_owned() } else { by };
            (class, format!("{} · {often}", plan.effect.word()))
        }
        NodeKind::Cause(_) => ("judged", format!("decided {by}")),
        NodeKind::Severity(_) => ("judged", format!("known {by}")),
        NodeKind::Milestone(Milestone::Failed) => ("failed", "if a change fails".to_owned()),
        _ => ("reached", by),
    };
    Shape {
        name: name(checked, graph, id),
        note,
        class,
        part: letter(node.part),
        is_gated: matches!(&node.kind, NodeKind::Step(plan) if plan.gate.is_some()),
        is_critical: path.contains(&id),
    }
}

fn name(checked: &Checked, graph: &StepGraph, node: NodeId) -> String {
    let Some(module) = checked.module(graph.item.file) else { return String::new() };
    let local = |local| module.hir.locals[local].name.text.to_string();
    match &graph.node(node).kind {
        NodeKind::Step(plan) => local(plan.local),
        NodeKind::Cause(cause) => local(cause.local),
        NodeKind::Milestone(milestone) => milestone.word().to_owned(),
        _ => {
            let module = checked.meaning().module(graph.item.file);
            module.map(|module| describe(module, graph, node).replace('`', "")).unwrap_or_default()
        }
    }
}

/// The steps with what they do, when, and what they wait for.
fn steps(checked: &Checked, graph: &StepGraph, worst: &Schedule, usual: &Schedule) -> Markup {
    let meaning = checked.meaning();
    let Some(module) = meaning.module(graph.item.file) else { return html! {} };
    let time = |time: Option<Nanoseconds>| time.map(duration_for_people).unwrap_or_default();
    html! {
        details open {
            summary { "Steps" }
            table.steps {
                tr { th {} th { "step" } th { "effect" } th { "starts by" } th { "done by" } th { "typically done" } th { "waits for" } }
                @for (id, plan) in graph.steps() {
                    @let part = letter(graph.node(id).part);
                    tr class=(plan.effect.word()) {
                        td { @if part != ' ' { span.part.{ "p" (part) } { (part) } } }
                        td.name { (module.hir.locals[plan.local].name.text) }
                        td.effect { (plan.effect.word()) }
                        td.time { (time(worst.node(id).start)) }
                        td.time { (time(worst.node(id).end)) }
                        td.time { (time(usual.node(id).end)) }
                        td { (waits(module, graph, id).join(", ").replace('`', "")) }
                    }
                }
            }
        }
    }
}

/// All tasks that an item calls, directly or not, each once.
fn tasks(checked: &Checked, item: ItemId) -> IndexSet<ItemId> {
    let mut found: IndexSet<ItemId> = IndexSet::new();
    let mut stack = vec![item];
    while let Some(next) = stack.pop() {
        for (_, plan) in checked.graphs.get(next).into_iter().flat_map(StepGraph::steps) {
            if let Callee::Task(task) = plan.callee
                && task != item
                && found.insert(task)
            {
                stack.push(task);
            }
        }
    }
    found
}
