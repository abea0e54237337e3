//! Conditions as formulas.

use super::{
    Known, Truth,
    cells::{Asks, compare},
};
use crate::{
    graph::{Constant, evaluate},
    hir::{BinaryOp, ExprId, ExprKind, ItemKind, Literal, PatternKind, UnaryOp},
    names::{Builtin, Def},
    source::FileId,
    types::{Callee, Member, MethodId, Type},
};

/// A condition.
#[derive(Debug, Clone)]
pub(super) enum Formula {
    Known(bool),
    Atom(usize),
    Not(Box<Formula>),
    And(Vec<Formula>),
    Or(Vec<Formula>),
}

/// The atoms of conditions.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    /// A question about a value.
    Of { key: String, ty: Type, asks: Asks },
    /// Something about which nothing more is known; equal texts are equal values.
    Free(String),
}

impl Formula {
    /// The value, as far as its atoms are known.
    pub fn value(&self, atoms: &[Option<bool>]) -> Option<bool> {
        match self {
            Formula::Known(value) => Some(*value),
            Formula::Atom(atom) => atoms[*atom],
            Formula::Not(inner) => inner.value(atoms).map(|value| !value),
            Formula::And(all) => all_of(all.iter().map(|one| one.value(atoms)), true),
            Formula::Or(all) => all_of(all.iter().map(|one| one.value(atoms)), false),
        }
    }

    /// The value regardless of its atoms, if that is obvious.
    pub fn simple(&self) -> Formula {
        match self {
            Formula::Known(_) | Formula::Atom(_) => self.clone(),
            Formula::Not(inner) => match inner.simple() {
                Formula::Known(value) => Formula::Known(!value),
                inner => Formula::Not(Box::new(inner)),
            },
            Formula::And(all) | Formula::Or(all) => {
                let neutral = matches!(self, Formula::And(_));
                let all: Vec<Formula> = all.iter().map(Formula::simple).collect();
                let known = all.iter().map(|one| match one {
                    Formula::Known(value) => Some(*value),
                    _ => None,
                });
                match all_of(known, neutral) {
                    Some(value) => Formula::Known(value),
                    None if neutral => Formula::And(all),
                    None => Formula::Or(all),
                }
            }
        }
    }
}

/// All of them, or with `neutral == false` any of them.
fn all_of(values: impl Iterator<Item = Option<bool>>, neutral: bool) -> Option<bool> {
    let mut open = false;
    for value in values {
        match value {
            Some(value) if value != neutral => return Some(!neutral),
            Some(_) => {}
            None => open = true,
        }
    }
    (!open).then_some(neutral)
}

