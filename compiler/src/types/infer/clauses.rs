//! The clauses of steps that don't affect the step's own type.

use super::{Inference, body::Heads};
use crate::{
    findings::types as findings,
    hir::{BinaryOp, Bound, ExprId, ExprKind, LocalKind, OnFailure, RetryWait, Step, StepId, Undo},
    names::Def,
    types::Type,
};

/// What is allowed after `after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Targets {
    /// Steps, milestones, and delays.
    Any,
    /// Steps: `resolved after`.
    Steps,
}

impl Inference<'_> {
    pub(super) fn step_clauses(&mut self, id: StepId) {
        let step = self.step(id);
        let when = step.clauses.when.as_ref().map(|when| when.value);
        if let Some(after) = &step.clauses.after {
            after.value.iter().for_each(|target| self.target(*target, Targets::Any));
        }
        self.within_when(when, |this| this.guarded_clauses(id, step));
    }

    fn guarded_clauses(&mut self, id: StepId, step: &Step) {
        let clauses = &step.clauses;
        let value = self.types.of_call(id).clone();
        if let Some(every) = &clauses.every {
            self.expect(every.value, &Type::Duration);
        }
        if let Some(approve) = &clauses.approve {
            let approve = &approve.value;
            self.expect(approve.count, &Type::Int);
            for group in &approve.groups {
                self.expect(*group, &Type::People);
            }
            self.expect_optional(approve.when, &Type::Bool);
            self.expect_optional(approve.within, &Type::Duration);
        }
        if let Some(each) = &clauses.each {
            self.expect_optional(each.value.at_a_time, &Type::Int);
            self.expect_optional(each.value.at_most, &Type::Int);
        }
        if let Some(repeat) = &clauses.repeat {
            let repeat = &repeat.value;
            self.expect(repeat.every, &Type::Duration);
            self.expect_optional(repeat.until, &Type::Bool);
            self.expect_optional(repeat.hold, &Type::Duration);
            match repeat.bound {
                None => {}
                Some(Bound::Time(bound)) => drop(self.expect(bound, &Type::Duration)),
                Some(Bound::Times(bound)) => drop(self.expect(bound, &Type::Int)),
            }
        }
        if let Some(timeout) = &clauses.timeout {
            self.expect(timeout.value, &Type::Duration);
        }
        if let Some(retry) = &clauses.retry {
            self.expect(retry.value.times, &Type::Int);
            match retry.value.wait {
                None => {}
                Some(RetryWait::Every(wait)) => drop(self.expect(wait, &Type::Duration)),
                Some(RetryWait::Backoff(from, to)) => {
                    self.expect(from, &Type::Duration);
                    self.expect(to, &Type::Duration);
                }
            }
        }
        if let Some(undo) = &clauses.undo {
            if value != Type::Unit && clauses.every.is_none() {
                self.undoing = Some((step.local, value.clone().optional()));
            }
            self.undo(&undo.value);
            self.undoing = None;
        }
        if let Some(why) = &clauses.irreversible {
            self.expect(why.value, &Type::Text);
        }
        match clauses.on_failure.as_ref().map(|on_failure| on_failure.value) {
            None | Some(OnFailure::Continue) => {}
            Some(OnFailure::Use(instead)) => match &value {
                Type::Unit => {
                    let finding = findings::no_value::instead(&step.name, self.span(instead));
                    self.report(finding);
                    self.visit(instead);
                }
                value => drop(self.expect(instead, value)),
            },
            Some(OnFailure::Run(call)) => drop(self.call_at_head(call, None, Heads::Failure)),
        }
    }

    pub(super) fn undo(&mut self, undo: &Undo) {
        self.call_at_head(undo.call, None, Heads::Undo);
    }

    pub(super) fn expect_optional(&mut self, expr: Option<ExprId>, ty: &Type) {
        if let Some(expr) = expr {
            self.expect(expr, ty);
        }
    }

    /// A target of `after`: a step or milestone, optionally with a delay.
    pub(super) fn target(&mut self, expr: ExprId, targets: Targets) {
        // It has no value of its own, but must not count as missing.
        self.types.exprs.set(expr, Type::Unit);
        let span = self.span(expr);
        match &self.module.exprs[expr].kind {
            ExprKind::Missing => {}
            ExprKind::Binary(BinaryOp::Add, target, delay) if targets == Targets::Any => {
                self.target(*target, targets);
                self.expect(*delay, &Type::Duration);
            }
            ExprKind::Name(name) => match self.names.exprs.get(expr) {
                Some(Def::Milestone(_)) if targets == Targets::Any => {}
                Some(Def::Local(local)) => match self.module.locals[*local].kind {
                    LocalKind::Step(step) => {
                        if self.step(step).clauses.every.is_some() {
                            let finding = findings::after_target::recurring(name, span);
                            self.report(finding);
                        }
                    }
                    kind => {
                        let finding = findings::after_target::kind(name, local_word(kind), targets, span);
                        self.report(finding);
                    }
                },
                Some(Def::Unknown) => {}
                Some(Def::Milestone(_)) => {
                    let finding = findings::after_target::kind(name, "milestone", targets, span);
                    self.report(finding);
                }
                Some(_) => {
                    let finding = findings::after_target::report(&self.shown(expr), targets, span);
                    self.report(finding);
                }
                None if name.is_empty() => {}
                None => self.unresolved(expr),
            },
            _ => {
                let finding = findings::after_target::report(&self.shown(expr), targets, span);
                self.report(finding);
                self.visit_parts(expr);
            }
        }
    }
}

/// The word for a local name in messages.
fn local_word(kind: LocalKind) -> &'static str {
    match kind {
        LocalKind::Parameter => "parameter",
        LocalKind::Input => "input",
        LocalKind::Trigger => "event",
        LocalKind::Step(_) => "step",
        LocalKind::Let => "`let`",
        LocalKind::Cause => "cause",
        LocalKind::Each(_) => "variable of `each`",
        LocalKind::Lambda | LocalKind::Pattern => "name",
    }
}
