//! Which severities a playbook can have.

use std::collections::BTreeSet;

use super::{Context, ModuleContext};
use crate::{
    hir::{ExprId, ExprKind, PartBody, Playbook, Statement, StatementKind},
    names::Def,
};

/// The variants, by index, that a severity expression can have; `None` if any.
pub fn range(module: ModuleContext<'_>, expr: ExprId) -> Option<BTreeSet<u32>> {
    let mut variants = BTreeSet::new();
    let mut rest = vec![expr];
    while let Some(expr) = rest.pop() {
        match &module.hir.exprs[expr].kind {
            ExprKind::Match { arms, .. } => rest.extend(arms.iter().map(|arm| arm.body)),
            ExprKind::If { branches, otherwise } => {
                rest.extend(branches.iter().map(|(_, value)| *value));
                rest.push(*otherwise);
            }
            _ => match module.def(expr) {
                Some(Def::Variant(variant)) => drop(variants.insert(variant.index)),
                _ => return None,
            },
        }
    }
    Some(variants)
}

/// The expression of `severity = E`, if the playbook has one.
pub(super) fn of_playbook(playbook: &Playbook) -> Option<ExprId> {
    let blocks = playbook.parts.iter().filter_map(|part| match &part.body {
        PartBody::Block(block) => Some(&block.statements),
        PartBody::None { .. } => None,
    });
    blocks.flatten().find_map(|statement: &Statement| match statement.kind {
        StatementKind::Severity(expr) => Some(expr),
        _ => None,
    })
}

/// Whether the playbook can have the highest severity. An unknown severity counts as the highest.
pub(super) fn can_be_highest(context: &Context<'_>, playbook: &Playbook) -> bool {
    let module = context.own;
    let Some(expr) = of_playbook(playbook) else { return true };
    let Some(variants) = range(module, expr) else { return true };
    variants.iter().any(|variant| Some(*variant) == highest(context, expr))
}

/// The index of the highest variant of the enum of `expr`.
fn highest(context: &Context<'_>, expr: ExprId) -> Option<u32> {
    let crate::types::Type::Enum(item) = context.own.types.of(expr) else { return None };
    match &context.item(*item)?.kind {
        crate::hir::ItemKind::Enum(declared) => Some((declared.variants.len() as u32).checked_sub(1)?),
        _ => None,
    }
}
