//! Whether a value fits a pattern.

use super::{machine::literal_value, operators};
use crate::{
    check::CheckedModule,
    hir::{BinaryOp, LocalId, Pattern, PatternKind},
    simulate::value::Value,
};

/// What a pattern binds to a value that fits it, if it binds anything; none where the value doesn't fit.
pub fn fits(module: &CheckedModule, pattern: &Pattern, subject: &Value) -> Option<Option<LocalId>> {
    let fits = match &pattern.kind {
        PatternKind::Missing | PatternKind::Else => true,
        PatternKind::Compare(operator, literal) => {
            operators::compare(*operator, subject, &literal_value(literal)) == Some(true)
        }
        PatternKind::Literal(literal) => *subject == literal_value(literal),
        PatternKind::Range(from, to) => {
            let (from, to) = (literal_value(from), literal_value(to));
            operators::compare(BinaryOp::GreaterEqual, subject, &from) == Some(true)
                && operators::compare(BinaryOp::LessEqual, subject, &to) == Some(true)
        }
        PatternKind::Name { binding, .. } => match (module.types.patterns.get(&pattern.span), subject) {
            (Some(wanted), Value::Variant(variant)) => variant.id == *wanted,
            (Some(_), _) | (None, Value::None) => false,
            (None, _) => return Some(*binding),
        },
    };
    fits.then_some(None)
}
