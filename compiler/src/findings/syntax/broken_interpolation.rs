//! Invalid expression in `${...}`.
//!
//! ## Why
//!
//! `${...}` puts the value of an expression into a text. It holds exactly one expression and must be closed
//! on the same line.
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

/// The expression can't be read past `span`.
pub fn broken(span: Span, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected {expected}, found {found}"))
        .help("write `\\${` for a literal dollar sign and brace")
}

/// No brace closes it on its line.
pub fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this `${` is never closed")
        .note("an interpolation can't span lines")
        .help("close it with `}`, or write `\\${` for a literal dollar sign and brace")
}
