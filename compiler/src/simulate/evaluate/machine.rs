//! The machine that evaluates: an expression is begun, its parts are evaluated one after the other,
//! and what is to be done with a part's value lies on the machine's own stack.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    Bindings, ErrorKind, EvaluationError, Evaluator, Found, ModuleIndex, Scope, budget::Budget, builtins,
    operators, patterns::fits,
};
use crate::{
    check::CheckedModule,
    hir::{Access, Arm, BinaryOp, ExprId, ExprKind, Ident, ItemKind, Literal, LocalId, TextPart, UnaryOp},
    names::{Builtin, Def, ItemId},
    simulate::value::{Value, to_json},
    source::Span,
    types::{Call, Member, Method, Type},
};

/// Evaluates one expression.
pub(super) struct Machine<'e, 'a> {
    pub evaluator: &'e Evaluator<'a>,
    scope: &'e dyn Scope,
    pub module: &'a CheckedModule,
    index: ModuleIndex,
    /// Names that are bound, the innermost last.
    pub locals: Bindings,
    /// Where those of the function at hand begin.
    base: usize,
    pub stack: Vec<Frame<'a>>,
    pub budget: Budget,
}

/// What happens next.
pub(super) enum Next {
    /// This expression is evaluated.
    Begin(ExprId),
    /// This value goes to the frame on top.
    Give(Value),
}

/// What is done with the next value.
#[derive(Debug)]
pub(super) enum Frame<'a> {
    Unary(ExprId, UnaryOp),
    Left(ExprId, BinaryOp, ExprId),
    Right(ExprId, BinaryOp, Value),
    Field(ExprId),
    IndexOf(ExprId, ExprId),
    Index(ExprId, Value),
    Cast(ExprId),
    Text {
        expr: ExprId,
        parts: &'a [TextPart],
        next: usize,
        out: String,
    },
    List {
        expr: ExprId,
        elements: &'a [ExprId],
        done: Vec<Value>,
    },
    Map {
        expr: ExprId,
        entries: &'a [(Ident, ExprId)],
        done: IndexMap<Arc<str>, Value>,
    },
    If {
        branches: &'a [(ExprId, ExprId)],
        otherwise: ExprId,
    },
    Match {
        expr: ExprId,
        arms: &'a [Arm],
    },
    Receiver {
        expr: ExprId,
        method: &'static Method,
        access: Access,
    },
    /// Arguments of a call, of which some are done; a method's receiver comes first among them.
    Arguments {
        expr: ExprId,
        call: &'a Call,
        next: usize,
        done: Vec<Value>,
    },
    /// A lambda is applied to each element.
    Each(Box<Each>),
    /// Remembers the value of a module's `let`; with what was spent before it.
    Remember {
        item: ItemId,
        spent: u64,
    },
    /// Leaves a function, default or `let`.
    Leave {
        module: ModuleIndex,
        base: usize,
        locals: usize,
    },
    /// Remembers what an expression gives that no run can change; with what was spent before it.
    Keep {
        expr: ExprId,
        spent: u64,
    },
    /// Forgets the innermost names.
    Forget(usize),
}

#[derive(Debug)]
pub(super) struct Each {
    pub expr: ExprId,
    pub method: &'static Method,
    pub elements: Arc<Vec<Value>>,
    pub results: Vec<Value>,
    pub parameter: LocalId,
    pub body: ExprId,
}

pub(super) type Step = Result<Next, EvaluationError>;

impl<'e, 'a> Machine<'e, 'a> {
    pub(super) fn new(
        evaluator: &'e Evaluator<'a>,
        index: ModuleIndex,
        locals: Bindings,
        scope: &'e dyn Scope,
    ) -> Self {
        let module = evaluator.modules[index].module;
        Self {
            evaluator,
            scope,
            module,
            index,
            locals,
            base: 0,
            stack: Vec::new(),
            budget: Budget::new(evaluator.bounds),
        }
    }

    pub(super) fn run(&mut self, expr: ExprId) -> Result<Value, EvaluationError> {
        let mut next = Next::Begin(expr);
        let whole = self.span(expr);
        loop {
            self.budget.spent += 1;
            self.budget.check().map_err(|kind| kind.at(whole))?;
            next = match next {
                Next::Begin(expr) => self.begin(expr)?,
                Next::Give(value) => match self.stack.pop() {
                    Some(frame) => self.resume(frame, value)?,
                    None => return Ok(value),
                },
            };
        }
    }

    fn span(&self, expr: ExprId) -> Span {
        self.module.hir.exprs[expr].span
    }

    pub(super) fn fail<T>(&self, expr: ExprId, kind: ErrorKind) -> Result<T, EvaluationError> {
        Err(kind.at(self.span(expr)))
    }

