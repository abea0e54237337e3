//! Looking never breaks anything: what each part of a playbook may do (promise 3).

use super::{Context, Effects, chain::chain, context::steps_of_playbook};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::{effect_not_allowed, failure_call_not_allowed},
    hir::{Effect, OnFailure, PartKind},
};

/// The most that a part may do.
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
            let step = module.step(placed.step);
            let undo = step.clauses.undo.as_ref().map(|undo| undo.value.call);
            for call in [Some(step.call), undo].into_iter().flatten() {
                let effect = context.effect_of_call(module, call, own);
                if effect > limit(part) {
                    let (links, declared) = chain(context, own, module, call, effect);
                    findings.push(effect_not_allowed::effect_not_allowed(
                        module.span(call),
                        part,
                        effect,
                        limit(part),
                        &links,
                        declared,
                    ));
                }
            }
            check_failure_call(context, own, placed.step, findings);
        }
    }
    for item in &module.hir.items {
        if let crate::hir::ItemKind::Task(task) = &item.kind {
            for placed in super::context::steps_of(&task.body) {
                check_failure_call(context, own, placed.step, findings);
            }
        }
    }
}

/// `on failure run` may tell people, in any part, and no more (rule 15).
fn check_failure_call(
    context: &Context<'_>,
    own: &Effects,
    step: crate::hir::StepId,
    findings: &mut Vec<Diagnostic>,
) {
    let module = context.own;
    let clause = module.step(step).clauses.on_failure.as_ref();
    if let Some(OnFailure::Run(call)) = clause.map(|clause| clause.value) {
        let effect = context.effect_of_call(module, call, own);
        if effect > Effect::Notifies {
            let (links, declared) = chain(context, own, module, call, effect);
            let span = module.span(call);
            findings.push(failure_call_not_allowed::failure_call_not_allowed(span, effect, &links, declared));
        }
    }
}
