//! The conditions under which steps have a value, so that they can be compared (rule T3).

use std::{collections::HashMap, fmt::Write};

use super::{Inference, narrow::Truth};
use crate::{
    hir::{BinaryOp, ExprId, ExprKind, LocalKind, TextPart, UnaryOp},
    names::{Builtin, Def},
};

/// A condition: equal conditions have the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct GuardKey(u32);

/// The conditions met so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    known: HashMap<String, GuardKey>,
}

/// The opposite comparison; `None` for one of each pair.
fn opposite(operator: BinaryOp) -> Option<BinaryOp> {
    match operator {
        BinaryOp::NotEqual => Some(BinaryOp::Equal),
        BinaryOp::GreaterEqual => Some(BinaryOp::Less),
        BinaryOp::LessEqual => Some(BinaryOp::Greater),
        _ => None,
    }
}

impl Inference<'_> {
    /// The conjuncts of a condition.
    pub(super) fn guard_keys(&mut self, condition: ExprId, truth: Truth) -> Vec<GuardKey> {
        let mut keys = Vec::new();
        let mut work = vec![(condition, truth)];
        while let Some((expr, truth)) = work.pop() {
            match (&self.module.exprs[expr].kind, truth) {
                (ExprKind::Binary(BinaryOp::And, left, right), Truth::Holds)
                | (ExprKind::Binary(BinaryOp::Or, left, right), Truth::Fails) => {
                    work.extend([(*right, truth), (*left, truth)]);
                }
                (ExprKind::Unary(UnaryOp::Not, operand), _) => work.push((*operand, truth.other())),
                _ => keys.push(self.guard_key(expr, truth)),
            }
        }
        keys
    }

    fn guard_key(&mut self, expr: ExprId, truth: Truth) -> GuardKey {
        // `a != b` is the same as `not (a == b)`.
        let opposite = match self.module.exprs[expr].kind {
            ExprKind::Binary(operator, ..) => opposite(operator).map(|opposite| (operator, opposite)),
            _ => None,
        };
        let truth = if opposite.is_some() { truth.other() } else { truth };
        let mut text = String::from(if truth == Truth::Holds { "+" } else { "-" });
        if self.write_key(expr, &mut text) {
            if let Some((operator, opposite)) = opposite {
                text.replace_range(1..1 + format!("{operator:?}").len(), &format!("{opposite:?}"));
            }
        } else {
            // A reading of the moment may differ between evaluations.
            text.truncate(1);
            let _ = write!(text, "#{}", expr.index());
        }
        let next = GuardKey(self.guard_keys.known.len() as u32);
        *self.guard_keys.known.entry(text).or_insert(next)
    }

    /// Writes the meaning of an expression, independent of its spelling; returns whether it is constant over time.
    fn write_key(&self, expr: ExprId, text: &mut String) -> bool {
        let kind = &self.module.exprs[expr].kind;
        let mut parts: Vec<ExprId> = Vec::new();
        crate::hir::children(&self.module.exprs[expr], &mut |part| parts.push(part));
        match kind {
            ExprKind::Missing => return false,
            ExprKind::Literal(literal) => {
                let _ = write!(text, "{literal:?}");
            }
            ExprKind::Text(pieces) => {
                for piece in pieces {
                    if let TextPart::Literal(literal) = piece {
                        let _ = write!(text, "{literal:?}");
                    }
                }
                text.push('$');
            }
            ExprKind::Name(name) => {
                let def = self.types.defs.get(expr).or_else(|| self.names.exprs.get(expr));
                match def {
                    Some(Def::Builtin(Builtin::Run)) => return false,
                    Some(Def::Local(local))
                        if matches!(
                            self.module.locals[*local].kind,
                            LocalKind::Lambda | LocalKind::Pattern
                        ) =>
                    {
                        text.push_str(name);
                    }
                    Some(def) => {
                        let _ = write!(text, "{def:?}");
                    }
                    None => return false,
                }
            }
            ExprKind::Field { name, access, .. } => {
                let _ = write!(text, "{access:?}{}", name.text);
            }
            ExprKind::Index { .. } => text.push_str("[]"),
            ExprKind::Call { arguments, .. } => {
                text.push_str("call");
                for argument in arguments {
                    let _ = write!(text, ":{}", argument.name.as_ref().map_or("", |name| &name.text));
                }
            }
            ExprKind::Cast { .. } => {
                let _ = write!(text, "as{:?}", self.types.of(expr));
            }
            ExprKind::Unary(operator, _) => {
                let _ = write!(text, "{operator:?}");
            }
            ExprKind::Binary(operator, ..) => {
                let _ = write!(text, "{operator:?}");
            }
            ExprKind::List(_) => text.push_str("list"),
            ExprKind::Map(entries) => entries.iter().for_each(|(key, _)| {
                let _ = write!(text, "{:?}:", key.text);
            }),
            ExprKind::Lambda { parameters, .. } => {
                for parameter in parameters {
                    let _ = write!(text, "{}=>", self.module.locals[*parameter].name.text);
                }
            }
            ExprKind::If { .. } => text.push_str("if"),
            // Patterns would have to be compared too.
            ExprKind::Match { .. } => return false,
        }
        let _ = write!(text, "({}", parts.len());
        for part in parts {
            text.push(',');
            if !self.write_key(part, text) {
                return false;
            }
        }
        text.push(')');
        true
    }
}
