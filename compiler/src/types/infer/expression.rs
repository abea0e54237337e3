//! Expressions: selects the rule for each kind.

use super::Inference;
use crate::{
    findings::types as findings,
    hir::{ExprId, ExprKind, Literal, UnaryOp, children},
    types::{MAX_TYPE_DEPTH, Type, relations::depth},
};

impl Inference<'_> {
    /// The type of an expression where `expected` is expected. The caller decides whether it matches.
    pub(super) fn infer(&mut self, expr: ExprId, expected: Option<&Type>) -> Type {
        let mut ty = self.infer_kind(expr, expected);
        if depth(&ty) > MAX_TYPE_DEPTH {
            let span = self.span(expr);
            self.report(findings::recursive_type::too_deep(span));
            ty = Type::Unknown;
        }
        self.types.exprs.set(expr, ty.clone());
        ty
    }

    fn infer_kind(&mut self, expr: ExprId, expected: Option<&Type>) -> Type {
        let module = self.module;
        match &module.exprs[expr].kind {
            ExprKind::Missing => Type::Unknown,
            ExprKind::Literal(literal) => literal_type(literal),
            ExprKind::Text(parts) => self.text(parts),
            ExprKind::Name(name) => self.name(expr, name, expected),
            ExprKind::Field { receiver, name, access } => {
                self.field(expr, *receiver, name, *access, expected)
            }
            ExprKind::Index { receiver, index } => self.index(*receiver, *index),
            ExprKind::Call { callee, arguments } => self.call(expr, *callee, arguments, expected),
            ExprKind::Cast { value, to } => self.cast(*value, to),
            ExprKind::Unary(UnaryOp::Not, operand) => {
                self.expect(*operand, &Type::Bool);
                Type::Bool
            }
            ExprKind::Unary(UnaryOp::Negate, operand) => self.negate(expr, *operand, expected),
            ExprKind::Binary(operator, left, right) => self.binary(expr, *operator, *left, *right, expected),
            ExprKind::List(elements) => self.list(elements, expected),
            ExprKind::Map(entries) => self.map(expr, entries, expected),
            ExprKind::Lambda { parameters, body } => self.lambda(expr, parameters, *body, expected),
            ExprKind::If { branches, otherwise } => self.if_expr(branches, *otherwise, expected),
            ExprKind::Match { subject, arms } => self.match_expr(expr, *subject, arms, expected),
        }
    }

    /// The type of an expression that has to be `expected`; reports if it isn't.
    pub(super) fn expect(&mut self, expr: ExprId, expected: &Type) -> Type {
        let actual = self.infer(expr, Some(expected));
        if self.fits(&actual, expected) {
            return actual;
        }
        let finding = self.mismatch(expr, &actual, expected);
        self.report(finding);
        Type::Unknown
    }

    /// Whether a value of type `actual` is allowed where `expected` is required.
    pub(super) fn fits(&self, actual: &Type, expected: &Type) -> bool {
        self.interfaces.fits(actual, expected)
    }

    /// Checks an expression whose expected type is unknown, to find errors within it.
    pub(super) fn visit(&mut self, expr: ExprId) {
        // The expected type is unknown, so nothing in it can mismatch.
        self.infer(expr, Some(&Type::Unknown));
    }

    /// Checks the parts of an expression whose expected type is unknown.
    pub(super) fn visit_parts(&mut self, expr: ExprId) {
        let mut parts = Vec::new();
        children(&self.module.exprs[expr], &mut |part| parts.push(part));
        parts.into_iter().for_each(|part| self.visit(part));
    }
}

fn literal_type(literal: &Literal) -> Type {
    match literal {
        Literal::None => Type::none(),
        Literal::Bool(_) => Type::Bool,
        Literal::Int(_) => Type::Int,
        Literal::Float(_) => Type::Float,
        Literal::Percent(_) => Type::Percent,
        Literal::Duration(_) => Type::Duration,
        Literal::Size(_) => Type::Size,
        // The source isn't secret, so a literal is public.
        Literal::Text(_) => Type::Public,
    }
}
