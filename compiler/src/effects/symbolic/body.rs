//! The contents of a playbook or task that conditions depend on.

use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
};

use super::Machine;
use crate::{
    effects::{ModuleContext, context::steps_of},
    hir::{
        Block, ExprId, ItemKind, LocalId, OnFailure, PartBody, Statement, StatementKind, Step, StepId,
        descendants,
    },
    names::{Def, ItemId},
};

/// The contents of a body.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub entries: BTreeMap<LocalId, Entry<'a>>,
    /// The names in topological order, dependencies first.
    pub order: Vec<Named>,
    pub severity: Option<ExprId>,
    pub result: Option<ExprId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Named {
    Local(LocalId),
    Severity,
}

/// A step, `let` or cause, with the blocks around it.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub kind: EntryKind<'a>,
    pub groups: Vec<(ExprId, bool)>,
}

#[derive(Debug)]
pub(super) enum EntryKind<'a> {
    Step(StepId),
    Let(ExprId),
    Cause { block: &'a Block },
}

impl<'a> Machine<'_, 'a> {
    pub(super) fn body(&mut self, item: ItemId) -> Option<Rc<Body<'a>>> {
        if let Some(known) = self.bodies.get(&item) {
            return Some(known.clone());
        }
        let module = self.context.module(item.file)?;
        let blocks: Vec<&'a Block> = match self.kind(item)? {
            ItemKind::Task(task) => vec![&task.body],
            ItemKind::Playbook(playbook) => {
                let parts = playbook.parts.iter();
                parts
                    .filter_map(|part| match &part.body {
                        PartBody::Block(block) => Some(block),
                        PartBody::None { .. } => None,
                    })
                    .collect()
            }
            _ => return None,
        };
        let mut body = Body { entries: BTreeMap::new(), order: Vec::new(), severity: None, result: None };
        for block in blocks {
            body.collect(&block.statements, &mut Vec::new());
            for placed in steps_of(block) {
                let local = module.step(placed.step).local;
                body.entries
                    .insert(local, Entry { kind: EntryKind::Step(placed.step), groups: placed.groups });
            }
        }
        body.sort(module);
        let body = Rc::new(body);
        self.bodies.insert(item, body.clone());
        Some(body)
    }
}

impl<'a> Body<'a> {
    fn collect(&mut self, statements: &'a [Statement], groups: &mut Vec<(ExprId, bool)>) {
        for statement in statements {
            match &statement.kind {
                StatementKind::Let(it) => {
                    let entry = Entry { kind: EntryKind::Let(it.value), groups: groups.clone() };
                    self.entries.insert(it.local, entry);
                }
                StatementKind::Cause(cause) => {
                    let entry = Entry { kind: EntryKind::Cause { block: &cause.body }, groups: Vec::new() };
                    self.entries.insert(cause.local, entry);
                    self.collect(&cause.body.statements, groups);
                }
                StatementKind::If(group) => {
                    let depth = groups.len();
                    for (condition, block) in &group.branches {
                        groups.push((*condition, true));
                        self.collect(&block.statements, groups);
                        groups.pop();
                        groups.push((*condition, false));
                    }
                    if let Some(block) = &group.otherwise {
                        self.collect(&block.statements, groups);
                    }
                    groups.truncate(depth);
                }
                StatementKind::Severity(expr) => self.severity = self.severity.or(Some(*expr)),
                StatementKind::Return(expr) => self.result = self.result.or(Some(*expr)),
                StatementKind::Step(_)
                | StatementKind::Resolved(_)
                | StatementKind::Suspect(_)
                | StatementKind::RuleOut(_) => {}
            }
        }
    }

    /// Depth first, with its own stack: a playbook may be one long chain.
    fn sort(&mut self, module: ModuleContext<'a>) {
        let all: Vec<Named> = self
            .entries
            .keys()
            .map(|local| Named::Local(*local))
            .chain(self.severity.map(|_| Named::Severity))
            .collect();
        let mut seen: HashSet<Named> = HashSet::new();
        for root in all {
            if !seen.insert(root) {
                continue;
            }
            let mut work = vec![(root, self.named_by(module, root))];
            while let Some((named, rest)) = work.last_mut() {
                match rest.pop() {
                    Some(next) if seen.insert(next) => work.push((next, self.named_by(module, next))),
                    Some(_) => {}
                    None => {
                        self.order.push(*named);
                        work.pop();
                    }
                }
            }
        }
    }

