//! What a call promises in its contract, through tasks and narrowed actions: the roles that it plays, and
//! the resources that it changes.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use crate::{
    graph::Callee,
    hir::{ExprId, ExprKind, ItemKind, Literal, LocalId, TextPart},
    names::{Def, ItemId},
    source::FileId,
};

impl Facts<'_> {
    /// Whether a call plays a role: its action, or any step of its task.
    pub fn provides(&self, callee: Callee, role: &str) -> bool {
        let (Callee::Action(item) | Callee::Task(item)) = callee else { return false };
        let mut known = self.players.borrow_mut();
        if !known.contains_key(role) {
            known.insert(role.to_owned(), self.players_of(role));
        }
        known.get(role).is_some_and(|players| players.contains(&item))
    }

    /// All actions and tasks that play a role: followed once from the actions that declare it up to those
    /// that call them, so that layers of tasks cost no more than their calls.
    fn players_of(&self, role: &str) -> BTreeSet<ItemId> {
        let mut callers: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
        let mut work = Vec::new();
        for (file, module) in &self.meaning.modules {
            for (index, item) in module.hir.items.iter().enumerate() {
                let id = ItemId::new(*file, index);
                let mut calls = Vec::new();
                match &item.kind {
                    ItemKind::Action(action) => {
                        let provided = &action.contract.provides;
                        if provided.iter().any(|provided| &*provided.text == role) {
                            work.push(id);
                        } else if provided.is_empty() {
                            // What it narrows plays the same role.
                            calls.extend(action.narrows.map(|call| module.callee(call)));
                        }
                    }
                    ItemKind::Task(_) => {
                        let graph = self.checked.graphs.get(id);
                        calls.extend(
                            graph.into_iter().flat_map(|graph| graph.steps()).map(|(_, plan)| plan.callee),
                        );
                    }
                    _ => {}
                }
                for callee in calls {
                    if let Callee::Action(callee) | Callee::Task(callee) = callee {
                        callers.entry(callee).or_default().push(id);
                    }
                }
            }
        }
        let mut players = BTreeSet::new();
        while let Some(item) = work.pop() {
            if players.insert(item) {
                work.extend(callers.get(&item).into_iter().flatten());
            }
        }
        players
    }

    /// The resources that a call changes, as keys that are equal for the same value: what is said after
    /// `touches`, through tasks.
    pub fn touches(&self, file: FileId, call: ExprId) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.touched(file, call, &BTreeMap::new(), 20, &mut found);
        found
    }

    fn touched(
        &self,
        file: FileId,
        call: ExprId,
        known: &BTreeMap<LocalId, String>,
        depth: usize,
        found: &mut BTreeSet<String>,
    ) {
        let (Some(depth), Some(module)) = (depth.checked_sub(1), self.meaning.module(file)) else { return };
        let argument = |index: usize| {
            module.call(call).and_then(|call| call.given(index)).map(|expr| self.resource(file, expr, known))
        };
        let (item, parameters) = match module.callee(call) {
            Callee::Action(item) => match self.meaning.item(item).map(|item| &item.kind) {
                Some(ItemKind::Action(action)) => (item, &action.parameters),
                _ => return,
            },
            Callee::Task(item) => match self.meaning.item(item).map(|item| &item.kind) {
                Some(ItemKind::Task(task)) => (item, &task.parameters),
                _ => return,
            },
            _ => return,
        };
        let inner: BTreeMap<LocalId, String> = parameters
            .iter()
            .enumerate()
            .filter_map(|(index, parameter)| Some((parameter.local, argument(index)?)))
            .collect();
        if let Some(action) = self.action(item) {
            for name in &action.contract.touches {
                let index = parameters.iter().position(|parameter| parameter.name.text == name.text);
                found.extend(index.and_then(argument));
            }
            if let Some(narrowed) = action.narrows.filter(|_| action.contract.touches.is_empty()) {
                self.touched(item.file, narrowed, &inner, depth, found);
            }
        } else if let Some(graph) = self.checked.graphs.get(item) {
            for (_, plan) in graph.steps().filter(|(_, plan)| plan.is_change()) {
                self.touched(item.file, plan.call, &inner, depth, found);
            }
        }
    }

    /// A key of a value: equal keys are the same value.
    pub fn resource(&self, file: FileId, expr: ExprId, known: &BTreeMap<LocalId, String>) -> String {
        let Some(module) = self.meaning.module(file) else { return String::new() };
        match (module.def(expr), &module.hir.exprs[expr].kind) {
            (Some(Def::Local(local)), _) if known.contains_key(&local) => known[&local].clone(),
            (Some(Def::Item(item)), _) => format!("{}:{}", item.file.0, item.index),
            (None, ExprKind::Field { receiver, name, .. }) => {
                format!("{}.{}", self.resource(file, *receiver, known), name.text)
            }
            (_, ExprKind::Literal(Literal::Text(text))) => format!("{text:?}"),
            (_, ExprKind::Text(parts)) => {
                let part = |part: &TextPart| match part {
                    TextPart::Literal(text) => text.clone(),
                    TextPart::Value(value) => format!("${{{}}}", self.resource(file, *value, known)),
                };
                parts.iter().map(part).collect()
            }
            _ => format!("{} {}", file.0, self.text(module.span(expr))),
        }
    }
}
