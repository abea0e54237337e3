//! The conditions under which steps have a value, so that they can be told apart (rule T3).

use std::{collections::HashMap, fmt::Write};

use super::{Inference, narrow::Truth};
use crate::{
    hir::{BinaryOp, ExprId, ExprKind, LocalKind, TextPart, UnaryOp},
    names::{Builtin, Def},
};

/// A condition: equal ones have one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct GuardKey(u32);

/// The conditions met so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    known: HashMap<String, GuardKey>,
}

/// The comparison that holds where this one doesn't; none for one of each two.
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
        // That `a != b` holds says the same as that `a == b` doesn't.
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
            // What is read at the moment may differ from one evaluation to the next.
            text.truncate(1);
            let _ = write!(text, "#{}", expr.index());
        }
        let next = GuardKey(self.guard_keys.known.len() as u32);
        *self.guard_keys.known.entry(text).or_insert(next)
    }

    /// Writes what an expression says, apart from its spelling; whether it says the same at all times.
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
            // The patterns would have to be compared as well.
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
