//! Names of playbooks and tasks: unique, and visible in the whole body.

use std::{collections::HashMap, sync::Arc};

use super::{
    ModuleDef,
    resolve::{Resolver, RunPlace},
    statements,
};
use crate::{
    findings::names as findings,
    hir::{
        Block, Cause, Ident, LocalId, OnFailure, PartBody, Playbook, RetryWait, Statement, StatementKind,
        Step, StepId, Task,
    },
    source::Span,
};

/// A name that exists in the body but isn't visible outside of the scope that declares it.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    /// Where it is declared.
    pub span: Span,
    /// What declares it: `the cause `x``, `the step `y``.
    pub owner: String,
}

/// Names that have a meaning in every body.
const RESERVED: [&str; 2] = ["it", "error"];
/// Names that have a meaning in playbooks.
const RESERVED_IN_PLAYBOOKS: [&str; 6] = ["severity", "started", "assessed", "triaged", "resolved", "failed"];

/// The names of a body while they are collected.
#[derive(Default)]
struct Declared {
    /// Visible in the whole body.
    names: HashMap<Arc<str>, LocalId>,
    /// All of them, including those local to causes, with their spans.
    all: HashMap<Arc<str>, Span>,
    /// Those that are local to something.
    hidden: HashMap<Arc<str>, Hidden>,
}

/// Whether a playbook sets no severity and doesn't have to; for responses, that is reported at the `on`.
pub(super) fn without_severity(playbook: &Playbook) -> bool {
    fn sets(statements: &[Statement]) -> bool {
        statements.iter().any(|statement| match &statement.kind {
            StatementKind::Severity(_) => true,
            StatementKind::If(group) => {
                let blocks = group.branches.iter().map(|(_, block)| block).chain(&group.otherwise);
                blocks.into_iter().any(|block| sets(&block.statements))
            }
            StatementKind::Cause(cause) => sets(&cause.body.statements),
            _ => false,
        })
    }
    let set = |part: &crate::hir::Part| match &part.body {
        PartBody::Block(block) => sets(&block.statements),
        PartBody::None { .. } => false,
    };
    playbook.triggers.is_empty() && !playbook.parts.iter().any(set)
}

impl<'a> Resolver<'a> {
    pub(super) fn playbook(&mut self, playbook: &'a Playbook, name: &Ident) {
        statements::playbook(playbook, name, &mut self.diagnostics);
        let mut declared = Declared::default();
        let header = playbook.triggers.iter().filter_map(|on| on.alias);
        for local in header.chain(playbook.inputs.iter().map(|input| input.local)) {
            self.declare_in_body(&mut declared, local, RunPlace::Playbook, None);
        }
        for part in &playbook.parts {
            if let PartBody::Block(block) = &part.body {
                self.declare_block(&mut declared, block, RunPlace::Playbook, None);
            }
        }
        // Types, defaults, triggers and the owner are determined before the run, so they see no steps.
        for on in &playbook.triggers {
            self.expr(on.trigger);
        }
        for input in &playbook.inputs {
            self.type_expr(&input.ty);
            self.optional(input.default);
        }
        self.place.owner = playbook.owner;
        self.optional(playbook.owner);
        self.place.owner = None;
        self.optional(playbook.resolve_within);

        self.place.run = RunPlace::Playbook;
        self.place.without_severity = without_severity(playbook).then(|| name.text.clone());
        self.place.hidden = Some(Arc::new(declared.hidden));
        self.frames.push(declared.names);
        for part in &playbook.parts {
            match &part.body {
                PartBody::Block(block) => self.block(block),
                PartBody::None { reason } => self.expr(*reason),
            }
        }
        self.frames.pop();
    }

