//! Chained comparison.
//!
//! ## Why
//!
//! In some languages `a < b < c` compares `b` with both; in others it compares the result of `a < b` with
//! `c`. Quell rejects the chain, so that the reader never has to guess.
//!
//! ## Bad
//!
//! ```quell
//! fn between(a: Int, b: Int, c: Int) -> Bool = a < b < c
//! //                                                 ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn between(a: Int, b: Int, c: Int) -> Bool = a < b and b < c
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    findings::foreign::signs::Sign,
    source::Span,
};

/// The code.
pub const CODE: &str = "chained-comparison";

/// `a <> b`, which reads as two comparisons.
pub fn unequal(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "`<>` isn't an operator").help(Sign::Unequal.help()).fix(Fix::replace(
        Safety::Unsafe,
        "replace with `!=`",
        span,
        "!=",
    ))
}

/// The operator compares the result of a comparison.
pub fn chained(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "comparisons can't be chained")
        .help("write two comparisons joined with `and`: `a < b and b < c`")
}
