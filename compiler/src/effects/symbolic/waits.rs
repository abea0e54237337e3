//! What happens earlier or later depending on how long people take, so that readings at that moment differ.

use std::{
    collections::{BTreeSet, HashSet},
    rc::Rc,
};

use super::{
    Env, Machine, World,
    body::{Body, EntryKind, lines_of, needs},
    value::Term,
};
use crate::{
    effects::{ModuleContext, context::steps_of},
    hir::{ExprId, ExprKind, ItemKind, LocalId, PartBody, PartKind, Step, StepId, descendants},
    names::{Builtin, Def, ItemId, Milestone},
    types::Callee,
};

/// How long severity may stay unknown before the highest is assumed, in nanoseconds (rule 17).
const SEVERITY_LIMIT: i64 = 120_000_000_000;

/// What depends on how long people take, in a playbook or task.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// When a step, `let` or cause has its value.
    ends: HashSet<LocalId>,
    /// When a step starts.
    starts: HashSet<StepId>,
    severity: bool,
}

impl<'a> Machine<'_, 'a> {
    /// Whether the start of a step depends on how long people take.
    pub(super) fn hangs(&mut self, env: Env<'a>, step: StepId) -> bool {
        let item = env.module.step(step).item as usize;
        let waits = self.waits_of(ItemId::new(env.module.hir.file, item));
        env.world != World::Critical && (self.frame_hangs(env) || waits.starts.contains(&step))
    }

    /// Whether it depends on how long people take until everything that an expression refers to has a value.
    pub(super) fn expr_waits(&mut self, env: Env<'a>, expr: ExprId) -> bool {
        if env.world == World::Critical {
            return false;
        }
        let module = env.module;
        let locals = descendants(&module.hir.exprs, expr).filter_map(|part| match module.def(part)? {
            Def::Local(local) => Some(local),
            _ => None,
        });
        let locals: Vec<LocalId> = locals.collect();
        let item = locals.first().map(|local| module.hir.locals[*local].item as usize);
        let waits = item.map(|item| self.waits_of(ItemId::new(module.hir.file, item)));
        self.frame_hangs(env) || waits.is_some_and(|waits| waits.any_in(module, [expr]))
    }

    /// Whether an answer that severity needs may come later than severity waits for it. A question that is
    /// asked immediately and has at most that much time can't.
    pub(super) fn may_be_late(&mut self, env: Env<'a>, expr: ExprId) -> bool {
        let module = env.module;
        let (mut seen, mut work) = (BTreeSet::new(), vec![expr]);
        while let Some(expr) = work.pop() {
            for part in descendants(&module.hir.exprs, expr) {
                let Some(Def::Local(local)) = module.def(part) else { continue };
                let item = ItemId::new(module.hir.file, module.hir.locals[local].item as usize);
                if !seen.insert(local) || !self.waits_of(item).ends.contains(&local) {
                    continue;
                }
                let Some(body) = self.body(item) else { continue };
                let Some(entry) = body.entries.get(&local) else { continue };
                match &entry.kind {
                    EntryKind::Let(value) if entry.groups.is_empty() => work.push(*value),
                    EntryKind::Step(step) if entry.groups.is_empty() && self.is_quick(env, *step) => {}
                    _ => return true,
                }
            }
        }
        false
    }

    fn is_quick(&mut self, env: Env<'a>, step: StepId) -> bool {
        let step = env.module.step(step);
        let clauses = &step.clauses;
        let asks =
            matches!(env.module.callee(step.call), Some(Callee::Builtin(Builtin::Ask | Builtin::AskMany)));
        let plain = clauses.when.is_none()
            && clauses.after.is_none()
            && clauses.each.is_none()
            && clauses.repeat.is_none()
            && clauses.approve.is_none()
            && clauses.retry.is_none();
        let names_none = needs(step).into_iter().all(|expr| {
            descendants(&env.module.hir.exprs, expr).all(|part| match env.module.def(part) {
                Some(Def::Local(local)) => {
                    !matches!(env.module.hir.locals[local].kind, crate::hir::LocalKind::Step(_))
                        && env.module.hir.locals[local].kind != crate::hir::LocalKind::Let
                }
                Some(Def::Severity) => false,
                _ => true,
            })
        });
        // The fourth parameter of a question.
        let within = env.module.call(step.call).and_then(|call| call.given(3));
        let within = within.map(|within| self.eval(env, within).value);
        let limit = within.and_then(|value| match self.store.only(value) {
            Some(Term::Duration(length)) => Some(*length),
            _ => None,
        });
        asks && plain && names_none && limit.is_some_and(|limit| limit <= SEVERITY_LIMIT)
    }

    /// Whether a step, or a task that it calls, asks people for something.
    pub(in crate::effects) fn involves_people(&mut self, module: ModuleContext<'a>, step: &Step) -> bool {
        if step.clauses.approve.is_some() {
            return true;
        }
        match module.callee(step.call) {
            Some(Callee::Builtin(builtin)) => builtin.involves_people(),
            Some(Callee::Task(item)) => {
                if let Some(known) = self.people.get(&item) {
                    return *known;
                }
                // A task that calls itself is a finding of its own.
                self.people.insert(item, false);
                let (Some(inside), Some(ItemKind::Task(task))) =
                    (self.context.module(item.file), self.kind(item))
                else {
                    return false;
                };
                let steps = steps_of(&task.body);
                let found = steps.iter().any(|placed| self.involves_people(inside, inside.step(placed.step)));
                self.people.insert(item, found);
                found
            }
            _ => false,
        }
    }

    fn waits_of(&mut self, item: ItemId) -> Rc<Waits> {
        if let Some(known) = self.waits.get(&item) {
            return known.clone();
        }
        let waits = Rc::new(self.find_waits(item).unwrap_or_default());
        self.waits.insert(item, waits.clone());
        waits
    }

    /// Names may be used before they are declared, and a place comes after everything above it, so everything is
    /// visited until nothing changes.
    fn find_waits(&mut self, item: ItemId) -> Option<Waits> {
        let (module, body) = (self.context.module(item.file)?, self.body(item)?);
        let steps: Vec<(Option<PartKind>, StepId)> = match self.kind(item)? {
            ItemKind::Task(task) => steps_of(&task.body).into_iter().map(|it| (None, it.step)).collect(),
            ItemKind::Playbook(playbook) => {
                let blocks = playbook.parts.iter().filter_map(|part| match &part.body {
                    PartBody::Block(block) => Some((part.kind, block)),
                    PartBody::None { .. } => None,
                });
                blocks
                    .flat_map(|(kind, block)| {
                        steps_of(block).into_iter().map(move |it| (Some(kind), it.step))
                    })
                    .collect()
            }
            _ => return None,
        };
        let people: HashSet<StepId> = steps
            .iter()
            .map(|(_, step)| *step)
            .filter(|step| self.involves_people(module, module.step(*step)))
            .collect();
        let mut waits = Waits::default();
        if people.is_empty() {
            return Some(waits);
        }
        loop {
            let before = (waits.ends.len(), waits.starts.len(), waits.severity);
            waits.severity |= body.severity.is_some_and(|expr| waits.any_in(module, [expr]));
            waits.look_at_values(module, &body);
            let mut above = false;
            for (part, id) in &steps {
                let step = module.step(*id);
                let groups = body.entries.get(&step.local).map_or(&[][..], |entry| &entry.groups);
                let named = groups.iter().map(|(condition, _)| *condition);
                let named =
                    named.chain(step.clauses.when.as_ref().map(|clause| clause.value)).chain(needs(step));
                let after = step.clauses.after.as_ref();
                let behind = match after {
                    Some(after) => after.value.iter().any(|target| waits.target(module, &body, *target)),
                    None => above && *part != Some(PartKind::Communicate),
                };
                if behind || waits.any_in(module, named) {
                    waits.starts.insert(*id);
                }
                if waits.starts.contains(id) || people.contains(id) {
                    waits.ends.insert(step.local);
                    let asks = matches!(
                        module.callee(step.call),
                        Some(Callee::Builtin(Builtin::Ask | Builtin::AskMany))
                    );
                    // The place of a question delays nothing.
                    above |= !asks && *part != Some(PartKind::Communicate);
                }
            }
            if before == (waits.ends.len(), waits.starts.len(), waits.severity) {
                return Some(waits);
            }
        }
    }
}

