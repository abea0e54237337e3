//! Read-only parts change nothing: which effects each part of a playbook allows (promise 3).

use super::{Context, Effects, chain::chain, context::steps_of_playbook};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::{effect_not_allowed, failure_call_not_allowed, narrowed_task, undo_exceeds_effect},
    hir::{Effect, Item, ItemKind, OnFailure, PartKind, Step},
    types::Callee,
};

/// The strongest effect that a part allows.
pub fn limit(part: PartKind) -> Effect {
    match part {
        PartKind::Enrich => Effect::Reads,
        PartKind::Triage => Effect::Asks,
        PartKind::Communicate => Effect::Notifies,
        PartKind::Remediate => Effect::Destroys,
    }
}

pub(super) fn check(context: &Context<'_>, own: &Effects, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    for (_, playbook) in module.playbooks() {
        for (part, placed) in steps_of_playbook(playbook) {
            check_step(context, own, part, module.step(placed.step), findings);
            check_failure_call(context, own, placed.step, findings);
        }
    }
    for item in &module.hir.items {
        check_contract(context, own, item, findings);
        check_narrowing(context, item, findings);
        if let ItemKind::Task(task) = &item.kind {
            for placed in super::context::steps_of(&task.body) {
                check_failure_call(context, own, placed.step, findings);
            }
        }
    }
}

/// Checks the call of a step with the undo in its action's contract, and the undo of the step itself.
fn check_step(
    context: &Context<'_>,
    own: &Effects,
    part: PartKind,
    step: &Step,
    findings: &mut Vec<Diagnostic>,
) {
    let module = context.own;
    let undo = step.clauses.undo.as_ref().map(|undo| undo.value.call);
    let of_call = match (undo, &step.clauses.irreversible) {
        (None, None) => context.effect_with_undo(module, step.call, own),
        _ => context.effect_of_call(module, step.call, own),
    };
    let of_undo = undo.map(|undo| (undo, context.effect_of_call(module, undo, own)));
    for (call, effect) in [(step.call, of_call)].into_iter().chain(of_undo) {
        if effect > limit(part) {
            let (links, declared) = chain(context, own, module, call, effect);
            let (span, limit) = (module.span(call), limit(part));
            findings
                .push(effect_not_allowed::effect_not_allowed(span, part, effect, limit, &links, declared));
        }
    }
}

/// The undo in an action's contract may not have a stronger effect than the action declares.
fn check_contract(context: &Context<'_>, own: &Effects, item: &Item, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    let ItemKind::Action(action) = &item.kind else { return };
    let (Some(undo), Some((declared, declared_at))) = (&action.contract.undo, action.effect) else { return };
    let effect = context.effect_of_call(module, undo.call, own);
    if effect > declared {
        let (links, reason) = chain(context, own, module, undo.call, effect);
        findings.push(undo_exceeds_effect::finding(
            (module.span(undo.call), effect),
            (&item.name.text, declared, declared_at),
            &links,
            reason,
        ));
    }
}

/// Only an action can be narrowed: nobody could define the simulated result of a narrowed task, and the
/// effect of a task is inferred, not declared.
fn check_narrowing(context: &Context<'_>, item: &Item, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    let ItemKind::Action(action) = &item.kind else { return };
    let Some(narrows) = action.narrows else { return };
    if let Some(Callee::Task(task)) = module.callee(narrows) {
        let task = context.item(task).map(|task| &task.name);
        let (name, declared) = task.map_or(("", None), |name| (&*name.text, Some(name.span)));
        findings.push(narrowed_task::finding(module.span(narrows), &item.name.text, name, declared));
    }
}

/// `on failure run` may notify people in any part, but nothing more (rule 15).
fn check_failure_call(
    context: &Context<'_>,
    own: &Effects,
    step: crate::hir::StepId,
    findings: &mut Vec<Diagnostic>,
) {
    let module = context.own;
    let clause = module.step(step).clauses.on_failure.as_ref();
    if let Some(OnFailure::Run(call)) = clause.map(|clause| clause.value) {
        let effect = context.effect_with_undo(module, call, own);
        if effect > Effect::Notifies {
            let (links, declared) = chain(context, own, module, call, effect);
            let span = module.span(call);
            findings.push(failure_call_not_allowed::failure_call_not_allowed(span, effect, &links, declared));
        }
    }
}
