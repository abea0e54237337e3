//! The order in which the steps and `let`s of a body are checked: dependencies first.

use std::collections::HashMap;

use super::{Inference, narrow::Truth};
use crate::{
    hir::{Block, ExprId, LetStatement, LocalId, StatementKind, StepId, descendants},
    names::Def,
};

/// A step or `let` of a body.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub kind: EntryKind<'a>,
    /// The conditions of the blocks around it, from the outside in.
    pub groups: Vec<(ExprId, Truth)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum EntryKind<'a> {
    Step(StepId),
    Let(&'a LetStatement),
}

impl<'a> Inference<'a> {
    /// The steps and `let`s of blocks, in source order, including those in nested blocks and causes.
    pub(super) fn entries(&self, blocks: &[&'a Block]) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        for block in blocks {
            collect(block, &mut Vec::new(), &mut entries);
        }
        entries
    }

    /// The numbers of the entries, each after those that it refers to. In a cycle, which the step graph reports,
    /// one of them comes too early.
    pub(super) fn dependency_order(&self, entries: &[Entry<'a>]) -> Vec<usize> {
        let by_local: HashMap<LocalId, usize> = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| match entry.kind {
                EntryKind::Step(step) => (self.step(step).local, index),
                EntryKind::Let(statement) => (statement.local, index),
            })
            .collect();
        let mut order = Vec::with_capacity(entries.len());
        let mut seen = vec![false; entries.len()];
        for root in 0..entries.len() {
            if std::mem::replace(&mut seen[root], true) {
                continue;
            }
            let mut work = vec![(root, self.named(&entries[root], &by_local))];
            while let Some((index, named)) = work.last_mut() {
                match named.pop() {
                    Some(next) => {
                        if !std::mem::replace(&mut seen[next], true) {
                            work.push((next, self.named(&entries[next], &by_local)));
                        }
                    }
                    None => {
                        order.push(*index);
                        work.pop();
                    }
                }
            }
        }
        order
    }

    /// The entries on which the type of an entry depends, the last one first.
    fn named(&self, entry: &Entry<'a>, by_local: &HashMap<LocalId, usize>) -> Vec<usize> {
        let mut exprs: Vec<ExprId> = entry.groups.iter().map(|(condition, _)| *condition).collect();
        match entry.kind {
            EntryKind::Step(step) => {
                let step = self.step(step);
                exprs.extend(step.clauses.when.as_ref().map(|when| when.value));
                exprs.extend(step.clauses.each.as_ref().map(|each| each.value.list));
                exprs.push(step.call);
            }
            EntryKind::Let(statement) => exprs.push(statement.value),
        }
        let mut named = Vec::new();
        for root in exprs {
            for expr in descendants(&self.module.exprs, root) {
                if let Some(Def::Local(local)) = self.names.exprs.get(expr)
                    && let Some(index) = by_local.get(local)
                {
                    named.push(*index);
                }
            }
        }
        named.reverse();
        named
    }
}

fn collect<'a>(block: &'a Block, groups: &mut Vec<(ExprId, Truth)>, entries: &mut Vec<Entry<'a>>) {
    for statement in &block.statements {
        match &statement.kind {
            StatementKind::Step(step) => {
                entries.push(Entry { kind: EntryKind::Step(*step), groups: groups.clone() });
            }
            StatementKind::Let(statement) => {
                entries.push(Entry { kind: EntryKind::Let(statement), groups: groups.clone() });
            }
            StatementKind::Cause(cause) => collect(&cause.body, groups, entries),
            StatementKind::If(group) => {
                let depth = groups.len();
                for (condition, inner) in &group.branches {
                    groups.push((*condition, Truth::Holds));
                    collect(inner, groups, entries);
                    groups.pop();
                    groups.push((*condition, Truth::Fails));
                }
                if let Some(inner) = &group.otherwise {
                    collect(inner, groups, entries);
                }
                groups.truncate(depth);
            }
            StatementKind::Severity(_)
            | StatementKind::Resolved(_)
            | StatementKind::Suspect(_)
            | StatementKind::RuleOut(_)
            | StatementKind::Return(_) => {}
        }
    }
}
