//! `if` without `then` or `else`.
//!
//! ## Why
//!
//! `if a then b else c` is an expression, so it needs a value for both cases. Use `none` for a case that has
//! no value.
//!
//! ## Bad
//!
//! ```quell
//! fn size(count: Int) -> Text = if count > 10 then "many"
//! //                            ^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn size(count: Int) -> Text = if count > 10 then "many" else "few"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-else";

const NOTE: &str = "as an expression, `if` is written `if a then b else c`";

/// No `then` stands at `span`; `found` does, if anything.
pub fn missing_then(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected `then`, found {found}"),
        None => "expected `then`".to_owned(),
    };
    Diagnostic::error(CODE, span, message).note(NOTE).help(
        "write a choice as `if CONDITION then A else B`; for the condition of a step, write `when CONDITION`",
    )
}

/// The `if` at `span` has no `else`.
pub fn missing_else(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this `if` has no `else`")
        .note(NOTE)
        .help("add `else VALUE`, or `else none` if there is no value")
}
