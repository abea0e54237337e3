//! Operators.

use super::{Inference, narrow::Truth};
use crate::{
    findings::types as findings,
    hir::{BinaryOp, ExprId, ExprKind, Literal},
    types::{Quantity, Type, units},
};

impl Inference<'_> {
    pub(super) fn binary(
        &mut self,
        expr: ExprId,
        operator: BinaryOp,
        left: ExprId,
        right: ExprId,
        expected: Option<&Type>,
    ) -> Type {
        match operator {
            BinaryOp::And | BinaryOp::Or => {
                if let Some(ty) = self.default_with_or(expr, operator, left, right) {
                    return ty;
                }
                let truth = if operator == BinaryOp::And { Truth::Holds } else { Truth::Fails };
                self.assuming(&[(left, truth)], |this| this.expect(right, &Type::Bool));
                Type::Bool
            }
            BinaryOp::Equal | BinaryOp::NotEqual => {
                self.equality(operator, left, right);
                Type::Bool
            }
            BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {
                self.order(operator, left, right);
                Type::Bool
            }
            BinaryOp::In => {
                self.membership(left, right);
                Type::Bool
            }
            BinaryOp::Coalesce => self.coalesce(left, right, expected),
            BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide => {
                self.arithmetic(expr, operator, left, right, expected)
            }
        }
    }

    /// `x or y` where `x` isn't a condition, a default value in other languages: reported as one mistake.
    fn default_with_or(
        &mut self,
        expr: ExprId,
        operator: BinaryOp,
        left: ExprId,
        right: ExprId,
    ) -> Option<Type> {
        let found = self.infer(left, Some(&Type::Bool));
        if self.fits(&found, &Type::Bool) {
            return None;
        }
        let finding = self.mismatch(left, &found, &Type::Bool);
        if operator == BinaryOp::And || *found.present() == Type::Bool && !found.is_optional() {
            self.report(finding);
            return None;
        }
        let reported = self.diagnostics.len();
        self.visit(right);
        self.diagnostics.truncate(reported);
        self.report(findings::type_mismatch::or_as_default(
            finding,
            &self.shown(left),
            &self.shown(right),
            self.span(expr),
        ));
        Some(Type::Unknown)
    }

    /// Both sides of a comparison: each can determine the variants of the other.
    fn sides(&mut self, left: ExprId, right: ExprId) -> (Type, Type) {
        if self.needs_expectation(left) && !self.needs_expectation(right) {
            let second = self.infer(right, None);
            let wanted = second.present().clone().optional();
            return (self.infer(left, Some(&wanted)), second);
        }
        let first = self.infer(left, None);
        let wanted = first.present().clone().optional();
        let second = self.infer(right, Some(&wanted));
        (first, second)
    }

    /// Whether the meaning of an expression depends on its context alone.
    fn needs_expectation(&self, expr: ExprId) -> bool {
        match &self.module.exprs[expr].kind {
            ExprKind::Name(_) => {
                use crate::names::Def;
                matches!(self.names.exprs.get(expr), None | Some(Def::Module(_) | Def::Variant(_)))
            }
            ExprKind::Literal(Literal::None) => true,
            ExprKind::List(elements) => elements.is_empty(),
            _ => false,
        }
    }

    fn equality(&mut self, operator: BinaryOp, left: ExprId, right: ExprId) {
        let (first, second) = self.sides(left, right);
        let with_none = [&first, &second].into_iter().any(|ty| *ty == Type::none());
        if with_none {
            // `!= none` is the only comparison allowed for a secret.
            for (side, ty) in [(left, &first), (right, &second)] {
                if *ty == Type::Json {
                    let finding = findings::not_comparable::json_with_none(self.span(side));
                    self.report(finding);
                } else if is_always_there(ty) && !self.may_have_failed(side) {
                    let finding = findings::always_there::compared(&self.shown(side), self.span(side));
                    self.report(finding);
                }
            }
            return;
        }
        for (side, ty) in [(left, &first), (right, &second)] {
            if self.interfaces.holds_secret(ty) {
                let finding = findings::secret_leak::compared(&self.show(ty), self.span(side));
                self.report(finding);
                return;
            }
            if matches!(ty.present(), Type::Unit | Type::Function(_) | Type::Run | Type::Cause | Type::People)
            {
                let finding = findings::not_comparable::kind(&self.show(ty), self.span(side));
                self.report(finding);
                return;
            }
        }
        if !self.interfaces.comparable(&first, &second) {
            self.incomparable(operator, (left, &first), (right, &second));
        }
    }

    /// Whether it is the result of a step or `let` of a scenario's playbook, which may be missing at the end of a
    /// run.
    fn may_have_failed(&self, expr: ExprId) -> bool {
        matches!(self.names.exprs.get(expr), Some(crate::names::Def::OfPlaybook(..)))
    }

    fn order(&mut self, operator: BinaryOp, left: ExprId, right: ExprId) {
        let (first, second) = self.sides(left, right);
        let mut missing = false;
        for (side, ty) in [(left, &first), (right, &second)] {
            if ty.is_optional() {
                let finding = findings::value_may_be_missing::compared(
                    &self.shown(side),
                    self.span(side),
                    self.why_missing(side),
                );
                self.report(finding);
                missing = true;
            }
        }
        if missing {
            return;
        }
        if !self.interfaces.comparable(&first, &second) {
            self.incomparable(operator, (left, &first), (right, &second));
        } else if let Some((side, ty)) =
            [(left, &first), (right, &second)].into_iter().find(|(_, ty)| !self.interfaces.is_ordered(ty))
        {
            let finding = match ty {
                Type::Secret => findings::secret_leak::compared(&self.show(ty), self.span(side)),
                Type::Enum(item) => {
                    let declared = self.signature(*item).map(|found| found.span);
                    findings::not_comparable::unordered_enum(&self.show(ty), self.span(side), declared)
                }
                _ => findings::not_comparable::unordered(&self.show(ty), self.span(side)),
            };
            self.report(finding);
        }
    }

    fn incomparable(&mut self, operator: BinaryOp, left: (ExprId, &Type), right: (ExprId, &Type)) {
        let (first, second) = (left.1.present(), right.1.present());
        let span = self.span(left.0).to(self.span(right.0));
        if let (Some(from), Some(to)) = (Quantity::of(second), Quantity::of(first)) {
            // The side that is a plain number is the one to convert.
            let hint = match (from, to) {
                (Quantity::Float, Quantity::Int) => self.conversion(left.0, to, from),
                (Quantity::Int | Quantity::Float, _) => self.conversion(right.0, from, to),
                _ => self.conversion(left.0, to, from).or_else(|| self.conversion(right.0, from, to)),
            };
            let finding = findings::unit_mismatch::operator(
                operator.symbol(),
                &self.show(first),
                &self.show(second),
                span,
                hint,
            );
            self.report(finding);
            return;
        }
        // A bare variant of another enum: the other side determines which is meant.
        for (side, wanted) in [(right.0, first), (left.0, second)] {
            if matches!(wanted, Type::Enum(_)) && self.is_bare_variant(side) {
                let finding = self.mismatch(side, &self.types.of(side).clone(), &wanted.clone());
                self.report(finding);
                return;
            }
        }
        let json = match (first, second) {
            (Type::Json, other) => Some((left.0, other)),
            (other, Type::Json) => Some((right.0, other)),
            _ => None,
        };
        let finding = match json {
            Some((side, other)) => self.mismatch(side, &Type::Json, &other.clone()),
            None => findings::not_comparable::report(&self.plain(first), &self.plain(second), span),
        };
        self.report(finding);
    }

    fn is_bare_variant(&self, expr: ExprId) -> bool {
        matches!(self.module.exprs[expr].kind, ExprKind::Name(_))
            && matches!(self.names.exprs.get(expr), Some(crate::names::Def::Variant(_)))
    }

    /// A type as shown to people: it doesn't matter that a literal is `Public`.
    fn plain(&self, ty: &Type) -> String {
        match ty {
            Type::Public => "Text".to_owned(),
            ty => self.show(ty),
        }
    }

    /// Whether the two can be searched; what can't has been reported.
    fn membership(&mut self, left: ExprId, right: ExprId) {
        let (first, second) = if self.needs_expectation(left) {
            let container = self.infer(right, None);
            let wanted = match &container {
                Type::List(element) => Some((**element).clone()),
                _ => None,
            };
            (self.infer(left, wanted.as_ref()), container)
        } else {
            let element = self.infer(left, None);
            let wanted = Type::list(element.present().clone());
            let literal = matches!(self.module.exprs[right].kind, ExprKind::List(_));
            let container = self.infer(right, Some(&wanted).filter(|_| literal && !element.is_unknown()));
            (element, container)
        };
        if second.is_optional() {
            let finding = findings::value_may_be_missing::compared(
                &self.shown(right),
                self.span(right),
                self.why_missing(right),
            );
            self.report(finding);
            return;
        }
        match &second {
            Type::Unknown => {}
            Type::List(element) => {
                if self.interfaces.holds_secret(element) {
                    let finding = findings::secret_leak::compared(&self.show(element), self.span(right));
                    self.report(finding);
                } else if !self.interfaces.comparable(&first, element) {
                    self.incomparable(BinaryOp::In, (left, &first), (right, &element.clone()));
                }
            }
            Type::Map(_) | Type::Text | Type::Public => {
                if !self.fits(&first, &Type::Text) {
                    let finding = self.mismatch(left, &first, &Type::Text);
                    self.report(finding);
                }
            }
            other => {
                let finding = findings::not_comparable::no_container(&self.show(other), self.span(right));
                self.report(finding);
            }
        }
    }

    fn coalesce(&mut self, left: ExprId, right: ExprId, expected: Option<&Type>) -> Type {
        let wanted = expected.map(|expected| expected.present().clone().optional());
        let said = self.diagnostics.len();
        let first = self.infer(left, wanted.as_ref());
        if first == Type::Json {
            let finding = findings::not_comparable::json_with_none(self.span(left));
            self.report(finding);
            self.visit(right);
            return Type::Unknown;
        }
        // If something in it was wrong, such as a `.` that should be `?.`, that is the actual mistake.
        if is_always_there(&first) && self.diagnostics.len() == said {
            let finding = findings::always_there::replaced(&self.shown(left), self.span(left));
            self.report(finding);
        }
        let inner = first.present().clone();
        let hint = match expected {
            Some(expected) => expected.clone(),
            None => inner.clone().optional(),
        };
        let second = self.infer(right, Some(&hint));
        match self.interfaces.join(&inner, &second) {
            Some(joined) => joined,
            None => {
                let finding = self.mismatch(right, &second, &inner);
                self.report(finding);
                Type::Unknown
            }
        }
    }

    fn arithmetic(
        &mut self,
        expr: ExprId,
        operator: BinaryOp,
        left: ExprId,
        right: ExprId,
        expected: Option<&Type>,
    ) -> Type {
        let wanted = expected.filter(|expected| matches!(expected, Type::List(_)));
        let first = self.infer(left, wanted);
        let second = self.infer(right, wanted);
        if first.is_unknown() || second.is_unknown() {
            return Type::Unknown;
        }
        let mut missing = false;
        for (side, ty) in [(left, &first), (right, &second)] {
            let has_rules = Quantity::of(ty.present()).is_some()
                || matches!(ty.present(), Type::Text | Type::Public | Type::List(_));
            if ty.is_optional() && has_rules {
                let finding = findings::value_may_be_missing::compared(
                    &self.shown(side),
                    self.span(side),
                    self.why_missing(side),
                );
                self.report(finding);
                missing = true;
            }
        }
        if missing {
            return Type::Unknown;
        }
        if operator == BinaryOp::Add {
            match (&first, &second) {
                (Type::Public, Type::Public) => return Type::Public,
                (Type::Text | Type::Public, Type::Text | Type::Public) => return Type::Text,
                (Type::List(_), Type::List(_)) => {
                    if let Some(joined) = self.interfaces.join(&first, &second) {
                        return joined;
                    }
                }
                _ => {}
            }
        }
        if let Some(result) = units::result(&first, operator, &second) {
            return result;
        }
        self.no_operation(expr, operator, (left, &first), (right, &second));
        Type::Unknown
    }

    fn no_operation(
        &mut self,
        expr: ExprId,
        operator: BinaryOp,
        (left, first): (ExprId, &Type),
        (right, second): (ExprId, &Type),
    ) {
        let secret =
            [(left, first), (right, second)].into_iter().find(|(_, ty)| matches!(ty.present(), Type::Secret));
        if let Some((side, ty)) = secret {
            let finding = findings::secret_leak::compared(&self.show(ty), self.span(side));
            self.report(finding);
            return;
        }
        let (symbol, span) = (operator.symbol(), self.span(expr));
        let (shown, other) = (self.plain(first), self.plain(second));
        let (from, to) = (Quantity::of(first), Quantity::of(second));
        let finding = match (from, to) {
            (Some(from), Some(to)) => {
                let hint = match (from, to) {
                    (Quantity::Int, Quantity::Float) => self.conversion(left, from, to),
                    (_, Quantity::Int | Quantity::Float) => self.conversion(right, to, from),
                    _ => self.conversion(left, from, to).or_else(|| self.conversion(right, to, from)),
                };
                findings::unit_mismatch::operator(symbol, &shown, &other, span, hint)
            }
            _ => {
                let hint = match (first, second, operator) {
                    (Type::Json, _, _) | (_, Type::Json, _) => {
                        Some("convert the Json first, with `as`".to_owned())
                    }
                    (Type::Text | Type::Public, _, BinaryOp::Add)
                    | (_, Type::Text | Type::Public, BinaryOp::Add) => {
                        Some("put the value into the text: `\"... ${value}\"`".to_owned())
                    }
                    (Type::List(element), item, BinaryOp::Add) if self.fits(item, element) => {
                        Some("add a list with one element: `... + [...]`".to_owned())
                    }
                    _ => None,
                };
                findings::unit_mismatch::operator(symbol, &shown, &other, span, hint)
            }
        };
        self.report(finding);
    }

    pub(super) fn negate(&mut self, expr: ExprId, operand: ExprId, expected: Option<&Type>) -> Type {
        let ty = self.infer(operand, expected);
        match ty.present() {
            Type::Int | Type::Float | Type::Percent | Type::Duration | Type::Size if !ty.is_optional() => ty,
            Type::Unknown => Type::Unknown,
            Type::Int | Type::Float | Type::Percent | Type::Duration | Type::Size => {
                let finding = findings::value_may_be_missing::compared(
                    &self.shown(operand),
                    self.span(operand),
                    self.why_missing(operand),
                );
                self.report(finding);
                Type::Unknown
            }
            _ => {
                let finding = findings::unit_mismatch::negate(&self.plain(&ty), self.span(expr));
                self.report(finding);
                Type::Unknown
            }
        }
    }
}

/// Whether a value of the type can't be missing.
pub(super) fn is_always_there(ty: &Type) -> bool {
    !matches!(ty, Type::Optional(_) | Type::Unknown | Type::Never | Type::Unit)
}
