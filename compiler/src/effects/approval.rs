//! Four eyes where it counts, and only there (promise 7, rule T6).

use super::{
    Context, Effects, ModuleContext,
    context::{Placed, steps_of, steps_of_playbook},
    formula::{Atoms, Bindings, Formula, Implication, bind, implies},
    infer::calls_of,
    people,
    severity::can_be_highest,
};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::{approval_impossible, approval_undecidable, missing_approval, needless_approval},
    hir::{Approve, Effect, Item, Literal, Playbook, Step},
    names::ItemId,
    source::Span,
    types::{Callee, Type},
};

/// How many people must agree to what destroys.
const EYES: i64 = 2;

pub(super) fn check(context: &Context<'_>, own: &Effects, findings: &mut Vec<Diagnostic>) {
    for (_, step) in context.own.hir.steps.iter() {
        check_needless(context, own, step, findings);
    }
    for (item, playbook) in context.own.playbooks() {
        check_groups(context, playbook, findings);
        if can_be_highest(context, playbook) {
            let mut walk = Walk { context, own, atoms: Atoms::default(), item, findings: &mut *findings };
            for (_, placed) in steps_of_playbook(playbook) {
                walk.step(context.own, &placed, &Way::default());
            }
        }
    }
}

/// An approval on a step that harms nobody only makes people wait; a text for everybody may deserve it.
fn check_needless(context: &Context<'_>, own: &Effects, step: &Step, findings: &mut Vec<Diagnostic>) {
    let Some(approve) = &step.clauses.approve else { return };
    let module = context.own;
    let effect = calls_of(step).map(|call| context.effect_of_call(module, call, own)).max();
    let effect = effect.unwrap_or(Effect::Pure);
    let public = match module.callee(step.call) {
        Some(Callee::Action(item) | Callee::Task(item)) => {
            let file = context.module(item.file);
            let parameters = match &context.item(item).map(|item| &item.kind) {
                Some(crate::hir::ItemKind::Action(action)) => action.parameters.as_slice(),
                Some(crate::hir::ItemKind::Task(task)) => task.parameters.as_slice(),
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

/// Who can grant an approval, where that is known before any run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approvers {
    /// How many must.
    pub count: i64,
    /// How many can.
    pub eligible: usize,
    /// Who would be among them and starts the run: nobody approves their own.
    pub starter: Option<ItemId>,
}

/// Who can grant this approval of a playbook of the module at hand; none if that depends on the run.
pub fn approvers(context: &Context<'_>, playbook: &Playbook, approve: &Approve) -> Option<Approvers> {
    let count = count(context.own, approve)?;
    let groups = approve.groups.iter().map(|group| people::known(context, context.own, *group));
    let mut eligible: people::People = groups.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
    let starter = people::starter(context, playbook).filter(|starter| eligible.remove(starter));
    Some(Approvers { count, eligible: eligible.len(), starter })
}

/// Whether enough people are among those who are asked, where they are known.
fn check_groups(context: &Context<'_>, playbook: &Playbook, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    for (_, placed) in steps_of_playbook(playbook) {
        let Some(approve) = &module.step(placed.step).clauses.approve else { continue };
        let Some(approvers) = approvers(context, playbook, &approve.value) else { continue };
        if approvers.count > approvers.eligible as i64 {
            let starter =
                approvers.starter.and_then(|starter| Some(context.item(starter)?.name.text.clone()));
            let groups: Vec<Span> = approve.value.groups.iter().map(|group| module.span(*group)).collect();
            findings.push(approval_impossible::approval_impossible(
                module.span(approve.value.count),
                approvers.count,
                approvers.eligible,
                &groups,
                starter.as_deref(),
            ));
        }
    }
}

fn count(module: ModuleContext<'_>, approve: &Approve) -> Option<i64> {
    match module.hir.exprs[approve.count].kind {
        crate::hir::ExprKind::Literal(Literal::Int(count)) => Some(count),
        _ => None,
    }
}

/// How a call is reached: through which tasks, when, and approved when.
#[derive(Debug, Clone, Default)]
struct Way {
    /// All of them hold when the call is made.
    conditions: Vec<Formula>,
    /// One of them holds when enough people have approved.
    approved: Vec<Formula>,
    bindings: Bindings,
    /// The calls of tasks that lead to it.
    tasks: Vec<Span>,
}

struct Walk<'w, 'a> {
    context: &'w Context<'a>,
    own: &'w Effects,
    atoms: Atoms,
    item: &'w Item,
    findings: &'w mut Vec<Diagnostic>,
}

impl<'a> Walk<'_, 'a> {
    fn step(&mut self, module: ModuleContext<'a>, placed: &Placed, way: &Way) {
        let step = module.step(placed.step);
        let destroying: Vec<_> = calls_of(step)
            .filter(|call| self.context.effect_of_call(module, *call, self.own) == Effect::Destroys)
            .collect();
        if destroying.is_empty() || way.tasks.len() > 30 {
            return;
        }
        let way = self.enter(module, step, placed, way);
        for call in destroying {
            match module.callee(call) {
                Some(Callee::Task(item)) => {
                    let (Some(task), Some(inside)) =
                        (self.context.task(item), self.context.module(item.file))
                    else {
                        continue;
                    };
                    let mut way = way.clone();
                    way.bindings = bind(self.context, module, &way.bindings, call);
                    way.tasks.push(module.span(call));
                    for placed in steps_of(&task.body) {
                        self.step(inside, &placed, &way);
                    }
                }
                _ => self.decide(module.span(call), step, &way),
            }
        }
    }

    /// The way into a step: its groups and `when` hold, and its gate may stand before it.
    fn enter(&mut self, module: ModuleContext<'a>, step: &Step, placed: &Placed, way: &Way) -> Way {
        let mut way = way.clone();
        for (condition, wanted) in &placed.groups {
            let formula = self.atoms.formula(self.context, module, &way.bindings, *condition);
            way.conditions.push(if *wanted { formula } else { Formula::Not(Box::new(formula)) });
        }
        if let Some(when) = &step.clauses.when {
            way.conditions.push(self.atoms.formula(self.context, module, &way.bindings, when.value));
        }
        if let Some(approve) = &step.clauses.approve
            && count(module, &approve.value).is_none_or(|count| count >= EYES)
        {
            way.approved.push(match approve.value.when {
                Some(when) => self.atoms.formula(self.context, module, &way.bindings, when),
                None => Formula::Known(true),
            });
        }
        way
    }

    fn decide(&mut self, call: Span, step: &Step, way: &Way) {
        // What lies in a task of another module is shown at the call in this one.
        let place = way.tasks.first().copied().unwrap_or(call);
        let inner = (place != call).then_some(call);
        let premise = Formula::And(way.conditions.clone());
        match implies(&premise, &Formula::Or(way.approved.clone())) {
            Implication::Holds => {}
            Implication::TooMany(atoms) => {
                let name = &step.name.text;
                self.findings.push(approval_undecidable::approval_undecidable(place, name, atoms));
            }
            Implication::Fails(values) => {
                let path = values.iter().map(|(atom, value)| {
                    let name = &self.atoms.names[*atom];
                    if *value { format!("`{name}`") } else { format!("not `{name}`") }
                });
                let clause = step.clauses.approve.as_ref().map(|clause| clause.span);
                self.findings.push(missing_approval::missing_approval(
                    place,
                    &step.name.text,
                    &self.item.name.text,
                    inner,
                    clause,
                    &path.collect::<Vec<_>>(),
                ));
            }
        }
    }
}
