//! Builds the graph of a playbook or task.
//!
//! Two passes over the statements: the first creates the nodes in source order and orders the changes; the
//! second adds an edge for each reference, since a step may refer to a later one.

mod bound;
mod edges;
mod moment;
mod phase;
mod place;
mod step;

use super::{
    CauseNode, Edge, Guard, GuardId, GuardOrigin, Join, LetNode, Meaning, ModuleMeaning, Node, NodeId,
    NodeKind, Phase, Reason, StepGraph, cycle,
};
use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    findings::graph::too_many_conditions,
    hir::{
        BinaryOp, Block, Cause, ExprId, ExprKind, IfStatement, Item, ItemKind, PartBody, PartKind, Playbook,
        Statement, StatementKind, StepId, UnaryOp,
    },
    names::{Def, ItemId, Milestone},
    source::{FileId, Span},
};
use bound::{Bounds, Least};
use edges::NodeUses;
use place::{Above, Order, Placed};

/// The graphs of a module's playbooks and tasks.
pub type Bodies = Vec<(ItemId, Arc<StepGraph>)>;

/// The graphs of the playbooks and tasks of one module, in source order.
pub fn build(meaning: &Meaning<'_>, file: FileId) -> (Bodies, Vec<Diagnostic>) {
    let (mut bodies, mut found) = (Vec::new(), Vec::new());
    let Some(module) = meaning.module(file) else { return (bodies, found) };
    for (index, item) in module.hir.items.iter().enumerate() {
        let id = ItemId::new(file, index);
        match &item.kind {
            ItemKind::Playbook(playbook) => {
                let mut builder = Builder::new(meaning, module, id);
                builder.playbook(playbook, item);
                let (graph, diagnostics) = builder.finish();
                bodies.push((id, Arc::new(graph)));
                found.extend(diagnostics);
            }
            ItemKind::Task(task) => {
                let mut builder = Builder::new(meaning, module, id);
                builder.block(&task.body, &Place::default());
                let (graph, diagnostics) = builder.finish();
                bodies.push((id, Arc::new(graph)));
                found.extend(diagnostics);
            }
            ItemKind::Action(action) => {
                let mut bounds = Bounds::new(meaning, file);
                if let Some(timeout) = action.contract.timeout {
                    bounds.duration(timeout, "timeout", Least::Something);
                }
                found.extend(bounds.found);
            }
            _ => {}
        }
    }
    (bodies, found)
}

/// Nobody can follow more conditions on one step, and each one costs all steps after it.
const CONDITIONS: usize = 100;

struct Builder<'a> {
    meaning: &'a Meaning<'a>,
    module: ModuleMeaning<'a>,
    graph: StepGraph,
    above: Above,
    bounds: Bounds<'a>,
    /// The references of each node, for the second pass.
    uses: Vec<(NodeId, NodeUses)>,
    /// The joins of conditions of blocks that refer to much.
    joined: BTreeMap<GuardId, NodeId>,
    /// What conditions that read the moment wait for, besides their references.
    moments: BTreeMap<GuardId, NodeId>,
    /// Those of them whose block has no step so far.
    undecided: Vec<NodeId>,
    /// Those of them that wait as a step does.
    decided: BTreeMap<StepId, Vec<NodeId>>,
    /// The targets of `resolved after`.
    resolved_after: Vec<ExprId>,
}

/// The position of a statement.
#[derive(Debug, Clone, Default)]
struct Place {
    part: Option<PartKind>,
    cause: Option<NodeId>,
    guards: Vec<GuardId>,
}

impl<'a> Builder<'a> {
    fn new(meaning: &'a Meaning<'a>, module: ModuleMeaning<'a>, item: ItemId) -> Self {
        Self {
            meaning,
            module,
            graph: StepGraph::new(item),
            above: Above::default(),
            bounds: Bounds::new(meaning, item.file),
            uses: Vec::new(),
            joined: BTreeMap::new(),
            moments: BTreeMap::new(),
            undecided: Vec::new(),
            decided: BTreeMap::new(),
            resolved_after: Vec::new(),
        }
    }

    fn playbook(&mut self, playbook: &Playbook, item: &Item) {
        let name = item.name.span;
        self.graph.resolve_within = playbook
            .resolve_within
            .and_then(|within| self.bounds.duration(within, "resolve within", Least::Something));
        self.milestone(Milestone::Started, name, None);
        for part in &playbook.parts {
            if let PartBody::Block(block) = &part.body {
                self.block(block, &Place { part: Some(part.kind), ..Place::default() });
            }
            if part.kind == PartKind::Triage {
                self.milestone(Milestone::Triaged, part.keyword, Some(part.kind));
            }
        }
        if self.graph.milestone(Milestone::Triaged).is_none() {
            self.milestone(Milestone::Triaged, name, None);
        }
        if let Some(first) = self.resolved_after.first() {
            let span = self
                .resolved_after
                .iter()
                .fold(self.module.span(*first), |all, expr| all.to(self.module.span(*expr)));
            self.milestone(Milestone::Resolved, span, Some(PartKind::Remediate));
        }
        self.milestone(Milestone::Failed, name, None);
    }

