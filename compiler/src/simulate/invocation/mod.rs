//! The command or request that a call of an action stands for.
//!
//! [`Invocation::new`] evaluates the binding of an action with the arguments of a call. A runner carries
//! the result out, and people are shown the same result, so what was approved is what is called. Secrets
//! are known by their names alone. What can't be evaluated yet becomes a placeholder, `<revision>`; a
//! runner has no placeholders, since it evaluates a call when all its arguments are known.

mod document;
mod shown;

pub use document::Document;
pub use shown::Length;

use std::{cell::RefCell, sync::Arc};

use super::{
    evaluate::{Bindings, Evaluator, Scope},
    value::{Value, text},
};
use crate::{
    check::Checked,
    hir::{Action, BinaryOp, Binding, BindingEntry, BindingKind, ExprId, ExprKind, ItemKind, TextPart},
    names::ItemId,
    source::FileId,
    types::Callee,
};

/// Actions that narrow each other form a chain of at most this length; a circle is an error.
const NARROWED: usize = 64;

/// What carries a call out.
#[derive(Debug, Clone, PartialEq)]
pub struct Invocation {
    /// The command or request.
    pub kind: InvocationKind,
    /// The runner that `on` names.
    pub runner: Option<Word>,
    /// Why a part of it has no value; a call with all its arguments fails for this reason.
    pub problem: Option<String>,
}

/// A command or a request.
#[derive(Debug, Clone, PartialEq)]
pub enum InvocationKind {
    /// A program.
    Command {
        /// Its name and its arguments.
        words: Vec<Word>,
        /// Its environment variables.
        variables: Vec<(Arc<str>, Word)>,
        /// Its standard input.
        input: Option<Word>,
    },
    /// A container.
    Container {
        /// Its image.
        image: Word,
        /// Its arguments.
        words: Vec<Word>,
        /// Its environment variables.
        variables: Vec<(Arc<str>, Word)>,
    },
    /// An HTTP request.
    Request {
        /// `GET`, `POST`...
        method: Arc<str>,
        /// Without the query.
        url: Word,
        /// The query.
        query: Vec<(Arc<str>, Word)>,
        /// `bearer`, `basic` or `header`, with its values.
        auth: Option<(Arc<str>, Vec<Word>)>,
        /// The headers that the binding sets.
        headers: Vec<(Arc<str>, Word)>,
        /// What is sent.
        body: Option<Body>,
    },
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A document.
    Json(Document),
    /// The fields of a form.
    Form(Vec<(Arc<str>, Word)>),
    /// A text.
    Text(Word),
}

/// A text of which parts may be secret or unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Word(pub Vec<Part>);

/// A part of a [`Word`].
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Characters as they are sent.
    Text(String),
    /// A secret, by its name.
    Secret(Arc<str>),
    /// What isn't known yet, by what the program calls it.
    Unknown(String),
}

impl Word {
    fn known(value: &Value) -> Word {
        Word(vec![match value {
            Value::Secret(name) => Part::Secret(name.clone()),
            other => Part::Text(text(other)),
        }])
    }

    fn unknown(name: String) -> Word {
        Word(vec![Part::Unknown(name)])
    }

    /// The text that is sent; none if a part isn't known. `secret` finds the value of a secret.
    pub fn sent(&self, secret: impl Fn(&str) -> String) -> Option<String> {
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Secret(name) => Some(secret(name)),
            Part::Unknown(_) => None,
        });
        parts.collect()
    }
}

impl Invocation {
    /// What carries out an action with these arguments; none for a task and for what people do.
    pub fn new(
        evaluator: &Evaluator<'_>,
        action: ItemId,
        arguments: Bindings,
        scope: &dyn Scope,
    ) -> Option<Invocation> {
        let (mut item, mut arguments) = (action, arguments);
        for _ in 0..NARROWED {
            let action = action_of(evaluator.checked, item)?;
            let Some(narrows) = action.narrows else {
                let binding = action.bindings.first()?;
                let problem = RefCell::new(None);
                let mut binder = Binder { evaluator, file: item.file, arguments, scope, problem };
                return Some(binder.invocation(binding));
            };
            let callee = evaluator.checked.module(item.file)?.types.calls.get(narrows)?.callee;
            let Callee::Action(other) = callee else { return None };
            arguments = Self::arguments(evaluator, item.file, narrows, &arguments, scope)?;
            item = other;
        }
        None
    }

    /// The arguments of a call of an action, by its parameters; those that can't be evaluated yet are
    /// left out.
    pub fn arguments(
        evaluator: &Evaluator<'_>,
        file: FileId,
        call: ExprId,
        bindings: &Bindings,
        scope: &dyn Scope,
    ) -> Option<Bindings> {
        let callee = evaluator.checked.module(file)?.types.calls.get(call)?.callee;
        let Callee::Action(item) = callee else { return None };
        let parameters = &action_of(evaluator.checked, item)?.parameters;
        let values = evaluator.known_arguments(file, call, bindings, scope);
        let known = parameters.iter().zip(values);
        Some(known.filter_map(|(parameter, value)| Some((parameter.local, value?))).collect())
    }
}

fn action_of(checked: &Checked, item: ItemId) -> Option<&Action> {
    match &checked.item(item)?.kind {
        ItemKind::Action(action) => Some(action),
        _ => None,
    }
}

/// Evaluates the lines of a binding.
struct Binder<'b, 'a> {
    evaluator: &'b Evaluator<'a>,
    file: FileId,
    arguments: Bindings,
    scope: &'b dyn Scope,
    /// The first evaluation that failed.
    problem: RefCell<Option<String>>,
}

