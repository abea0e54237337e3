//! What stands between `${` and `}` in a text is no expression.
//!
//! ## Why
//!
//! `${...}` puts a value into a text. It stands on one line, and holds one expression.
//!
//! ## Bad
//!
//! ```quell
//! fn greeting(name: Text) -> Text = "Hello ${name name}!"
//! //                                              ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn greeting(name: Text) -> Text = "Hello ${name}!"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "broken-interpolation";

/// The expression breaks off at `span`.
pub fn broken(span: Span, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected {expected}, found {found}"))
        .help("write `\\${` where the text shall hold a dollar sign and a brace")
}

/// No brace closes it on its line.
pub fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this `${` is never closed")
        .note("an interpolation ends on its line")
        .help("close it with `}`, or write `\\${` where the text shall hold a dollar sign and a brace")
}
