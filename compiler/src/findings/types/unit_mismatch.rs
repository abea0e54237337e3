//! Unit mismatch.
//!
//! ## Why
//!
//! Five minutes, 5% and 5 MiB have different types, so that one can't be mistaken for another. Multiply a
//! number by a quantity to get a quantity; divide a quantity by another to get a number.
//!
//! ## Bad
//!
//! ```quell
//! fn patience(limit: Duration) -> Duration = limit + 5
//! //                                         ^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn patience(limit: Duration) -> Duration = limit + 5m
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unit-mismatch";

/// A quantity of one unit stands where one of another is wanted; `hint` converts it.
pub fn passed(found: &str, expected: &str, span: Span, hint: Option<String>) -> Diagnostic {
    with(Diagnostic::error(CODE, span, format!("expected `{expected}`, found `{found}`")), hint)
}

/// An operator stands between two types that it doesn't join.
pub fn operator(symbol: &str, left: &str, right: &str, span: Span, hint: Option<String>) -> Diagnostic {
    let message = match symbol {
        "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" => {
            format!("`{left}` and `{right}` can't be compared")
        }
        _ => format!("`{symbol}` can't combine `{left}` and `{right}`"),
    };
    with(Diagnostic::error(CODE, span, message), hint)
}

/// What has no negative is negated.
pub fn negate(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{found}` can't be negated"))
}

fn with(finding: Diagnostic, hint: Option<String>) -> Diagnostic {
    match hint {
        Some(hint) => finding.help(hint),
        None => finding,
    }
}
