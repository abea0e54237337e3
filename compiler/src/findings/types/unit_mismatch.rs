//! Two units don't go together.
//!
//! ## Why
//!
//! A number is five what? Minutes, percent, mebibytes are types of their own, so that five of one can't be
//! taken for five of another. A number becomes a quantity by multiplying it with one, a quantity becomes a
//! number by dividing it by one.
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
        _ => format!("there is no `{left} {symbol} {right}`"),
    };
    with(Diagnostic::error(CODE, span, message), hint)
}

/// What has no negative is negated.
pub fn negate(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{found}` has no negative"))
}

fn with(finding: Diagnostic, hint: Option<String>) -> Diagnostic {
    match hint {
        Some(hint) => finding.help(hint),
        None => finding,
    }
}
