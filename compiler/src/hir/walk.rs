//! Goes through expressions.
//!
//! With a stack of its own: a sum of ten thousand terms is ten thousand levels deep.

use super::{Arena, Expr, ExprId, ExprKind, TextPart};

/// Calls `visit` with the direct parts of an expression, in source order.
pub fn children(expr: &Expr, visit: &mut impl FnMut(ExprId)) {
    match &expr.kind {
        ExprKind::Missing | ExprKind::Literal(_) | ExprKind::Name(_) => {}
        ExprKind::Text(parts) => parts.iter().for_each(|part| match part {
            TextPart::Literal(_) => {}
            TextPart::Value(value) => visit(*value),
        }),
        ExprKind::Field { receiver, .. } => visit(*receiver),
        ExprKind::Index { receiver, index } => [*receiver, *index].into_iter().for_each(visit),
        ExprKind::Call { callee, arguments } => {
            visit(*callee);
            arguments.iter().for_each(|argument| visit(argument.value));
        }
        ExprKind::Cast { value, .. } => visit(*value),
        ExprKind::Unary(_, operand) => visit(*operand),
        ExprKind::Binary(_, left, right) => [*left, *right].into_iter().for_each(visit),
        ExprKind::List(elements) => elements.iter().copied().for_each(visit),
        ExprKind::Map(entries) => entries.iter().for_each(|(_, value)| visit(*value)),
        ExprKind::Lambda { body, .. } => visit(*body),
        ExprKind::If { branches, otherwise } => {
            branches.iter().for_each(|(condition, value)| {
                visit(*condition);
                visit(*value);
            });
            visit(*otherwise);
        }
        ExprKind::Match { subject, arms } => {
            visit(*subject);
            arms.iter().for_each(|arm| visit(arm.body));
        }
    }
}

/// An expression and all its parts, in source order, what holds others before what it holds.
pub fn descendants(exprs: &Arena<Expr>, root: ExprId) -> impl Iterator<Item = ExprId> {
    let mut stack = vec![root];
    std::iter::from_fn(move || {
        let next = stack.pop()?;
        let behind = stack.len();
        children(&exprs[next], &mut |child| stack.push(child));
        stack[behind..].reverse();
        Some(next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hir::{BinaryOp, Literal},
        source::{FileId, Span},
    };

    #[test]
    fn goes_through_a_deep_sum_in_source_order() {
        let mut exprs = Arena::default();
        let mut push = |kind| exprs.push(Expr { span: Span::new(FileId(0), 0, 0), kind });
        let mut sum = push(ExprKind::Literal(Literal::Int(0)));
        for number in 1..100_000 {
            let term = push(ExprKind::Literal(Literal::Int(number)));
            sum = push(ExprKind::Binary(BinaryOp::Add, sum, term));
        }
        let numbers = descendants(&exprs, sum).filter_map(|expr| match exprs[expr].kind {
            ExprKind::Literal(Literal::Int(number)) => Some(number),
            _ => None,
        });
        assert!(numbers.eq(0..100_000));
    }
}
