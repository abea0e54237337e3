//! What an expression is made of, as far as the source shows it: words of the program, and holes for what
//! is only known when it runs.

use std::{cell::Cell, collections::BTreeSet};

use super::method;
use crate::{
    graph::{Meaning, ModuleMeaning},
    hir::{BinaryOp, ExprId, ExprKind, ItemKind, Literal, LocalId, LocalKind, PatternKind, TextPart},
    names::{Builtin, Def},
    source::{FileId, Span},
    types::{ArgumentValue, Callee, Member, Type},
};

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The program, or numbers and the like, which can't hold a command.
    Program,
    /// It is too complicated to tell.
    Unclear,
    /// Whoever calls, starts the run or sends the alert.
    Outside,
}

/// A part of a text.
#[derive(Debug, Clone)]
pub enum Piece {
    /// As written.
    Literal(String),
    /// What is put in while it runs.
    Hole(Hole),
    /// One of several.
    Choice(Vec<Vec<Piece>>),
}

/// What is put into a text while it runs.
#[derive(Debug, Clone)]
pub struct Hole {
    /// The expression that is put in.
    pub span: Span,
    /// As people call it, if it has a short form.
    pub name: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// Characters that were replaced in it.
    pub escapes: BTreeSet<char>,
    /// Whether it is a part of a text that was split up.
    pub split: bool,
}

/// A value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A text.
    Text(Vec<Piece>),
    /// A list.
    List(Vec<Element>),
    /// Anything else, or what nothing more is known of.
    Other(Hole),
}

/// An element of a list, or any number of such.
#[derive(Debug, Clone)]
pub struct Element {
    /// The element.
    pub value: Value,
    /// Whether there are any number of it.
    pub many: bool,
}

impl Value {
    /// The same as a text.
    pub fn pieces(self) -> Vec<Piece> {
        match self {
            Value::Text(pieces) => pieces,
            Value::Other(hole) => vec![Piece::Hole(hole)],
            Value::List(elements) => {
                elements.into_iter().flat_map(|element| element.value.pieces()).collect()
            }
        }
    }

    /// The worst of what it is made of.
    pub fn hole(&self, span: Span, name: Option<String>) -> Hole {
        let mut hole = Hole { span, name, origin: Origin::Program, escapes: BTreeSet::new(), split: false };
        self.worst(&mut hole);
        hole
    }

    fn worst(&self, worst: &mut Hole) {
        match self {
            Value::Text(pieces) => worst_piece(pieces, worst),
            Value::List(elements) => elements.iter().for_each(|element| element.value.worst(worst)),
            Value::Other(hole) => worse(hole, worst),
        }
    }
}

fn worst_piece(pieces: &[Piece], worst: &mut Hole) {
    for piece in pieces {
        match piece {
            Piece::Literal(_) => {}
            Piece::Hole(hole) => worse(hole, worst),
            Piece::Choice(all) => all.iter().for_each(|pieces| worst_piece(pieces, worst)),
        }
    }
}

fn worse(hole: &Hole, worst: &mut Hole) {
    if hole.origin > worst.origin {
        *worst = Hole { escapes: BTreeSet::new(), ..hole.clone() };
    }
    worst.split |= hole.split && hole.origin == worst.origin;
}

/// What names stand for.
pub type Names = Vec<(FileId, LocalId, Value)>;

/// Reads expressions.
pub struct Reader<'a> {
    /// All modules.
    pub meaning: &'a Meaning<'a>,
    /// The `let`s of the body at hand.
    pub lets: Vec<(LocalId, ExprId)>,
    budget: Cell<u32>,
}

/// So many expressions are looked at for one place: more is too complicated to tell.
const BUDGET: u32 = 20_000;
const DEPTH: u32 = 60;

impl<'a> Reader<'a> {
    /// A reader for one place.
    pub fn new(meaning: &'a Meaning<'a>, lets: Vec<(LocalId, ExprId)>) -> Self {
        Self { meaning, lets, budget: Cell::new(BUDGET) }
    }

    /// What an expression of a module is made of.
    pub fn read(&self, file: FileId, expr: ExprId) -> Value {
        self.at(file, expr, &Names::new(), DEPTH)
    }

