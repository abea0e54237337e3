//! The second pass: an edge for each reference (rule 2), `after`, cause and milestone.

use std::collections::BTreeSet;

use super::{Builder, Least};
use crate::{
    graph::{DataUse, Edge, GuardId, ModuleMeaning, NodeId, NodeKind, Reason},
    hir::{BinaryOp, ExprId, ExprKind, LocalKind, OnFailure, StepId, Use, descendants},
    names::{Def, Milestone},
    source::Span,
};

/// Up to this many edges of a condition are added directly to the steps that it guards.
const FEW: usize = 8;

/// What a node refers to, and where.
#[derive(Debug, Clone)]
pub(super) enum NodeUses {
    /// A step: in its guards, its call and its clauses.
    Step(StepId),
    /// In a value.
    Value(ExprId),
    /// In a value, after the guards of its blocks.
    Guarded(Vec<GuardId>, ExprId),
    /// In a condition: a join of what it refers to.
    Condition(GuardId),
    /// In the lines that decide a cause.
    Cause(Vec<ExprId>),
}

/// Adds the edges of all nodes.
pub(super) fn connect(builder: &mut Builder<'_>) {
    for (node, uses) in std::mem::take(&mut builder.uses) {
        let mut needs = Needs { builder, to: node, known: BTreeSet::new() };
        match uses {
            NodeUses::Step(step) => needs.step(step),
            NodeUses::Value(value) => needs.names(value, Reason::Data(DataUse::Value)),
            NodeUses::Guarded(guards, value) => {
                needs.guards(&guards);
                needs.names(value, Reason::Data(DataUse::Value));
            }
            NodeUses::Condition(guard) => {
                let condition = needs.builder.graph.guard(guard).condition;
                needs.names(condition, Reason::Data(DataUse::Value));
            }
            NodeUses::Cause(lines) => needs.cause(node, &lines),
        }
    }
    milestones(builder);
}

/// Whether an expression refers to more than a few steps, `let`s and causes.
pub(super) fn names_many(module: ModuleMeaning<'_>, expr: ExprId) -> bool {
    let names = descendants(&module.hir.exprs, expr).filter(|part| match module.def(*part) {
        Some(Def::Local(local)) => {
            matches!(module.hir.locals[local].kind, LocalKind::Step(_) | LocalKind::Let | LocalKind::Cause)
        }
        _ => false,
    });
    names.count() > FEW
}

/// Splits `X + D` into X and the delays; a plain X has none.
pub(super) fn delayed(module: ModuleMeaning<'_>, target: ExprId) -> (ExprId, Vec<ExprId>) {
    let (mut target, mut delays) = (target, Vec::new());
    while let ExprKind::Binary(BinaryOp::Add, left, right) = module.hir.exprs[target].kind {
        delays.push(right);
        target = left;
    }
    (target, delays)
}

/// The dependencies of one node.
struct Needs<'b, 'a> {
    builder: &'b mut Builder<'a>,
    to: NodeId,
    known: BTreeSet<(NodeId, Reason)>,
}

impl Needs<'_, '_> {
    fn step(&mut self, id: StepId) {
        let node = self.to;
        let module = self.builder.module;
        let clauses = &module.hir.steps[id].clauses;
        self.to = self.builder.graph.entry(node);
        let guards = self.builder.graph.step(node).map(|plan| plan.guards.clone()).unwrap_or_default();
        self.guards(&guards);
        for target in clauses.after.iter().flat_map(|clause| &clause.value) {
            self.after(id, *target);
        }
        if let Some(approve) = &clauses.approve {
            for expr in approve.value.groups.iter().chain(&approve.value.when) {
                self.names(*expr, Reason::Data(DataUse::Approval));
            }
        }
        if let Some(each) = &clauses.each {
            self.names(each.value.list, Reason::Data(DataUse::Each));
        }
        self.names(module.hir.steps[id].call, Reason::Data(DataUse::Value));
        if let Some(until) = clauses.repeat.as_ref().and_then(|clause| clause.value.until) {
            self.names(until, Reason::Data(DataUse::Until));
        }
        match clauses.on_failure.as_ref().map(|clause| clause.value) {
            Some(OnFailure::Use(expr) | OnFailure::Run(expr)) => {
                self.names(expr, Reason::Data(DataUse::OnFailure));
            }
            Some(OnFailure::Continue) | None => {}
        }
        if let Some(undo) = &clauses.undo {
            self.names(undo.value.call, Reason::Data(DataUse::Undo));
        }
    }

