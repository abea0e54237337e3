//! Two-person approval where it matters, and only there (promise 7, rule T6).

use super::{
    Context, Effects, Reached,
    context::{Placed, steps_of, steps_of_playbook},
    severity::{can_be_highest, of_playbook},
    symbolic::{Env, Formula, FrameId, Machine, Term, World},
};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::{approval_impossible, approval_undecidable, missing_approval, needless_approval},
    hir::{Approve, Effect, Item, ItemKind, PartKind, Playbook, Step},
    names::ItemId,
    source::Span,
    types::{Callee, Type},
};

/// How many people have to approve a step that destroys.
const EYES: i64 = 2;
/// Nobody can review a path with more conditions than this.
const CONDITIONS: usize = 64;

pub(super) fn check(context: &Context<'_>, own: &Effects, findings: &mut Vec<Diagnostic>) {
    for (_, step) in context.own.hir.steps.iter() {
        check_needless(context, own, step, findings);
    }
    let asks = context.own.hir.steps.iter().any(|(_, step)| step.clauses.approve.is_some());
    let destroys = |item: ItemId| context.effect_of_item(item, own) == Effect::Destroys;
    for (index, item) in context.own.hir.items.iter().enumerate() {
        let id = ItemId::new(context.own.hir.file, index);
        if !matches!(item.kind, ItemKind::Playbook(_) | ItemKind::Task(_)) || !(asks || destroys(id)) {
            continue;
        }
        let mut machine = Machine::new(context);
        let Some(root) = machine.root(id, World::Critical) else { continue };
        check_groups(context, &mut machine, root, item, findings);
        if let ItemKind::Playbook(playbook) = &item.kind
            && destroys(id)
            && can_be_highest(context, playbook)
        {
            let has_severity = of_playbook(playbook).is_some();
            let mut walk = Walk { context, own, machine, item, has_severity, findings: &mut *findings };
            // In another part it isn't allowed at all.
            let steps = steps_of_playbook(playbook).into_iter();
            for (_, placed) in steps.filter(|(part, _)| *part == PartKind::Remediate) {
                walk.step(root, &placed, &Way::default());
            }
        }
    }
}

/// An approval on a harmless step only makes people wait; a public message may deserve one.
fn check_needless(context: &Context<'_>, own: &Effects, step: &Step, findings: &mut Vec<Diagnostic>) {
    let Some(approve) = &step.clauses.approve else { return };
    let module = context.own;
    let effect = context.effect_of_step(module, step, own);
    let public = match module.callee(step.call) {
        Some(Callee::Action(item) | Callee::Task(item)) => {
            let file = context.module(item.file);
            let parameters = match &context.item(item).map(|item| &item.kind) {
                Some(ItemKind::Action(action)) => action.parameters.as_slice(),
                Some(ItemKind::Task(task)) => task.parameters.as_slice(),
                _ => &[],
            };
            file.is_some_and(|file| {
                parameters.iter().any(|parameter| *file.types.of_local(parameter.local) == Type::Public)
            })
        }
        // Not known, already reported.
        None => return,
        Some(_) => false,
    };
    if effect <= Effect::Notifies && !public {
        let call = module.span(step.call);
        findings.push(needless_approval::needless_approval(approve.span, call, &step.name.text, effect));
    }
}

/// Who can approve, if that is known before any run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approvers {
    /// How many have to.
    pub count: i64,
    /// How many can.
    pub eligible: usize,
}

/// Who can approve this gate of a playbook of the current module; `None` if that depends on the run.
pub fn approvers(context: &Context<'_>, playbook: &Playbook, approve: &Approve) -> Option<Approvers> {
    let env = Env { module: context.own, frame: None, world: World::Critical, hangs: false };
    let mut machine = Machine::new(context);
    approvers_in(&mut machine, env, !playbook.triggers.is_empty(), approve)
}

/// The same for any gate. `response` means that an event starts the run, and no person.
fn approvers_in<'a>(
    machine: &mut Machine<'_, 'a>,
    env: Env<'a>,
    response: bool,
    approve: &Approve,
) -> Option<Approvers> {
    let count = count(machine, env, approve)?;
    // The people may differ in each case of each group: take the maximum.
    let mut all = vec![super::symbolic::Crowd::default()];
    for group in &approve.groups {
        let value = machine.eval(env, *group).value;
        let crowds = machine.crowds(value)?;
        let joined = all.iter().flat_map(|known| {
            crowds.iter().map(|crowd| {
                let mut joined = known.clone();
                joined.ids.extend(crowd.ids.iter().cloned());
                joined.starter |= crowd.starter;
                joined
            })
        });
        all = joined.take(64).collect();
    }
    // Nobody can approve their own run; if an event starts it, the starter is the owner's on-caller.
    let eligible = all.iter().map(|crowd| crowd.ids.len() + usize::from(crowd.starter && response)).max();
    Some(Approvers { count, eligible: eligible.unwrap_or(0) })
}