    pub(super) fn at(&self, file: FileId, expr: ExprId, names: &Names, depth: u32) -> Value {
        let Some(module) = self.meaning.module(file) else { return unclear(Span::new(file, 0, 0)) };
        let span = module.span(expr);
        let (Some(depth), Some(budget)) = (depth.checked_sub(1), self.budget.get().checked_sub(1)) else {
            return unclear(span);
        };
        self.budget.set(budget);
        let at = |expr: ExprId| self.at(file, expr, names, depth);
        let typed = |origin: Origin| of_type(module.types.of(expr), origin, span, shown(module, expr));
        match module.types.of(expr).present() {
            Type::Bool
            | Type::Int
            | Type::Float
            | Type::Percent
            | Type::Duration
            | Type::Size
            | Type::Time
            | Type::Enum(_)
            | Type::Secret => return typed(Origin::Program),
            _ => {}
        }
        match &module.hir.exprs[expr].kind {
            ExprKind::Missing => unclear(span),
            ExprKind::Literal(Literal::Text(text)) => Value::Text(vec![Piece::Literal(text.clone())]),
            ExprKind::Literal(_) => typed(Origin::Program),
            ExprKind::Text(parts) => {
                let pieces = parts.iter().flat_map(|part| match part {
                    TextPart::Literal(text) => vec![Piece::Literal(text.clone())],
                    TextPart::Value(value) => at(*value).pieces(),
                });
                Value::Text(pieces.collect())
            }
            ExprKind::Name(_) => match module.def(expr) {
                Some(Def::Local(local)) => self.local(module, local, names, depth).unwrap_or_else(|| {
                    typed(match module.hir.locals[local].kind {
                        // What a lambda is given is bound where it is called; else nothing is known of it.
                        LocalKind::Lambda | LocalKind::Pattern => Origin::Unclear,
                        _ => Origin::Outside,
                    })
                }),
                Some(Def::Item(item)) => self.item(item, depth).unwrap_or_else(|| typed(Origin::Program)),
                Some(Def::Builtin(_) | Def::Variant(_) | Def::Severity) => typed(Origin::Program),
                Some(Def::Unknown) | None => typed(Origin::Unclear),
                Some(_) => typed(Origin::Outside),
            },
            ExprKind::Field { receiver, .. } => match (module.def(expr), module.types.members.get(expr)) {
                (Some(Def::Item(item)), _) => {
                    self.item(item, depth).unwrap_or_else(|| typed(Origin::Program))
                }
                (Some(_), _) | (_, Some(Member::Run(_) | Member::Cause(_))) => typed(Origin::Program),
                _ => {
                    let whole = at(*receiver).hole(span, None);
                    typed(whole.origin)
                }
            },
            ExprKind::Index { receiver, .. } => match at(*receiver) {
                Value::List(elements) => {
                    choice(elements.into_iter().map(|element| element.value).collect(), span)
                }
                other => typed(other.hole(span, None).origin),
            },
            ExprKind::Cast { value, .. } => typed(at(*value).hole(span, None).origin),
            ExprKind::Unary(_, operand) => at(*operand),
            ExprKind::Binary(BinaryOp::Add, left, right) => match (at(*left), at(*right)) {
                (Value::List(mut left), Value::List(right)) => {
                    left.extend(right);
                    Value::List(left)
                }
                (left, right) => Value::Text([left.pieces(), right.pieces()].concat()),
            },
            ExprKind::Binary(BinaryOp::Coalesce, left, right) => choice(vec![at(*left), at(*right)], span),
            ExprKind::Binary(..) => typed(Origin::Program),
            ExprKind::List(elements) => {
                let elements = elements.iter().map(|one| Element { value: at(*one), many: false });
                Value::List(elements.collect())
            }
            ExprKind::Map(entries) => {
                let values = entries.iter().map(|(_, value)| Element { value: at(*value), many: false });
                Value::Other(Value::List(values.collect()).hole(span, None))
            }
            ExprKind::Lambda { .. } => unclear(span),
            ExprKind::If { branches, otherwise } => {
                let values = branches.iter().map(|(_, value)| *value).chain([*otherwise]);
                choice(values.map(at).collect(), span)
            }
            ExprKind::Match { subject, arms } => {
                let values = arms.iter().map(|arm| {
                    let mut inner = names.clone();
                    for pattern in &arm.patterns {
                        if let PatternKind::Name { binding: Some(binding), .. } = &pattern.kind {
                            inner.push((file, *binding, at(*subject)));
                        }
                    }
                    self.at(file, arm.body, &inner, depth)
                });
                choice(values.collect(), span)
            }
            ExprKind::Call { callee, .. } => {
                let Some(call) = module.call(expr) else { return typed(Origin::Unclear) };
                let given = |index: usize| call.given(index).map(at);
                match call.callee {
                    Callee::Function(item) => {
                        self.function(item, &call.arguments, &at, depth).unwrap_or_else(|| unclear(span))
                    }
                    Callee::Record(_) => {
                        let given = (0..call.arguments.len()).filter_map(given);
                        let values = given.map(|value| Element { value, many: false });
                        Value::Other(Value::List(values.collect()).hole(span, None))
                    }
                    Callee::Builtin(Builtin::Need) => given(0).unwrap_or_else(|| unclear(span)),
                    Callee::Builtin(Builtin::Table) => {
                        typed(given(0).map_or(Origin::Unclear, |rows| rows.hole(span, None).origin))
                    }
                    Callee::Builtin(_) => typed(Origin::Outside),
                    Callee::Method(method) => {
                        let ExprKind::Field { receiver, .. } = &module.hir.exprs[*callee].kind else {
                            return typed(Origin::Unclear);
                        };
                        let apply = |lambda: ExprId, value: Value| {
                            let ExprKind::Lambda { parameters, body } = &module.hir.exprs[lambda].kind else {
                                return unclear(span);
                            };
                            let mut inner = names.clone();
                            inner.extend(parameters.first().map(|first| (file, *first, value)));
                            self.at(file, *body, &inner, depth)
                        };
                        let receiver = at(*receiver);
                        let argument = |index: usize| call.given(index);
                        method::of(method.id, receiver, &argument, &at, &apply)
                            .unwrap_or_else(|receiver| typed(receiver.hole(span, None).origin))
                    }
                    Callee::Action(_) | Callee::Task(_) | Callee::Trigger(_) => typed(Origin::Outside),
                }
            }
        }
    }