impl Waits {
    fn any_in(&self, module: ModuleContext<'_>, exprs: impl IntoIterator<Item = ExprId>) -> bool {
        let mut parts = exprs.into_iter().flat_map(|expr| descendants(&module.hir.exprs, expr));
        parts.any(|part| match module.def(part) {
            Some(Def::Local(local)) => self.ends.contains(&local),
            Some(Def::Severity) => self.severity,
            _ => false,
        })
    }

    fn look_at_values(&mut self, module: ModuleContext<'_>, body: &Body<'_>) {
        for (local, entry) in &body.entries {
            let named: Vec<ExprId> = match &entry.kind {
                EntryKind::Let(value) => {
                    entry.groups.iter().map(|(condition, _)| *condition).chain([*value]).collect()
                }
                EntryKind::Cause { block } => lines_of(block).collect(),
                EntryKind::Step(_) => continue,
            };
            let own = match &entry.kind {
                EntryKind::Cause { block } => {
                    steps_of(block).iter().any(|it| self.ends.contains(&module.step(it.step).local))
                }
                _ => false,
            };
            if own || self.any_in(module, named) {
                self.ends.insert(*local);
            }
        }
    }

    /// The targets of a step's `after`.
    fn target(&self, module: ModuleContext<'_>, body: &Body<'_>, target: ExprId) -> bool {
        match (module.def(target), &module.hir.exprs[target].kind) {
            (Some(Def::Milestone(Milestone::Started)), _) => false,
            (Some(Def::Milestone(Milestone::Assessed)), _) => self.severity,
            (Some(Def::Milestone(Milestone::Triaged)), _) => {
                let mut causes =
                    body.entries.iter().filter(|(_, entry)| matches!(entry.kind, EntryKind::Cause { .. }));
                causes.any(|(local, _)| self.ends.contains(local))
            }
            (Some(Def::Milestone(Milestone::Resolved | Milestone::Failed)), _) => true,
            (_, ExprKind::Binary(_, left, _)) => self.target(module, body, *left),
            _ => self.any_in(module, [target]),
        }
    }
}
