//! Methods, by the table of [`methods`](crate::types::METHODS), and lambdas.

use std::sync::Arc;

use super::{
    Inference, Place,
    call::{Presence, Wanted},
    member::receiver_kind,
};
use crate::{
    findings::types as findings,
    hir::{Access, Argument, ExprId, ExprKind, Ident, LocalId},
    types::{
        ArgumentValue, Call, Callee, FunctionType, Member, Method, MethodId, Needs, Shape, Type, find_method,
    },
};

impl Inference<'_> {
    pub(super) fn call_method(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        (receiver, name, access): (ExprId, &Ident, Access),
        arguments: &[Argument],
        expected: Option<&Type>,
    ) -> Type {
        let received = self.infer(receiver, None);
        let found = self.receive(receiver, &received, access, name);
        if found.is_unknown() || name.text.is_empty() {
            self.visit_arguments(arguments);
            return Type::Unknown;
        }
        let Some(method) = receiver_kind(&found).and_then(|kind| find_method(kind, &name.text)) else {
            self.no_method(&found, name);
            self.visit_arguments(arguments);
            return Type::Unknown;
        };
        self.types.members.set(callee, Member::Method(method));
        let result = self.method_result(expr, callee, method, &found, arguments, expected);
        match access {
            Access::IfPresent if received.is_optional() => result.optional(),
            _ => result,
        }
    }

    fn no_method(&mut self, ty: &Type, name: &Ident) {
        let is_field = matches!(ty, Type::Record(item) if self.interfaces.record(*item)
            .is_some_and(|record| record.parameters.iter().any(|field| field.name == name.text)));
        if is_field {
            let finding = findings::not_callable::item(&name.text, "field", name.span);
            self.report(finding);
        } else if *ty == Type::Json {
            let finding = findings::unknown_member::of_json(name);
            self.report(finding);
        } else {
            self.unknown_member(ty, name);
        }
    }

    fn method_result(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        method: &'static Method,
        receiver: &Type,
        arguments: &[Argument],
        expected: Option<&Type>,
    ) -> Type {
        let element = match receiver {
            Type::List(inner) | Type::Map(inner) => (**inner).clone(),
            _ => Type::Unknown,
        };
        let wanted: Vec<Wanted<'_>> = method
            .parameters
            .iter()
            .map(|parameter| Wanted { name: parameter.name, presence: Presence::Required })
            .collect();
        let mut chosen = self.choose(&wanted, arguments);
        let signature = shown_signature(method);
        let mut holes = Holes { receiver: receiver.clone(), element, given: Type::Unknown };
        let given_expected = expected_given(method, expected);
        for (index, value) in chosen.values.clone().into_iter().enumerate() {
            let ArgumentValue::Given(value) = value else { continue };
            let parameter = &method.parameters[index];
            match parameter.shape {
                Shape::Function(result) => {
                    holes.given = self.lambda_argument(value, result, &holes, given_expected.as_ref());
                }
                Shape::Element if method.needs == Needs::Equality => {
                    let ty = self.infer(value, Some(&holes.element));
                    if !self.interfaces.comparable(&holes.element, &ty) {
                        let element = holes.element.clone();
                        self.argument_mismatch(
                            value,
                            &ty,
                            &element,
                            parameter.name,
                            &signature,
                            &mut chosen.problems,
                        );
                    }
                }
                shape => {
                    let ty = holes.fill(shape);
                    self.argument(value, &ty, parameter.name, &signature, &mut chosen.problems);
                }
            }
        }
        self.wrong_arguments(method.name, callee, &chosen.problems, &signature);
        self.check_needs(method, callee, &holes);
        if let (MethodId::TimeUtcOffset, [ArgumentValue::Given(zone)]) = (method.id, chosen.values.as_slice())
        {
            self.check_zone(*zone);
        }
        self.types.calls.set(expr, Call { callee: Callee::Method(method), arguments: chosen.values });
        holes.fill(method.result)
    }

    /// Checks a lambda that takes an element; returns the type of its result, inside of `shape`.
    fn lambda_argument(
        &mut self,
        value: ExprId,
        shape: &Shape,
        holes: &Holes,
        given_expected: Option<&Type>,
    ) -> Type {
        let wanted = match shape {
            Shape::Given => given_expected.cloned(),
            Shape::List(Shape::Given) => given_expected.cloned().map(Type::list),
            other => Some(holes.fill(*other)),
        };
        let function =
            FunctionType { parameters: vec![holes.element.clone()], result: wanted.unwrap_or(Type::Unknown) };
        if given_expected == Some(&Type::Json) {
            self.place = Place::JsonPart;
        }
        let ty = self.infer(value, Some(&Type::Function(Arc::new(function))));
        self.place = Place::Value;
        let Type::Function(function) = &ty else {
            if !ty.is_unknown() {
                let finding = findings::type_mismatch::function_wanted(&self.show(&ty), self.span(value));
                self.report(finding);
            }
            return Type::Unknown;
        };
        let body = match &self.module.exprs[value].kind {
            ExprKind::Lambda { body, .. } => *body,
            _ => value,
        };
        match shape {
            Shape::Given => function.result.clone(),
            Shape::List(Shape::Given) => match &function.result {
                Type::List(inner) => (**inner).clone(),
                Type::Unknown => Type::Unknown,
                other => {
                    let list = Type::list(Type::Unknown);
                    let finding = self.mismatch(body, &other.clone(), &list);
                    self.report(finding);
                    Type::Unknown
                }
            },
            other => {
                let wanted = holes.fill(*other);
                if !self.fits(&function.result, &wanted) {
                    let finding = self.mismatch(body, &function.result.clone(), &wanted);
                    self.report(finding);
                }
                Type::Unknown
            }
        }
    }

    fn check_needs(&mut self, method: &Method, callee: ExprId, holes: &Holes) {
        let takes_function =
            method.parameters.iter().any(|parameter| matches!(parameter.shape, Shape::Function(_)));
        let subject = if takes_function { &holes.given } else { &holes.element };
        let fine = match method.needs {
            Needs::Nothing => true,
            Needs::Order => self.interfaces.is_ordered(subject),
            Needs::Equality => !self.interfaces.holds_secret(subject),
            Needs::Sum => self.interfaces.is_summable(subject),
            Needs::Text => self.interfaces.fits(subject, &Type::Text),
        };
        if fine {
            return;
        }
        let span = match &self.module.exprs[callee].kind {
            ExprKind::Field { name, .. } => name.span,
            _ => self.span(callee),
        };
        let shown = self.show(subject);
        if self.interfaces.holds_secret(subject) {
            self.report(findings::secret_leak::compared(&shown, span));
        } else {
            self.report(findings::method_not_possible::report(method, &shown, span));
        }
    }

    pub(super) fn lambda(
        &mut self,
        expr: ExprId,
        parameters: &[LocalId],
        body: ExprId,
        expected: Option<&Type>,
    ) -> Type {
        let Some(Type::Function(function)) = expected else {
            parameters.iter().for_each(|parameter| self.types.locals.set(*parameter, Type::Unknown));
            self.visit(body);
            if !expected.is_some_and(Type::is_unknown) {
                let finding = findings::type_mismatch::function_out_of_place(self.span(expr));
                self.report(finding);
            }
            return Type::Unknown;
        };
        if parameters.len() != function.parameters.len() {
            let finding = findings::type_mismatch::lambda_parameters(
                parameters.len(),
                function.parameters.len(),
                self.span(expr),
            );
            self.report(finding);
            parameters.iter().for_each(|parameter| self.types.locals.set(*parameter, Type::Unknown));
            self.visit(body);
            return Type::Unknown;
        }
        for (parameter, ty) in parameters.iter().zip(&function.parameters) {
            self.types.locals.set(*parameter, ty.clone());
        }
        let wanted = Some(&function.result).filter(|result| !result.is_unknown());
        let result = self.infer(body, wanted);
        Type::Function(Arc::new(FunctionType { parameters: function.parameters.clone(), result }))
    }
}

