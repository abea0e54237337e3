//! Playbooks that refer to the starter of their run: without an owner, there may be none.

use super::Context;
use crate::{
    diagnostic::Diagnostic,
    findings::effects::starter_unknown,
    hir::ItemKind,
    types::{Member, RunMember},
};

/// Playbooks without an owner that refer to the starter of their run, with the first span of each.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let module = context.own;
    for item in &module.hir.items {
        let ItemKind::Playbook(playbook) = &item.kind else { continue };
        if playbook.owner.is_some() || !playbook.triggers.is_empty() {
            continue;
        }
        let places = module.hir.exprs.iter().filter(|(expr, _)| {
            matches!(module.types.members.get(*expr), Some(Member::Run(RunMember::Starter)))
        });
        let own = places
            .map(|(_, expr)| expr.span)
            .filter(|span| item.span.start <= span.start && span.end <= item.span.end);
        if let Some(first) = own.min_by_key(|span| span.start) {
            findings.push(starter_unknown::starter_unknown(first, &item.name));
        }
    }
}
