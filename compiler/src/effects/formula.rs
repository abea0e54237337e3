//! Conditions as formulas over opaque atoms, to decide whether one implies another (rule T6).
//!
//! Equal expressions are one atom. A `let` is what it stands for, a task's parameter what the caller
//! gives for it, and comparisons of the severity are decided for the highest one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Context, ModuleContext};
use crate::{
    hir::{
        BinaryOp, ExprId, ExprKind, ItemKind, Literal, LocalId, StatementKind, TextPart, UnaryOp, descendants,
    },
    names::Def,
};

/// More atoms than this aren't tried (rule T6).
pub(super) const MAX_ATOMS: usize = 16;

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Formula {
    Known(bool),
    Atom(usize),
    Not(Box<Formula>),
    And(Vec<Formula>),
    Or(Vec<Formula>),
}

/// What the names of a task's parameters stand for at a call: canonical texts of the caller's
/// expressions.
pub(super) type Bindings = BTreeMap<LocalId, Bound>;

/// What a parameter stands for.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    /// The severity of the run.
    Severity,
    /// Some other value.
    Value(String),
}

/// Builds formulas whose atoms are shared.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    by_text: BTreeMap<String, usize>,
    /// As written, for messages.
    pub names: Vec<String>,
}

impl Atoms {
    /// The condition `expr` of `module`.
    pub fn formula(
        &mut self,
        context: &Context<'_>,
        module: ModuleContext<'_>,
        bindings: &Bindings,
        expr: ExprId,
    ) -> Formula {
        let scope = Scope { context, module, bindings };
        self.at(&scope, expr, 0)
    }

    fn at(&mut self, scope: &Scope<'_, '_>, expr: ExprId, depth: usize) -> Formula {
        match &scope.module.hir.exprs[expr].kind {
            // The tree's depth is bounded; `let`s that name each other in a circle are not.
            _ if depth > 300 => self.atom(scope, expr),
            ExprKind::Literal(Literal::Bool(value)) => Formula::Known(*value),
            ExprKind::Unary(UnaryOp::Not, operand) => {
                Formula::Not(Box::new(self.at(scope, *operand, depth + 1)))
            }
            ExprKind::Binary(BinaryOp::And, left, right) => {
                Formula::And(vec![self.at(scope, *left, depth + 1), self.at(scope, *right, depth + 1)])
            }
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                Formula::Or(vec![self.at(scope, *left, depth + 1), self.at(scope, *right, depth + 1)])
            }
            ExprKind::Binary(operator, left, right) => {
                match scope.compare_severity(*operator, *left, *right) {
                    Some(known) => Formula::Known(known),
                    None if *operator == BinaryOp::NotEqual => {
                        let equal = scope.binary_text(BinaryOp::Equal, *left, *right);
                        Formula::Not(Box::new(self.named(equal, scope.source_of(expr))))
                    }
                    None => self.atom(scope, expr),
                }
            }
            ExprKind::Name(_) => match scope.let_value(expr) {
                Some(value) => self.at(scope, value, depth + 1),
                None => self.atom(scope, expr),
            },
            _ => self.atom(scope, expr),
        }
    }

    fn atom(&mut self, scope: &Scope<'_, '_>, expr: ExprId) -> Formula {
        let text = scope.text(expr);
        self.named(text, scope.source_of(expr))
    }

    fn named(&mut self, text: String, written: String) -> Formula {
        let next = self.names.len();
        let index = *self.by_text.entry(text).or_insert(next);
        if index == next {
            self.names.push(written);
        }
        Formula::Atom(index)
    }
}

impl Formula {
    fn holds(&self, values: u32) -> bool {
        match self {
            Formula::Known(value) => *value,
            Formula::Atom(index) => values & (1 << index) != 0,
            Formula::Not(inner) => !inner.holds(values),
            Formula::And(parts) => parts.iter().all(|part| part.holds(values)),
            Formula::Or(parts) => parts.iter().any(|part| part.holds(values)),
        }
    }

    fn atoms(&self, found: &mut BTreeSet<usize>) {
        match self {
            Formula::Known(_) => {}
            Formula::Atom(index) => drop(found.insert(*index)),
            Formula::Not(inner) => inner.atoms(found),
            Formula::And(parts) | Formula::Or(parts) => parts.iter().for_each(|part| part.atoms(found)),
        }
    }
}

/// Whether one condition implies another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Implication {
    /// It does.
    Holds,
    /// It doesn't: the atoms that matter there, with their values.
    Fails(Vec<(usize, bool)>),
    /// There are too many atoms to try all.
    TooMany(usize),
}

