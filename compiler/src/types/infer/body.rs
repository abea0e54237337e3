//! Playbooks and tasks: first the values of steps and `let`s, each after what it refers to, then everything
//! that adds nothing to types.

use std::collections::BTreeSet;

use super::{Guarded, Inference, narrow::Truth, order::EntryKind};
use crate::{
    findings::types as findings,
    hir::{
        Block, Cause, ExprId, ExprKind, IfStatement, LetStatement, Literal, OnFailure, PartBody, Playbook,
        StatementKind, StepId, Task,
    },
    names::Builtin,
    types::{Callee, Type},
};

impl<'a> Inference<'a> {
    pub(super) fn playbook(&mut self, playbook: &'a Playbook) {
        for on in &playbook.triggers {
            self.head = Some(on.trigger);
            let told = self.diagnostics.len();
            let ty = self.infer(on.trigger, None);
            self.head = None;
            let called = self.types.calls.get(on.trigger).map(|call| call.callee);
            let fits = match called {
                Some(callee) => matches!(callee, Callee::Trigger(_)),
                // Not known, already reported.
                None => ty.is_unknown() || self.diagnostics.len() > told,
            };
            if !fits {
                let finding =
                    findings::not_a_trigger::report(&self.callee_shown(on.trigger), self.span(on.trigger));
                self.report(finding);
            }
            if let Some(alias) = on.alias {
                // Only one of several events starts a run.
                let ty = if playbook.triggers.len() > 1 { ty.optional() } else { ty };
                self.types.locals.set(alias, ty);
            }
        }
        for input in &playbook.inputs {
            let ty = self.written(&input.ty);
            if let Some(default) = input.default {
                self.expect(default, &ty);
            }
            self.types.locals.set(input.local, ty);
        }
        if let Some(owner) = playbook.owner {
            let team = self.team();
            self.expect(owner, &team);
        }
        if let Some(within) = playbook.resolve_within {
            self.expect(within, &Type::Duration);
        }
        let mut blocks = Vec::new();
        for part in &playbook.parts {
            match &part.body {
                PartBody::Block(block) => blocks.push(block),
                PartBody::None { reason } => drop(self.expect(*reason, &Type::Text)),
            }
        }
        self.body(&blocks, &Type::Unit);
    }

    pub(super) fn task(&mut self, task: &'a Task, result: &Type) {
        self.body(&[&task.body], result);
    }

    /// The callee, as written, or the expression itself if it isn't a call.
    pub(super) fn callee_shown(&self, call: ExprId) -> String {
        match &self.module.exprs[call].kind {
            ExprKind::Call { callee, .. } => self.shown(*callee),
            _ => self.shown(call),
        }
    }