    fn local(&self, module: ModuleMeaning<'_>, local: LocalId, names: &Names, depth: u32) -> Option<Value> {
        let file = module.hir.file;
        let bound = names.iter().rev().find(|(of, bound, _)| *of == file && *bound == local);
        if let Some((_, _, value)) = bound {
            return Some(value.clone());
        }
        let (_, value) = self.lets.iter().find(|(known, _)| *known == local)?;
        Some(self.at(file, *value, names, depth))
    }

    fn item(&self, item: crate::names::ItemId, depth: u32) -> Option<Value> {
        match &self.meaning.item(item)?.kind {
            ItemKind::Let(declared) => Some(self.at(item.file, declared.value, &Names::new(), depth)),
            _ => None,
        }
    }

    fn function(
        &self,
        item: crate::names::ItemId,
        arguments: &[ArgumentValue],
        at: &dyn Fn(ExprId) -> Value,
        depth: u32,
    ) -> Option<Value> {
        let ItemKind::Function(function) = &self.meaning.item(item)?.kind else { return None };
        let mut names = Names::new();
        for (parameter, argument) in function.parameters.iter().zip(arguments) {
            let value = match argument {
                ArgumentValue::Given(value) => at(*value),
                _ => self.at(item.file, parameter.default?, &Names::new(), depth),
            };
            names.push((item.file, parameter.local, value));
        }
        Some(self.at(item.file, function.body, &names, depth))
    }
}

/// One of several values.
pub(super) fn choice(mut values: Vec<Value>, span: Span) -> Value {
    if values.len() == 1 {
        return values.remove(0);
    }
    if values.iter().any(|value| matches!(value, Value::List(_))) {
        let elements = values.into_iter().flat_map(|value| match value {
            Value::List(elements) => elements,
            other => vec![Element { value: other, many: true }],
        });
        return Value::List(elements.collect());
    }
    if values.iter().all(|value| matches!(value, Value::Other(_))) {
        let all = values.into_iter().map(|value| Element { value, many: false });
        return Value::Other(Value::List(all.collect()).hole(span, None));
    }
    Value::Text(vec![Piece::Choice(values.into_iter().map(Value::pieces).collect())])
}

/// A value of a type of which only its origin is known.
fn of_type(ty: &Type, origin: Origin, span: Span, name: Option<String>) -> Value {
    let hole = Hole { span, name, origin, escapes: BTreeSet::new(), split: false };
    match ty.present() {
        Type::Text | Type::Public => Value::Text(vec![Piece::Hole(hole)]),
        Type::List(element) => {
            let value = of_type(element, origin, span, hole.name);
            Value::List(vec![Element { value, many: true }])
        }
        _ => Value::Other(hole),
    }
}

fn unclear(span: Span) -> Value {
    let origin = Origin::Unclear;
    Value::Other(Hole { span, name: None, origin, escapes: BTreeSet::new(), split: false })
}

/// A name with its fields, as it is written.
fn shown(module: ModuleMeaning<'_>, expr: ExprId) -> Option<String> {
    match &module.hir.exprs[expr].kind {
        ExprKind::Name(name) => Some(name.to_string()),
        ExprKind::Field { receiver, name, .. } => {
            Some(format!("{}.{}", shown(module, *receiver)?, name.text))
        }
        _ => None,
    }
}