    /// Counts what a large value costs.
    fn pay(&mut self, value: &Value) {
        self.budget.spent += match value {
            Value::Text(text) => text.len() as u64 / 32,
            Value::List(elements) => elements.len() as u64 / 4,
            _ => 0,
        };
    }

    fn begin(&mut self, expr: ExprId) -> Step {
        let evaluator = self.evaluator;
        match evaluator.modules[self.index].find(expr) {
            Found::Varies => {}
            Found::New => self.stack.push(Frame::Keep { expr, spent: self.budget.spent }),
            Found::Value(value, cost) => {
                self.budget.spent += cost;
                return Ok(Next::Give(value.clone()));
            }
        }
        let module = self.module;
        match &module.hir.exprs[expr].kind {
            ExprKind::Missing | ExprKind::Lambda { .. } => self.fail(expr, ErrorKind::Broken),
            ExprKind::Literal(literal) => Ok(Next::Give(literal_value(literal))),
            ExprKind::Name(_) => self.named(expr),
            ExprKind::Field { receiver, .. } => match module.def(expr) {
                Some(_) => self.named(expr),
                None => self.then(Frame::Field(expr), *receiver),
            },
            ExprKind::Text(parts) => self.text(expr, parts, 0, String::new()),
            ExprKind::Index { receiver, index } => self.then(Frame::IndexOf(expr, *index), *receiver),
            ExprKind::Call { callee, .. } => self.call(expr, *callee),
            ExprKind::Cast { value, .. } => self.then(Frame::Cast(expr), *value),
            ExprKind::Unary(operator, operand) => self.then(Frame::Unary(expr, *operator), *operand),
            ExprKind::Binary(operator, left, right) => self.then(Frame::Left(expr, *operator, *right), *left),
            ExprKind::List(elements) => self.list(expr, elements, Vec::with_capacity(elements.len())),
            ExprKind::Map(entries) => match module.types.calls.get(expr) {
                Some(call) => self.arguments(expr, call, 0, Vec::new()),
                None => self.map(expr, entries, IndexMap::new()),
            },
            ExprKind::If { branches, otherwise } => self.choose(branches, *otherwise),
            ExprKind::Match { subject, arms } => self.then(Frame::Match { expr, arms }, *subject),
        }
    }

    pub(super) fn then(&mut self, frame: Frame<'a>, expr: ExprId) -> Step {
        self.stack.push(frame);
        Ok(Next::Begin(expr))
    }

    fn resume(&mut self, frame: Frame<'a>, value: Value) -> Step {
        match frame {
            Frame::Unary(expr, operator) => self.result(expr, operators::unary(operator, &value)),
            Frame::Left(expr, operator, right) => match (operator, &value) {
                (BinaryOp::And, Value::Bool(false)) | (BinaryOp::Or, Value::Bool(true)) => {
                    Ok(Next::Give(value))
                }
                (BinaryOp::And | BinaryOp::Or, Value::Bool(_)) | (BinaryOp::Coalesce, Value::None) => {
                    Ok(Next::Begin(right))
                }
                (BinaryOp::Coalesce, _) => Ok(Next::Give(value)),
                _ => self.then(Frame::Right(expr, operator, value), right),
            },
            Frame::Right(expr, operator, left) => {
                let result =
                    operators::binary(operator, &left, &value, self.module.types.of(expr), &mut self.budget);
                self.result(expr, result)
            }
            Frame::Field(expr) => self.field(expr, &value),
            Frame::IndexOf(expr, index) => self.then(Frame::Index(expr, value), index),
            Frame::Index(expr, receiver) => {
                let result = operators::index(&receiver, &value, &mut self.budget);
                self.result(expr, result)
            }
            Frame::Cast(expr) => self.cast(expr, &value),
            Frame::Text { expr, parts, next, mut out } => {
                let written = match self.budget.written(&value) {
                    Ok(written) => written,
                    Err(kind) => return self.fail(expr, kind),
                };
                self.budget.spent += written.len() as u64 / 32;
                out.push_str(&written);
                self.text(expr, parts, next, out)
            }
            Frame::List { expr, elements, mut done } => {
                done.push(value);
                self.list(expr, elements, done)
            }
            Frame::Map { expr, entries, mut done } => {
                if let Some((key, _)) = entries.get(done.len()) {
                    done.insert(key.text.clone(), value);
                }
                self.map(expr, entries, done)
            }
            Frame::If { branches, otherwise } => match (value, branches) {
                (Value::Bool(true), [(_, then), ..]) => Ok(Next::Begin(*then)),
                (Value::Bool(false), [_, rest @ ..]) => self.choose(rest, otherwise),
                (_, [(condition, _), ..]) => self.fail(*condition, ErrorKind::Broken),
                (_, []) => Ok(Next::Begin(otherwise)),
            },
            Frame::Match { expr, arms } => self.matched(expr, arms, &value),
            Frame::Receiver { expr, method, access } => self.method(expr, method, access, value),
            Frame::Arguments { expr, call, next, mut done } => {
                done.push(value);
                self.arguments(expr, call, next, done)
            }
            Frame::Each(mut each) => {
                self.locals.pop();
                each.results.push(value);
                self.each(each)
            }
            Frame::Remember { item, spent } => {
                self.evaluator.remember_let(item, &value, self.budget.spent - spent);
                Ok(Next::Give(value))
            }
            Frame::Leave { module, base, locals } => {
                self.index = module;
                self.module = self.evaluator.modules[module].module;
                self.base = base;
                self.locals.truncate(locals);
                Ok(Next::Give(value))
            }
            Frame::Keep { expr, spent } => {
                // To remember it costs nothing, so that the budget is the same each time.
                self.budget.spent -= 1;
                if self.evaluator.keeps(&value) {
                    let cost = self.budget.spent - spent;
                    self.evaluator.modules[self.index].remember(expr, value.clone(), cost);
                }
                Ok(Next::Give(value))
            }
            Frame::Forget(count) => {
                self.locals.truncate(self.locals.len().saturating_sub(count));
                Ok(Next::Give(value))
            }
        }
    }

