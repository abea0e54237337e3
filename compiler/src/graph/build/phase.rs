//! What runs only after the run is resolved or has failed, and what can fail it.

use std::collections::BTreeSet;

use crate::{
    diagnostic::Diagnostic,
    findings::graph::{
        milestone_never_comes, needs_after_failed, resolved_after_unsure, waits_for_both_ends,
    },
    graph::{
        Edge, Join, ModuleMeaning, NodeId, NodeKind, OnFailurePlan, Phase, Reason, StepGraph, StepPlan,
        describe,
    },
    hir::ExprId,
    names::{Def, Milestone},
};

/// Sets the phases, adds the edges to `failed`, and checks what depends on both.
pub(super) fn settle(
    module: ModuleMeaning<'_>,
    graph: &mut StepGraph,
    resolved_after: &[ExprId],
) -> Vec<Diagnostic> {
    let Some(failed) = graph.milestone(Milestone::Failed) else { return Vec::new() };
    let resolved = graph.milestone(Milestone::Resolved);
    let after_failed = behind(graph, failed);
    let after_resolved = resolved.map(|resolved| behind(graph, resolved)).unwrap_or_default();
    for node in &after_resolved {
        graph.node_mut(*node).phase = Phase::AfterResolved;
    }
    for node in &after_failed {
        graph.node_mut(*node).phase = Phase::AfterFailed;
    }

    let mut found = unsure(module, graph, resolved_after);
    let decisive: BTreeSet<_> =
        resolved_after.iter().filter_map(|expr| named(module, graph, *expr)).collect();
    let fail = |(id, plan): (NodeId, &StepPlan)| {
        let change = plan.is_change() && plan.every.is_none() && may_end_badly(graph, id, plan);
        let before = graph.node(id).phase == Phase::Response;
        (decisive.contains(&id) || change && before).then_some(id)
    };
    let failing: Vec<_> = graph.steps().filter_map(fail).collect();
    found.extend(missing_milestones(module, graph, !failing.is_empty()));
    found.extend(not_said(module, graph, failed, &after_resolved));
    found.extend(both_ends(module, graph, (resolved, &after_resolved), (failed, &after_failed)));
    for from in failing {
        let name = graph.step(from).map(|plan| module.hir.locals[plan.local].name.span);
        let span = name.unwrap_or(graph.node(from).span);
        graph.add_edge(Edge { from, to: failed, reason: Reason::Milestone, span });
    }
    found
}

/// Whether a step can end as failed or blocked: all but those with `continue` and nothing outside of
/// that clause.
fn may_end_badly(graph: &StepGraph, id: NodeId, plan: &StepPlan) -> bool {
    let blocks = |from: NodeId, reason: Reason| match &graph.node(from).kind {
        NodeKind::Step(plan) => reason != Reason::Place || plan.is_change(),
        NodeKind::Join(join) => *join != Join::Looks,
        NodeKind::Let(_) | NodeKind::Return(_) => true,
        NodeKind::Gate(_) | NodeKind::Severity(_) | NodeKind::Cause(_) | NodeKind::Milestone(_) => false,
    };
    let mut edges = graph.incoming(graph.entry(id)).iter().map(|edge| graph.edge(*edge));
    !matches!(plan.on_failure, Some(OnFailurePlan::Continue))
        || plan.gate.is_some()
        || plan.each.is_some()
        || !plan.guards.is_empty()
        || edges.any(|edge| blocks(edge.from, edge.reason))
}

/// All nodes that wait for a node.
fn behind(graph: &StepGraph, node: NodeId) -> BTreeSet<NodeId> {
    let (mut seen, mut stack) = (BTreeSet::new(), vec![node]);
    while let Some(node) = stack.pop() {
        for edge in graph.outgoing(node) {
            let to = graph.edge(*edge).to;
            if seen.insert(to) {
                stack.push(to);
            }
        }
    }
    seen
}

fn named(module: ModuleMeaning<'_>, graph: &StepGraph, expr: ExprId) -> Option<NodeId> {
    match module.def(expr)? {
        Def::Local(local) => graph.node_of_local(local),
        _ => None,
    }
}