/// The types that fill the holes of a method's shapes.
struct Holes {
    receiver: Type,
    element: Type,
    given: Type,
}

impl Holes {
    fn fill(&self, shape: Shape) -> Type {
        match shape {
            Shape::Bool => Type::Bool,
            Shape::Int => Type::Int,
            Shape::Float => Type::Float,
            Shape::Text => Type::Text,
            Shape::Duration => Type::Duration,
            Shape::Receiver => self.receiver.clone(),
            Shape::Element => self.element.clone(),
            Shape::Given => self.given.clone(),
            Shape::List(inner) => Type::list(self.fill(*inner)),
            Shape::Optional(inner) => self.fill(*inner).optional(),
            Shape::Function(result) => Type::Function(Arc::new(FunctionType {
                parameters: vec![self.element.clone()],
                result: self.fill(*result),
            })),
        }
    }
}

/// The expected result of a method's lambda, given the expected type of the call.
fn expected_given(method: &Method, expected: Option<&Type>) -> Option<Type> {
    match (method.result, expected?.present()) {
        (Shape::List(Shape::Given), Type::List(inner)) => Some((**inner).clone()),
        (Shape::List(Shape::Given), Type::Json) => Some(Type::Json),
        _ => None,
    }
}

/// The declaration that a method would have.
fn shown_signature(method: &Method) -> String {
    let parameters: Vec<String> = method
        .parameters
        .iter()
        .map(|parameter| format!("{}: {}", parameter.name, shown_shape(parameter.shape)))
        .collect();
    format!("{}({}) -> {}", method.name, parameters.join(", "), shown_shape(method.result))
}

fn shown_shape(shape: Shape) -> String {
    match shape {
        Shape::Bool => "Bool".to_owned(),
        Shape::Int => "Int".to_owned(),
        Shape::Float => "Float".to_owned(),
        Shape::Text => "Text".to_owned(),
        Shape::Duration => "Duration".to_owned(),
        Shape::Receiver => "Self".to_owned(),
        Shape::Element => "T".to_owned(),
        Shape::Given => "U".to_owned(),
        Shape::List(inner) => format!("List<{}>", shown_shape(*inner)),
        Shape::Optional(inner) => format!("{}?", shown_shape(*inner)),
        Shape::Function(result) => format!("T => {}", shown_shape(*result)),
    }
}
