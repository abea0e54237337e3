//! The constants in clauses: durations, counts, limits.

use super::super::{Constant, Meaning, Nanoseconds, NotConstant, evaluate};
use crate::{
    diagnostic::Diagnostic,
    findings::graph::{bound_not_constant, bound_out_of_range},
    hir::ExprId,
    source::FileId,
};

/// Evaluates the limits of a module and collects the findings.
#[derive(Debug)]
pub(super) struct Bounds<'a> {
    meaning: &'a Meaning<'a>,
    file: FileId,
    /// The findings.
    pub found: Vec<Diagnostic>,
}

/// The smallest value that makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Least {
    /// Zero is fine.
    Zero,
    /// It must be positive.
    Something,
}

impl<'a> Bounds<'a> {
    /// For the expressions of `file`.
    pub(super) fn new(meaning: &'a Meaning<'a>, file: FileId) -> Self {
        Self { meaning, file, found: Vec::new() }
    }

    /// A duration. `what` names the clause in messages.
    pub(super) fn duration(&mut self, expr: ExprId, what: &str, least: Least) -> Option<Nanoseconds> {
        let Constant::Duration(value) = self.value(expr, what)? else { return None };
        let fits = match least {
            Least::Zero => value >= 0,
            Least::Something => value > 0,
        };
        fits.then_some(value).or_else(|| self.out_of_range(expr, what, "a duration greater than zero"))
    }

    /// A count: at least one.
    pub(super) fn count(&mut self, expr: ExprId, what: &str) -> Option<u32> {
        let Constant::Int(value) = self.value(expr, what)? else { return None };
        let count = u32::try_from(value).ok().filter(|count| *count > 0);
        count.or_else(|| self.out_of_range(expr, what, "a whole number from 1 to 4294967295"))
    }

    fn value(&mut self, expr: ExprId, what: &str) -> Option<Constant> {
        match evaluate(self.meaning, self.file, expr) {
            Ok(value) => Some(value),
            Err(NotConstant::Reported) => None,
            Err(NotConstant::Depends(place)) => {
                let whole = self.meaning.module(self.file)?.span(expr);
                self.found.push(bound_not_constant::finding(whole, place, what));
                None
            }
            Err(NotConstant::Fails(place)) => {
                self.found.push(bound_out_of_range::fails(place, what));
                None
            }
        }
    }

    fn out_of_range<T>(&mut self, expr: ExprId, what: &str, wanted: &str) -> Option<T> {
        let span = self.meaning.module(self.file)?.span(expr);
        self.found.push(bound_out_of_range::finding(span, what, wanted));
        None
    }
}
