//! What conditions say together: whether they can all hold, and what the severity makes of them.

use std::collections::BTreeMap;

use super::{Body, Facts, Pass, StepFact};
use crate::{
    graph::{Constant, NodeKind},
    hir::{BinaryOp, ExprId, ExprKind, ItemKind, UnaryOp},
    names::Def,
    source::FileId,
    types::{CauseMember, Member},
};

/// A condition that must hold, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The condition.
    pub condition: ExprId,
    /// Whether it must hold.
    pub holds: bool,
}

/// The same without `and` and `not`, as far as all of it must hold.
pub fn conjuncts(facts: &Facts<'_>, file: FileId, wanted: impl IntoIterator<Item = Wanted>) -> Vec<Wanted> {
    let Some(module) = facts.meaning.module(file) else { return Vec::new() };
    let mut work: Vec<Wanted> = wanted.into_iter().collect();
    work.reverse();
    let mut found = Vec::new();
    while let Some(one) = work.pop() {
        match (&module.hir.exprs[one.condition].kind, one.holds) {
            (ExprKind::Unary(UnaryOp::Not, inner), holds) => {
                work.push(Wanted { condition: *inner, holds: !holds });
            }
            (ExprKind::Binary(BinaryOp::And, left, right), true)
            | (ExprKind::Binary(BinaryOp::Or, left, right), false) => {
                work.extend([right, left].map(|side| Wanted { condition: *side, ..one }));
            }
            _ => found.push(one),
        }
    }
    found
}

/// Two conditions of which one excludes the other, or one that excludes itself.
pub fn clash(facts: &Facts<'_>, file: FileId, wanted: &[Wanted]) -> Option<(ExprId, ExprId)> {
    let claims: Vec<(ExprId, Claim)> = wanted
        .iter()
        .flat_map(|one| claims(facts, file, *one).into_iter().map(|claim| (one.condition, claim)))
        .collect();
    claims.iter().enumerate().find_map(|(index, (later, claim))| {
        let earlier = claims[..index].iter().find(|(_, earlier)| earlier.excludes(claim))?;
        Some((earlier.0, *later))
    })
}

/// Whether only one of two steps can run, after what they stand under and are guarded by.
pub fn exclude_each_other(
    pass: &Pass<'_>,
    body: &Body<'_>,
    one: &StepFact<'_>,
    other: &StepFact<'_>,
) -> bool {
    let guards = one.plan.guards.iter().chain(&other.plan.guards).map(|guard| body.graph.guard(*guard));
    let wanted: Vec<Wanted> =
        guards.map(|guard| Wanted { condition: guard.condition, holds: guard.wanted }).collect();
    let sides = |first: &Wanted| {
        wanted.iter().any(|second| second.condition == first.condition && second.holds != first.holds)
    };
    wanted.iter().any(sides)
        || clash(pass.facts, pass.file, &conjuncts(pass.facts, pass.file, wanted.iter().copied())).is_some()
}

/// What a condition says about a value.
#[derive(Debug, Clone, PartialEq)]
struct Claim {
    /// A key of the value.
    subject: String,
    says: Says,
}

#[derive(Debug, Clone, PartialEq)]
enum Says {
    True(bool),
    /// Between the two, with them or not.
    Between(End, End),
    IsNumber(bool, f64),
    Is(bool, String),
    /// The state of a cause, which has one.
    State(CauseMember),
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    at: f64,
    included: bool,
}

impl Claim {
    fn excludes(&self, other: &Claim) -> bool {
        self.subject == other.subject && (self.says.excludes(&other.says) || other.says.excludes(&self.says))
    }
}

impl Says {
    fn excludes(&self, other: &Says) -> bool {
        match (self, other) {
            (Says::True(one), Says::True(other)) => one != other,
            (Says::Between(low, _), Says::Between(_, high)) => {
                low.at > high.at || low.at == high.at && !(low.included && high.included)
            }
            (Says::Between(low, high), Says::IsNumber(true, at)) => {
                *at < low.at
                    || *at > high.at
                    || *at == low.at && !low.included
                    || *at == high.at && !high.included
            }
            (Says::IsNumber(one, at), Says::IsNumber(two, other)) => {
                *one && (*two && at != other || !*two && at == other)
            }
            (Says::Is(one, value), Says::Is(two, other)) => {
                *one && (*two && value != other || !*two && value == other)
            }
            (Says::State(one), Says::State(other)) => one != other,
            _ => false,
        }
    }
}