impl Binder<'_, '_> {
    fn invocation(&mut self, binding: &Binding) -> Invocation {
        // A `let` that reads the answer has no value here, and nothing that is sent can read it.
        for entry in &binding.entries {
            if let BindingEntry::Let(local, value) = entry
                && let Ok(value) = self.evaluator.evaluate(self.file, *value, &self.arguments, self.scope)
            {
                self.arguments.push((*local, value));
            }
        }
        let data = |wanted: &str| {
            binding.entries.iter().find_map(|entry| match entry {
                BindingEntry::Data { kind, value } if *kind.text == *wanted => Some(*value),
                _ => None,
            })
        };
        let pairs = |wanted: &str| data(wanted).map(|map| self.pairs(map)).unwrap_or_default();
        let kind = match &binding.kind {
            BindingKind::Command { arguments } => InvocationKind::Command {
                words: self.words(*arguments),
                variables: pairs("env"),
                input: data("stdin").map(|input| self.word(input)),
            },
            BindingKind::Container { image } => InvocationKind::Container {
                image: self.word(*image),
                words: data("args").map(|arguments| self.words(arguments)).unwrap_or_default(),
                variables: pairs("env"),
            },
            BindingKind::Http { method, url } => InvocationKind::Request {
                method: method.text.clone(),
                url: self.word(*url),
                query: pairs("query"),
                auth: binding.entries.iter().find_map(|entry| match entry {
                    BindingEntry::Auth { scheme, values } => {
                        Some((scheme.text.clone(), values.iter().map(|value| self.word(*value)).collect()))
                    }
                    _ => None,
                }),
                headers: pairs("headers"),
                body: data("json")
                    .map(|document| Body::Json(self.document(document)))
                    .or_else(|| data("form").map(|form| Body::Form(self.pairs(form))))
                    .or_else(|| data("body").map(|body| Body::Text(self.word(body)))),
            },
        };
        let runner = binding.runner.map(|runner| self.word(runner));
        Invocation { kind, runner, problem: self.problem.take() }
    }

    fn value(&self, expr: ExprId) -> Option<Value> {
        let value = self.evaluator.evaluate(self.file, expr, &self.arguments, self.scope);
        value.map_err(|error| self.problem.borrow_mut().get_or_insert_with(|| error.to_string()).clone()).ok()
    }

    fn kind(&self, expr: ExprId) -> Option<&ExprKind> {
        let module = self.evaluator.checked.module(self.file)?;
        Some(&module.hir.exprs[expr].kind)
    }

    fn word(&self, expr: ExprId) -> Word {
        match (self.value(expr), self.kind(expr)) {
            (Some(value), _) => Word::known(&value),
            (None, Some(ExprKind::Text(parts))) => {
                let parts = parts.iter().flat_map(|part| match part {
                    TextPart::Literal(text) => vec![Part::Text(text.clone())],
                    TextPart::Value(value) => self.word(*value).0,
                });
                Word(parts.collect())
            }
            (None, _) => Word::unknown(self.name(expr)),
        }
    }

    /// The elements of a list of texts.
    fn words(&self, expr: ExprId) -> Vec<Word> {
        match (self.value(expr), self.kind(expr)) {
            (Some(Value::List(elements)), _) => elements.iter().map(Word::known).collect(),
            (None, Some(ExprKind::List(elements))) => {
                elements.iter().map(|element| self.word(*element)).collect()
            }
            (None, Some(ExprKind::Binary(BinaryOp::Add, left, right))) => {
                let (left, right) = (self.words(*left), self.words(*right));
                left.into_iter().chain(right).collect()
            }
            _ => vec![self.word(expr)],
        }
    }

    /// The entries of a map; those that are `none` aren't sent.
    fn pairs(&self, expr: ExprId) -> Vec<(Arc<str>, Word)> {
        match (self.value(expr), self.kind(expr)) {
            (Some(Value::Map(entries)), _) => {
                let sent = entries.iter().filter(|(_, value)| !value.is_none());
                sent.map(|(name, value)| (name.clone(), Word::known(value))).collect()
            }
            (Some(_), _) => Vec::new(),
            (None, Some(ExprKind::Map(entries))) => {
                let sent = entries.iter().filter(|(_, value)| self.value(*value) != Some(Value::None));
                sent.map(|(name, value)| (name.text.clone(), self.word(*value))).collect()
            }
            (None, _) => vec![("...".into(), Word::unknown(self.name(expr)))],
        }
    }

    /// What people would call a value: the name that it is read from.
    fn name(&self, expr: ExprId) -> String {
        let mut next = expr;
        let mut fields: Vec<&str> = Vec::new();
        let root = loop {
            next = match self.kind(next) {
                Some(ExprKind::Name(name)) => break &**name,
                Some(ExprKind::Field { receiver, name, .. }) => {
                    fields.push(&name.text);
                    *receiver
                }
                // `text(x)` and `x.trim()` are known by what they are made from.
                Some(ExprKind::Call { callee, arguments }) => match self.kind(*callee) {
                    Some(ExprKind::Field { receiver, .. }) if arguments.is_empty() => *receiver,
                    _ => arguments.first().map_or(*callee, |argument| argument.value),
                },
                Some(ExprKind::Cast { value, .. } | ExprKind::Unary(_, value)) => *value,
                Some(ExprKind::Index { receiver, .. }) => *receiver,
                Some(ExprKind::Binary(_, left, _)) => *left,
                _ => break "unknown",
            };
        };
        fields.push(root);
        fields.reverse();
        fields.join(".")
    }
}
