//! Patterns and arms.

use super::{
    Lowering,
    expression::{Sign, binary_op},
};
use crate::{
    hir::{Arm, Literal, LocalKind, Pattern, PatternKind},
    syntax::ast,
};

impl Lowering {
    pub(super) fn arm(&mut self, arm: &ast::Arm) -> Arm {
        Arm {
            span: self.span(arm),
            patterns: arm.patterns().map(|pattern| self.pattern(&pattern)).collect(),
            body: self.required(arm.body(), arm),
        }
    }

    fn pattern(&mut self, pattern: &ast::Pattern) -> Pattern {
        Pattern { span: self.span(pattern), kind: self.pattern_kind(pattern).unwrap_or(PatternKind::Missing) }
    }

    fn pattern_kind(&mut self, pattern: &ast::Pattern) -> Option<PatternKind> {
        if pattern.else_token().is_some() {
            return Some(PatternKind::Else);
        }
        if pattern.none_token().is_some() {
            return Some(PatternKind::Literal(Literal::None));
        }
        if let Some(path) = pattern.path() {
            let path = self.path(Some(path));
            let binding = match path.as_slice() {
                [name] => Some(self.local(name.clone(), LocalKind::Pattern)),
                _ => None,
            };
            return Some(PatternKind::Name { path, binding });
        }
        let value = self.pattern_value(&pattern.value()?)?;
        if let Some(comparison) = pattern.comparison() {
            return Some(PatternKind::Compare(binary_op(&comparison), value));
        }
        if pattern.to_token().is_some() {
            let to = self.pattern_value(&pattern.to()?)?;
            return Some(PatternKind::Range(value, to));
        }
        Some(PatternKind::Literal(value))
    }

    fn pattern_value(&mut self, value: &ast::PatternValue) -> Option<Literal> {
        if let Some(text) = value.text() {
            return Some(Literal::Text(self.plain_text(text.pieces(), "a pattern")));
        }
        let sign = if value.minus_token().is_some() { Sign::Minus } else { Sign::Plus };
        self.literal(&value.token()?, sign)
    }
}
