//! Every change declares its undo, or that it can't be undone; and no change is repeated blindly (T8).

use super::{Context, Effects, infer::may_be_repeated};
use crate::{
    diagnostic::Diagnostic,
    findings::effects::{change_without_undo, contradictory_undo, repeated_change},
    hir::{Effect, Step},
    names::Builtin,
    types::Callee,
};

pub(super) fn check(context: &Context<'_>, own: &Effects, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    for (_, step) in module.hir.steps.iter() {
        check_undo(context, own, step, findings);
        check_repetition(context, own, step, findings);
    }
}

fn check_undo(context: &Context<'_>, own: &Effects, step: &Step, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    let clauses = &step.clauses;
    if let (Some(undo), Some(irreversible)) = (&clauses.undo, &clauses.irreversible) {
        findings.push(contradictory_undo::contradictory_undo(irreversible.span, undo.span));
    }
    let (said_by_action, name) = match module.callee(step.call) {
        Some(Callee::Action(item)) => {
            let Some(action) = context.action(item) else { return };
            if context.effect_of_item(item, own) < Effect::Changes {
                return;
            }
            let contract = &action.contract;
            let name = context.item(item).map_or_else(|| "".into(), |item| item.name.text.clone());
            (contract.undo.is_some() || contract.irreversible.is_some(), name)
        }
        Some(Callee::Builtin(Builtin::Manual)) => (false, Builtin::Manual.word().into()),
        // The steps of a task declare it themselves.
        _ => return,
    };
    if !said_by_action && clauses.undo.is_none() && clauses.irreversible.is_none() {
        let span = module.span(step.call);
        findings.push(change_without_undo::change_without_undo(span, step.span, &step.name.text, &name));
    }
}

fn check_repetition(context: &Context<'_>, own: &Effects, step: &Step, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    let clauses = &step.clauses;
    let again = [
        clauses.retry.as_ref().map(|clause| ("retry", clause.span)),
        clauses.repeat.as_ref().map(|clause| ("repeat", clause.span)),
        clauses.every.as_ref().map(|clause| ("every", clause.span)),
    ];
    let callee = module.callee(step.call);
    if may_be_repeated(context, own, callee) {
        return;
    }
    let (name, declared) = match callee {
        Some(Callee::Action(item) | Callee::Task(item)) => {
            let item = context.item(item);
            (item.map_or_else(|| "".into(), |item| item.name.text.clone()), item.map(|item| item.name.span))
        }
        _ => (Builtin::Manual.word().into(), None),
    };
    for (word, span) in again.into_iter().flatten() {
        findings.push(repeated_change::repeated_change(span, word, &name, module.span(step.call), declared));
    }
}