    pub(super) fn result(&mut self, expr: ExprId, result: Result<Value, ErrorKind>) -> Step {
        match result {
            Ok(value) => {
                self.pay(&value);
                Ok(Next::Give(value))
            }
            Err(kind) => self.fail(expr, kind),
        }
    }

    /// A name, or a member of a module.
    fn named(&mut self, expr: ExprId) -> Step {
        let value = match self.module.def(expr) {
            Some(Def::Item(item)) => return self.item(expr, item),
            Some(Def::Variant(variant)) => self.evaluator.variant(variant),
            Some(Def::Builtin(Builtin::Run)) => Some(Value::Run),
            Some(Def::Local(local)) => {
                let bound = self.locals[self.base..].iter().rev().find(|(name, _)| *name == local);
                match bound {
                    Some((_, value)) => Some(value.clone()),
                    None => self.scope.named(self.module.hir.file, Def::Local(local)),
                }
            }
            Some(def) => self.scope.named(self.module.hir.file, def),
            None => None,
        };
        match value {
            Some(value) => Ok(Next::Give(value)),
            None => self.fail(expr, ErrorKind::Broken),
        }
    }

    /// The value of a module's `let`.
    fn item(&mut self, expr: ExprId, item: ItemId) -> Step {
        if let Some((value, cost)) = self.evaluator.lets.borrow().get(&item) {
            // It costs the same whether it was known or not.
            self.budget.spent += cost;
            return Ok(Next::Give(value.clone()));
        }
        let Some(ItemKind::Let(declared)) = self.evaluator.checked.item(item).map(|item| &item.kind) else {
            return self.fail(expr, ErrorKind::Broken);
        };
        self.stack.push(Frame::Remember { item, spent: self.budget.spent });
        self.enter(expr, item, declared.value)
    }

    /// Evaluates an expression of an item's module, which sees none of the names here.
    pub(super) fn enter(&mut self, at: ExprId, item: ItemId, expr: ExprId) -> Step {
        let Ok(module) = self.evaluator.module(item.file, expr) else {
            return self.fail(at, ErrorKind::Broken);
        };
        let locals = self.locals.len();
        self.stack.push(Frame::Leave { module: self.index, base: self.base, locals });
        self.index = module;
        self.module = self.evaluator.modules[module].module;
        self.base = locals;
        Ok(Next::Begin(expr))
    }

    fn text(&mut self, expr: ExprId, parts: &'a [TextPart], mut next: usize, mut out: String) -> Step {
        while let Some(part) = parts.get(next) {
            next += 1;
            match part {
                TextPart::Literal(literal) => out.push_str(literal),
                TextPart::Value(value) => return self.then(Frame::Text { expr, parts, next, out }, *value),
            }
            if let Err(kind) = self.budget.fits(out.len()) {
                return self.fail(expr, kind);
            }
        }
        match self.budget.text(out.len()) {
            Ok(()) => Ok(Next::Give(Value::text(out))),
            Err(kind) => self.fail(expr, kind),
        }
    }