    pub(super) fn task(&mut self, task: &'a Task, name: &Ident) {
        statements::task(task, name, &mut self.diagnostics);
        self.parameters(&task.parameters);
        task.result.iter().for_each(|ty| self.type_expr(ty));
        let mut declared = Declared::default();
        for parameter in &task.parameters {
            declared.all.entry(parameter.name.text.clone()).or_insert(parameter.name.span);
        }
        self.declare_block(&mut declared, &task.body, RunPlace::Outside, None);
        self.place.hidden = Some(Arc::new(declared.hidden));
        self.frames.push(declared.names);
        self.block(&task.body);
        self.frames.pop();
    }

    fn declare_block(
        &mut self,
        declared: &mut Declared,
        block: &Block,
        run: RunPlace,
        cause: Option<&Cause>,
    ) {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Step(step) => {
                    let step = &self.module.steps[*step];
                    self.declare_in_body(declared, step.local, run, cause);
                    if let Some(each) = &step.clauses.each {
                        let variable = &self.module.locals[each.value.variable].name;
                        let owner = format!("the step `{}`", step.name.text);
                        let hidden = Hidden { span: variable.span, owner };
                        declared.hidden.entry(variable.text.clone()).or_insert(hidden);
                    }
                }
                StatementKind::Let(statement) => self.declare_in_body(declared, statement.local, run, cause),
                StatementKind::Cause(inner) => {
                    self.declare_in_body(declared, inner.local, run, None);
                    self.declare_block(declared, &inner.body, run, Some(inner));
                }
                StatementKind::If(group) => {
                    let blocks = group.branches.iter().map(|(_, block)| block).chain(&group.otherwise);
                    for block in blocks {
                        self.declare_block(declared, block, run, cause);
                    }
                }
                StatementKind::Severity(_)
                | StatementKind::Resolved(_)
                | StatementKind::Suspect(_)
                | StatementKind::RuleOut(_)
                | StatementKind::Return(_) => {}
            }
        }
    }

    fn declare_in_body(
        &mut self,
        declared: &mut Declared,
        local: LocalId,
        run: RunPlace,
        cause: Option<&Cause>,
    ) {
        let name = &self.module.locals[local].name;
        if name.text.is_empty() {
            return;
        }
        let special = run != RunPlace::Outside && RESERVED_IN_PLAYBOOKS.contains(&&*name.text);
        if special || RESERVED.contains(&&*name.text) {
            self.diagnostics.push(findings::reserved_name::word(name));
        } else if Self::builtin(&name.text).is_some() {
            self.diagnostics.push(findings::reserved_name::builtin(name));
        } else if let Some((def, span)) = self.scope.names.get(&name.text)
            && *def != ModuleDef::Unknown
        {
            let module = matches!(def, ModuleDef::Module(_));
            let kind = &self.module.locals[local].kind;
            self.diagnostics.push(if module {
                findings::hidden_item::module(name, *span, kind)
            } else {
                findings::hidden_item::item(name, *span, kind)
            });
        }
        if let Some(first) = declared.all.get(&name.text) {
            self.diagnostics.push(findings::duplicate_name::report(name, *first));
            return;
        }
        declared.all.insert(name.text.clone(), name.span);
        match cause {
            None => drop(declared.names.insert(name.text.clone(), local)),
            Some(cause) => {
                let owner = format!("the cause `{}`", self.module.locals[cause.local].name.text);
                declared.hidden.insert(name.text.clone(), Hidden { span: name.span, owner });
            }
        }
    }

    pub(super) fn block(&mut self, block: &'a Block) {
        block.statements.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &'a Statement) {
        match &statement.kind {
            StatementKind::Step(step) => self.step(*step),
            StatementKind::Let(statement) => {
                statement.ty.iter().for_each(|ty| self.type_expr(ty));
                self.expr(statement.value);
            }
            StatementKind::If(group) => {
                for (condition, block) in &group.branches {
                    self.expr(*condition);
                    self.block(block);
                }
                group.otherwise.iter().for_each(|block| self.block(block));
            }
            StatementKind::Cause(cause) => self.cause(cause),
            StatementKind::Severity(value)
            | StatementKind::Suspect(value)
            | StatementKind::RuleOut(value)
            | StatementKind::Return(value) => self.expr(*value),
            StatementKind::Resolved(targets) => self.targets(targets),
        }
    }

    fn cause(&mut self, cause: &'a Cause) {
        self.expr(cause.sentence);
        let mut frame = HashMap::new();
        local_names(self, &cause.body, &mut frame);
        self.frames.push(frame);
        self.block(&cause.body);
        self.frames.pop();
    }

    /// The targets of `after`: steps and milestones.
    fn targets(&mut self, targets: &[crate::hir::ExprId]) {
        let run = self.place.run;
        if run == RunPlace::Playbook {
            self.place.run = RunPlace::After;
        }
        targets.iter().for_each(|target| self.expr(*target));
        self.place.run = run;
    }

    fn step(&mut self, id: StepId) {
        let step: &'a Step = &self.module.steps[id];
        step.ty.iter().for_each(|ty| self.type_expr(ty));
        let clauses = &step.clauses;
        // The whole step, not its elements.
        if let Some(when) = &clauses.when {
            self.expr(when.value);
        }
        if let Some(after) = &clauses.after {
            self.targets(&after.value);
        }
        if let Some(every) = &clauses.every {
            if self.place.run == RunPlace::Outside {
                self.diagnostics.push(findings::misplaced_statement::recurring(every.span));
            }
            self.expr(every.value);
        }
        if let Some(approve) = &clauses.approve {
            let approve = &approve.value;
            self.expr(approve.count);
            approve.groups.iter().for_each(|group| self.expr(*group));
            self.optional(approve.when);
            self.optional(approve.within);
        }
        self.frames.push(HashMap::new());
        if let Some(each) = &clauses.each {
            let each = &each.value;
            self.expr(each.list);
            self.optional(each.at_a_time);
            self.optional(each.at_most);
            self.declare_inner(each.variable);
        }
        self.expr(step.call);
        if let Some(repeat) = &clauses.repeat {
            let repeat = &repeat.value;
            self.expr(repeat.every);
            self.place.it = Some(id);
            self.optional(repeat.until);
            self.place.it = None;
            self.optional(repeat.hold);
            if let Some(crate::hir::Bound::Time(bound) | crate::hir::Bound::Times(bound)) = repeat.bound {
                self.expr(bound);
            }
        }
        if let Some(timeout) = &clauses.timeout {
            self.expr(timeout.value);
        }
        if let Some(retry) = &clauses.retry {
            self.expr(retry.value.times);
            match retry.value.wait {
                None => {}
                Some(RetryWait::Every(wait)) => self.expr(wait),
                Some(RetryWait::Backoff(from, to)) => {
                    self.expr(from);
                    self.expr(to);
                }
            }
        }
        if let Some(undo) = &clauses.undo {
            self.expr(undo.value.call);
        }
        if let Some(why) = &clauses.irreversible {
            self.expr(why.value);
        }
        if let Some(on_failure) = &clauses.on_failure {
            self.place.error = Some(id);
            match on_failure.value {
                OnFailure::Continue => {}
                OnFailure::Use(value) | OnFailure::Run(value) => self.expr(value),
            }
            self.place.error = None;
        }
        self.frames.pop();
    }
}

/// The names that are local to a cause, including those in its blocks.
fn local_names(resolver: &Resolver<'_>, block: &Block, frame: &mut HashMap<Arc<str>, LocalId>) {
    let mut add = |local: LocalId| {
        let name = &resolver.module.locals[local].name.text;
        if !name.is_empty() {
            frame.entry(name.clone()).or_insert(local);
        }
    };
    let mut nested = Vec::new();
    for statement in &block.statements {
        match &statement.kind {
            StatementKind::Step(step) => add(resolver.module.steps[*step].local),
            StatementKind::Let(statement) => add(statement.local),
            StatementKind::If(group) => {
                nested.extend(group.branches.iter().map(|(_, block)| block).chain(&group.otherwise));
            }
            _ => {}
        }
    }
    for block in nested {
        local_names(resolver, block, frame);
    }
}