    fn finish(mut self) -> (StepGraph, Vec<Diagnostic>) {
        edges::connect(&mut self);
        let mut found = self.bounds.found;
        found.extend(phase::settle(self.module, &mut self.graph, &self.resolved_after));
        found.extend(cycle::check(self.module, &self.graph));
        (self.graph, found)
    }

    fn block(&mut self, block: &Block, place: &Place) {
        for statement in &block.statements {
            self.statement(statement, place);
        }
    }

    fn statement(&mut self, statement: &Statement, place: &Place) {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Step(step) => self.step(*step, place),
            StatementKind::Let(it) => {
                let node = LetNode { local: it.local, value: it.value, guards: place.guards.clone() };
                let node = self.node(NodeKind::Let(node), span, place);
                self.uses.push((node, NodeUses::Guarded(place.guards.clone(), it.value)));
            }
            StatementKind::If(it) => self.group(it, place),
            StatementKind::Cause(it) => self.cause(it, span, place),
            StatementKind::Severity(value) => {
                if self.graph.severity().is_none() {
                    let node = self.node(NodeKind::Severity(*value), span, place);
                    self.uses.push((node, NodeUses::Value(*value)));
                    self.milestone(Milestone::Assessed, span, place.part);
                }
            }
            StatementKind::Resolved(steps) => self.resolved_after.extend(steps),
            StatementKind::Return(value) => {
                let node = self.node(NodeKind::Return(*value), span, place);
                self.uses.push((node, NodeUses::Value(*value)));
            }
            // The cause around them reads them; elsewhere they are another finding.
            StatementKind::Suspect(_) | StatementKind::RuleOut(_) => {}
        }
    }

    fn step(&mut self, id: StepId, place: &Place) {
        let module = self.module;
        let step = &module.hir.steps[id];
        let mut guards = place.guards.clone();
        let around = guards.len();
        if let Some(when) = &step.clauses.when {
            self.split(when.value, true, GuardOrigin::When, &mut guards);
            self.limit(&mut guards, when.value);
        }
        let placed = Placed {
            effect: step::effect(self.meaning, module, id, step),
            part: place.part,
            order: self.order(id),
            span: module.span(step.call),
        };
        let needed = self.above.needed_by(placed, &mut self.graph);
        let own = guards.get(around..).unwrap_or_default().iter().copied();
        let own: Vec<_> = own.filter(|guard| self.graph.guard(*guard).moment).collect();
        self.decide_moments(id, &own, &needed, placed.span, place);
        let gated = step.clauses.approve.is_some();
        let behind = NodeId((self.graph.node_count() + usize::from(gated)) as u32);
        let gate = step::gate(step, behind, &mut self.bounds).map(|gate| {
            let span = step.clauses.approve.as_ref().map_or(step.span, |clause| clause.span);
            (self.node(NodeKind::Gate(gate), span, place), span)
        });
        let gate_node = gate.map(|(node, _)| node);
        let plan = step::plan(self.meaning, module, id, guards, gate_node, &mut self.bounds);
        let node = self.node(NodeKind::Step(Box::new(plan)), step.span, place);
        for from in needed {
            self.graph.add_edge(place_edge(from, gate_node.unwrap_or(node), placed.span));
        }
        if let Some((gate, span)) = gate {
            self.graph.add_edge(Edge { from: gate, to: node, reason: Reason::Approval, span });
        }
        self.above.add(placed, node);
        self.uses.push((node, NodeUses::Step(id)));
    }

    fn order(&self, id: StepId) -> Order {
        let clauses = &self.module.hir.steps[id].clauses;
        let Some(after) = &clauses.after else {
            return if clauses.every.is_some() { Order::Recurring } else { Order::Place };
        };
        let ends = after.value.iter().any(|target| {
            let (target, _) = edges::delayed(self.module, *target);
            let def = self.module.def(target);
            matches!(def, Some(Def::Milestone(Milestone::Resolved | Milestone::Failed)))
        });
        if ends || clauses.every.is_some() { Order::Apart } else { Order::After }
    }

    fn group(&mut self, group: &IfStatement, place: &Place) {
        // The negated conditions of the previous branches.
        let mut inner = place.clone();
        let mut moments = Vec::new();
        for (index, (condition, block)) in group.branches.iter().enumerate() {
            let mut branch = inner.clone();
            if moment::reads_moment(self.module, *condition) {
                // All branches have to be decided by a single evaluation.
                let guards = [true, false].map(|wanted| self.guard(*condition, wanted, GuardOrigin::Group));
                branch.guards.push(guards[0]);
                inner.guards.push(guards[1]);
                moments.extend(self.moment_of_group(group, index, guards, place));
            } else {
                self.split(*condition, true, GuardOrigin::Group, &mut branch.guards);
                self.split(*condition, false, GuardOrigin::Group, &mut inner.guards);
            }
            if !self.limit(&mut branch.guards, *condition) {
                self.undecided.retain(|join| !moments.contains(join));
                return;
            }
            self.join(&branch.guards[place.guards.len()..], place);
            self.block(block, &branch);
        }
        if let (Some(block), Some((last, _))) = (&group.otherwise, group.branches.last())
            && self.limit(&mut inner.guards, *last)
        {
            self.join(&inner.guards[place.guards.len()..], place);
            self.block(block, &inner);
        }
        self.undecided.retain(|join| !moments.contains(join));
    }

    fn cause(&mut self, cause: &Cause, span: Span, place: &Place) {
        let lines = |wanted: fn(&StatementKind) -> Option<ExprId>| {
            cause.body.statements.iter().filter_map(|line| wanted(&line.kind)).collect::<Vec<_>>()
        };
        let suspect = lines(|kind| if let StatementKind::Suspect(expr) = kind { Some(*expr) } else { None });
        let rule_out = lines(|kind| if let StatementKind::RuleOut(expr) = kind { Some(*expr) } else { None });
        let mut uses = suspect.clone();
        uses.extend(&rule_out);
        let node = CauseNode { local: cause.local, sentence: cause.sentence, suspect, rule_out };
        let node = self.node(NodeKind::Cause(node), span, place);
        self.block(&cause.body, &Place { cause: Some(node), ..place.clone() });
        self.uses.push((node, NodeUses::Cause(uses)));
    }

    /// A condition's conjuncts, as guards.
    fn split(&mut self, condition: ExprId, wanted: bool, origin: GuardOrigin, guards: &mut Vec<GuardId>) {
        let mut stack = vec![(condition, wanted)];
        while let Some((condition, wanted)) = stack.pop() {
            match (&self.module.hir.exprs[condition].kind, wanted) {
                (ExprKind::Binary(BinaryOp::And, left, right), true)
                | (ExprKind::Binary(BinaryOp::Or, left, right), false) => {
                    stack.extend([(*right, wanted), (*left, wanted)]);
                }
                (ExprKind::Unary(UnaryOp::Not, operand), _) => stack.push((*operand, !wanted)),
                _ => guards.push(self.guard(condition, wanted, origin)),
            }
        }
    }

    fn guard(&mut self, condition: ExprId, wanted: bool, origin: GuardOrigin) -> GuardId {
        let moment = moment::reads_moment(self.module, condition);
        self.graph.add_guard(Guard { condition, wanted, origin, moment })
    }

    /// Whether a step has an allowed number of conditions; those beyond are dropped.
    fn limit(&mut self, guards: &mut Vec<GuardId>, last: ExprId) -> bool {
        let fits = guards.len() <= CONDITIONS;
        if !fits {
            guards.truncate(CONDITIONS);
            self.bounds.found.push(too_many_conditions::finding(self.module.span(last), CONDITIONS));
        }
        fits
    }

    /// A join for each condition that refers to much, since all steps of the block would wait for all of it.
    fn join(&mut self, guards: &[GuardId], place: &Place) {
        for guard in guards {
            let condition = self.graph.guard(*guard).condition;
            let known = self.joined.contains_key(guard);
            if !known && edges::names_many(self.module, condition) {
                let node = self.node(NodeKind::Join(Join::Values), self.module.span(condition), place);
                self.uses.push((node, NodeUses::Condition(*guard)));
                self.joined.insert(*guard, node);
            }
        }
    }

    fn milestone(&mut self, milestone: Milestone, span: Span, part: Option<PartKind>) {
        self.node(NodeKind::Milestone(milestone), span, &Place { part, ..Place::default() });
    }

    fn node(&mut self, kind: NodeKind, span: Span, place: &Place) -> NodeId {
        self.graph.add_node(Node { kind, span, part: place.part, cause: place.cause, phase: Phase::Response })
    }
}

fn place_edge(from: NodeId, to: NodeId, span: Span) -> Edge {
    Edge { from, to, reason: Reason::Place, span }
}