impl Truth<'_> {
    pub(super) fn formula(&self, file: FileId, expr: ExprId, atoms: &mut Vec<Atom>, depth: u32) -> Formula {
        let (Some(module), Some(depth)) = (self.meaning.module(file), depth.checked_sub(1)) else {
            return free(atoms, format!("{file:?} {expr:?}"));
        };
        if let Ok(Constant::Bool(value)) = evaluate(self.meaning, file, expr) {
            return Formula::Known(value);
        }
        match &module.hir.exprs[expr].kind {
            ExprKind::Unary(UnaryOp::Not, inner) => {
                Formula::Not(Box::new(self.formula(file, *inner, atoms, depth)))
            }
            ExprKind::Binary(operator @ (BinaryOp::And | BinaryOp::Or), left, right) => {
                let sides = [left, right].map(|side| self.formula(file, *side, atoms, depth)).to_vec();
                if *operator == BinaryOp::And { Formula::And(sides) } else { Formula::Or(sides) }
            }
            ExprKind::If { branches, otherwise } => {
                let mut rest = self.formula(file, *otherwise, atoms, depth);
                for (condition, value) in branches.iter().rev() {
                    let condition = self.formula(file, *condition, atoms, depth);
                    let value = self.formula(file, *value, atoms, depth);
                    rest = Formula::Or(vec![
                        Formula::And(vec![condition.clone(), value]),
                        Formula::And(vec![Formula::Not(Box::new(condition)), rest]),
                    ]);
                }
                rest
            }
            ExprKind::Match { subject, arms } => {
                let mut rest = Formula::Known(false);
                for arm in arms.iter().rev() {
                    let fits = arm.patterns.iter().map(|one| self.pattern(file, *subject, one, atoms));
                    let fits = Formula::Or(fits.collect());
                    let value = self.formula(file, arm.body, atoms, depth);
                    rest = Formula::Or(vec![
                        Formula::And(vec![fits.clone(), value]),
                        Formula::And(vec![Formula::Not(Box::new(fits)), rest]),
                    ]);
                }
                rest
            }
            ExprKind::Binary(BinaryOp::In, element, list) => {
                self.membership(file, expr, *element, *list, atoms)
            }
            ExprKind::Binary(operator, left, right) => {
                self.comparison(file, expr, *operator, *left, *right, atoms)
            }
            ExprKind::Name(_) => match module.def(expr) {
                Some(Def::Local(local)) if self.assumptions.lets.contains_key(&local) => {
                    self.formula(file, self.assumptions.lets[&local], atoms, depth)
                }
                _ => self.plain(file, expr, atoms),
            },
            ExprKind::Field { receiver, .. } => match module.types.members.get(expr) {
                Some(Member::Cause(state)) => match self.key(file, *receiver) {
                    Some(key) => of(atoms, key, Type::Cause, Asks::State(*state)),
                    None => free(atoms, format!("{file:?} {expr:?}")),
                },
                _ => self.plain(file, expr, atoms),
            },
            ExprKind::Call { callee, arguments } => {
                let receiver = match &module.hir.exprs[*callee].kind {
                    ExprKind::Field { receiver, .. } => Some(*receiver),
                    _ => None,
                };
                let argument = arguments.first().map(|argument| argument.value);
                match (module.call(expr).map(|call| call.callee), receiver) {
                    (Some(Callee::Method(method)), Some(receiver)) => {
                        self.method(file, expr, method.id, receiver, argument, atoms)
                    }
                    _ => self.plain(file, expr, atoms),
                }
            }
            _ => self.plain(file, expr, atoms),
        }
    }

    fn method(
        &self,
        file: FileId,
        expr: ExprId,
        method: MethodId,
        receiver: ExprId,
        argument: Option<ExprId>,
        atoms: &mut Vec<Atom>,
    ) -> Formula {
        let ty = self.type_of(file, receiver);
        if let Some(length) = self.literal_length(file, receiver) {
            match (method, length) {
                (MethodId::ListIsEmpty, length) => return Formula::Known(length == 0),
                (MethodId::ListAny | MethodId::ListContains, 0) => return Formula::Known(false),
                (MethodId::ListAll, 0) => return Formula::Known(true),
                _ => {}
            }
        }
        if ty.is_optional() {
            return self.plain(file, expr, atoms);
        }
        let Some(key) = self.key(file, receiver) else { return self.plain(file, expr, atoms) };
        let text = argument.and_then(|argument| self.known(file, argument));
        match (method, text) {
            (MethodId::ListIsEmpty | MethodId::MapIsEmpty | MethodId::TextIsEmpty, _) => {
                of(atoms, key, ty, Asks::Empty)
            }
            (MethodId::TextContains, Some(Known::Text(part))) => {
                of(atoms, key, ty, Asks::Contains("contains", part))
            }
            (MethodId::TextStartsWith, Some(Known::Text(part))) => {
                of(atoms, key, ty, Asks::Contains("starts_with", part))
            }
            (MethodId::TextEndsWith, Some(Known::Text(part))) => {
                of(atoms, key, ty, Asks::Contains("ends_with", part))
            }
            (MethodId::ListContains, Some(known)) => of(atoms, key, ty, Asks::Holds(known)),
            _ => self.plain(file, expr, atoms),
        }
    }

    fn pattern(
        &self,
        file: FileId,
        subject: ExprId,
        pattern: &crate::hir::Pattern,
        atoms: &mut Vec<Atom>,
    ) -> Formula {
        let unknown = |atoms: &mut Vec<Atom>| free(atoms, format!("{:?}", pattern.span));
        let ask = |operator, known, atoms: &mut Vec<Atom>| match self.key(file, subject) {
            Some(key) => of(atoms, key, self.type_of(file, subject), Asks::Compare(operator, known)),
            None => unknown(atoms),
        };
        match &pattern.kind {
            PatternKind::Else => Formula::Known(true),
            PatternKind::Missing => unknown(atoms),
            PatternKind::Literal(literal) => ask(BinaryOp::Equal, literal_known(literal), atoms),
            PatternKind::Compare(operator, literal) => ask(*operator, literal_known(literal), atoms),
            PatternKind::Range(low, high) => Formula::And(vec![
                ask(BinaryOp::GreaterEqual, literal_known(low), atoms),
                ask(BinaryOp::LessEqual, literal_known(high), atoms),
            ]),
            PatternKind::Name { .. } => {
                let module = self.meaning.module(file);
                let variant = module.and_then(|module| {
                    let patterns = &module.types.patterns;
                    patterns.get(&pattern.span).or_else(|| module.names.patterns.get(&pattern.span)).copied()
                });
                match variant {
                    Some(variant) => ask(BinaryOp::Equal, Known::Variant(variant.index), atoms),
                    // It binds what is there.
                    None => ask(BinaryOp::NotEqual, Known::None, atoms),
                }
            }
        }
    }

    fn membership(
        &self,
        file: FileId,
        expr: ExprId,
        element: ExprId,
        list: ExprId,
        atoms: &mut Vec<Atom>,
    ) -> Formula {
        if let Some((of_file, elements)) = self.list(file, list) {
            let wanted = self.known(file, element);
            let each = elements.into_iter().map(|one| match self.known(of_file, one) {
                Some(known) if wanted.is_some() => Formula::Known(wanted.as_ref() == Some(&known)),
                Some(known) => self.against(file, expr, BinaryOp::Equal, element, known, atoms),
                None => free(atoms, format!("{file:?} {expr:?} {one:?}")),
            });
            return Formula::Or(each.collect());
        }
        if matches!(self.type_of(file, list), Type::List(_))
            && let (Some(key), Some(known)) = (self.key(file, list), self.known(file, element))
        {
            return of(atoms, key, self.type_of(file, list), Asks::Holds(known));
        }
        self.plain(file, expr, atoms)
    }

    fn comparison(
        &self,
        file: FileId,
        expr: ExprId,
        operator: BinaryOp,
        left: ExprId,
        right: ExprId,
        atoms: &mut Vec<Atom>,
    ) -> Formula {
        match (self.known(file, left), self.known(file, right)) {
            (Some(left), Some(right)) => match compare(operator, &left, &right) {
                Some(value) => Formula::Known(value),
                None => self.plain(file, expr, atoms),
            },
            (None, Some(known)) => self.against(file, expr, operator, left, known, atoms),
            (Some(known), None) => self.against(file, expr, mirrored(operator), right, known, atoms),
            (None, None) => {
                let (one, other) = (self.key(file, left), self.key(file, right));
                let same = one.is_some() && one == other;
                match operator {
                    BinaryOp::Equal | BinaryOp::LessEqual | BinaryOp::GreaterEqual if same => {
                        Formula::Known(true)
                    }
                    BinaryOp::NotEqual | BinaryOp::Less | BinaryOp::Greater if same => Formula::Known(false),
                    // `a != b` is `not (a == b)`.
                    BinaryOp::NotEqual => {
                        let key = one.zip(other).map(|(one, other)| format!("{one} == {other}"));
                        let key = key.unwrap_or_else(|| format!("{file:?} {expr:?}"));
                        Formula::Not(Box::new(free(atoms, key)))
                    }
                    BinaryOp::Equal => {
                        let key = one.zip(other).map(|(one, other)| format!("{one} == {other}"));
                        free(atoms, key.unwrap_or_else(|| format!("{file:?} {expr:?}")))
                    }
                    _ => self.plain(file, expr, atoms),
                }
            }
        }
    }

    /// A value compared with a known one.
    fn against(
        &self,
        file: FileId,
        expr: ExprId,
        operator: BinaryOp,
        subject: ExprId,
        known: Known,
        atoms: &mut Vec<Atom>,
    ) -> Formula {
        if let (Known::Bool(wanted), BinaryOp::Equal | BinaryOp::NotEqual) = (&known, operator)
            && !self.type_of(file, subject).is_optional()
        {
            let inner = self.formula(file, subject, atoms, 40);
            let same = *wanted == (operator == BinaryOp::Equal);
            return if same { inner } else { Formula::Not(Box::new(inner)) };
        }
        if let Some(value) = self.length_of(file, operator, subject, &known, atoms) {
            return value;
        }
        match self.key(file, subject) {
            Some(key) => of(atoms, key, self.type_of(file, subject), Asks::Compare(operator, known)),
            None => free(atoms, format!("{file:?} {expr:?}")),
        }
    }

    /// `x.length() == 0` and similar conditions ask whether it is empty.
    fn length_of(
        &self,
        file: FileId,
        operator: BinaryOp,
        subject: ExprId,
        known: &Known,
        atoms: &mut Vec<Atom>,
    ) -> Option<Formula> {
        let module = self.meaning.module(file)?;
        let Known::Number(at) = known else { return None };
        let Callee::Method(method) = module.call(subject)?.callee else { return None };
        let lengths = [MethodId::ListLength, MethodId::TextLength, MethodId::MapLength];
        if !lengths.contains(&method.id) {
            return None;
        }
        let ExprKind::Call { callee, .. } = &module.hir.exprs[subject].kind else { return None };
        let ExprKind::Field { receiver, .. } = &module.hir.exprs[*callee].kind else { return None };
        if let Some(length) = self.literal_length(file, *receiver) {
            return compare(operator, &Known::Number(length as f64), known).map(Formula::Known);
        }
        let empty = match (operator, *at) {
            (BinaryOp::Equal | BinaryOp::LessEqual, 0.0) | (BinaryOp::Less, 1.0) => true,
            (BinaryOp::NotEqual | BinaryOp::Greater, 0.0) | (BinaryOp::GreaterEqual, 1.0) => false,
            _ => return None,
        };
        let ty = self.type_of(file, *receiver);
        if ty.is_optional() {
            return None;
        }
        let asked = of(atoms, self.key(file, *receiver)?, ty, Asks::Empty);
        Some(if empty { asked } else { Formula::Not(Box::new(asked)) })
    }

    /// A condition known only by its text; a name may be a Bool that other conditions compare.
    fn plain(&self, file: FileId, expr: ExprId, atoms: &mut Vec<Atom>) -> Formula {
        let ty = self.type_of(file, expr);
        match self.key(file, expr) {
            Some(key) if ty == Type::Bool => {
                of(atoms, key, ty, Asks::Compare(BinaryOp::Equal, Known::Bool(true)))
            }
            Some(key) => free(atoms, key),
            None => free(atoms, format!("{file:?} {expr:?}")),
        }
    }

    /// The number of elements in a list literal.
    fn literal_length(&self, file: FileId, expr: ExprId) -> Option<usize> {
        self.list(file, expr).map(|(_, elements)| elements.len())
    }

    /// The elements of a list literal.
    pub fn list(&self, file: FileId, expr: ExprId) -> Option<(FileId, Vec<ExprId>)> {
        let module = self.meaning.module(file)?;
        match &module.hir.exprs[expr].kind {
            ExprKind::List(elements) => Some((file, elements.clone())),
            ExprKind::Name(_) | ExprKind::Field { .. } => match module.def(expr)? {
                Def::Item(item) => match &self.meaning.item(item)?.kind {
                    ItemKind::Let(declared) => {
                        let module = self.meaning.module(item.file)?;
                        match &module.hir.exprs[declared.value].kind {
                            ExprKind::List(elements) => Some((item.file, elements.clone())),
                            _ => None,
                        }
                    }
                    _ => None,
                },
                Def::Local(local) => match module.hir.exprs[*self.assumptions.lets.get(&local)?].kind {
                    ExprKind::List(ref elements) => Some((file, elements.clone())),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// A value known before any run.
    pub fn known(&self, file: FileId, expr: ExprId) -> Option<Known> {
        let module = self.meaning.module(file)?;
        match module.def(expr) {
            Some(Def::Variant(variant)) => return Some(Known::Variant(variant.index)),
            Some(Def::Builtin(Builtin::Run)) => return None,
            _ => {}
        }
        Some(match evaluate(self.meaning, file, expr).ok()? {
            Constant::None => Known::None,
            Constant::Bool(value) => Known::Bool(value),
            Constant::Int(value) | Constant::Duration(value) | Constant::Size(value) => {
                Known::Number(value as f64)
            }
            Constant::Float(value) | Constant::Percent(value) => Known::Number(value),
            Constant::Text(text) => Known::Text(text.to_string()),
            Constant::Record(..) => return None,
        })
    }
}

fn literal_known(literal: &Literal) -> Known {
    match literal {
        Literal::None => Known::None,
        Literal::Bool(value) => Known::Bool(*value),
        Literal::Int(value) | Literal::Duration(value) | Literal::Size(value) => Known::Number(*value as f64),
        Literal::Float(value) | Literal::Percent(value) => Known::Number(*value),
        Literal::Text(text) => Known::Text(text.clone()),
    }
}

fn of(atoms: &mut Vec<Atom>, key: String, ty: Type, asks: Asks) -> Formula {
    atoms.push(Atom::Of { key, ty, asks });
    Formula::Atom(atoms.len() - 1)
}

fn free(atoms: &mut Vec<Atom>, text: String) -> Formula {
    let known = atoms.iter().position(|atom| matches!(atom, Atom::Free(other) if *other == text));
    Formula::Atom(known.unwrap_or_else(|| {
        atoms.push(Atom::Free(text));
        atoms.len() - 1
    }))
}

/// The operator with both sides swapped.
fn mirrored(operator: BinaryOp) -> BinaryOp {
    match operator {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}
