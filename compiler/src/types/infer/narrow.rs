//! What conditions say of optional values (rule T2): which paths are known to be there.

use std::sync::Arc;

use super::Inference;
use crate::{
    hir::{BinaryOp, ExprId, ExprKind, Literal, UnaryOp},
    names::Def,
    types::Type,
};

/// A name with fields: what it leads to never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// The name.
    pub root: Def,
    /// The fields, from the name on.
    pub fields: Vec<Arc<str>>,
}

/// A path that is known to be there.
pub(super) type Fact = Path;

/// What a condition turned out to be.
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

    /// Adds what follows from a condition; the caller truncates `facts` to where they were.
    pub(super) fn assume(&mut self, condition: ExprId, truth: Truth) {
        // With a stack of its own, though expressions aren't deep.
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
            // Equal to something that is there, or unequal to `none`.
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

    /// An expression is there: so is what it is taken from with `?.`.
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
                    // `x?.method()` is there only if `x` is.
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

    /// Runs `inner` with what follows from a condition: what it says of values, and that steps with the
    /// same condition have happened (rule T3).
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