/// Whether `premise` implies `conclusion`, by trying all values of the atoms.
pub(super) fn implies(premise: &Formula, conclusion: &Formula) -> Implication {
    let mut atoms = BTreeSet::new();
    premise.atoms(&mut atoms);
    conclusion.atoms(&mut atoms);
    if atoms.len() > MAX_ATOMS {
        return Implication::TooMany(atoms.len());
    }
    let atoms: Vec<usize> = atoms.into_iter().collect();
    // Atoms are numbered by all formulas of a playbook; only those at hand are tried.
    let rename = |formula: &Formula| renumber(formula, &atoms);
    let (premise, conclusion) = (rename(premise), rename(conclusion));
    let failing =
        (0..1_u32 << atoms.len()).find(|values| premise.holds(*values) && !conclusion.holds(*values));
    match failing {
        None => Implication::Holds,
        Some(values) => {
            let values = atoms.iter().enumerate().map(|(bit, atom)| (*atom, values & (1 << bit) != 0));
            Implication::Fails(values.collect())
        }
    }
}

fn renumber(formula: &Formula, atoms: &[usize]) -> Formula {
    match formula {
        Formula::Known(value) => Formula::Known(*value),
        Formula::Atom(index) => Formula::Atom(atoms.binary_search(index).unwrap_or_default()),
        Formula::Not(inner) => Formula::Not(Box::new(renumber(inner, atoms))),
        Formula::And(parts) => Formula::And(parts.iter().map(|part| renumber(part, atoms)).collect()),
        Formula::Or(parts) => Formula::Or(parts.iter().map(|part| renumber(part, atoms)).collect()),
    }
}

/// Where an expression stands, and what the names around it mean.
struct Scope<'s, 'a> {
    context: &'s Context<'a>,
    module: ModuleContext<'a>,
    bindings: &'s Bindings,
}

impl Scope<'_, '_> {
    fn is_severity(&self, expr: ExprId) -> bool {
        match self.module.def(expr) {
            Some(Def::Severity) => true,
            Some(Def::Local(local)) => matches!(self.bindings.get(&local), Some(Bound::Severity)),
            _ => false,
        }
    }

    /// What a comparison of the severity gives when it is the highest there is.
    fn compare_severity(&self, operator: BinaryOp, left: ExprId, right: ExprId) -> Option<bool> {
        let (variant, severity_left) = match (self.is_severity(left), self.is_severity(right)) {
            (true, false) => (right, true),
            (false, true) => (left, false),
            _ => return None,
        };
        let Some(Def::Variant(variant)) = self.module.def(variant) else { return None };
        let ItemKind::Enum(declared) = &self.context.item(variant.item)?.kind else { return None };
        let highest = declared.variants.len() as u32 - 1;
        let (a, b) = if severity_left { (highest, variant.index) } else { (variant.index, highest) };
        Some(match operator {
            BinaryOp::Equal => a == b,
            BinaryOp::NotEqual => a != b,
            BinaryOp::Less => a < b,
            BinaryOp::LessEqual => a <= b,
            BinaryOp::Greater => a > b,
            BinaryOp::GreaterEqual => a >= b,
            _ => return None,
        })
    }

    /// What a `let` of a playbook or task stands for.
    fn let_value(&self, name: ExprId) -> Option<ExprId> {
        let Some(Def::Local(local)) = self.module.def(name) else { return None };
        let item = self.module.hir.items.get(self.module.hir.locals[local].item as usize)?;
        let blocks: Vec<_> = match &item.kind {
            ItemKind::Task(task) => vec![&task.body],
            ItemKind::Playbook(playbook) => playbook
                .parts
                .iter()
                .filter_map(|part| match &part.body {
                    crate::hir::PartBody::Block(block) => Some(block),
                    crate::hir::PartBody::None { .. } => None,
                })
                .collect(),
            _ => return None,
        };
        blocks.iter().flat_map(|block| &block.statements).find_map(|statement| match &statement.kind {
            StatementKind::Let(found) if found.local == local => Some(found.value),
            _ => None,
        })
    }

    /// The same text for expressions that always have the same value.
    fn text(&self, expr: ExprId) -> String {
        let mut text = String::new();
        let mut budget = 2000;
        self.write(expr, &mut text, &mut budget);
        text
    }

    fn binary_text(&self, operator: BinaryOp, left: ExprId, right: ExprId) -> String {
        format!("({} {} {})", self.text(left), operator.symbol(), self.text(right))
    }

