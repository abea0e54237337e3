//! All that can go one way or another, found in the step graphs.

use std::{collections::HashMap, sync::Arc};

use super::{Body, BodyKind, Coverage, Outcome, Point, PointKind, Spot, choices};
use crate::{
    check::{Checked, CheckedModule},
    graph::{NodeKind, SaidBy, StepGraph, StepPlan},
    hir::{ExprId, ItemKind, LocalId},
    source::{FileId, Span},
    world::World,
};

/// The points of all playbooks and tasks in some files, with nothing tried yet.
pub fn plan(world: &dyn World, checked: &Checked, files: &[FileId]) -> Coverage {
    let mut coverage = Coverage::default();
    let mut files = files.to_vec();
    files.sort_unstable_by_key(|file| &world.source(*file).name);
    for file in files {
        let Some(module) = checked.module(file) else { continue };
        for (item, graph) in checked.graphs.bodies.iter().filter(|(item, _)| item.file == file) {
            let Some(declared) = checked.item(*item) else { continue };
            let kind = match &declared.kind {
                ItemKind::Playbook(_) => BodyKind::Playbook,
                _ => BodyKind::Task,
            };
            let mut finder = Finder { world, module, graph, points: Vec::new() };
            finder.all();
            let mut points = finder.points;
            // One place may be reached in two ways: the steps of a group share its condition.
            points.sort_by_key(|point| (point.span.start, point.spot));
            points.dedup_by_key(|point| (point.span, point.spot));
            let (name, span) = (declared.name.text.clone(), declared.name.span);
            coverage.bodies.push(Body { item: *item, kind, name, span, runs: 0, points });
        }
    }
    coverage.index = index(&coverage.bodies);
    coverage
}

fn index(bodies: &[Body]) -> HashMap<(Spot, Span), (usize, usize)> {
    let points = bodies.iter().enumerate().flat_map(|(body, found)| {
        found.points.iter().enumerate().map(move |(point, it)| ((it.spot, it.span), (body, point)))
    });
    points.collect()
}

struct Finder<'f> {
    world: &'f dyn World,
    module: &'f CheckedModule,
    graph: &'f StepGraph,
    points: Vec<Point>,
}

const BOTH: &[Outcome] = &[Outcome::True, Outcome::False];

impl Finder<'_> {
    fn all(&mut self) {
        for (_, node) in self.graph.nodes() {
            match &node.kind {
                NodeKind::Step(plan) => self.step(plan, node.span),
                NodeKind::Gate(gate) => {
                    let step = self.graph.step(gate.step).map(|plan| self.name(plan.local));
                    let outcomes = &[Outcome::Approved, Outcome::Refused, Outcome::Late];
                    self.add(Spot::Gate, node.span, step.unwrap_or_default(), outcomes);
                    if let Some(when) = gate.when {
                        self.condition(Spot::GateWhen, when);
                    }
                }
                NodeKind::Cause(cause) => {
                    let outcomes = &[Outcome::Suspected, Outcome::RuledOut];
                    self.add(Spot::Cause, node.span, self.name(cause.local), outcomes);
                    for line in cause.suspect.iter().chain(&cause.rule_out) {
                        self.condition(Spot::Line, *line);
                    }
                }
                NodeKind::Severity(expr) => {
                    for choice in choices::all(&self.module.hir, *expr) {
                        self.add(Spot::Choice, choice, self.written(choice), &[Outcome::Taken]);
                    }
                }
                NodeKind::Let(_) | NodeKind::Milestone(_) | NodeKind::Join(_) | NodeKind::Return(_) => {}
            }
        }
        self.guards();
    }

    fn step(&mut self, plan: &StepPlan, span: Span) {
        let name = self.name(plan.local);
        self.add(Spot::Step, span, name.clone(), &[Outcome::Ran]);
        let clauses = &self.module.hir.steps[plan.step].clauses;
        if let Some(clause) = &clauses.on_failure {
            self.add(Spot::Handling, clause.span, name.clone(), &[Outcome::Handled]);
        }
        if let Some(undo) = &plan.undo {
            // What the action's contract says is tried with the step, not once for all steps.
            let span = match undo.said_by {
                SaidBy::Step => undo.span,
                SaidBy::Action(_) => span,
            };
            self.add(Spot::Undo, span, name, &[Outcome::Undone]);
        }
    }

    /// The conditions of groups and of `when`. An `else` looks at a whole condition whose parts its `if`
    /// looks at: the parts tell more.
    fn guards(&mut self) {
        let span = |condition: ExprId| self.module.hir.exprs[condition].span;
        let all: Vec<(ExprId, Span)> =
            self.graph.guards().map(|(_, guard)| (guard.condition, span(guard.condition))).collect();
        let inside =
            |inner: Span, outer: Span| inner != outer && outer.start <= inner.start && inner.end <= outer.end;
        let smallest: Vec<ExprId> = all
            .iter()
            .filter(|(_, span)| !all.iter().any(|(_, other)| inside(*other, *span)))
            .map(|(condition, _)| *condition)
            .collect();
        for condition in smallest {
            self.condition(Spot::Guard, condition);
        }
    }

    fn condition(&mut self, spot: Spot, condition: ExprId) {
        let span = self.module.hir.exprs[condition].span;
        self.add(spot, span, self.written(span), BOTH);
    }

    fn add(&mut self, spot: Spot, span: Span, about: Arc<str>, outcomes: &[Outcome]) {
        let kind = match spot {
            Spot::Step => PointKind::Step,
            Spot::Guard | Spot::Line | Spot::Choice | Spot::GateWhen => PointKind::Condition,
            Spot::Cause => PointKind::Cause,
            Spot::Handling | Spot::Undo => PointKind::Failure,
            Spot::Gate => PointKind::Approval,
        };
        let outcomes = outcomes.iter().map(|outcome| (*outcome, 0)).collect();
        self.points.push(Point { kind, span, about, outcomes, spot });
    }

    fn name(&self, local: LocalId) -> Arc<str> {
        self.module.hir.locals[local].name.text.clone()
    }

    /// The text of a place, on one line.
    fn written(&self, span: Span) -> Arc<str> {
        crate::simulate::account::on_one_line(self.world.source(span.file).part(span)).into()
    }
}
