//! An `if` that gives a value has no `then` or no `else`.
//!
//! ## Why
//!
//! `if a then b else c` is a value, so it needs one for both cases. Where one case has nothing to say, that
//! is `none`.
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

const NOTE: &str = "a value is chosen with `if a then b else c`";

/// No `then` stands at `span`; `found` does, if anything.
pub fn missing_then(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected `then`, found {found}"),
        None => "expected `then`".to_owned(),
    };
    Diagnostic::error(CODE, span, message).note(NOTE)
}

/// The `if` at `span` has no `else`.
pub fn missing_else(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this `if` has no `else`")
        .note(NOTE)
        .help("where there is nothing to say, that is `else none`")
}
