//! `if` and `match`.

use super::{Inference, Place, convert::units_for, narrow::Truth};
use crate::{
    findings::{duration::duration_text, names as name_findings, types as findings},
    hir::{Arm, ExprId, Ident, Literal, LocalId, Pattern, PatternKind},
    source::Span,
    types::{
        Quantity, Type,
        cover::{Added, Cover, Domain, Missing, Presence, Shape, compared, literal_position},
    },
};

/// The values of branches, and their common type.
struct Joined {
    ty: Option<Type>,
    first: Option<Span>,
}

impl Inference<'_> {
    pub(super) fn if_expr(
        &mut self,
        branches: &[(ExprId, ExprId)],
        otherwise: ExprId,
        expected: Option<&Type>,
    ) -> Type {
        let before = self.facts.len();
        let mut joined = Joined { ty: Some(Type::Never), first: None };
        for (condition, value) in branches {
            self.expect(*condition, &Type::Bool);
            self.assuming(&[(*condition, Truth::Holds)], |this| this.branch(*value, expected, &mut joined));
            self.assume(*condition, Truth::Fails);
        }
        self.branch(otherwise, expected, &mut joined);
        self.facts.truncate(before);
        joined.ty.unwrap_or(Type::Unknown)
    }

    /// Checks the value of a branch; reports if it doesn't match those before it.
    fn branch(&mut self, value: ExprId, expected: Option<&Type>, joined: &mut Joined) {
        let hint = joined.ty.clone().filter(|ty| *ty != Type::Never).map(Type::optional);
        let ty = match expected {
            Some(expected) if !matches!(expected, Type::Unknown) => {
                let ty = self.infer(value, Some(expected));
                if self.fits(&ty, expected) {
                    ty
                } else if self.place == Place::JsonPart && self.interfaces.is_json(&ty) {
                    Type::Json
                } else {
                    let finding = self.mismatch(value, &ty, expected);
                    self.report(finding);
                    joined.ty = None;
                    return;
                }
            }
            _ => self.infer(value, hint.as_ref()),
        };
        let span = self.span(value);
        let Some(common) = &joined.ty else { return };
        match self.interfaces.join(common, &ty) {
            Some(common) => joined.ty = Some(common),
            None => {
                let first = joined.first.unwrap_or(span);
                let finding = findings::type_mismatch::mixed(
                    (&self.show(common), first),
                    (&self.show(&ty), span),
                    "branches",
                );
                self.report(finding);
                joined.ty = None;
            }
        }
        joined.first = joined.first.or(Some(span));
    }

    pub(super) fn match_expr(
        &mut self,
        expr: ExprId,
        subject: ExprId,
        arms: &[Arm],
        expected: Option<&Type>,
    ) -> Type {
        let ty = self.infer(subject, None);
        let presence = if ty.is_optional() { Presence::Optional } else { Presence::Always };
        let inner = ty.present().clone();
        let mut cover = Cover::new(self.domain(&inner), presence);
        let mut joined = Joined { ty: Some(Type::Never), first: None };
        let mut broken = inner.is_unknown();
        let mut none_seen = false;
        for arm in arms {
            let mut narrows = none_seen;
            let mut all_present = !arm.patterns.is_empty();
            for pattern in &arm.patterns {
                let shape = self.pattern(pattern, &inner, presence, arm.patterns.len());
                match shape {
                    Some(shape) => {
                        all_present &= !matches!(shape, Shape::None | Shape::Rest);
                        none_seen |= shape == Shape::None;
                        if cover.add(&shape) == Added::Nothing && !broken {
                            self.report(findings::unreachable_arm::report(pattern.span));
                        }
                    }
                    None => {
                        broken = true;
                        all_present = false;
                    }
                }
            }
            narrows |= all_present;
            let before = self.facts.len();
            if narrows && presence == Presence::Optional {
                let mut found = Vec::new();
                self.present(subject, &mut found);
                self.facts.append(&mut found);
            }
            self.branch(arm.body, expected, &mut joined);
            self.facts.truncate(before);
        }
        if !broken && let Some(missing) = cover.missing() {
            let shown = self.show(&ty);
            let missing = self.missing_words(&inner, missing);
            let span = self.match_head(expr, subject);
            self.report(findings::match_not_exhaustive::report(&shown, &missing, span));
        }
        if arms.is_empty() {
            return Type::Unknown;
        }
        joined.ty.unwrap_or(Type::Unknown)
    }

    /// From the word `match` to the end of its subject.
    fn match_head(&self, expr: ExprId, subject: ExprId) -> Span {
        Span { end: self.span(subject).end, ..self.span(expr) }
    }

    fn domain(&self, ty: &Type) -> Domain {
        match ty {
            Type::Bool => Domain::Finite(2),
            Type::Enum(item) => {
                Domain::Finite(self.interfaces.variants(*item).map_or(0, |found| found.variants.len()))
            }
            Type::Int | Type::Duration | Type::Size => Domain::Whole,
            Type::Float | Type::Percent => Domain::Fraction,
            Type::Text | Type::Public => Domain::Text,
            _ => Domain::Opaque,
        }
    }

    /// The values that a pattern covers; `None` if it is broken or doesn't match the subject, which is reported.
    fn pattern(
        &mut self,
        pattern: &Pattern,
        subject: &Type,
        presence: Presence,
        alternatives: usize,
    ) -> Option<Shape> {
        match &pattern.kind {
            PatternKind::Missing => None,
            PatternKind::Else => Some(Shape::Rest),
            PatternKind::Literal(Literal::None) => {
                if presence == Presence::Always && !subject.is_unknown() {
                    self.report(findings::wrong_pattern::never_none(&self.show(subject), pattern.span));
                    return None;
                }
                Some(Shape::None)
            }
            PatternKind::Literal(literal) => {
                self.literal_fits(literal, subject, pattern.span)?;
                Some(match literal {
                    Literal::Bool(value) => Shape::Choice(usize::from(*value)),
                    Literal::Text(text) => Shape::Text(text.clone()),
                    _ => {
                        let at = literal_position(literal)?;
                        Shape::Range(at, at)
                    }
                })
            }
            PatternKind::Compare(operator, literal) => {
                self.literal_fits(literal, subject, pattern.span)?;
                let found = compared(*operator, literal);
                if found.is_none() {
                    self.report(findings::wrong_pattern::comparison(operator.symbol(), pattern.span));
                }
                found
            }
            PatternKind::Range(from, to) => {
                self.literal_fits(from, subject, pattern.span)?;
                self.literal_fits(to, subject, pattern.span)?;
                let (first, last) = (literal_position(from), literal_position(to));
                let (Some(first), Some(last)) = (first, last) else {
                    self.report(findings::wrong_pattern::comparison("to", pattern.span));
                    return None;
                };
                if first > last {
                    self.report(findings::wrong_pattern::empty_range(pattern.span));
                    return None;
                }
                Some(Shape::Range(first, last))
            }
            PatternKind::Name { path, binding } => {
                self.name_pattern(pattern, path, *binding, subject, presence, alternatives)
            }
        }
    }

    fn name_pattern(
        &mut self,
        pattern: &Pattern,
        path: &[Ident],
        binding: Option<LocalId>,
        subject: &Type,
        presence: Presence,
        alternatives: usize,
    ) -> Option<Shape> {
        let name = path.last()?;
        if name.text.is_empty() {
            return None;
        }
        if path.len() > 1 {
            let variant = *self.names.patterns.get(&pattern.span)?;
            let Type::Enum(item) = subject else {
                if !subject.is_unknown() {
                    let shown = self.show(&Type::Enum(variant.item));
                    self.report(findings::wrong_pattern::kind(&shown, &self.show(subject), pattern.span));
                }
                return None;
            };
            if variant.item != *item {
                let shown = self.show(&Type::Enum(variant.item));
                self.report(findings::wrong_pattern::kind(&shown, &self.show(subject), pattern.span));
                return None;
            }
            self.types.patterns.insert(pattern.span, variant);
            return Some(Shape::Choice(variant.index as usize));
        }
        if let Type::Enum(item) = subject {
            if let Some(variant) = self.variant(*item, &name.text) {
                self.types.patterns.insert(pattern.span, variant);
                return Some(Shape::Choice(variant.index as usize));
            }
            let (found, signature) = (self.interfaces.variants(*item), self.signature(*item));
            if let (Some(found), Some(signature)) = (found, signature) {
                let names = found.variants.iter().map(|variant| &**variant);
                let near = crate::findings::suggest::nearest(&name.text, names).is_some();
                if presence == Presence::Always || near {
                    let finding =
                        name_findings::unknown_variant::report(name, &signature.name, &found.variants);
                    self.report(finding);
                    self.unknown_binding(binding);
                    return None;
                }
            }
        }
        let binding = binding?;
        if subject.is_unknown() {
            self.unknown_binding(Some(binding));
            return None;
        }
        if presence == Presence::Always {
            self.report(findings::wrong_pattern::binding(&name.text, &self.show(subject), pattern.span));
            self.unknown_binding(Some(binding));
            return None;
        }
        if alternatives > 1 {
            self.report(findings::wrong_pattern::binding_in_alternatives(&name.text, pattern.span));
            self.unknown_binding(Some(binding));
            return None;
        }
        if let Some(first) = self.names.hiding.get(&binding) {
            self.report(name_findings::duplicate_name::report(name, *first));
        }
        self.types.locals.set(binding, subject.clone());
        Some(Shape::Present)
    }

    fn unknown_binding(&mut self, binding: Option<LocalId>) {
        if let Some(binding) = binding {
            self.types.locals.set(binding, Type::Unknown);
        }
    }

    fn literal_fits(&mut self, literal: &Literal, subject: &Type, span: Span) -> Option<()> {
        let found = match literal {
            Literal::None => return None,
            Literal::Bool(_) => Type::Bool,
            Literal::Int(_) => Type::Int,
            Literal::Float(_) => Type::Float,
            Literal::Percent(_) => Type::Percent,
            Literal::Duration(_) => Type::Duration,
            Literal::Size(_) => Type::Size,
            Literal::Text(_) => Type::Text,
        };
        let fits = match subject {
            Type::Public => found == Type::Text,
            subject => found == *subject,
        };
        if fits {
            return Some(());
        }
        if !subject.is_unknown() {
            let written = match literal {
                Literal::Int(number) => Some(number.to_string()),
                Literal::Float(number) => Some(number.to_string()),
                _ => None,
            };
            let hint = written.zip(Quantity::of(subject)).and_then(|(written, to)| units_for(&written, to));
            let finding = findings::wrong_pattern::kind(&self.show(&found), &self.show(subject), span);
            self.report(match hint {
                Some(hint) => finding.help(hint),
                None => finding,
            });
        }
        None
    }

    /// The values left out, as patterns.
    fn missing_words(&self, subject: &Type, missing: Missing) -> Vec<String> {
        match missing {
            Missing::None => vec!["none".to_owned()],
            Missing::Choices(choices) => match subject {
                Type::Enum(item) => {
                    let variants = self.interfaces.variants(*item);
                    let names = choices.iter().filter_map(|choice| variants?.variants.get(*choice));
                    names.map(|name| name.to_string()).collect()
                }
                _ => choices.iter().map(|choice| (*choice == 1).to_string()).collect(),
            },
            Missing::Whole(value) => vec![match subject {
                Type::Duration => duration_text(value),
                Type::Size => size_text(value),
                _ => value.to_string(),
            }],
            Missing::Fraction(value) => vec![match subject {
                Type::Percent => format!("{value}%"),
                _ if value.fract() == 0.0 => format!("{value}.0"),
                _ => value.to_string(),
            }],
            Missing::Other => vec!["else".to_owned()],
        }
    }
}

/// A size as one would write it.
fn size_text(bytes: i64) -> String {
    const UNITS: [(&str, i64); 4] = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    for (unit, size) in UNITS {
        if bytes != 0 && bytes % size == 0 {
            return format!("{}{unit}", bytes / size);
        }
    }
    format!("{bytes}B")
}
