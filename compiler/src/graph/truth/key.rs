//! Keys of values: two expressions with the same key have the same value.

use std::fmt::Write;

use super::Truth;
use crate::{
    hir::{ExprId, ExprKind, TextPart},
    names::{Builtin, Def},
    source::FileId,
    types::Callee,
};

impl Truth<'_> {
    /// `None` for what has no name and is too rare to compare: lambdas, choices, documents.
    pub(super) fn key_of(&self, file: FileId, expr: ExprId, depth: u32) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let module = self.meaning.module(file)?;
        let key = |expr: ExprId| self.key_of(file, expr, depth);
        Some(match &module.hir.exprs[expr].kind {
            ExprKind::Literal(literal) => format!("{literal:?}"),
            ExprKind::Name(_) => match module.def(expr)? {
                Def::Local(local) => match self.assumptions.lets.get(&local) {
                    Some(value) => self.key_of(file, *value, depth)?,
                    None => format!("{}:{local:?}", file.0),
                },
                // A scenario's names are those of its playbook.
                Def::OfPlaybook(file, local) => format!("{}:{local:?}", file.0),
                Def::Builtin(Builtin::Run) => "run".to_owned(),
                Def::Unknown => return None,
                def => format!("{def:?}"),
            },
            ExprKind::Field { receiver, name, .. } => match module.def(expr) {
                Some(Def::Unknown) => return None,
                Some(def) => format!("{def:?}"),
                None => format!("{}.{}", key(*receiver)?, name.text),
            },
            ExprKind::Index { receiver, index } => format!("{}[{}]", key(*receiver)?, key(*index)?),
            ExprKind::Unary(operator, operand) => format!("{operator:?} {}", key(*operand)?),
            ExprKind::Binary(operator, left, right) => {
                format!("({} {} {})", key(*left)?, operator.symbol(), key(*right)?)
            }
            ExprKind::Cast { value, to } => format!("({} as {:?})", key(*value)?, to.kind),
            ExprKind::Text(parts) => {
                let mut text = String::new();
                for part in parts {
                    match part {
                        TextPart::Literal(literal) => drop(write!(text, "{literal:?}")),
                        TextPart::Value(value) => text.push_str(&key(*value)?),
                    }
                }
                text
            }
            ExprKind::List(elements) => {
                let elements: Option<Vec<String>> = elements.iter().map(|element| key(*element)).collect();
                format!("[{}]", elements?.join(", "))
            }
            ExprKind::Call { callee, arguments } => {
                let pure = matches!(
                    module.call(expr)?.callee,
                    Callee::Function(_) | Callee::Method(_) | Callee::Builtin(Builtin::Need | Builtin::Time)
                );
                if !pure {
                    return None;
                }
                let arguments: Option<Vec<String>> = arguments
                    .iter()
                    .map(|argument| {
                        let name = argument.name.as_ref().map_or("", |name| &name.text);
                        Some(format!("{name}:{}", key(argument.value)?))
                    })
                    .collect();
                let arguments = arguments?;
                // `x.length()`, as the cells of numbers know it.
                format!("{}({})", key(*callee)?, arguments.join(", "))
            }
            ExprKind::Missing
            | ExprKind::Map(_)
            | ExprKind::Lambda { .. }
            | ExprKind::If { .. }
            | ExprKind::Match { .. } => return None,
        })
    }
}