/// Rule 19: the targets of `resolved after` run whatever was done, and fail the run if they fail.
fn unsure(module: ModuleMeaning<'_>, graph: &StepGraph, resolved_after: &[ExprId]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for expr in resolved_after {
        let Some(node) = named(module, graph, *expr) else { continue };
        let place = module.span(*expr);
        let Some(plan) = graph.step(node) else {
            found.push(resolved_after_unsure::not_a_step(place));
            continue;
        };
        let step = &module.hir.steps[plan.step];
        let skips = graph.entry(node) != node
            && matches!(&graph.node(graph.entry(node)).kind, NodeKind::Gate(gate) if gate.else_skip);
        let reason = if let Some(guard) = plan.guards.first() {
            Some((module.span(graph.guard(*guard).condition), "is skipped if this is false"))
        } else if skips {
            step.clauses.approve.as_ref().map(|clause| (clause.span, "is skipped if it isn't approved"))
        } else if let Some(every) = &step.clauses.every {
            Some((every.span, "repeats with `every`, so it never ends"))
        } else if matches!(plan.on_failure, Some(OnFailurePlan::Continue | OnFailurePlan::Use(_))) {
            step.clauses.on_failure.as_ref().map(|clause| (clause.span, "continues if it fails"))
        } else {
            None
        };
        if let Some((span, why)) = reason {
            found.push(resolved_after_unsure::finding(place, &step.name.text, span, why));
        }
    }
    found
}

/// `after resolved` without `resolved after`, or `after failed` where nothing can fail.
fn missing_milestones(module: ModuleMeaning<'_>, graph: &StepGraph, can_fail: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, plan) in graph.steps() {
        let after = module.hir.steps[plan.step].clauses.after.iter().flat_map(|clause| &clause.value);
        for target in after {
            let (target, _) = super::edges::delayed(module, *target);
            let Some(Def::Milestone(milestone)) = module.def(target) else { continue };
            let reason = match milestone {
                Milestone::Failed if !can_fail => milestone_never_comes::Reason::NothingFails,
                Milestone::Resolved if graph.milestone(milestone).is_none() => {
                    milestone_never_comes::Reason::NothingResolves
                }
                Milestone::Assessed if graph.milestone(milestone).is_none() => {
                    milestone_never_comes::Reason::NoSeverity
                }
                _ => continue,
            };
            found.push(milestone_never_comes::finding(module.span(target), milestone.word(), reason));
        }
    }
    found
}

/// What waits for both ends of a run never runs.
fn both_ends(
    module: ModuleMeaning<'_>,
    graph: &StepGraph,
    (resolved, after_resolved): (Option<NodeId>, &BTreeSet<NodeId>),
    (failed, after_failed): (NodeId, &BTreeSet<NodeId>),
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, plan) in graph.steps().filter(|(id, _)| after_resolved.contains(id) && after_failed.contains(id))
    {
        let edges = || graph.incoming(graph.entry(id)).iter().map(|edge| graph.edge(*edge));
        // Whatever waits for such a step follows from it: no second message.
        let good = edges().find(|edge| Some(edge.from) == resolved || after_resolved.contains(&edge.from));
        let bad = edges().find(|edge| edge.from == failed || after_failed.contains(&edge.from));
        let inherited =
            edges().any(|edge| after_resolved.contains(&edge.from) && after_failed.contains(&edge.from));
        if let (Some(good), Some(bad), false) = (good, bad, inherited) {
            let name = &module.hir.steps[plan.step].name;
            found.push(waits_for_both_ends::finding(name.span, &name.text, good.span, bad.span));
        }
    }
    found
}

/// Rule 24: only a step with `after failed` of its own may refer to what runs only after a failure.
fn not_said(
    module: ModuleMeaning<'_>,
    graph: &StepGraph,
    failed: NodeId,
    after_resolved: &BTreeSet<NodeId>,
) -> Vec<Diagnostic> {
    let says =
        |node: NodeId| graph.incoming(graph.entry(node)).iter().any(|edge| graph.edge(*edge).from == failed);
    let mut found = Vec::new();
    let late = graph.nodes().filter(|(_, node)| node.phase == Phase::AfterFailed);
    // What waits for both ends is another finding.
    for (id, node) in late.filter(|(id, _)| !after_resolved.contains(id)) {
        let waits = match &node.kind {
            NodeKind::Step(_) => graph.entry(id),
            NodeKind::Cause(_) | NodeKind::Severity(_) => id,
            // A `let` only passes on its references, and a milestone is explicit.
            _ => continue,
        };
        // Whatever depends only on such a step follows from this one: no second message.
        let late = |from: NodeId| {
            graph.node(from).phase == Phase::AfterFailed
                && (says(from) || matches!(graph.node(from).kind, NodeKind::Let(_)))
        };
        let mut edges = graph.incoming(waits).iter().map(|edge| graph.edge(*edge));
        if !says(id)
            && let Some(edge) = edges.find(|edge| late(edge.from) && edge.reason != Reason::Place)
        {
            let (waiting, needed) = (describe(module, graph, id), describe(module, graph, edge.from));
            found.push(needs_after_failed::finding(edge.span, &waiting, &needed));
        }
    }
    found
}
