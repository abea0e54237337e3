//! Type mismatches: the error, and how to fix it.

use super::Inference;
use crate::{
    diagnostic::Diagnostic,
    findings::{names::unknown_variant, types as findings, words::either},
    hir::{ExprId, ExprKind, Ident, Literal, TextPart, UnaryOp},
    names::Def,
    types::{Member, ParameterSignature, Quantity, Type},
};

impl Inference<'_> {
    /// The finding for an expression of type `actual` where `expected` is required.
    pub(super) fn mismatch(&self, expr: ExprId, actual: &Type, expected: &Type) -> Diagnostic {
        let span = self.span(expr);
        let text = matches!(actual.present(), Type::Text | Type::Public);
        let shown = match expected {
            // A literal is `Public`, but what it is compared with doesn't have to be.
            Type::Public if !text => "Text".to_owned(),
            expected => self.show(expected),
        };
        if *actual == Type::Unit {
            return findings::no_value::call(span);
        }
        if actual.is_optional() && !expected.is_optional() {
            if *actual == Type::none() {
                return findings::value_may_be_missing::none_given(span, &shown);
            }
            if self.fits(actual.present(), expected) {
                let name = self.shown(expr);
                return findings::value_may_be_missing::used(&name, span, &shown, self.why_missing(expr));
            }
        }
        if *actual.present() == Type::Secret {
            return findings::secret_leak::passed(span, &shown);
        }
        if self.fits(actual, &without_public(expected)) {
            return findings::not_public::report(span, &self.internal_part(expr));
        }
        if let (Some(from), Some(to)) = (Quantity::of(actual), Quantity::of(expected.present())) {
            let hint = self.conversion(expr, from, to);
            return findings::unit_mismatch::passed(&self.show(actual), &shown, span, hint);
        }
        if let Some(finding) = self.other_variant(expr, expected) {
            return finding;
        }
        let found = match actual {
            // It doesn't matter here that a literal is `Public`.
            Type::Public => "Text".to_owned(),
            _ => self.show(actual),
        };
        let finding = findings::type_mismatch::report(&found, &shown, span);
        match self.repair(expr, actual, expected) {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    fn repair(&self, expr: ExprId, actual: &Type, expected: &Type) -> Option<String> {
        let written = self.written_form(expr);
        let wanted = expected.present();
        if let ExprKind::Literal(Literal::Text(text)) = &self.module.exprs[expr].kind
            && matches!(wanted, Type::Int | Type::Float)
        {
            let number = text.trim();
            return number.parse::<f64>().is_ok().then(|| format!("write it without quotes: `{number}`"));
        }
        if let ExprKind::Literal(Literal::Text(text)) = &self.module.exprs[expr].kind
            && matches!(wanted, Type::Duration | Type::Size | Type::Percent)
        {
            let text = text.trim();
            let plain = text.starts_with(|first: char| first.is_ascii_digit())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'%'));
            return plain.then(|| format!("write it without quotes: `{text}`"));
        }
        if let Type::Enum(item) = wanted
            && matches!(self.module.exprs[expr].kind, ExprKind::Literal(_))
            && let Some(found) = self.interfaces.variants(*item)
        {
            if let ExprKind::Literal(Literal::Text(text)) = &self.module.exprs[expr].kind
                && self.variant(*item, text).is_some()
            {
                return Some(format!("write the variant without quotes: `{text}`"));
            }
            let names: Vec<&str> = found.variants.iter().map(|variant| &**variant).collect();
            return Some(format!("use a variant: {}", either(&names)));
        }
        if let (Type::Text | Type::Public, Type::Record(item)) = (actual, wanted)
            && let (Some(record), Some(signature)) = (self.interfaces.record(*item), self.signature(*item))
        {
            return Some(build(&signature.name, &record.parameters));
        }
        match (actual, wanted) {
            (Type::Json, Type::Public) => Some(format!("convert it: `{written} as Text`")),
            (Type::Json, Type::Text) if self.is_document(expr) => {
                Some(format!("write the document as text: `{written}.to_text()`"))
            }
            (Type::Json, wanted) if self.is_castable(wanted) => {
                Some(format!("convert it: `{written} as {}`", self.show(expected)))
            }
            (Type::Public | Type::Text, Type::Int) => Some(format!("convert it: `{written}.to_int()`")),
            (Type::Public | Type::Text, Type::Float) => Some(format!("convert it: `{written}.to_float()`")),
            (Type::Public | Type::Text, Type::Time) => Some(format!("convert it: `time({written})`")),
            (Type::Int, Type::Text) if matches!(self.module.exprs[expr].kind, ExprKind::Literal(_)) => {
                Some(format!("write it in quotes: `\"{written}\"`"))
            }
            (actual, Type::Text) if self.is_showable(actual) => {
                Some(format!("convert it to text: `\"${{{written}}}\"`"))
            }
            (actual, Type::List(element)) if self.fits(actual, element) => {
                Some(format!("put it into a list: `[{written}]`"))
            }
            (Type::List(element), wanted) if self.fits(element, wanted) => Some(
                "use one element, or add the clause `each x in xs` to repeat the step for all".to_owned(),
            ),
            (Type::Int | Type::Float, Type::Bool) => Some(format!("compare it: `{written} > 0`")),
            (Type::List(_) | Type::Map(_) | Type::Text | Type::Public, Type::Bool) => {
                Some(format!("check whether it is empty: `not {written}.is_empty()`"))
            }
            (
                Type::Percent | Type::Duration | Type::Size | Type::Time | Type::Enum(_) | Type::Record(_),
                Type::Bool,
            ) => Some(format!("compare it: `{written} == VALUE`")),
            (Type::Text | Type::Public, Type::Map(_)) => Some("write a map: `{ key: \"VALUE\" }`".to_owned()),
            (Type::Bool, Type::Percent) => Some("write a percentage: `1%`".to_owned()),
            (Type::Bool, Type::Duration) => Some("write a duration: `5m`".to_owned()),
            (Type::Optional(_), Type::Bool) => Some(format!("check whether it is set: `{written} != none`")),
            (Type::Cause, Type::Bool) => Some(format!("use the state of the cause: `{written}.suspected`")),
            _ => None,
        }
    }

    /// Whether a Json is a whole document rather than a member of one; then it is hardly a plain text.
    fn is_document(&self, expr: ExprId) -> bool {
        match &self.module.exprs[expr].kind {
            ExprKind::Map(_) | ExprKind::List(_) => true,
            ExprKind::Name(_) | ExprKind::Field { .. } => self.types.members.get(expr) != Some(&Member::Json),
            _ => false,
        }
    }

    /// The finding for a variant of another enum than the expected one.
    fn other_variant(&self, expr: ExprId, expected: &Type) -> Option<Diagnostic> {
        let Type::Enum(wanted) = expected.present() else { return None };
        let ExprKind::Name(name) = &self.module.exprs[expr].kind else { return None };
        let Some(Def::Variant(found)) = self.names.exprs.get(expr) else { return None };
        let (enums, owner) = (self.interfaces.variants(*wanted)?, self.signature(*wanted)?);
        let ident = Ident { text: name.clone(), span: self.span(expr) };
        let finding = unknown_variant::report(&ident, &owner.name, &enums.variants);
        let other = &self.signature(found.item)?.name;
        Some(finding.note(format!("`{name}` is a variant of `{other}`")))
    }

    /// A short expression as it is written; `(...)` for a long one.
    fn written_form(&self, expr: ExprId) -> String {
        match &self.module.exprs[expr].kind {
            ExprKind::Name(_) | ExprKind::Field { .. } => self.shown(expr),
            ExprKind::Literal(Literal::Int(number)) => number.to_string(),
            _ => "(...)".to_owned(),
        }
    }

    /// How to convert a value from one unit to another, if possible.
    pub(super) fn conversion(&self, expr: ExprId, from: Quantity, to: Quantity) -> Option<String> {
        let written = self.written_form(expr);
        let literal = match &self.module.exprs[expr].kind {
            ExprKind::Literal(Literal::Int(number)) => Some(number.to_string()),
            ExprKind::Literal(Literal::Float(number)) => Some(number.to_string()),
            ExprKind::Unary(UnaryOp::Negate, operand) => match &self.module.exprs[*operand].kind {
                ExprKind::Literal(Literal::Int(number)) => Some(format!("-{number}")),
                _ => None,
            },
            _ => None,
        };
        let number = matches!(from, Quantity::Int | Quantity::Float);
        if let Some(hint) = literal.as_ref().and_then(|literal| units_for(literal, to)) {
            return Some(hint);
        }
        Some(match (from, to) {
            (Quantity::Int, Quantity::Float) => match literal {
                Some(literal) => format!("write `{literal}.0`"),
                None => format!("convert it: `{written}.to_float()`"),
            },
            (Quantity::Float, Quantity::Int) => format!("convert it: `{written}.round()`"),
            (_, Quantity::Duration) if number => match literal {
                Some(literal) => format!("add a unit: `{literal}s`, `{literal}m`"),
                None => format!("add a unit: `{written} * 1s`"),
            },
            (_, Quantity::Size) if number => match literal {
                Some(literal) => format!("add a unit: `{literal}B`, `{literal}MiB`"),
                None => format!("add a unit: `{written} * 1MiB`"),
            },
            (_, Quantity::Percent) if number => {
                format!("if it is a share of 1: `{written} * 100%`; if it is a percentage: `{written} * 1%`")
            }
            (Quantity::Duration, Quantity::Float) => format!("choose a unit, for example `{written} / 1s`"),
            (Quantity::Duration, Quantity::Int) => {
                format!("choose a unit, for example `({written} / 1s).round()`")
            }
            (Quantity::Size, Quantity::Float) => format!("choose a unit, for example `{written} / 1MiB`"),
            (Quantity::Size, Quantity::Int) => {
                format!("choose a unit, for example `({written} / 1MiB).round()`")
            }
            (Quantity::Percent, Quantity::Float) => format!("as a share of 1: `{written} / 100%`"),
            (Quantity::Percent, Quantity::Int) => {
                format!("as a number of percentage points: `({written} / 1%).round()`")
            }
            (Quantity::Duration, Quantity::Time) => {
                format!("choose a starting time, for example `run.now + {written}`")
            }
            (Quantity::Time, Quantity::Duration) => {
                format!("choose an end, for example `run.now - {written}`")
            }
            _ => return None,
        })
    }

    /// The part of a text that prevents it from being public.
    fn internal_part(&self, expr: ExprId) -> Option<crate::source::Span> {
        let ExprKind::Text(parts) = &self.module.exprs[expr].kind else { return None };
        let values = parts.iter().filter_map(|part| match part {
            TextPart::Value(value) => Some(*value),
            TextPart::Literal(_) => None,
        });
        let mut internal =
            values.filter(|value| !matches!(self.types.of(*value), Type::Public | Type::Unknown));
        internal.next().map(|value| self.span(value))
    }

    /// Whether values of the type are allowed in `${...}`.
    pub(super) fn is_showable(&self, ty: &Type) -> bool {
        match ty {
            Type::Bool
            | Type::Int
            | Type::Float
            | Type::Text
            | Type::Public
            | Type::Duration
            | Type::Percent
            | Type::Size
            | Type::Time
            | Type::Json
            | Type::Enum(_)
            | Type::Unknown
            | Type::Never => true,
            Type::Record(_) => !self.interfaces.holds_secret(ty),
            Type::List(inner) | Type::Map(inner) => self.is_showable(inner),
            Type::Unit
            | Type::Secret
            | Type::People
            | Type::Run
            | Type::Cause
            | Type::Optional(_)
            | Type::Function(_) => false,
        }
    }

    /// Whether `as` can convert a Json to the type.
    pub(super) fn is_castable(&self, ty: &Type) -> bool {
        let never = [Type::Secret, Type::Public, Type::People, Type::Run];
        let held = never.iter().any(|never| self.interfaces.holds(ty, never));
        let plain = !matches!(ty, Type::Unit | Type::Cause | Type::Function(_) | Type::Never);
        plain && !held
    }
}

