//! Compares `resolve within` with the worst case (rules 19 and 29), and computes `check --durations`.

use super::{
    Graphs, Meaning, Measure, Nanoseconds, NodeId, NodeKind, Schedule, Schedules, StepGraph, describe,
};
use crate::{
    diagnostic::Diagnostic,
    findings::graph::{
        resolve_within_exceeded::{self, Leg},
        resolve_within_needs_people, resolve_within_unresolved, worst_case_unknown,
    },
    hir::{Item, ItemKind},
    names::{ItemId, Milestone},
    source::FileId,
};

/// How long a playbook takes; `None` if something has no known bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Durations {
    /// Until it is resolved, if it can be, and until the run ends.
    pub worst: Span,
    /// The same with instant human responses.
    pub without_people: Span,
    /// The same if nothing fails and all calls take their typical time.
    pub expected: Span,
}

/// Two durations of a run, counted from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// `resolved`.
    pub resolved: Option<Nanoseconds>,
    /// Until nothing is left to do, including undos.
    pub over: Option<Nanoseconds>,
}

/// The durations of a playbook or task, by all measures.
pub fn durations(schedules: &mut Schedules<'_>, graphs: &Graphs, item: ItemId) -> Durations {
    let Some(graph) = graphs.get(item) else { return Durations::default() };
    let mut by = |measure| match schedules.get(item, measure) {
        Some(schedule) => Span { resolved: schedule.resolved(graph), over: schedule.total },
        None => Span::default(),
    };
    Durations {
        worst: by(Measure::Worst),
        without_people: by(Measure::WithoutPeople),
        expected: by(Measure::Expected),
    }
}

/// Whether the worst case of a playbook or task can be computed; compares `resolve within` of a module's
/// playbooks with it.
pub fn check(meaning: &Meaning<'_>, graphs: &Graphs, file: FileId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut schedules = Schedules::new(graphs);
    let Some(module) = meaning.module(file) else { return found };
    for (index, item) in module.hir.items.iter().enumerate() {
        let id = ItemId::new(file, index);
        found.extend(uncountable(meaning, &mut schedules, graphs, id, item));
        let ItemKind::Playbook(playbook) = &item.kind else { continue };
        let (Some(within), Some(graph)) = (playbook.resolve_within, graphs.get(id)) else { continue };
        let span = module.span(within);
        let Some(resolved) = graph.milestone(Milestone::Resolved) else {
            found.push(resolve_within_unresolved::finding(span));
            continue;
        };
        let Some(promised) = graph.resolve_within else { continue };
        let mut path = |measure| {
            let schedule = schedules.get(id, measure)?;
            let worst = schedule.node(resolved).end?;
            (worst > promised).then(|| (worst, legs(meaning, graph, schedule, resolved)))
        };
        if let Some((worst, path)) = path(Measure::WithoutPeople) {
            found.push(resolve_within_exceeded::finding(span, promised, worst, &path));
        } else if let Some((worst, path)) = path(Measure::Worst) {
            let machines =
                schedules.get(id, Measure::WithoutPeople).and_then(|schedule| schedule.node(resolved).end);
            let machines = machines.unwrap_or_default();
            found.push(resolve_within_needs_people::finding(span, promised, worst, machines, &path));
        }
    }
    found
}

/// Why the worst case of an item can't be computed. For a task that it calls, this is reported at the task.
fn uncountable(
    meaning: &Meaning<'_>,
    schedules: &mut Schedules<'_>,
    graphs: &Graphs,
    id: ItemId,
    item: &Item,
) -> Option<Diagnostic> {
    let (module, graph) = (meaning.module(id.file)?, graphs.get(id)?);
    let mut too_long = |item| schedules.get(item, Measure::Worst).is_some_and(|it| it.too_long);
    if !too_long(id) || graph.tasks().any(&mut too_long) {
        return None;
    }
    let schedule = schedules.get(id, Measure::Worst)?;
    let culprit = graph.nodes().find(|(node, _)| {
        let time = schedule.node(*node);
        time.start.is_some() && time.end.is_none()
    });
    let culprit = culprit.map(|(node, at)| match &at.kind {
        NodeKind::Step(plan) => (module.hir.locals[plan.local].name.span, describe(module, graph, node)),
        _ => (at.span, describe(module, graph, node)),
    });
    Some(worst_case_unknown::finding(&item.name, culprit))
}

/// The steps that take time on the longest path to a node.
fn legs(meaning: &Meaning<'_>, graph: &StepGraph, schedule: &Schedule, to: NodeId) -> Vec<Leg> {
    let Some(module) = meaning.module(graph.item.file) else { return Vec::new() };
    let mut legs = Vec::new();
    for (node, edge) in schedule.critical_path(graph, to) {
        let time = schedule.node(node);
        let (Some(start), Some(end)) = (time.start, time.end) else { continue };
        if let Some(edge) = edge
            && let Some(before) = schedule.node(graph.edge(edge).from).end
            && start > before
        {
            let name = format!("the delay of {}", describe(module, graph, node));
            legs.push(Leg { name, span: graph.edge(edge).span, length: start - before, end: start });
        }
        if end > start {
            let span = match &graph.node(node).kind {
                NodeKind::Step(plan) => module.hir.locals[plan.local].name.span,
                _ => graph.node(node).span,
            };
            legs.push(Leg { name: describe(module, graph, node), span, length: end - start, end });
        }
    }
    legs
}