/// Whether enough people are among those who are asked, if they are known. Each counts once, by id.
fn check_groups<'a>(
    context: &Context<'a>,
    machine: &mut Machine<'_, 'a>,
    root: FrameId,
    item: &Item,
    findings: &mut Vec<Diagnostic>,
) {
    let module = context.own;
    let (steps, response) = match &item.kind {
        ItemKind::Playbook(playbook) => {
            let steps = steps_of_playbook(playbook).into_iter().map(|(_, placed)| placed);
            (steps.collect::<Vec<_>>(), !playbook.triggers.is_empty())
        }
        // It isn't known what starts the run around a task.
        ItemKind::Task(task) => (steps_of(&task.body), true),
        _ => return,
    };
    for placed in steps {
        let Some(approve) = &module.step(placed.step).clauses.approve else { continue };
        let env = machine.env(root);
        let Some(approvers) = approvers_in(machine, env, response, &approve.value) else { continue };
        if approvers.count > approvers.eligible as i64 {
            let groups: Vec<Span> = approve.value.groups.iter().map(|group| module.span(*group)).collect();
            findings.push(approval_impossible::approval_impossible(
                module.span(approve.value.count),
                approvers.count,
                approvers.eligible,
                &groups,
            ));
        }
    }
}

/// How many people have to approve; `None` if that isn't known before any run, which the step graph reports.
pub(super) fn count<'a>(machine: &mut Machine<'_, 'a>, env: Env<'a>, approve: &Approve) -> Option<i64> {
    let count = machine.eval(env, approve.count).value;
    match machine.store.only(count) {
        Some(Term::Int(count)) => Some(*count),
        _ => None,
    }
}

/// How a call is reached: through which tasks, under which conditions, and when it is approved.
#[derive(Debug, Clone, Default)]
struct Way {
    /// They all hold when the call is made.
    conditions: Vec<Formula>,
    /// One of them holds if enough people have approved.
    approved: Vec<Formula>,
    /// The calls of tasks that lead to it.
    tasks: Vec<Span>,
}

struct Walk<'w, 'a> {
    context: &'w Context<'a>,
    own: &'w Effects,
    machine: Machine<'w, 'a>,
    item: &'w Item,
    has_severity: bool,
    findings: &'w mut Vec<Diagnostic>,
}

impl<'a> Walk<'_, 'a> {
    fn step(&mut self, frame: FrameId, placed: &Placed, way: &Way) {
        let env = self.machine.env(frame);
        let step = env.module.step(placed.step);
        let calls = self.context.calls_of(env.module, step).into_iter();
        let destroying: Vec<_> = calls
            .filter(|it| self.context.effect_of_call(it.module, it.call, self.own) == Effect::Destroys)
            .collect();
        if destroying.is_empty() {
            return;
        }
        let way = self.enter(env, step, placed, way);
        for reached in destroying {
            self.call(frame, placed, reached, &way);
        }
    }

    fn call(&mut self, frame: FrameId, placed: &Placed, reached: Reached<'a>, way: &Way) {
        let module = self.machine.env(frame).module;
        let step = module.step(placed.step);
        let Reached { module: inside, call } = reached;
        let (own_call, at) = (module.span(step.call), inside.span(call));
        let Some(Callee::Task(item)) = inside.callee(call) else {
            return self.decide(own_call, at, step, way);
        };
        let mut way = way.clone();
        way.tasks.push(if step.clauses.undo.is_none() { own_call } else { at });
        let entered = match call == step.call {
            true => self.machine.inside(frame, placed.step, item, call),
            false => self.machine.inside_undo(frame, placed.step, item, reached),
        };
        let (Some(entered), Some(task)) = (entered, self.context.task(item)) else {
            let (place, name) = (way.tasks.first().copied().unwrap_or(at), &step.name.text);
            self.findings.push(approval_undecidable::too_deep(place, name));
            return;
        };
        for placed in steps_of(&task.body) {
            self.step(entered, &placed, &way);
        }
    }

    /// The conditions of a step: its blocks and `when` hold, and it may have a gate.
    fn enter(&mut self, env: Env<'a>, step: &Step, placed: &Placed, way: &Way) -> Way {
        let mut way = way.clone();
        for (condition, wanted) in &placed.groups {
            let (holds, _) = self.machine.condition(env, *condition);
            way.conditions.push(if *wanted { holds } else { holds.not() });
        }
        if let Some(when) = &step.clauses.when {
            way.conditions.push(self.machine.condition(env, when.value).0);
        }
        if let Some(approve) = &step.clauses.approve
            && count(&mut self.machine, env, &approve.value).is_some_and(|count| count >= EYES)
        {
            way.approved.push(match approve.value.when {
                Some(when) => self.machine.condition(env, when).0,
                None => Formula::TRUE,
            });
        }
        way
    }

    fn decide(&mut self, step_call: Span, call: Span, step: &Step, way: &Way) {
        // A call within a task or contract, perhaps of another module, is reported at the call in this one.
        let in_contract = step.clauses.undo.is_none() && call != step_call;
        let place = way.tasks.first().copied().unwrap_or(if in_contract { step_call } else { call });
        let inner = (place != call).then_some(call);
        let store = &mut self.machine.store;
        let mut unapproved = way.conditions.clone();
        unapproved.push(store.formulas.any(way.approved.iter().copied()).not());
        let atoms = store.formulas.atoms_in(&unapproved).len();
        if atoms > CONDITIONS {
            let name = &step.name.text;
            self.findings.push(approval_undecidable::approval_undecidable(place, name, atoms));
            return;
        }
        if let Some(found) = store.way(&unapproved) {
            let found = store.shortened(&unapproved, found);
            let clause = step.clauses.approve.as_ref().map(|clause| clause.span);
            self.findings.push(missing_approval::missing_approval(
                place,
                (&step.name.text, &self.item.name.text),
                inner,
                clause,
                &self.machine.told(&found),
                self.has_severity,
            ));
        }
    }
}