/// How to build a record with this name in place of a text.
fn build(name: &str, fields: &[ParameterSignature]) -> String {
    let required = fields.iter().filter(|field| field.default.is_none() && !field.ty.is_optional());
    let fields: Vec<String> = required
        .map(|field| match field.ty {
            Type::Text | Type::Public => format!("{}: \"...\"", field.name),
            _ => format!("{}: ...", field.name),
        })
        .collect();
    format!(
        "declare `let NAME: {name} = {name}({})` at the top level, and use `NAME` here",
        fields.join(", ")
    )
}

/// A literal number written with a unit.
pub(super) fn units_for(literal: &str, to: Quantity) -> Option<String> {
    Some(match to {
        Quantity::Duration => format!("add a unit: `{literal}s`, `{literal}m`"),
        Quantity::Size => format!("add a unit: `{literal}B`, `{literal}MiB`"),
        Quantity::Percent => percent_for(literal),
        Quantity::Int | Quantity::Float | Quantity::Time => return None,
    })
}

/// What a literal number probably means as a share: up to 1 it is likely a fraction, off by a factor of 100.
fn percent_for(literal: &str) -> String {
    match literal.parse::<f64>() {
        Ok(number) if number.abs() <= 1.0 => {
            // Move the digits, so that 0.07 becomes 7 and not 7.000000000000001.
            let share = format!("{:.10}", number * 100.0);
            let share = share.trim_end_matches('0').trim_end_matches('.');
            format!(
                "as a share of 1, `{literal}` is `{share}%`; if {literal} percent is meant, write `{literal}%`"
            )
        }
        _ => format!("write `{literal}%`"),
    }
}

/// The same type, with `Text` in place of `Public`.
fn without_public(ty: &Type) -> Type {
    match ty {
        Type::Public => Type::Text,
        Type::List(inner) => Type::list(without_public(inner)),
        Type::Map(inner) => Type::map(without_public(inner)),
        Type::Optional(inner) => without_public(inner).optional(),
        other => other.clone(),
    }
}
