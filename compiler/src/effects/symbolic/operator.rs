//! The results of operators.

use super::{
    Env, Eval, Machine,
    formula::Formula,
    value::{Term, ValueId},
};
use crate::hir::{BinaryOp, ExprId, ExprKind};

/// Lists with more elements than this are opaque.
pub(super) const ELEMENTS: usize = 64;

impl<'a> Machine<'_, 'a> {
    /// `a and b and c`, without recursing for each `and`.
    pub(super) fn connected(&mut self, env: Env<'a>, expr: ExprId, operator: BinaryOp) -> Eval {
        let exprs = &env.module.hir.exprs;
        let (mut work, mut operands) = (vec![expr], Vec::new());
        while let Some(expr) = work.pop() {
            match exprs[expr].kind {
                ExprKind::Binary(own, left, right) if own == operator => work.extend([right, left]),
                _ => operands.push(expr),
            }
        }
        // Whether it is decided before an operand is evaluated.
        let (mut open, mut missing) = (Formula::TRUE, Formula::FALSE);
        for operand in operands {
            let (holds, unknown) = self.condition(env, operand);
            let unknown = self.store.formulas.and(open, unknown);
            missing = self.store.formulas.or(missing, unknown);
            let goes_on = if operator == BinaryOp::And { holds } else { holds.not() };
            open = self.store.formulas.and(open, goes_on);
        }
        let holds = if operator == BinaryOp::And { open } else { open.not() };
        Eval { value: self.store.bool(holds), missing }
    }

    pub(super) fn binary(
        &mut self,
        env: Env<'a>,
        expr: ExprId,
        operator: BinaryOp,
        left: ExprId,
        right: ExprId,
    ) -> Eval {
        let (one, other) = (self.eval(env, left), self.eval(env, right));
        let mut missing = self.store.formulas.or(one.missing, other.missing);
        let (left, right) = (one.value, other.value);
        let formula = match operator {
            BinaryOp::Equal => self.store.equal(left, right),
            BinaryOp::NotEqual => self.store.equal(left, right).not(),
            BinaryOp::Less => self.store.less(left, right),
            BinaryOp::GreaterEqual => self.store.less(left, right).not(),
            BinaryOp::Greater => self.store.less(right, left),
            BinaryOp::LessEqual => self.store.less(right, left).not(),
            BinaryOp::In => match self.contains(right, left) {
                Some(holds) => holds,
                None => {
                    let value = self.computed(env, expr, "in", vec![left, right]);
                    self.store.holds(value)
                }
            },
            BinaryOp::Coalesce => {
                let absent = self.store.absent(left);
                let value = self.store.choose(absent, right, left);
                // Operands that aren't evaluated may be missing.
                let unknown = self.store.formulas.and(absent, other.missing);
                missing = self.store.formulas.or(one.missing, unknown);
                return Eval { value, missing };
            }
            _ => {
                let value = self.arithmetic(env, expr, operator, [left, right]);
                return Eval { value, missing };
            }
        };
        Eval { value: self.store.bool(formula), missing }
    }

    /// Whether a list literal contains a value.
    pub fn contains(&mut self, list: ValueId, value: ValueId) -> Option<Formula> {
        let Some(Term::List(elements)) = self.store.only(list).cloned() else { return None };
        let mut any = Formula::FALSE;
        for element in elements {
            let equal = self.store.equal(value, element);
            any = self.store.formulas.or(any, equal);
        }
        Some(any)
    }

    /// Known values are computed, for each case.
    fn arithmetic(
        &mut self,
        env: Env<'a>,
        expr: ExprId,
        operator: BinaryOp,
        [left, right]: [ValueId; 2],
    ) -> ValueId {
        let mut cases = Vec::new();
        for (left_if, left) in self.store.cases(left).clone() {
            for (right_if, right) in self.store.cases(right).clone() {
                let both = self.store.formulas.and(left_if, right_if);
                if both == Formula::FALSE {
                    continue;
                }
                let known = computed(operator, self.store.term(left), self.store.term(right));
                let value = match known {
                    Some(term) => self.store.constant(term),
                    None => {
                        let parts = [left, right].map(|term| self.store.value(vec![(Formula::TRUE, term)]));
                        self.computed(env, expr, operator.symbol(), parts.to_vec())
                    }
                };
                for (formula, term) in self.store.cases(value).clone() {
                    cases.push((self.store.formulas.and(both, formula), term));
                }
            }
        }
        self.store.value(cases)
    }
}

pub(super) fn negated(term: &Term) -> Option<Term> {
    Some(match term {
        Term::Int(value) => Term::Int(value.checked_neg()?),
        Term::Duration(value) => Term::Duration(value.checked_neg()?),
        Term::Size(value) => Term::Size(value.checked_neg()?),
        Term::Float(bits) => Term::Float((0.0 - f64::from_bits(*bits)).to_bits()),
        Term::Percent(bits) => Term::Percent((0.0 - f64::from_bits(*bits)).to_bits()),
        _ => return None,
    })
}

/// Known whole numbers, durations and lists; the others aren't needed to decide anything.
fn computed(operator: BinaryOp, left: &Term, right: &Term) -> Option<Term> {
    let whole = |left: i64, right: i64| match operator {
        BinaryOp::Add => left.checked_add(right),
        BinaryOp::Subtract => left.checked_sub(right),
        BinaryOp::Multiply => left.checked_mul(right),
        BinaryOp::Divide => left.checked_div(right),
        _ => None,
    };
    Some(match (left, right) {
        (Term::Int(left), Term::Int(right)) => Term::Int(whole(*left, *right)?),
        (Term::Duration(left), Term::Duration(right))
            if matches!(operator, BinaryOp::Add | BinaryOp::Subtract) =>
        {
            Term::Duration(whole(*left, *right)?)
        }
        (Term::Duration(length), Term::Int(count))
            if matches!(operator, BinaryOp::Multiply | BinaryOp::Divide) =>
        {
            Term::Duration(whole(*length, *count)?)
        }
        (Term::Int(count), Term::Duration(length)) if operator == BinaryOp::Multiply => {
            Term::Duration(whole(*count, *length)?)
        }
        (Term::Text(left), Term::Text(right)) if operator == BinaryOp::Add => {
            Term::Text(format!("{left}{right}").into())
        }
        (Term::List(left), Term::List(right)) if operator == BinaryOp::Add => {
            let all: Vec<ValueId> = left.iter().chain(right).copied().collect();
            (all.len() <= ELEMENTS).then_some(Term::List(all))?
        }
        _ => return None,
    })
}
