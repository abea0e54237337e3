//! The possible values of expressions.

use super::{
    Env, Eval, Machine, World,
    formula::Formula,
    operator::{ELEMENTS, negated},
    value::{Term, ValueId, term_of},
};
use crate::{
    hir::{Access, BinaryOp, ExprId, ExprKind, ItemKind, LocalId, TextPart, UnaryOp},
    names::{Builtin, Def, ItemId, VariantId},
    types::{ArgumentValue, Callee, Member, RunMember, Type},
};

impl<'a> Machine<'_, 'a> {
    /// The possible values of an expression.
    pub fn eval(&mut self, env: Env<'a>, expr: ExprId) -> Eval {
        if self.is_full() {
            return self.unfollowed(env, expr);
        }
        self.depth += 1;
        let eval = self.eval_kind(env, expr);
        self.depth -= 1;
        eval
    }

    /// The condition that a Bool expression represents, and when a value that it reads is missing.
    pub fn condition(&mut self, env: Env<'a>, expr: ExprId) -> (Formula, Formula) {
        let eval = self.eval(env, expr);
        (self.store.holds(eval.value), eval.missing)
    }

    fn eval_kind(&mut self, env: Env<'a>, expr: ExprId) -> Eval {
        let exprs = &env.module.hir.exprs;
        match &exprs[expr].kind {
            ExprKind::Literal(literal) => {
                let value = self.store.literal(literal);
                self.there(value)
            }
            ExprKind::Name(_) => self.name(env, expr),
            ExprKind::Text(parts) => self.text(env, parts),
            ExprKind::Field { receiver, access, .. } => match env.module.def(expr) {
                Some(_) => self.name(env, expr),
                None => self.field(env, expr, *receiver, *access),
            },
            ExprKind::Unary(UnaryOp::Not, operand) => {
                let (holds, missing) = self.condition(env, *operand);
                Eval { value: self.store.bool(holds.not()), missing }
            }
            ExprKind::Unary(UnaryOp::Negate, operand) => {
                let operand = self.eval(env, *operand);
                let value = match self.store.only(operand.value).and_then(negated) {
                    Some(term) => self.store.constant(term),
                    None => self.computed(env, expr, "-", vec![operand.value]),
                };
                Eval { value, ..operand }
            }
            ExprKind::Binary(operator @ (BinaryOp::And | BinaryOp::Or), ..) => {
                self.connected(env, expr, *operator)
            }
            ExprKind::Binary(operator, left, right) => self.binary(env, expr, *operator, *left, *right),
            ExprKind::Call { callee, .. } => self.call(env, expr, *callee),
            ExprKind::Map(entries) => match env.module.call(expr).map(|call| call.callee) {
                Some(Callee::Record(item)) => self.record(env, expr, item),
                _ => {
                    let key = entries.iter().map(|(key, _)| format!("{:?}:", key.text)).collect::<String>();
                    let values: Vec<ExprId> = entries.iter().map(|(_, value)| *value).collect();
                    self.of_parts(env, expr, &format!("map {key}"), &values)
                }
            },
            ExprKind::List(elements) if elements.len() <= ELEMENTS => {
                let (values, missing) = self.evals(env, elements);
                Eval { value: self.store.constant(Term::List(values)), missing }
            }
            ExprKind::List(elements) => self.of_parts(env, expr, "list", elements),
            ExprKind::If { branches, otherwise } => {
                let mut all = self.eval(env, *otherwise);
                for (condition, value) in branches.iter().rev() {
                    let condition = self.condition(env, *condition);
                    let value = self.eval(env, *value);
                    all = self.branch(condition, value, all);
                }
                all
            }
            ExprKind::Match { subject, arms } => self.matched(env, expr, *subject, arms),
            ExprKind::Index { receiver, index } => {
                let (receiver, index) = (self.eval(env, *receiver), self.eval(env, *index));
                let missing = self.store.formulas.or(receiver.missing, index.missing);
                let element = match (self.store.only(receiver.value), self.store.only(index.value)) {
                    (Some(Term::List(elements)), Some(Term::Int(index))) => {
                        usize::try_from(*index).ok().and_then(|index| elements.get(index).copied())
                    }
                    _ => None,
                };
                let value = match element {
                    Some(element) => element,
                    None => self.computed(env, expr, "[]", vec![receiver.value, index.value]),
                };
                Eval { value, missing }
            }
            ExprKind::Cast { value, .. } => {
                let key = format!("as {:?}", env.module.types.of(expr));
                self.of_parts(env, expr, &key, &[*value])
            }
            ExprKind::Lambda { body, .. } => self.of_parts(env, expr, "=>", &[*body]),
            ExprKind::Missing => self.unfollowed(env, expr),
        }
    }

    /// The values between which a condition decides. Values that aren't evaluated may be missing.
    pub(super) fn branch(
        &mut self,
        (condition, unknown): (Formula, Formula),
        then: Eval,
        otherwise: Eval,
    ) -> Eval {
        let value = self.store.choose(condition, then.value, otherwise.value);
        let missing = self.store.formulas.choose(condition, then.missing, otherwise.missing);
        Eval { value, missing: self.store.formulas.or(unknown, missing) }
    }

    pub fn evals(&mut self, env: Env<'a>, exprs: &[ExprId]) -> (Vec<ValueId>, Formula) {
        let mut missing = Formula::FALSE;
        let values = exprs.iter().map(|expr| {
            let eval = self.eval(env, *expr);
            missing = self.store.formulas.or(missing, eval.missing);
            eval.value
        });
        (values.collect(), missing)
    }

    /// An opaque value, of the type of an expression.
    pub fn computed(&mut self, env: Env<'a>, expr: ExprId, key: &str, parts: Vec<ValueId>) -> ValueId {
        let shown = self.shown(env, expr);
        let ty = env.module.types.of(expr).clone();
        self.opaque(key, parts, &ty, &shown)
    }

    fn of_parts(&mut self, env: Env<'a>, expr: ExprId, key: &str, parts: &[ExprId]) -> Eval {
        let (values, missing) = self.evals(env, parts);
        Eval { value: self.computed(env, expr, key, values), missing }
    }

    fn text(&mut self, env: Env<'a>, parts: &[TextPart]) -> Eval {
        let (mut whole, mut values, mut missing) = (Some(String::new()), Vec::new(), Formula::FALSE);
        for part in parts {
            let value = match part {
                TextPart::Literal(text) => self.store.constant(Term::Text(text.as_str().into())),
                TextPart::Value(value) => {
                    let eval = self.eval(env, *value);
                    missing = self.store.formulas.or(missing, eval.missing);
                    eval.value
                }
            };
            whole = whole
                .zip(match self.store.only(value) {
                    Some(Term::Text(text)) => Some(text.clone()),
                    _ => None,
                })
                .map(|(whole, text)| whole + &text);
            values.push(value);
        }
        let value = match whole {
            Some(text) => self.store.constant(Term::Text(text.into())),
            None => self.opaque("text", values, &Type::Text, "a text"),
        };
        Eval { value, missing }
    }

    fn name(&mut self, env: Env<'a>, expr: ExprId) -> Eval {
        let value = match env.module.def(expr) {
            Some(Def::Local(local)) => return self.local(env, expr, local),
            Some(Def::Severity) => return self.severity(env, expr),
            Some(Def::Variant(variant)) => self.store.constant(Term::Variant(variant)),
            Some(Def::Item(item)) => match self.kind(item) {
                Some(ItemKind::Let(declared)) => {
                    let Some(module) = self.context.module(item.file) else {
                        return self.unfollowed(env, expr);
                    };
                    return self.eval(Env { module, frame: None, ..env }, declared.value);
                }
                _ => return self.unfollowed(env, expr),
            },
            Some(def @ (Def::It(_) | Def::Error(_))) => {
                let key = format!("{def:?}{:?}", self.path_of(env));
                self.computed(env, expr, &key, Vec::new())
            }
            _ => return self.unfollowed(env, expr),
        };
        self.there(value)
    }

    fn local(&mut self, env: Env<'a>, expr: ExprId, local: LocalId) -> Eval {
        let file = env.module.hir.file;
        let bound = self.names.iter().rev().find(|(of, name, _)| (*of, *name) == (file, local));
        if let Some((.., eval)) = bound {
            return *eval;
        }
        if let Some(eval) = self.local_of_frame(env, local) {
            return eval;
        }
        let name = &env.module.hir.locals[local].name.text;
        let key = format!("{name}@{file:?}{local:?}{:?}", self.path_of(env));
        let ty = env.module.types.of_local(local);
        let ty = if ty.is_unknown() { env.module.types.of(expr).clone() } else { ty.clone() };
        let value = self.opaque(&key, Vec::new(), &ty, name);
        self.there(value)
    }

    fn severity(&mut self, env: Env<'a>, expr: ExprId) -> Eval {
        let Type::Enum(item) = *env.module.types.of(expr) else { return self.unfollowed(env, expr) };
        let count = super::value::variants_of(self.kind(item));
        match (env.world, count.checked_sub(1)) {
            (World::Critical, Some(index)) => {
                let value = self.store.constant(Term::Variant(VariantId { item, index }));
                self.there(value)
            }
            (World::Silent | World::Answered, Some(_)) => match self.severity_of_run(env) {
                Some(value) => self.there(value),
                None => {
                    let value = self.computed(env, expr, "severity", Vec::new());
                    self.there(value)
                }
            },
            (_, None) => self.unfollowed(env, expr),
        }
    }

    fn field(&mut self, env: Env<'a>, expr: ExprId, receiver: ExprId, access: Access) -> Eval {
        let member = env.module.types.members.get(expr).copied();
        if let Some(Member::Run(member)) = member {
            let value = self.member_of_run(env, expr, member);
            return self.there(value);
        }
        let of = self.eval(env, receiver);
        let mut cases = Vec::new();
        for (formula, term) in self.store.cases(of.value).clone() {
            let value = match (self.store.term(term).clone(), member) {
                (Term::Record(_, fields), Some(Member::Field(_, index))) => {
                    fields.get(index as usize).copied()
                }
                (Term::None, _) if access == Access::IfPresent => Some(self.store.none()),
                (Term::Cause(suspect, rule_out), Some(Member::Cause(member))) => {
                    Some(self.member_of_cause(member, suspect, rule_out))
                }
                _ => None,
            };
            let value = match (value, &env.module.hir.exprs[expr].kind) {
                (Some(value), _) => value,
                (None, ExprKind::Field { name, .. }) => {
                    let part = self.store.value(vec![(Formula::TRUE, term)]);
                    self.computed(env, expr, &format!(".{}", name.text), vec![part])
                }
                (None, _) => return self.unfollowed(env, expr),
            };
            for (inner, term) in self.store.cases(value).clone() {
                cases.push((self.store.formulas.and(formula, inner), term));
            }
        }
        Eval { value: self.store.value(cases), ..of }
    }

    fn member_of_run(&mut self, env: Env<'a>, expr: ExprId, member: RunMember) -> ValueId {
        let word = member.word();
        let key = match member {
            RunMember::Id | RunMember::Url | RunMember::Starter => format!("run.{word}"),
            // Each reading is independent.
            _ => {
                let hangs = (env.hangs && env.world != World::Critical).then_some(env.world);
                format!("run.{word}{:?}{expr:?}{:?}{hangs:?}", env.module.hir.file, self.path_of(env))
            }
        };
        let parts = match member {
            RunMember::Suspects | RunMember::RuledOut | RunMember::OpenCauses => self.causes_of_run(env),
            _ => Vec::new(),
        };
        self.computed(env, expr, &key, parts)
    }

    fn call(&mut self, env: Env<'a>, expr: ExprId, callee: ExprId) -> Eval {
        match env.module.call(expr).map(|call| call.callee) {
            Some(Callee::Record(item)) => self.record(env, expr, item),
            Some(Callee::Function(item)) => self.function(env, expr, item),
            Some(Callee::Method(method)) => self.method(env, expr, callee, method),
            Some(Callee::Builtin(
                builtin @ (Builtin::Need | Builtin::Table | Builtin::Secret | Builtin::Time),
            )) => {
                let given: Vec<ExprId> = env
                    .module
                    .call(expr)
                    .iter()
                    .flat_map(|call| (0..4).filter_map(|it| call.given(it)))
                    .collect();
                let (values, mut missing) = self.evals(env, &given);
                if let (Builtin::Need, Some(value)) = (builtin, values.first().copied()) {
                    let absent = self.store.absent(value);
                    missing = self.store.formulas.or(missing, absent);
                    return Eval { value, missing };
                }
                let value = self.computed(env, expr, builtin.word(), values);
                Eval { value, missing }
            }
            _ => self.unfollowed(env, expr),
        }
    }

    fn record(&mut self, env: Env<'a>, expr: ExprId, item: ItemId) -> Eval {
        let (Some(call), Some(ItemKind::Record(declared)), Some(module)) =
            (env.module.call(expr), self.kind(item), self.context.module(item.file))
        else {
            return self.unfollowed(env, expr);
        };
        let (mut fields, mut missing) = (Vec::new(), Formula::FALSE);
        for (index, argument) in call.arguments.iter().enumerate() {
            let default = declared.fields.get(index).and_then(|field| field.default);
            let eval = match (argument, default) {
                (ArgumentValue::Given(value), _) => self.eval(env, *value),
                (ArgumentValue::Default, Some(value)) => self.eval(Env { module, frame: None, ..env }, value),
                _ => self.unfollowed(env, expr),
            };
            missing = self.store.formulas.or(missing, eval.missing);
            fields.push(eval.value);
        }
        Eval { value: self.store.constant(Term::Record(item, fields)), missing }
    }

    fn function(&mut self, env: Env<'a>, expr: ExprId, item: ItemId) -> Eval {
        let (Some(call), Some(ItemKind::Function(declared)), Some(module)) =
            (env.module.call(expr), self.kind(item), self.context.module(item.file))
        else {
            return self.unfollowed(env, expr);
        };
        let inside = Env { module, frame: None, ..env };
        let (depth, mut missing) = (self.names.len(), Formula::FALSE);
        for (index, parameter) in declared.parameters.iter().enumerate() {
            let eval = match (call.arguments.get(index), parameter.default) {
                (Some(ArgumentValue::Given(value)), _) => self.eval(env, *value),
                // It may refer to the previous parameters.
                (Some(ArgumentValue::Default), Some(value)) => self.eval(inside, value),
                _ => self.unfollowed(env, expr),
            };
            missing = self.store.formulas.or(missing, eval.missing);
            self.names.push((item.file, parameter.local, self.there(eval.value)));
        }
        let result = self.eval(inside, declared.body);
        self.names.truncate(depth);
        Eval { value: result.value, missing: self.store.formulas.or(missing, result.missing) }
    }

    /// Runs `inner` with values bound to names.
    pub fn naming(
        &mut self,
        env: Env<'a>,
        names: &[(LocalId, ValueId)],
        inner: impl FnOnce(&mut Self) -> Eval,
    ) -> Eval {
        let depth = self.names.len();
        for (local, value) in names {
            self.names.push((env.module.hir.file, *local, self.there(*value)));
        }
        let eval = inner(self);
        self.names.truncate(depth);
        eval
    }

    /// A short form of an expression, recognizable by its names.
    pub fn shown(&self, env: Env<'a>, expr: ExprId) -> String {
        let exprs = &env.module.hir.exprs;
        match &exprs[expr].kind {
            ExprKind::Field { receiver, name, .. } => format!("{}.{}", self.shown(env, *receiver), name.text),
            ExprKind::Name(name) => name.to_string(),
            ExprKind::Binary(operator, left, right) => {
                format!("{} {} {}", self.shown(env, *left), operator.symbol(), self.shown(env, *right))
            }
            ExprKind::Literal(literal) => super::people::shown(&term_of(literal)),
            ExprKind::Index { receiver, index } => {
                format!("{}[{}]", self.shown(env, *receiver), self.shown(env, *index))
            }
            ExprKind::Call { callee, arguments } if arguments.is_empty() => {
                format!("{}()", self.shown(env, *callee))
            }
            ExprKind::Call { callee, arguments } => {
                let given: Vec<String> = arguments.iter().map(|it| self.shown(env, it.value)).collect();
                format!("{}({})", self.shown(env, *callee), given.join(", "))
            }
            ExprKind::Lambda { parameters, body } => {
                let names = parameters.iter().map(|it| &*env.module.hir.locals[*it].name.text);
                format!("{} => {}", names.collect::<Vec<_>>().join(", "), self.shown(env, *body))
            }
            ExprKind::Cast { value, .. } => self.shown(env, *value),
            _ => "…".to_owned(),
        }
    }
}