    fn guards(&mut self, guards: &[GuardId]) {
        for guard in guards {
            let condition = self.builder.graph.guard(*guard).condition;
            if let Some(moment) = self.builder.moments.get(guard) {
                self.edge(*moment, Reason::Condition(*guard), self.builder.module.span(condition));
            }
            match self.builder.joined.get(guard) {
                Some(join) => {
                    self.edge(*join, Reason::Condition(*guard), self.builder.module.span(condition))
                }
                None => self.names(condition, Reason::Condition(*guard)),
            }
        }
    }

    fn cause(&mut self, cause: NodeId, lines: &[ExprId]) {
        for line in lines {
            self.names(*line, Reason::Decides);
        }
        let graph = &self.builder.graph;
        let own =
            graph.steps().filter(|(id, plan)| graph.node(*id).cause == Some(cause) && plan.every.is_none());
        let own: Vec<_> = own.map(|(id, _)| (id, graph.node(id).span)).collect();
        for (step, span) in own {
            self.edge(step, Reason::Decides, span);
        }
    }

    fn after(&mut self, step: StepId, target: ExprId) {
        let span = self.builder.module.span(target);
        let (target, delays) = delayed(self.builder.module, target);
        let delay = delays.into_iter().try_fold(0_i64, |sum, delay| {
            Some(sum.saturating_add(self.builder.bounds.duration(delay, "after", Least::Zero)?))
        });
        if let Some(from) = self.node_of(target) {
            self.edge(from, Reason::After(delay), span);
            self.builder.moments_wait(step, from, Reason::After(delay), span);
        }
    }

    /// Adds an edge from each node that an expression refers to.
    fn names(&mut self, expr: ExprId, reason: Reason) {
        let module = self.builder.module;
        for part in descendants(&module.hir.exprs, expr) {
            let Some(from) = self.node_of(part) else { continue };
            let own = self.builder.graph.entry(from) == self.to;
            // In its own undo, a step's name is its result so far, if it has one. In its call the module of that name
            // is meant, if there is one: `step slack = slack.post(...)` is another finding.
            let meant = reason == Reason::Data(DataUse::Undo) || self.names_module(part);
            if !(own && meant) {
                self.edge(from, reason, module.span(part));
            }
        }
    }

    /// Whether a module is imported here under that name.
    fn names_module(&self, expr: ExprId) -> bool {
        let ExprKind::Name(name) = &self.builder.module.hir.exprs[expr].kind else { return false };
        let known = |line: &Use| match (&line.alias, &line.names) {
            (Some(alias), _) => alias.text == *name,
            (None, None) => line.path.text.rsplit('.').next() == Some(name),
            (None, Some(_)) => false,
        };
        self.builder.module.hir.uses.iter().any(known)
    }

    fn node_of(&self, expr: ExprId) -> Option<NodeId> {
        match self.builder.module.def(expr)? {
            Def::Local(local) => self.builder.graph.node_of_local(local),
            Def::Severity => self.builder.graph.severity(),
            Def::Milestone(milestone) => self.builder.graph.milestone(milestone),
            _ => None,
        }
    }

    fn edge(&mut self, from: NodeId, reason: Reason, span: Span) {
        if self.known.insert((from, reason)) {
            self.builder.graph.add_edge(Edge { from, to: self.to, reason, span });
        }
    }
}

/// The edges of the milestones; `failed` comes last, once it is known what happens before it.
fn milestones(builder: &mut Builder<'_>) {
    let graph = &builder.graph;
    let mut edges = Vec::new();
    if let (Some(severity), Some(assessed)) = (graph.severity(), graph.milestone(Milestone::Assessed)) {
        edges.push((severity, assessed, graph.node(severity).span));
    }
    if let Some(triaged) = graph.milestone(Milestone::Triaged) {
        let name = |local| builder.module.hir.locals[local].name.span;
        edges.extend(graph.nodes().filter_map(|(id, node)| match &node.kind {
            NodeKind::Cause(cause) => Some((id, triaged, name(cause.local))),
            _ => None,
        }));
    }
    if let Some(resolved) = graph.milestone(Milestone::Resolved) {
        for expr in &builder.resolved_after {
            if let Some(Def::Local(local)) = builder.module.def(*expr)
                && let Some(step) = graph.node_of_local(local)
            {
                edges.push((step, resolved, builder.module.span(*expr)));
            }
        }
    }
    for (from, to, span) in edges {
        builder.graph.add_edge(Edge { from, to, reason: Reason::Milestone, span });
    }
}
