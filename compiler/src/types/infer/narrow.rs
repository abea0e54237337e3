//! Narrowing of optional values by conditions (rule T2): which paths are known to have a value.

use std::sync::Arc;

use super::Inference;
use crate::{
    hir::{BinaryOp, ExprId, ExprKind, Literal, UnaryOp},
    names::Def,
    types::Type,
};

/// A name with fields. Its value never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// The name.
    pub root: Def,
    /// The fields, from the name on.
    pub fields: Vec<Arc<str>>,
}

/// A path that is known to have a value.
pub(super) type Fact = Path;

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Holds,
    Fails,
}

impl Truth {
    pub(super) fn other(self) -> Truth {
        match self {
            Truth::Holds => Truth::Fails,
            Truth::Fails => Truth::Holds,
        }
    }
}

impl Inference<'_> {
    pub(super) fn is_present(&self, path: &Path) -> bool {
        self.facts.contains(path)
    }

    /// Adds the facts that follow from a condition; the caller truncates `facts` afterwards.
    pub(super) fn assume(&mut self, condition: ExprId, truth: Truth) {
        // With its own stack, although expressions aren't deeply nested.
        let mut work = vec![(condition, truth)];
        let mut found = Vec::new();
        while let Some((expr, truth)) = work.pop() {
            match &self.module.exprs[expr].kind {
                ExprKind::Unary(UnaryOp::Not, operand) => work.push((*operand, truth.other())),
                ExprKind::Binary(BinaryOp::And, left, right) if truth == Truth::Holds => {
                    work.extend([(*left, truth), (*right, truth)]);
                }
                ExprKind::Binary(BinaryOp::Or, left, right) if truth == Truth::Fails => {
                    work.extend([(*left, truth), (*right, truth)]);
                }
                ExprKind::Binary(operator @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right) => {
                    self.compared(*operator, *left, *right, truth, &mut found);
                }
                _ => {}
            }
        }
        self.facts.append(&mut found);
    }

    fn compared(&self, operator: BinaryOp, left: ExprId, right: ExprId, truth: Truth, found: &mut Vec<Fact>) {
        let equal = (operator == BinaryOp::Equal) == (truth == Truth::Holds);
        for (side, other) in [(left, right), (right, left)] {
            let none = matches!(self.module.exprs[other].kind, ExprKind::Literal(Literal::None));
            // Equal to something that has a value, or unequal to `none`.
            let there = if equal {
                !none && !self.types.of(other).is_optional() && !self.types.of(other).is_unknown()
            } else {
                none
            };
            if there {
                self.present(side, found);
            }
        }
    }

    /// If an expression has a value, so does the receiver of its `?.`.
    pub(super) fn present(&self, expr: ExprId, found: &mut Vec<Fact>) {
        let mut at = expr;
        loop {
            if self.types.of(at).is_optional()
                && let Some(path) = self.path(at)
            {
                found.push(path);
            }
            match &self.module.exprs[at].kind {
                ExprKind::Field { receiver, .. } if *self.types.of(at) != Type::Json => at = *receiver,
                ExprKind::Call { callee, .. } => match &self.module.exprs[*callee].kind {
                    // `x?.method()` has a value only if `x` has.
                    ExprKind::Field { receiver, .. }
                        if matches!(
                            self.types.members.get(*callee),
                            Some(crate::types::Member::Method(_))
                        ) && self.is_if_present(*callee) =>
                    {
                        at = *receiver;
                    }
                    _ => return,
                },
                _ => return,
            }
        }
    }

    fn is_if_present(&self, expr: ExprId) -> bool {
        matches!(&self.module.exprs[expr].kind, ExprKind::Field { access: crate::hir::Access::IfPresent, .. })
    }

    /// Runs `inner` with the facts that follow from a condition: about values, and that steps with the same
    /// condition have run (rule T3).
    pub(super) fn assuming<T>(
        &mut self,
        conditions: &[(ExprId, Truth)],
        inner: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let (facts, guards) = (self.facts.len(), self.guards.len());
        for (condition, truth) in conditions {
            self.assume(*condition, *truth);
            let keys = self.guard_keys(*condition, *truth);
            self.guards.extend(keys);
        }
        let value = inner(self);
        self.facts.truncate(facts);
        self.guards.truncate(guards);
        value
    }
}
