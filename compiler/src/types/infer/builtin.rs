//! Builtin functions, and questions to people.

use super::{
    Inference,
    call::{Head, Presence, Wanted},
    operator::is_always_there,
};
use crate::{
    findings::types as findings,
    hir::{Argument, ExprId, ExprKind, Literal},
    names::Builtin,
    types::{ArgumentValue, Call, Callee, Type},
};

/// The parameters of a builtin function.
fn wanted(builtin: Builtin) -> &'static [Wanted<'static>] {
    const fn required(name: &'static str) -> Wanted<'static> {
        Wanted { name, presence: Presence::Required }
    }
    const fn optional(name: &'static str) -> Wanted<'static> {
        Wanted { name, presence: Presence::Optional }
    }
    match builtin {
        Builtin::Ask | Builtin::AskMany => {
            const { &[required("people"), required("question"), optional("options"), required("within")] }
        }
        Builtin::Manual => const { &[required("people"), required("text"), required("within")] },
        Builtin::Table => const { &[required("rows"), optional("columns")] },
        Builtin::Need => const { &[required("value"), required("why")] },
        Builtin::Secret => const { &[required("name")] },
        Builtin::Time => const { &[required("text")] },
        Builtin::Run => &[],
    }
}

/// The declaration that a built-in function would have.
fn signature(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Ask => "ask(people: People, question: Text, options: List<T>, within: Duration) -> T",
        Builtin::AskMany => {
            "ask_many(people: People, question: Text, options: List<T>, within: Duration) -> List<T>"
        }
        Builtin::Manual => "manual(people: People, text: Text, within: Duration)",
        Builtin::Table => "table(rows: List<T>, columns: List<Text>) -> Text",
        Builtin::Need => "need(value: T?, why: Text) -> T",
        Builtin::Secret => "secret(name: Text) -> Secret",
        Builtin::Time => "time(text: Text) -> Time",
        Builtin::Run => "run",
    }
}

impl Inference<'_> {
    pub(super) fn call_builtin(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        builtin: Builtin,
        arguments: &[Argument],
        head: Head,
        expected: Option<&Type>,
    ) -> Type {
        if builtin == Builtin::Run {
            let finding = findings::not_callable::item("run", "record of the run", self.span(callee));
            self.report(finding);
            self.visit_arguments(arguments);
            return Type::Unknown;
        }
        if builtin.involves_people() && head == Head::No {
            let finding = findings::call_out_of_place::report(builtin.word(), "question", self.span(callee));
            self.report(finding);
        }
        let mut chosen = self.choose(wanted(builtin), arguments);
        let shown = signature(builtin);
        let given = |index: usize| match chosen.values.get(index) {
            Some(ArgumentValue::Given(value)) => Some(*value),
            _ => None,
        };
        let values = [given(0), given(1), given(2), given(3)];
        let names = wanted(builtin);
        let problems = &mut chosen.problems;
        let mut check = |this: &mut Self, index: usize, ty: &Type| {
            if let Some(value) = values[index] {
                this.argument(value, ty, names[index].name, shown, problems);
            }
        };
        let result = match builtin {
            Builtin::Ask | Builtin::AskMany => {
                check(self, 0, &Type::People);
                check(self, 1, &Type::Text);
                check(self, 3, &Type::Duration);
                self.answer(builtin, callee, values[2], expected)
            }
            Builtin::Manual => {
                check(self, 0, &Type::People);
                check(self, 1, &Type::Text);
                check(self, 2, &Type::Duration);
                Type::Unit
            }
            Builtin::Table => {
                self.table(values[0], values[1]);
                Type::Text
            }
            Builtin::Need => {
                check(self, 1, &Type::Text);
                match values[0] {
                    Some(value) => {
                        let wanted = expected.cloned().map(Type::optional);
                        let ty = self.infer(value, wanted.as_ref());
                        if is_always_there(&ty) {
                            let finding =
                                findings::always_there::needed(&self.shown(value), self.span(value));
                            self.report(finding);
                        }
                        ty.present().clone()
                    }
                    None => Type::Unknown,
                }
            }
            Builtin::Secret => {
                check(self, 0, &Type::Text);
                if let Some(name) = values[0] {
                    self.secret_name(name);
                }
                Type::Secret
            }
            Builtin::Time => {
                check(self, 0, &Type::Text);
                Type::Time
            }
            Builtin::Run => Type::Unknown,
        };
        self.wrong_arguments(builtin.word(), callee, &chosen.problems, shown);
        self.types.calls.set(expr, Call { callee: Callee::Builtin(builtin), arguments: chosen.values });
        result
    }

    /// Emitted files list the secrets that they need, so the name has to be constant.
    fn secret_name(&mut self, name: ExprId) {
        let literal = matches!(self.module.exprs[name].kind, ExprKind::Literal(Literal::Text(_)));
        if !literal && !self.types.of(name).is_unknown() {
            let finding = findings::secret_name::report(self.span(name));
            self.report(finding);
        }
    }

    /// The type of an answer: one of the options, otherwise what the step declares.
    fn answer(
        &mut self,
        builtin: Builtin,
        callee: ExprId,
        options: Option<ExprId>,
        expected: Option<&Type>,
    ) -> Type {
        if let Some(options) = options {
            let wanted = match builtin {
                Builtin::AskMany => expected.cloned(),
                _ => expected.cloned().map(Type::list),
            };
            let ty = self.infer(options, wanted.as_ref());
            let element = match &ty {
                Type::List(element) => (**element).clone(),
                Type::Unknown => return Type::Unknown,
                other => {
                    let list = Type::list(Type::Unknown);
                    let finding = self.mismatch(options, &other.clone(), &list);
                    self.report(finding);
                    return Type::Unknown;
                }
            };
            if self.interfaces.holds_secret(&element) {
                let finding = findings::secret_leak::shown(&self.show(&element), self.span(options));
                self.report(finding);
            }
            let element = if element == Type::Public { Type::Text } else { element };
            return if builtin == Builtin::AskMany { Type::list(element) } else { element };
        }
        let Some(expected) = expected else {
            let finding = findings::unknown_answer::report(builtin.word(), self.span(callee));
            self.report(finding);
            return Type::Unknown;
        };
        let one = match (builtin, expected) {
            (Builtin::AskMany, Type::List(element)) => element,
            (Builtin::AskMany, _) => &Type::Unit,
            _ => expected,
        };
        let askable = match builtin {
            Builtin::AskMany => matches!(one, Type::Enum(_) | Type::Unknown),
            _ => matches!(
                one,
                Type::Bool
                    | Type::Text
                    | Type::Enum(_)
                    | Type::Int
                    | Type::Float
                    | Type::Percent
                    | Type::Duration
                    | Type::Size
                    | Type::Time
                    | Type::Unknown
            ),
        };
        if !askable {
            let finding = findings::unknown_answer::not_askable(
                builtin.word(),
                &self.show(expected),
                self.span(callee),
            );
            self.report(finding);
            return Type::Unknown;
        }
        expected.clone()
    }

    /// `table(rows, columns: ["name", "age"])`.
    fn table(&mut self, rows: Option<ExprId>, columns: Option<ExprId>) {
        let ty = rows.map(|rows| self.infer(rows, None));
        let record = match (&ty, rows) {
            (Some(Type::List(element)), Some(rows)) => match &**element {
                Type::Record(item) => Some(*item),
                Type::Unknown | Type::Never => None,
                _ => {
                    let finding = findings::unknown_column::no_records(
                        &self.show(&Type::List(element.clone())),
                        self.span(rows),
                    );
                    self.report(finding);
                    None
                }
            },
            (Some(Type::Unknown) | None, _) | (_, None) => None,
            (Some(other), Some(rows)) => {
                let list = Type::list(Type::Unknown);
                let finding = self.mismatch(rows, &other.clone(), &list);
                self.report(finding);
                None
            }
        };
        if let Some(columns) = columns {
            self.expect(columns, &Type::list(Type::Text));
        }
        let fields = record.and_then(|item| self.interfaces.record(item)).map(|record| &record.parameters);
        let Some(fields) = fields else { return };
        let Some(columns) = columns else {
            if let Some(rows) = rows
                && fields.iter().any(|field| self.interfaces.holds_secret(&field.ty))
            {
                let finding = findings::secret_leak::shown("these rows", self.span(rows));
                self.report(finding);
            }
            return;
        };
        let ExprKind::List(columns) = &self.module.exprs[columns].kind else {
            if !self.types.of(columns).is_unknown() {
                let finding = findings::unknown_column::not_literal(self.span(columns));
                self.report(finding);
            }
            return;
        };
        for column in columns {
            let span = self.span(*column);
            let ExprKind::Literal(Literal::Text(name)) = &self.module.exprs[*column].kind else {
                if !self.types.of(*column).is_unknown() {
                    self.report(findings::unknown_column::not_literal(span));
                }
                continue;
            };
            match fields.iter().find(|field| *field.name == **name) {
                None => {
                    let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
                    self.report(findings::unknown_column::report(name, span, &names));
                }
                Some(field) if self.interfaces.holds_secret(&field.ty) => {
                    self.report(findings::secret_leak::shown(name, span));
                }
                Some(_) => {}
            }
        }
    }
}
