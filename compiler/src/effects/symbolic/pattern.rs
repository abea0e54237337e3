//! The results of `match`.

use super::{
    Env, Eval, Machine,
    formula::Formula,
    value::{Term, ValueId, term_of},
};
use crate::hir::{Arm, BinaryOp, ExprId, PatternKind};

impl<'a> Machine<'_, 'a> {
    pub(super) fn matched(&mut self, env: Env<'a>, expr: ExprId, subject: ExprId, arms: &'a [Arm]) -> Eval {
        let of = self.eval(env, subject);
        let mut all: Option<Eval> = None;
        // In reverse order, because the first pattern that matches is used.
        for arm in arms.iter().rev() {
            let depth = self.names.len();
            let mut fits = Formula::FALSE;
            for pattern in &arm.patterns {
                let formula = match &pattern.kind {
                    PatternKind::Name { binding, .. } => match env.module.types.patterns.get(&pattern.span) {
                        Some(variant) => {
                            let variant = self.store.constant(Term::Variant(*variant));
                            self.store.equal(of.value, variant)
                        }
                        None => {
                            if let Some(local) = binding {
                                let file = env.module.hir.file;
                                self.names.push((file, *local, self.there(of.value)));
                            }
                            self.store.absent(of.value).not()
                        }
                    },
                    kind => match self.fits(of.value, kind) {
                        Some(formula) => formula,
                        None => return self.unfollowed(env, expr),
                    },
                };
                fits = self.store.formulas.or(fits, formula);
            }
            let value = self.eval(env, arm.body);
            self.names.truncate(depth);
            all = Some(match all {
                Some(otherwise) => self.branch((fits, Formula::FALSE), value, otherwise),
                None => value,
            });
        }
        match all {
            Some(all) => Eval { value: all.value, missing: self.store.formulas.or(of.missing, all.missing) },
            None => self.unfollowed(env, expr),
        }
    }

    fn fits(&mut self, value: ValueId, pattern: &PatternKind) -> Option<Formula> {
        Some(match pattern {
            PatternKind::Else => Formula::TRUE,
            PatternKind::Literal(literal) => {
                let literal = self.store.literal(literal);
                self.store.equal(value, literal)
            }
            PatternKind::Compare(operator, literal) => {
                let literal = self.store.literal(literal);
                let there = self.store.absent(value).not();
                let holds = match operator {
                    BinaryOp::Less => self.store.less(value, literal),
                    BinaryOp::GreaterEqual => self.store.less(value, literal).not(),
                    BinaryOp::Greater => self.store.less(literal, value),
                    BinaryOp::LessEqual => self.store.less(literal, value).not(),
                    BinaryOp::Equal => self.store.equal(value, literal),
                    BinaryOp::NotEqual => self.store.equal(value, literal).not(),
                    _ => return None,
                };
                self.store.formulas.and(there, holds)
            }
            PatternKind::Range(from, to) => {
                let [from, to] = [from, to].map(|end| self.store.constant(term_of(end)));
                let there = self.store.absent(value).not();
                let (below, above) = (self.store.less(value, from), self.store.less(to, value));
                self.store.formulas.all([there, below.not(), above.not()])
            }
            PatternKind::Missing | PatternKind::Name { .. } => return None,
        })
    }
}