    fn list(&mut self, expr: ExprId, elements: &'a [ExprId], done: Vec<Value>) -> Step {
        if let Some(element) = elements.get(done.len()) {
            return self.then(Frame::List { expr, elements, done }, *element);
        }
        if let Err(kind) = self.built(expr, done.len(), &done) {
            return self.fail(expr, kind);
        }
        Ok(Next::Give(match self.module.types.of(expr).present() {
            Type::Json => Value::json(serde_json::Value::Array(done.iter().map(to_json).collect())),
            _ => Value::list(done),
        }))
    }

    fn map(&mut self, expr: ExprId, entries: &'a [(Ident, ExprId)], done: IndexMap<Arc<str>, Value>) -> Step {
        // A key that is said twice was reported; the second would never be reached.
        if let Some((_, value)) = entries.get(done.len()) {
            return self.then(Frame::Map { expr, entries, done }, *value);
        }
        if let Err(kind) = self.built(expr, done.len() * 2, done.values()) {
            return self.fail(expr, kind);
        }
        Ok(Next::Give(match self.module.types.of(expr).present() {
            Type::Json => {
                let members = done.iter().map(|(key, value)| (key.to_string(), to_json(value)));
                Value::json(serde_json::Value::Object(members.collect()))
            }
            _ => Value::Map(Arc::new(done)),
        }))
    }

    /// Asks for what holds these values; a document holds copies of them.
    fn built<'v>(
        &mut self,
        expr: ExprId,
        places: usize,
        values: impl IntoIterator<Item = &'v Value>,
    ) -> Result<(), ErrorKind> {
        let weight = self.budget.holds(values)?;
        match self.module.types.of(expr).present() {
            Type::Json => self.budget.allocate(weight),
            _ => self.budget.list(places),
        }
    }

    fn choose(&mut self, branches: &'a [(ExprId, ExprId)], otherwise: ExprId) -> Step {
        match branches {
            [] => Ok(Next::Begin(otherwise)),
            [(condition, _), ..] => self.then(Frame::If { branches, otherwise }, *condition),
        }
    }

    fn matched(&mut self, expr: ExprId, arms: &'a [Arm], subject: &Value) -> Step {
        for arm in arms {
            let bound = arm.patterns.iter().find_map(|pattern| fits(self.module, pattern, subject));
            if let Some(bound) = bound {
                if let Some(binding) = bound {
                    self.locals.push((binding, subject.clone()));
                    self.stack.push(Frame::Forget(1));
                }
                return Ok(Next::Begin(arm.body));
            }
        }
        self.fail(expr, ErrorKind::Broken)
    }

    fn cast(&mut self, expr: ExprId, value: &Value) -> Step {
        let ExprKind::Cast { to, .. } = &self.module.hir.exprs[expr].kind else {
            return self.fail(expr, ErrorKind::Broken);
        };
        let Some(ty) = self.module.types.written.get(&to.span) else {
            return self.fail(expr, ErrorKind::Broken);
        };
        if let Err(kind) = self.budget.copy(value).and_then(|()| self.budget.copy(value)) {
            return self.fail(expr, kind);
        }
        let document = to_json(value);
        let converted = self.evaluator.convert(&document, ty, self.span(expr))?;
        self.pay(&converted);
        Ok(Next::Give(converted))
    }

    fn field(&mut self, expr: ExprId, receiver: &Value) -> Step {
        let ExprKind::Field { access, name, .. } = &self.module.hir.exprs[expr].kind else {
            return self.fail(expr, ErrorKind::Broken);
        };
        if receiver.is_none() && *access == Access::IfPresent {
            return Ok(Next::Give(Value::None));
        }
        let value = match (self.module.types.members.get(expr), receiver) {
            (Some(Member::Field(_, index)), Value::Record(record)) => {
                record.fields.get(*index as usize).cloned()
            }
            (Some(Member::Run(member)), Value::Run) => self.scope.run(*member),
            (Some(Member::Cause(member)), Value::Cause(decision)) => {
                Some(Value::Bool(builtins::cause_member(*member, *decision)))
            }
            (Some(Member::Json), receiver) => {
                let member = operators::member(receiver, &name.text, &mut self.budget);
                return self.result(expr, member);
            }
            _ => None,
        };
        match value {
            Some(value) => Ok(Next::Give(value)),
            None => self.fail(expr, ErrorKind::Broken),
        }
    }
}

pub(super) fn literal_value(literal: &Literal) -> Value {
    match literal {
        Literal::None => Value::None,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(value) => Value::Int(*value),
        Literal::Float(value) => Value::Float(*value),
        Literal::Percent(value) => Value::Percent(*value),
        Literal::Duration(value) => Value::Duration(*value),
        Literal::Size(value) => Value::Size(*value),
        Literal::Text(value) => Value::text(value.as_str()),
    }
}
