//! Infers the effects of tasks, steps and playbooks.

use super::{
    Context, Effects,
    context::{steps_of, steps_of_playbook},
};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::task_recursion::{self, Via},
    hir::{Effect, Id, ItemKind, OnFailure, Step, StepId},
    names::ItemId,
    source::Span,
    types::Callee,
};

/// The effects of the current module, and its tasks that call themselves.
pub fn infer(context: &Context<'_>) -> (Effects, Vec<Diagnostic>) {
    let mut inference = Inference {
        context,
        effects: Effects::default(),
        marks: vec![Mark::Fresh; context.own.hir.items.len()],
        findings: Vec::new(),
    };
    for index in 0..context.own.hir.items.len() {
        inference.item(index);
    }
    (inference.effects, inference.findings)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Fresh,
    /// Its steps are waiting for the effects of their callees.
    Open,
    Done,
}

struct Inference<'c, 'a> {
    context: &'c Context<'a>,
    effects: Effects,
    marks: Vec<Mark>,
    findings: Vec<Diagnostic>,
}

/// A task being processed: its calls that are still to be visited.
struct Open {
    index: usize,
    calls: Vec<Lead>,
    /// The call through which the next task was entered.
    through: Option<Lead>,
}

/// A call that leads to an item of this module.
#[derive(Clone)]
struct Lead {
    to: usize,
    span: Span,
    via: Via,
}

impl Inference<'_, '_> {
    /// Infers an item after all tasks and actions that it calls. Uses its own stack, because chains of tasks may be
    /// long.
    fn item(&mut self, index: usize) {
        let mut path = Vec::new();
        self.enter(index, &mut path);
        while let Some(top) = path.last_mut() {
            match top.calls.pop() {
                Some(lead) => {
                    let callee = lead.to;
                    top.through = Some(lead);
                    match self.marks[callee] {
                        Mark::Fresh => self.enter(callee, &mut path),
                        Mark::Open => self.recursion(callee, &path),
                        Mark::Done => {}
                    }
                }
                None => {
                    let index = top.index;
                    path.pop();
                    self.finish(index);
                }
            }
        }
    }

    fn enter(&mut self, index: usize, path: &mut Vec<Open>) {
        if self.marks[index] != Mark::Fresh {
            return;
        }
        self.marks[index] = Mark::Open;
        let mut calls = self.called(index);
        calls.reverse();
        path.push(Open { index, calls, through: None });
    }

    /// The tasks and actions of this module that an item calls, in calls, undos and on failure, in source
    /// order.
    fn called(&self, index: usize) -> Vec<Lead> {
        let steps = self.steps(index).into_iter();
        steps.flat_map(|step| self.called_by(self.context.own.step(step))).collect()
    }

    fn called_by(&self, step: &Step) -> Vec<Lead> {
        let own = self.context.own;
        let mut leads = Vec::new();
        let mut lead = |callee: Option<Callee>, span, via| match callee {
            Some(Callee::Task(item) | Callee::Action(item)) if item.file == own.hir.file => {
                leads.push(Lead { to: item.index as usize, span, via });
            }
            _ => {}
        };
        lead(own.callee(step.call), own.span(step.call), Via::Call);
        if let Some(undo) = self.context.undo_of_step(own, step) {
            let via = match (&step.clauses.undo, own.callee(step.call)) {
                (None, Some(Callee::Action(action))) => Via::Contract(self.name(action)),
                _ => Via::Call,
            };
            lead(undo.module.callee(undo.call), undo.module.span(undo.call), via);
        }
        if let Some(OnFailure::Run(call)) = step.clauses.on_failure.as_ref().map(|clause| clause.value) {
            lead(own.callee(call), own.span(call), Via::Call);
        }
        leads
    }

    fn name(&self, item: ItemId) -> std::sync::Arc<str> {
        self.context.item(item).map_or_else(|| "".into(), |item| item.name.text.clone())
    }

    fn steps(&self, index: usize) -> Vec<StepId> {
        match &self.context.own.hir.items[index].kind {
            ItemKind::Task(task) => steps_of(&task.body).into_iter().map(|placed| placed.step).collect(),
            ItemKind::Playbook(playbook) => {
                steps_of_playbook(playbook).into_iter().map(|(_, placed)| placed.step).collect()
            }
            _ => Vec::new(),
        }
    }

    fn recursion(&mut self, callee: usize, path: &[Open]) {
        let items = &self.context.own.hir.items;
        let start = path.iter().position(|open| open.index == callee).unwrap_or_default();
        let calls = path[start..].iter().map(|open| {
            let (span, via) = match &open.through {
                Some(lead) => (lead.span, lead.via.clone()),
                None => (items[open.index].span, Via::Call),
            };
            task_recursion::Call { name: items[open.index].name.text.clone(), span, via }
        });
        self.findings.push(task_recursion::task_recursion(&calls.collect::<Vec<_>>()));
    }

    fn finish(&mut self, index: usize) {
        self.marks[index] = Mark::Done;
        let own = self.context.own;
        let id = Id::new(index);
        if let ItemKind::Action(action) = &own.hir.items[index].kind {
            let declared = action.effect.map_or(Effect::Reads, |(effect, _)| effect);
            self.effects.items.set(id, declared);
            if action.contract.idempotent.is_some() {
                self.effects.idempotent.set(id, ());
            }
            return;
        }
        let steps = self.steps(index);
        let mut all = Effect::Pure;
        let mut idempotent = true;
        for step in steps {
            let effect = self.context.effect_of_step(own, own.step(step), &self.effects);
            self.effects.steps.set(step, effect);
            all = all.max(effect);
            idempotent &= effect < Effect::Changes || self.is_idempotent(step);
        }
        match &own.hir.items[index].kind {
            ItemKind::Task(_) => {
                self.effects.items.set(id, all);
                if idempotent {
                    self.effects.idempotent.set(id, ());
                }
            }
            ItemKind::Playbook(_) => self.effects.items.set(id, all),
            _ => {}
        }
    }

    fn is_idempotent(&self, step: StepId) -> bool {
        let own = self.context.own;
        may_be_repeated(self.context, &self.effects, own.callee(own.step(step).call))
    }
}

/// Whether a call can be repeated safely, as far as is known (rule T8).
pub(super) fn may_be_repeated(context: &Context<'_>, own: &Effects, callee: Option<Callee>) -> bool {
    let declared = |item: ItemId| {
        let effects = context.effects(item.file, own);
        effects.is_some_and(|effects| effects.idempotent.get(Id::new(item.index as usize)).is_some())
    };
    match callee {
        Some(Callee::Action(item) | Callee::Task(item)) => {
            context.effect_of_item(item, own) < Effect::Changes || declared(item)
        }
        Some(Callee::Builtin(builtin)) => builtin != crate::names::Builtin::Manual,
        // Not known, already reported.
        _ => true,
    }
}