/// What a condition says; of a comparison with a variant also that there are no others.
fn claims(facts: &Facts<'_>, file: FileId, wanted: Wanted) -> Vec<Claim> {
    let Some(module) = facts.meaning.module(file) else { return Vec::new() };
    let key = |expr| facts.resource(file, expr, &BTreeMap::new());
    match &module.hir.exprs[wanted.condition].kind {
        ExprKind::Binary(operator, left, right) => {
            let sides = [(*left, *right, *operator), (*right, *left, mirrored(*operator))];
            let said = sides.into_iter().find_map(|(subject, value, operator)| {
                let operator = if wanted.holds { operator } else { opposite(operator)? };
                let claim = |says| Claim { subject: key(subject), says };
                Some(match known(facts, file, value)? {
                    Known::Number(at) => vec![claim(compared(operator, at)?)],
                    Known::Variant(index, count) => {
                        let end = |at: u32| End { at: f64::from(at), included: true };
                        let all = Says::Between(end(0), end(count.saturating_sub(1)));
                        vec![claim(all), claim(compared(operator, f64::from(index))?)]
                    }
                    Known::Other(text) => match operator {
                        BinaryOp::Equal => vec![claim(Says::Is(true, text))],
                        BinaryOp::NotEqual => vec![claim(Says::Is(false, text))],
                        _ => return None,
                    },
                })
            });
            said.unwrap_or_else(|| {
                vec![Claim { subject: key(wanted.condition), says: Says::True(wanted.holds) }]
            })
        }
        ExprKind::Field { receiver, .. } => match module.types.members.get(wanted.condition) {
            Some(Member::Cause(state)) if wanted.holds => {
                vec![
                    Claim { subject: key(*receiver), says: Says::State(*state) },
                    Claim { subject: key(wanted.condition), says: Says::True(true) },
                ]
            }
            _ => vec![Claim { subject: key(wanted.condition), says: Says::True(wanted.holds) }],
        },
        _ => vec![Claim { subject: key(wanted.condition), says: Says::True(wanted.holds) }],
    }
}

/// A value known before any run.
enum Known {
    Number(f64),
    /// The variant with this number, of so many.
    Variant(u32, u32),
    Other(String),
}

fn known(facts: &Facts<'_>, file: FileId, expr: ExprId) -> Option<Known> {
    if let Some(Def::Variant(variant)) = facts.meaning.module(file)?.def(expr) {
        let ItemKind::Enum(declared) = &facts.meaning.item(variant.item)?.kind else { return None };
        return Some(Known::Variant(variant.index, declared.variants.len() as u32));
    }
    Some(match facts.constant(file, expr)? {
        Constant::Int(value) | Constant::Duration(value) | Constant::Size(value) => {
            Known::Number(value as f64)
        }
        Constant::Float(value) | Constant::Percent(value) => Known::Number(value),
        other @ (Constant::None | Constant::Bool(_) | Constant::Text(_)) => {
            Known::Other(format!("{other:?}"))
        }
        Constant::Record(..) => return None,
    })
}

fn compared(operator: BinaryOp, at: f64) -> Option<Says> {
    let (none, all) =
        (End { at: f64::NEG_INFINITY, included: true }, End { at: f64::INFINITY, included: true });
    Some(match operator {
        BinaryOp::Less => Says::Between(none, End { at, included: false }),
        BinaryOp::LessEqual => Says::Between(none, End { at, included: true }),
        BinaryOp::Greater => Says::Between(End { at, included: false }, all),
        BinaryOp::GreaterEqual => Says::Between(End { at, included: true }, all),
        BinaryOp::Equal => Says::IsNumber(true, at),
        BinaryOp::NotEqual => Says::IsNumber(false, at),
        _ => return None,
    })
}

/// The operator for the two sides the other way round.
fn mirrored(operator: BinaryOp) -> BinaryOp {
    match operator {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// The operator that holds where this one doesn't.
fn opposite(operator: BinaryOp) -> Option<BinaryOp> {
    Some(match operator {
        BinaryOp::Less => BinaryOp::GreaterEqual,
        BinaryOp::LessEqual => BinaryOp::Greater,
        BinaryOp::Greater => BinaryOp::LessEqual,
        BinaryOp::GreaterEqual => BinaryOp::Less,
        BinaryOp::Equal => BinaryOp::NotEqual,
        BinaryOp::NotEqual => BinaryOp::Equal,
        _ => return None,
    })
}

/// What a condition of a playbook comes to at the severity with this number; none if that depends on more.
pub fn at_severity(body: &Body<'_>, condition: ExprId, severity: u32) -> Option<bool> {
    decided(body, condition, severity, 200)
}

fn decided(body: &Body<'_>, condition: ExprId, severity: u32, depth: u32) -> Option<bool> {
    let depth = depth.checked_sub(1)?;
    let at = |side: &ExprId| decided(body, *side, severity, depth);
    match &body.module.hir.exprs[condition].kind {
        ExprKind::Unary(UnaryOp::Not, inner) => at(inner).map(|holds| !holds),
        ExprKind::Binary(BinaryOp::And, left, right) => match (at(left), at(right)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        ExprKind::Binary(BinaryOp::Or, left, right) => match (at(left), at(right)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        ExprKind::Binary(operator, left, right) => {
            let (variant, operator) = match (body.module.def(*left), body.module.def(*right)) {
                (Some(Def::Severity), Some(Def::Variant(variant))) => (variant, *operator),
                (Some(Def::Variant(variant)), Some(Def::Severity)) => (variant, mirrored(*operator)),
                _ => return None,
            };
            Some(match operator {
                BinaryOp::Equal => severity == variant.index,
                BinaryOp::NotEqual => severity != variant.index,
                BinaryOp::Less => severity < variant.index,
                BinaryOp::LessEqual => severity <= variant.index,
                BinaryOp::Greater => severity > variant.index,
                BinaryOp::GreaterEqual => severity >= variant.index,
                _ => return None,
            })
        }
        ExprKind::Name(_) => {
            let Some(Def::Local(local)) = body.module.def(condition) else { return None };
            match &body.graph.node(body.graph.node_of_local(local)?).kind {
                NodeKind::Let(named) if named.guards.is_empty() => at(&named.value),
                _ => None,
            }
        }
        _ => None,
    }
}
