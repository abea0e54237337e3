//! Texts, lists, maps and Json.

use std::sync::Arc;

use super::{Inference, Place, Secrets};
use crate::{
    findings::types as findings,
    hir::{ExprId, Ident, TextPart, TypeExpr},
    types::{ArgumentValue, Call, Callee, Type},
};

/// What fields that a record literal leaves out, and that have no default, are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// Missing.
    Reported,
    /// Taken from the sample of the trigger.
    Sampled,
}

impl Inference<'_> {
    /// A text with interpolated values: public if all of them are (rule T10).
    pub(super) fn text(&mut self, parts: &[TextPart]) -> Type {
        let mut all_public = true;
        for part in parts {
            let TextPart::Value(value) = part else { continue };
            let ty = self.infer(*value, None);
            all_public &= matches!(ty, Type::Public | Type::Unknown);
            if !self.is_showable(&ty) {
                self.not_shown(*value, &ty);
            }
        }
        if all_public { Type::Public } else { Type::Text }
    }

    fn not_shown(&mut self, value: ExprId, ty: &Type) {
        let span = self.span(value);
        let shown = self.show(ty);
        let finding = match ty {
            Type::Unit => findings::no_value::call(span),
            Type::Optional(_) if *ty.present() != Type::Secret => {
                findings::value_may_be_missing::shown(&self.shown(value), span, self.why_missing(value))
            }
            _ if self.interfaces.holds_secret(ty) => findings::secret_leak::shown(&shown, span),
            Type::Cause => findings::not_a_value::cause(&self.shown(value), span),
            _ => findings::type_mismatch::not_shown(&shown, span),
        };
        self.report(finding);
    }

    pub(super) fn list(&mut self, elements: &[ExprId], expected: Option<&Type>) -> Type {
        match expected.map(Type::present) {
            Some(Type::Json) => {
                elements.iter().for_each(|element| self.json_part(*element));
                Type::Json
            }
            Some(Type::List(element)) => {
                let element: Arc<Type> = element.clone();
                match self.all_fit(elements, &element) {
                    Some(ty) => Type::list(ty),
                    None => Type::Unknown,
                }
            }
            Some(Type::People) => match self.all_fit(elements, &self.person()) {
                Some(ty) => Type::list(ty),
                None => Type::Unknown,
            },
            _ => match self.common(elements) {
                Some(ty) => Type::list(ty),
                None => Type::Unknown,
            },
        }
    }

    /// The common type of expressions that all must be `expected`; `None` if one isn't.
    pub(super) fn all_fit(&mut self, exprs: &[ExprId], expected: &Type) -> Option<Type> {
        let mut common = Some(Type::Never);
        for expr in exprs {
            let ty = self.expect(*expr, expected);
            common = match common {
                Some(_) if ty.is_unknown() => None,
                Some(common) => Some(self.interfaces.join(&common, &ty).unwrap_or_else(|| expected.clone())),
                None => None,
            };
        }
        common
    }

    /// The common type of expressions; `None`, and reported, if they have none.
    fn common(&mut self, exprs: &[ExprId]) -> Option<Type> {
        let mut common = Type::Never;
        let mut first: Option<ExprId> = None;
        let mut failed = false;
        for expr in exprs {
            let hint = Some(&common).filter(|common| **common != Type::Never);
            let ty = self.infer(*expr, hint.cloned().as_ref());
            if failed {
                continue;
            }
            match self.interfaces.join(&common, &ty) {
                Some(joined) => common = joined,
                None => {
                    let before = first.map_or(self.span(*expr), |first| self.span(first));
                    let finding = findings::type_mismatch::mixed(
                        (&self.show(&common), before),
                        (&self.show(&ty), self.span(*expr)),
                        "elements",
                    );
                    self.report(finding);
                    failed = true;
                }
            }
            first = first.or(Some(*expr));
        }
        (!failed).then_some(common)
    }

    pub(super) fn map(&mut self, expr: ExprId, entries: &[(Ident, ExprId)], expected: Option<&Type>) -> Type {
        let values: Vec<ExprId> = entries.iter().map(|(_, value)| *value).collect();
        match expected.map(Type::present) {
            Some(Type::Json) => {
                values.iter().for_each(|value| self.json_part(*value));
                Type::Json
            }
            Some(Type::Map(value)) => {
                let value: Arc<Type> = value.clone();
                match self.all_fit(&values, &value) {
                    Some(ty) => Type::map(ty),
                    None => Type::Unknown,
                }
            }
            Some(Type::Record(item)) => {
                let name = self.show(&Type::Record(*item));
                let finding = findings::type_mismatch::map_for_record(&name, self.span(expr));
                self.report(finding);
                values.iter().for_each(|value| self.visit(*value));
                Type::Unknown
            }
            _ => match self.common(&values) {
                Some(ty) => Type::map(ty),
                None => Type::Unknown,
            },
        }
    }

    /// A value within a Json literal: literals are converted, other values need a type that Json supports.
    pub(super) fn json_part(&mut self, value: ExprId) {
        let before = std::mem::replace(&mut self.place, Place::JsonPart);
        let ty = self.infer(value, Some(&Type::Json));
        self.place = before;
        if self.interfaces.is_json(&ty) || (self.secrets == Secrets::Sent && self.is_sent(&ty)) {
            return;
        }
        let span = self.span(value);
        let finding = if ty == Type::Unit {
            findings::no_value::call(span)
        } else if self.interfaces.holds_secret(&ty) {
            findings::secret_leak::passed(span, "Json")
        } else {
            findings::type_mismatch::not_json(&self.show(&ty), span)
        };
        self.report(finding);
    }

    fn is_sent(&self, ty: &Type) -> bool {
        match ty {
            Type::Secret => true,
            Type::Optional(inner) | Type::List(inner) | Type::Map(inner) => self.is_sent(inner),
            _ => false,
        }
    }

    /// `{ field: value }` where a scenario provides a record.
    pub(super) fn record_literal(
        &mut self,
        expr: ExprId,
        entries: &[(Ident, ExprId)],
        item: crate::names::ItemId,
        left_out: LeftOut,
    ) -> Type {
        let Some(record) = self.interfaces.record(item) else { return Type::Unknown };
        let mut values: Vec<Option<ExprId>> = vec![None; record.parameters.len()];
        let name = self.show(&Type::Record(item));
        let signature = self.interfaces.show_signature(&name, &record.parameters, &Type::Unit);
        let mut problems = Vec::new();
        for (key, value) in entries {
            match record.parameters.iter().position(|field| field.name == key.text) {
                Some(index) => {
                    let field = &record.parameters[index];
                    values[index] = Some(*value);
                    self.argument(*value, &field.ty, &field.name, &signature, &mut problems);
                    self.check_zone_of(item, &field.name, *value);
                }
                None => {
                    let known = record.parameters.iter().map(|field| field.name.to_string()).collect();
                    problems.push(findings::wrong_arguments::Problem::Unknown(key.clone(), known));
                    self.visit(*value);
                }
            }
        }
        let mut arguments = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            let field = &record.parameters[index];
            arguments.push(match value {
                Some(value) => ArgumentValue::Given(value),
                None if field.default.is_some() => ArgumentValue::Default,
                None if left_out == LeftOut::Sampled => ArgumentValue::Missing,
                None => {
                    problems.push(findings::wrong_arguments::Problem::Missing(field.name.to_string()));
                    ArgumentValue::Missing
                }
            });
        }
        if !problems.is_empty() {
            let finding = findings::wrong_arguments::report(&name, self.span(expr), &problems, &signature);
            self.report(finding);
        }
        self.types.calls.set(expr, Call { callee: Callee::Record(item), arguments });
        let ty = Type::Record(item);
        self.types.exprs.set(expr, ty.clone());
        ty
    }

    /// `value as T`.
    pub(super) fn cast(&mut self, value: ExprId, to: &TypeExpr) -> Type {
        let ty = self.infer(value, None);
        let target = self.written(to);
        match &ty {
            Type::Json | Type::Unknown => {}
            // What it should become has been reported.
            _ if target.is_unknown() => return target,
            Type::Optional(inner) if **inner == Type::Json && target.is_optional() => {}
            Type::Optional(inner) if **inner == Type::Json => {
                let finding = findings::value_may_be_missing::used(
                    &self.shown(value),
                    self.span(value),
                    "Json",
                    self.why_missing(value),
                );
                self.report(finding);
                return target;
            }
            other => {
                let finding =
                    findings::cannot_cast::not_json(&self.show(other), &self.show(&target), self.span(value));
                self.report(finding);
                return target;
            }
        }
        if !target.is_unknown() && !self.is_castable(&target) {
            let finding = if self.interfaces.holds(&target, &Type::Public) {
                findings::not_public::cast(&self.show(&target), to.span)
            } else {
                let never = [Type::Secret, Type::People, Type::Run];
                let held = never.iter().find(|never| self.interfaces.holds(&target, never));
                findings::cannot_cast::target(&self.show(&target), held.map(|held| self.show(held)), to.span)
            };
            self.report(finding);
        }
        target
    }
}
