//! Which playbooks wait for which alerts.

use std::collections::BTreeSet;

use super::Answer;
use crate::{
    check::Checked,
    graph::{Constant, evaluate},
    hir::ItemKind,
    names::ItemId,
    source::FileId,
    types::Callee,
};

/// The alerts that the playbooks of these modules wait for, in the order of modules.
pub fn answers(checked: &Checked, modules: &[FileId]) -> Vec<Answer> {
    let meaning = checked.meaning();
    let modules: BTreeSet<FileId> = modules.iter().copied().collect();
    let mut answers = Vec::new();
    for (playbook, declared) in checked.playbooks().filter(|(item, _)| modules.contains(&item.file)) {
        let Some(module) = checked.module(playbook.file) else { continue };
        for on in &declared.triggers {
            let Some(call) = module.types.calls.get(on.trigger) else { continue };
            let Callee::Trigger(trigger) = call.callee else { continue };
            let Some(name) = call.given(0).filter(|_| is_alert(checked, trigger)) else { continue };
            let alert = match evaluate(&meaning, playbook.file, name) {
                Ok(Constant::Text(name)) => Some(name),
                _ => None,
            };
            answers.push(Answer { playbook, alert, alias: on.alias, span: module.hir.exprs[name].span });
        }
    }
    answers
}

/// Whether a trigger is the rise of an alert.
fn is_alert(checked: &Checked, trigger: ItemId) -> bool {
    match checked.item(trigger).map(|item| &item.kind) {
        Some(ItemKind::Trigger(trigger)) => trigger.provides.iter().any(|role| &*role.text == "alert"),
        _ => false,
    }
}
