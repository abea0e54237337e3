//! The values between which an expression chooses: what stands behind the arms of its `match`, and in the
//! branches of its `if`.

use crate::{
    hir::{ExprId, ExprKind, Module},
    simulate::{
        account::{Account, Frame},
        evaluate::{Bindings, fits},
        value::Value,
    },
    source::Span,
};

/// The places of all; none where it doesn't choose.
pub(super) fn all(module: &Module, expr: ExprId) -> Vec<Span> {
    let mut found = Vec::new();
    let mut rest = vec![expr];
    while let Some(next) = rest.pop() {
        match &module.exprs[next].kind {
            ExprKind::Match { arms, .. } => rest.extend(arms.iter().map(|arm| arm.body)),
            ExprKind::If { branches, otherwise } => {
                rest.extend(branches.iter().map(|(_, value)| *value));
                rest.push(*otherwise);
            }
            _ if next == expr => {}
            _ => found.push(module.exprs[next].span),
        }
    }
    found
}

/// The place of the one that was chosen with the values of a moment.
pub(super) fn taken(account: &Account<'_>, frame: Frame<'_>, before: usize, expr: ExprId) -> Option<Span> {
    let module = frame.module;
    let mut bindings = Bindings::new();
    let mut next = expr;
    loop {
        let value = |expr: ExprId, bindings: &Bindings| {
            let moment = account.moment(frame, before);
            account.evaluator.evaluate(frame.file, expr, bindings, &moment).ok()
        };
        match &module.hir.exprs[next].kind {
            ExprKind::Match { subject, arms } => {
                let subject = value(*subject, &bindings)?;
                let mut chosen = None;
                for arm in arms {
                    if let Some(bound) = arm.patterns.iter().find_map(|one| fits(module, one, &subject)) {
                        bindings.extend(bound.map(|local| (local, subject.clone())));
                        chosen = Some(arm.body);
                        break;
                    }
                }
                next = chosen?;
            }
            ExprKind::If { branches, otherwise } => {
                let mut chosen = *otherwise;
                for (condition, then) in branches {
                    if value(*condition, &bindings)? == Value::Bool(true) {
                        chosen = *then;
                        break;
                    }
                }
                next = chosen;
            }
            _ if next == expr => return None,
            _ => return Some(module.hir.exprs[next].span),
        }
    }
}