    fn named_by(&self, module: ModuleContext<'a>, named: Named) -> Vec<Named> {
        let mut exprs: Vec<ExprId> = Vec::new();
        match named {
            Named::Severity => exprs.extend(self.severity),
            Named::Local(local) => {
                let Some(entry) = self.entries.get(&local) else { return Vec::new() };
                exprs.extend(entry.groups.iter().map(|(condition, _)| *condition));
                match &entry.kind {
                    EntryKind::Let(value) => exprs.push(*value),
                    EntryKind::Step(step) => {
                        let step = module.step(*step);
                        exprs.extend(needs(step));
                        exprs.extend(step.clauses.when.as_ref().map(|clause| clause.value));
                    }
                    EntryKind::Cause { block } => exprs.extend(lines_of(block)),
                }
            }
        }
        let parts = exprs.into_iter().flat_map(|expr| descendants(&module.hir.exprs, expr));
        parts
            .filter_map(|part| match module.def(part)? {
                Def::Local(local) => self.entries.contains_key(&local).then_some(Named::Local(local)),
                Def::Severity => self.severity.map(|_| Named::Severity),
                _ => None,
            })
            .collect()
    }
}

/// The conditions that decide a cause.
pub(super) fn lines_of(block: &Block) -> impl Iterator<Item = ExprId> {
    block.statements.iter().filter_map(|line| match line.kind {
        StatementKind::Suspect(expr) | StatementKind::RuleOut(expr) => Some(expr),
        _ => None,
    })
}

/// A condition split at `and`, as the step graph does.
pub(super) fn conjuncts(module: ModuleContext<'_>, condition: ExprId, wanted: bool) -> Vec<(ExprId, bool)> {
    use crate::hir::{BinaryOp, ExprKind, UnaryOp};
    let (mut work, mut parts) = (vec![(condition, wanted)], Vec::new());
    while let Some((condition, wanted)) = work.pop() {
        match (&module.hir.exprs[condition].kind, wanted) {
            (ExprKind::Binary(BinaryOp::And, left, right), true)
            | (ExprKind::Binary(BinaryOp::Or, left, right), false) => {
                work.extend([(*right, wanted), (*left, wanted)]);
            }
            (ExprKind::Unary(UnaryOp::Not, operand), _) => work.push((*operand, !wanted)),
            _ => parts.push((condition, wanted)),
        }
    }
    parts
}

/// Rule 2: what a step's call and clauses refer to. Its own name in its undo isn't a dependency.
pub(super) fn needs(step: &Step) -> Vec<ExprId> {
    let clauses = &step.clauses;
    let mut exprs = vec![step.call];
    exprs.extend(clauses.each.iter().map(|clause| clause.value.list));
    exprs.extend(clauses.repeat.iter().filter_map(|clause| clause.value.until));
    exprs.extend(
        clauses.approve.iter().flat_map(|clause| clause.value.groups.iter().chain(&clause.value.when)),
    );
    exprs.extend(clauses.on_failure.iter().filter_map(|clause| match clause.value {
        OnFailure::Use(expr) | OnFailure::Run(expr) => Some(expr),
        OnFailure::Continue => None,
    }));
    exprs.extend(clauses.undo.iter().map(|clause| clause.value.call));
    exprs
}

/// Everything that determines what a step does: the arguments of its call, its list, and the number of
/// repetitions. Its undo runs for another reason.
pub(super) fn decisive(module: ModuleContext<'_>, step: &Step) -> Vec<ExprId> {
    let clauses = &step.clauses;
    let mut exprs: Vec<ExprId> = match module.call(step.call) {
        Some(call) => (0..call.arguments.len()).filter_map(|index| call.given(index)).collect(),
        None => Vec::new(),
    };
    exprs.extend(clauses.each.iter().map(|clause| clause.value.list));
    exprs.extend(clauses.repeat.iter().filter_map(|clause| clause.value.until));
    exprs
}