    fn body(&mut self, blocks: &[&'a Block], result: &Type) {
        self.causes(blocks);
        let entries = self.entries(blocks);
        for index in self.dependency_order(&entries) {
            let entry = &entries[index];
            self.within_groups(&entry.groups, |this| match entry.kind {
                EntryKind::Step(step) => this.step_value(step),
                EntryKind::Let(statement) => this.let_value(statement),
            });
        }
        for entry in &entries {
            if let EntryKind::Step(step) = entry.kind {
                self.within_groups(&entry.groups, |this| this.step_clauses(step));
            }
        }
        for block in blocks {
            self.statements(block, &[], result);
        }
    }

    /// Causes come first, because their members are always the same.
    fn causes(&mut self, blocks: &[&'a Block]) {
        for block in blocks {
            for statement in &block.statements {
                match &statement.kind {
                    StatementKind::Cause(cause) => {
                        self.types.locals.set(cause.local, Type::Cause);
                        self.causes(&[&cause.body]);
                    }
                    StatementKind::If(group) => {
                        let inner = group.branches.iter().map(|(_, block)| block).chain(&group.otherwise);
                        inner.for_each(|block| self.causes(&[block]));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Runs `inner` where the conditions of the surrounding blocks hold. Each is checked once, when it is first
    /// needed.
    fn within_groups<T>(&mut self, groups: &[(ExprId, Truth)], inner: impl FnOnce(&mut Self) -> T) -> T {
        let (facts, guards) = (self.facts.len(), self.guards.len());
        for (condition, truth) in groups {
            if self.types.exprs.get(*condition).is_none() {
                self.expect(*condition, &Type::Bool);
            }
            self.assume(*condition, *truth);
            let keys = self.guard_keys(*condition, *truth);
            self.guards.extend(keys);
        }
        let value = inner(self);
        self.facts.truncate(facts);
        self.guards.truncate(guards);
        value
    }

    /// Runs `inner` where the step's `when` holds.
    pub(super) fn within_when<T>(&mut self, when: Option<ExprId>, inner: impl FnOnce(&mut Self) -> T) -> T {
        let groups: Vec<(ExprId, Truth)> = when.map(|when| (when, Truth::Holds)).into_iter().collect();
        self.within_groups(&groups, inner)
    }

    fn let_value(&mut self, statement: &LetStatement) {
        let ty = match &statement.ty {
            Some(ty) => {
                let ty = self.written(ty);
                self.expect(statement.value, &ty);
                ty
            }
            None => {
                let ty = self.infer(statement.value, None);
                if ty == Type::Unit {
                    let finding = findings::no_value::call(self.span(statement.value));
                    self.report(finding);
                    Type::Unknown
                } else {
                    ty
                }
            }
        };
        self.set_outside(statement.local, ty);
    }

    /// Records the type of a step or `let`, as others see it.
    fn set_outside(&mut self, local: crate::hir::LocalId, inside: Type) {
        if self.guards.is_empty() {
            self.types.locals.set(local, inside);
            return;
        }
        self.types.locals.set(local, inside.clone().optional());
        let guards: BTreeSet<_> = self.guards.iter().copied().collect();
        self.guarded.insert(local, Guarded { inside, guards: guards.into_iter().collect() });
    }

    fn step_value(&mut self, id: StepId) {
        let step = self.step(id);
        let when = step.clauses.when.as_ref().map(|when| when.value);
        self.within_when(when, |this| this.step_call(id));
    }

    fn step_call(&mut self, id: StepId) {
        let step = self.step(id);
        let clauses = &step.clauses;
        if let Some(each) = &clauses.each {
            let ty = self.infer(each.value.list, None);
            let element = match &ty {
                Type::List(element) => (**element).clone(),
                Type::Unknown => Type::Unknown,
                other => {
                    let list = Type::list(Type::Unknown);
                    let finding = self.mismatch(each.value.list, &other.clone(), &list);
                    self.report(finding);
                    Type::Unknown
                }
            };
            self.types.locals.set(each.value.variable, element);
        }
        let declared = step.ty.as_ref().map(|ty| self.written(ty));
        let value = self.call_at_head(step.call, declared.as_ref(), Heads::Step);
        let value = match declared {
            Some(declared) => {
                if !self.fits(&value, &declared) {
                    let finding = self.mismatch(step.call, &value, &declared);
                    self.report(finding);
                }
                declared
            }
            None => value,
        };
        self.types.calls_of_steps.set(id, value.clone());
        if clauses.every.is_some() {
            self.valueless.insert(step.local, findings::no_value::Why::Recurring);
        } else if value == Type::Unit {
            self.valueless.insert(step.local, findings::no_value::Why::Nothing);
        }
        let mut outside = match &clauses.each {
            Some(_) => Type::list(value),
            None if step.may_be_each => Type::Unknown,
            None => value,
        };
        let continues = matches!(
            clauses.on_failure.as_ref().map(|on_failure| on_failure.value),
            Some(OnFailure::Continue)
        );
        let skips = clauses.approve.as_ref().is_some_and(|approve| approve.value.else_skip.is_some());
        if (continues && clauses.each.is_none()) || skips {
            outside = outside.optional();
        }
        self.set_outside(step.local, outside);
    }

    /// The type of a call that may have an effect, and whether it is a call.
    pub(super) fn call_at_head(&mut self, call: ExprId, expected: Option<&Type>, heads: Heads) -> Type {
        self.head = Some(call);
        let before = self.diagnostics.len();
        let ty = self.infer(call, expected);
        self.head = None;
        let callee = self.types.calls.get(call).map(|call| call.callee);
        let fits = match callee {
            Some(Callee::Action(_) | Callee::Task(_)) => true,
            Some(Callee::Builtin(Builtin::Ask | Builtin::AskMany)) => heads == Heads::Step,
            Some(Callee::Builtin(Builtin::Manual)) => heads != Heads::Failure,
            Some(_) => false,
            // Unknown and reported, or not a call at all.
            None => ty.is_unknown() || self.diagnostics.len() > before,
        };
        if !fits {
            if heads == Heads::Undo
                && matches!(self.module.exprs[call].kind, ExprKind::Literal(Literal::None))
            {
                self.report(findings::not_a_step::no_undo(self.span(call)));
                return ty;
            }
            let finding = findings::not_a_step::report(heads, &self.callee_shown(call), self.span(call));
            self.report(finding);
        }
        ty
    }

    fn statements(&mut self, block: &'a Block, groups: &[(ExprId, Truth)], result: &Type) {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Step(_) | StatementKind::Let(_) => {}
                StatementKind::If(group) => self.group(group, groups, result),
                StatementKind::Cause(cause) => self.cause(cause, groups, result),
                StatementKind::Severity(value) => {
                    let severity = self.severity();
                    self.within_groups(groups, |this| this.expect(*value, &severity));
                }
                StatementKind::Suspect(condition) | StatementKind::RuleOut(condition) => {
                    self.within_groups(groups, |this| this.expect(*condition, &Type::Bool));
                }
                StatementKind::Resolved(targets) => {
                    targets.iter().for_each(|target| self.target(*target, super::clauses::Targets::Steps));
                }
                StatementKind::Return(value) => {
                    self.within_groups(groups, |this| match result {
                        // A missing result type is reported with the task's statements.
                        Type::Unit => this.visit(*value),
                        result => drop(this.expect(*value, result)),
                    });
                }
            }
        }
    }

    fn group(&mut self, group: &'a IfStatement, groups: &[(ExprId, Truth)], result: &Type) {
        let mut inner = groups.to_vec();
        for (condition, block) in &group.branches {
            inner.push((*condition, Truth::Holds));
            // Even if the block is empty.
            self.within_groups(&inner, |_| ());
            self.statements(block, &inner, result);
            inner.pop();
            inner.push((*condition, Truth::Fails));
        }
        if let Some(block) = &group.otherwise {
            self.statements(block, &inner, result);
        }
    }

    fn cause(&mut self, cause: &'a Cause, groups: &[(ExprId, Truth)], result: &Type) {
        self.within_groups(groups, |this| this.expect(cause.sentence, &Type::Text));
        self.statements(&cause.body, groups, result);
    }
}

/// Where a call is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heads {
    /// Of a step.
    Step,
    /// Of `undo`.
    Undo,
    /// Of `on failure run`.
    Failure,
    /// After the `=` of an action.
    Narrowing,
}
