//! Calls: the callee, and which argument belongs to which parameter.

use super::{Inference, Place, Secrets};
use crate::{
    findings::types as findings,
    findings::types::wrong_arguments::Problem,
    hir::{Argument, ExprId, ExprKind, Ident},
    names::{Def, ItemId},
    source::Span,
    types::{ArgumentValue, Call, Callable, Callee, SignatureKind, Type},
};

/// A parameter, as far as assigning arguments is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'n> {
    pub name: &'n str,
    pub presence: Presence,
}

/// Whether a call has to provide an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    /// The declaration has a default.
    HasDefault,
    /// It is optional.
    Optional,
}

/// The arguments by parameter, and the errors in them.
pub(super) struct Chosen {
    pub values: Vec<ArgumentValue>,
    pub problems: Vec<Problem>,
}

impl Inference<'_> {
    pub(super) fn call(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        arguments: &[Argument],
        expected: Option<&Type>,
    ) -> Type {
        let head = self.head.take() == Some(expr);
        // The context of a call doesn't apply to its arguments.
        let secrets = std::mem::replace(&mut self.secrets, Secrets::Refused);
        let place = std::mem::replace(&mut self.place, Place::Value);
        let ty = self.call_of(expr, callee, arguments, Head::from(head), expected);
        self.secrets = secrets;
        self.place = place;
        ty
    }

    fn call_of(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        arguments: &[Argument],
        head: Head,
        expected: Option<&Type>,
    ) -> Type {
        let module = self.module;
        let def = self.names.exprs.get(callee).copied();
        match (&module.exprs[callee].kind, def) {
            (ExprKind::Name(_) | ExprKind::Field { .. }, Some(Def::Item(item))) => {
                self.call_item(expr, callee, item, arguments, head)
            }
            (ExprKind::Name(_), Some(Def::Builtin(builtin))) => {
                self.call_builtin(expr, callee, builtin, arguments, head, expected)
            }
            (ExprKind::Name(_) | ExprKind::Field { .. }, Some(Def::Unknown)) => {
                self.visit_arguments(arguments);
                Type::Unknown
            }
            (ExprKind::Field { receiver, name, access }, None) => {
                if self.is_namespace(*receiver) {
                    self.visit_arguments(arguments);
                    return Type::Unknown;
                }
                self.call_method(expr, callee, (*receiver, name, *access), arguments, expected)
            }
            (ExprKind::Missing, _) => {
                self.visit_arguments(arguments);
                Type::Unknown
            }
            _ => {
                let before = self.diagnostics.len();
                let ty = self.infer(callee, None);
                if !ty.is_unknown() && self.diagnostics.len() == before {
                    let finding = findings::not_callable::report(
                        &self.shown(callee),
                        &self.show(&ty),
                        self.span(callee),
                    );
                    self.report(finding);
                }
                self.visit_arguments(arguments);
                Type::Unknown
            }
        }
    }

    pub(super) fn visit_arguments(&mut self, arguments: &[Argument]) {
        arguments.iter().for_each(|argument| self.visit(argument.value));
    }

    fn call_item(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        item: ItemId,
        arguments: &[Argument],
        head: Head,
    ) -> Type {
        let Some(signature) = self.signature(item) else {
            self.visit_arguments(arguments);
            return Type::Unknown;
        };
        let (called, callable) = match &signature.kind {
            SignatureKind::Function(callable) => (Callee::Function(item), callable),
            SignatureKind::Record(callable) => (Callee::Record(item), callable),
            SignatureKind::Task(callable) => (Callee::Task(item), callable),
            SignatureKind::Action(action) => (Callee::Action(item), &action.callable),
            SignatureKind::Trigger(callable) => (Callee::Trigger(item), callable),
            SignatureKind::Let(_) | SignatureKind::Enum(_) | SignatureKind::Alias(_) => {
                let word = match &signature.kind {
                    SignatureKind::Let(ty) => format!("value of type `{}`", self.show(ty)),
                    SignatureKind::Enum(_) => "enum".to_owned(),
                    _ => "type".to_owned(),
                };
                let finding = findings::not_callable::item(&self.shown(callee), &word, self.span(callee));
                self.report(finding);
                self.visit_arguments(arguments);
                return Type::Unknown;
            }
            SignatureKind::Playbook | SignatureKind::Scenario => {
                let finding =
                    findings::not_callable::item(&self.shown(callee), "playbook", self.span(callee));
                self.report(finding);
                self.visit_arguments(arguments);
                return Type::Unknown;
            }
        };
        if head == Head::No {
            let word = match called {
                Callee::Action(_) => Some("action"),
                Callee::Task(_) => Some("task"),
                Callee::Trigger(_) => Some("trigger"),
                _ => None,
            };
            if let Some(word) = word {
                let finding =
                    findings::call_out_of_place::report(&self.shown(callee), word, self.span(callee));
                self.report(finding);
                self.visit_arguments(arguments);
                return Type::Unknown;
            }
        }
        let name = self.shown(callee);
        self.call_with(expr, callee, (&name, called, callable), arguments);
        callable.result.clone()
    }

    /// Checks the arguments of a call against the declared parameters.
    fn call_with(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        (name, called, callable): (&str, Callee, &Callable),
        arguments: &[Argument],
    ) {
        let wanted: Vec<Wanted<'_>> = callable
            .parameters
            .iter()
            .map(|parameter| Wanted {
                name: &parameter.name,
                presence: match parameter.default {
                    Some(_) => Presence::HasDefault,
                    None => Presence::Required,
                },
            })
            .collect();
        let mut chosen = self.choose(&wanted, arguments);
        let signature = self.interfaces.show_signature(name, &callable.parameters, &callable.result);
        for (index, value) in chosen.values.clone().into_iter().enumerate() {
            let ArgumentValue::Given(value) = value else { continue };
            let parameter = &callable.parameters[index];
            self.argument(value, &parameter.ty, &parameter.name, &signature, &mut chosen.problems);
            if let Callee::Record(record) = called {
                self.check_zone_of(record, &parameter.name, value);
            }
        }
        self.wrong_arguments(name, callee, &chosen.problems, &signature);
        self.types.calls.set(expr, Call { callee: called, arguments: chosen.values });
    }

    /// Checks an argument. A mismatch that breaks a promise is reported by itself; the others are
    /// collected, for one message about the call.
    pub(super) fn argument(
        &mut self,
        value: ExprId,
        expected: &Type,
        parameter: &str,
        signature: &str,
        problems: &mut Vec<Problem>,
    ) {
        let actual = self.infer(value, Some(expected));
        if self.fits(&actual, expected) {
            return;
        }
        self.argument_mismatch(value, &actual, expected, parameter, signature, problems);
    }

    /// Reports or collects an error in an argument.
    pub(super) fn argument_mismatch(
        &mut self,
        value: ExprId,
        actual: &Type,
        expected: &Type,
        parameter: &str,
        signature: &str,
        problems: &mut Vec<Problem>,
    ) {
        let finding = self.mismatch(value, actual, expected);
        if [findings::type_mismatch::CODE, findings::unit_mismatch::CODE].contains(&finding.code) {
            problems.push(Problem::Type {
                parameter: parameter.to_owned(),
                span: self.span(value),
                finding: Box::new(finding),
            });
        } else {
            self.report(finding.note(format!("the signature is `{signature}`")));
        }
    }

    pub(super) fn wrong_arguments(
        &mut self,
        name: &str,
        callee: ExprId,
        problems: &[Problem],
        signature: &str,
    ) {
        match problems {
            [] => {}
            // Errors in units have a page of their own.
            [Problem::Type { finding, .. }] if finding.code == findings::unit_mismatch::CODE => {
                self.report(finding.as_ref().clone().note(format!("the signature is `{signature}`")));
            }
            problems => {
                let finding =
                    findings::wrong_arguments::report(name, self.callee_span(callee), problems, signature);
                self.report(finding);
            }
        }
    }

    /// The name of the callee: of `a.b.c`, `c`.
    fn callee_span(&self, callee: ExprId) -> Span {
        match &self.module.exprs[callee].kind {
            ExprKind::Field { name, .. } if self.names.exprs.get(callee).is_none() => name.span,
            _ => self.span(callee),
        }
    }

    /// Which argument belongs to which parameter: first those without a name, in order, then the others.
    pub(super) fn choose(&mut self, wanted: &[Wanted<'_>], arguments: &[Argument]) -> Chosen {
        let mut values: Vec<Option<(ExprId, Span)>> = vec![None; wanted.len()];
        let mut problems = Vec::new();
        let mut position = 0;
        let mut named = false;
        for argument in arguments {
            let span = self.span(argument.value);
            match &argument.name {
                None if named => {
                    problems.push(Problem::AfterNamed(span));
                    self.visit(argument.value);
                }
                None => {
                    match values.get_mut(position) {
                        Some(value) => *value = Some((argument.value, span)),
                        None => {
                            problems.push(Problem::TooMany(span));
                            self.visit(argument.value);
                        }
                    }
                    position += 1;
                }
                Some(name) => {
                    named = true;
                    self.named_argument(name, argument.value, wanted, &mut values, &mut problems);
                }
            }
        }
        let values = values.into_iter().zip(wanted).map(|(value, wanted)| match (value, wanted.presence) {
            (Some((value, _)), _) => ArgumentValue::Given(value),
            (None, Presence::HasDefault) => ArgumentValue::Default,
            (None, Presence::Optional) => ArgumentValue::Missing,
            (None, Presence::Required) => {
                problems.push(Problem::Missing(wanted.name.to_owned()));
                ArgumentValue::Missing
            }
        });
        let values = values.collect();
        Chosen { values, problems }
    }

    fn named_argument(
        &mut self,
        name: &Ident,
        value: ExprId,
        wanted: &[Wanted<'_>],
        values: &mut [Option<(ExprId, Span)>],
        problems: &mut Vec<Problem>,
    ) {
        match wanted.iter().position(|wanted| *wanted.name == *name.text) {
            None => {
                if !name.text.is_empty() {
                    let known = wanted.iter().map(|wanted| wanted.name.to_owned()).collect();
                    problems.push(Problem::Unknown(name.clone(), known));
                }
                self.visit(value);
            }
            Some(index) => match values[index] {
                Some((_, first)) => {
                    problems.push(Problem::Twice(name.clone(), first));
                    self.visit(value);
                }
                None => values[index] = Some((value, self.span(value))),
            },
        }
    }
}

/// Whether a call is in a position that allows effects: at the head of a step or clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Yes,
    No,
}

impl Head {
    fn from(head: bool) -> Self {
        if head { Head::Yes } else { Head::No }
    }
}
