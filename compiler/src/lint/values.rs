//! What a value may be, as far as it is written down.

use super::{Body, Pass};
use crate::{
    graph::NodeKind,
    hir::{BinaryOp, ExprId, ExprKind},
    names::Def,
};

/// The values that an expression chooses from.
pub fn possible(pass: &Pass<'_>, body: &Body<'_>, expr: ExprId) -> Vec<ExprId> {
    let mut found = Vec::new();
    let mut work = vec![expr];
    while let Some(expr) = work.pop() {
        match &pass.hir().exprs[expr].kind {
            ExprKind::Binary(BinaryOp::Coalesce, left, right) => work.extend([*left, *right]),
            ExprKind::If { branches, otherwise } => {
                work.extend(branches.iter().map(|(_, value)| *value));
                work.push(*otherwise);
            }
            ExprKind::Match { arms, .. } => work.extend(arms.iter().map(|arm| arm.body)),
            ExprKind::Name(_) => match named(pass, body, expr) {
                Some(value) => work.push(value),
                None => found.push(expr),
            },
            _ => found.push(expr),
        }
    }
    found
}

/// The value of a `let`, or the default of an input.
fn named(pass: &Pass<'_>, body: &Body<'_>, name: ExprId) -> Option<ExprId> {
    let Some(Def::Local(local)) = pass.module.def(name) else { return None };
    if let Some(input) = body.playbook.and_then(|one| one.inputs.iter().find(|input| input.local == local)) {
        return input.default;
    }
    match &body.graph.node(body.graph.node_of_local(local)?).kind {
        NodeKind::Let(named) => Some(named.value),
        _ => None,
    }
}