    fn write(&self, expr: ExprId, out: &mut String, budget: &mut usize) {
        let node = &self.module.hir.exprs[expr];
        if *budget == 0 {
            // Too large to compare: an atom of its own.
            let _ = write!(out, "@{:?}", node.span);
            return;
        }
        *budget -= 1;
        match &node.kind {
            ExprKind::Literal(literal) => drop(write!(out, "{literal:?}")),
            ExprKind::Name(name) => match self.module.def(expr) {
                Some(Def::Local(local)) => match (self.bindings.get(&local), self.let_value(expr)) {
                    (Some(Bound::Severity), _) => out.push_str("severity"),
                    (Some(Bound::Value(text)), _) => out.push_str(text),
                    (None, Some(value)) => self.write(value, out, budget),
                    (None, None) => drop(write!(out, "{name}@{:?}{:?}", self.module.hir.file, local)),
                },
                Some(def) => drop(write!(out, "{def:?}")),
                None => drop(write!(out, "{name}?{:?}", node.span)),
            },
            ExprKind::Field { receiver, name, access } => match self.module.def(expr) {
                Some(def) => drop(write!(out, "{def:?}")),
                None => {
                    self.write(*receiver, out, budget);
                    let _ = write!(out, "{access:?}.{}", name.text);
                }
            },
            ExprKind::Unary(operator, operand) => {
                let _ = write!(out, "{operator:?} ");
                self.write(*operand, out, budget);
            }
            ExprKind::Binary(operator, left, right) => {
                out.push('(');
                self.write(*left, out, budget);
                let _ = write!(out, " {} ", operator.symbol());
                self.write(*right, out, budget);
                out.push(')');
            }
            ExprKind::Call { callee, arguments } => {
                self.write(*callee, out, budget);
                out.push('(');
                for argument in arguments {
                    let _ = write!(out, "{}:", argument.name.as_ref().map_or("", |name| &name.text));
                    self.write(argument.value, out, budget);
                    out.push(',');
                }
                out.push(')');
            }
            ExprKind::Text(parts) => {
                for part in parts {
                    match part {
                        TextPart::Literal(text) => drop(write!(out, "{text:?}")),
                        TextPart::Value(value) => self.write(*value, out, budget),
                    }
                }
            }
            // Rare in conditions, and equal only to itself.
            _ => drop(write!(out, "@{:?}", node.span)),
        }
    }

    /// A condition for people: its names in source order are enough to find it.
    fn source_of(&self, expr: ExprId) -> String {
        let exprs = &self.module.hir.exprs;
        match &exprs[expr].kind {
            ExprKind::Field { receiver, name, .. } => format!("{}.{}", self.source_of(*receiver), name.text),
            ExprKind::Name(name) => name.to_string(),
            ExprKind::Binary(operator, left, right) => {
                format!("{} {} {}", self.source_of(*left), operator.symbol(), self.source_of(*right))
            }
            ExprKind::Literal(literal) => literal_text(literal),
            _ => {
                let names = descendants(exprs, expr).filter_map(|part| match &exprs[part].kind {
                    ExprKind::Name(name) => Some(name.to_string()),
                    _ => None,
                });
                format!("the condition over {}", names.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// What an argument stands for inside of the task that it is given to.
    fn bound(&self, argument: ExprId) -> Bound {
        if self.is_severity(argument) { Bound::Severity } else { Bound::Value(self.text(argument)) }
    }
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::None => "none".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Percent(value) => format!("{value}%"),
        Literal::Text(text) => format!("\"{text}\""),
        Literal::Duration(_) | Literal::Size(_) => "…".to_owned(),
    }
}

/// What the parameters of the called task stand for. Those without an argument stay opaque.
pub(super) fn bind(
    context: &Context<'_>,
    module: ModuleContext<'_>,
    bindings: &Bindings,
    call: ExprId,
) -> Bindings {
    let scope = Scope { context, module, bindings };
    let Some(call) = module.call(call) else { return Bindings::new() };
    let crate::types::Callee::Task(item) = call.callee else { return Bindings::new() };
    let Some(task) = context.task(item) else { return Bindings::new() };
    let given = task.parameters.iter().enumerate().filter_map(|(index, parameter)| {
        let argument = call.given(index)?;
        Some((parameter.local, scope.bound(argument)))
    });
    given.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn implication_is_decided_by_all_values() {
        let atom = Formula::Atom;
        let both = Formula::And(vec![atom(3), atom(7)]);
        assert_eq!(implies(&both, &atom(3)), Implication::Holds);
        assert_eq!(implies(&atom(3), &both), Implication::Fails(vec![(3, true), (7, false)]));
        assert_eq!(implies(&Formula::Known(false), &Formula::Known(false)), Implication::Holds);
        let many = Formula::And((0..17).map(Formula::Atom).collect());
        assert_eq!(implies(&many, &Formula::Known(true)), Implication::TooMany(17));
    }
}
