//! Pattern that can't match.
//!
//! ## Why
//!
//! A pattern is a literal, comparison or range of the same type as the value; one of its variants; `none`, or
//! a name for the value of an optional; or `else`.
//!
//! ## Bad
//!
//! ```quell
//! fn share(lost: Percent) -> Text = match lost {
//!   > 20 => "many",
//! //^^^^
//!   else => "few",
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn share(lost: Percent) -> Text = match lost {
//!   > 20% => "many",
//!   else => "few",
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "wrong-pattern";

/// A pattern of one type is compared with a value of another.
pub fn kind(found: &str, subject: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{found}` pattern can't match a `{subject}`"))
}

/// A value that is always there is compared with `none`.
pub fn never_none(subject: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("a `{subject}` is never `none`"))
}

/// A comparison that patterns don't have, or of what has no order.
pub fn comparison(symbol: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{symbol}` can't be used in this pattern"))
        .note("patterns compare numbers and quantities with `<`, `<=`, `>`, `>=` and `to`")
}

/// A range ends before it begins.
pub fn empty_range(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this range is empty").help("write the smaller value first")
}

/// A name is bound to a value that is always there.
pub fn binding(name: &str, subject: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` isn't a variant, and a `{subject}` is never missing"))
        .note("a name in a pattern is a variant, or a new name for the value of an optional")
        .help("write `else` for all remaining values")
}

/// A name is bound in one of several alternatives.
pub fn binding_in_alternatives(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` would only have a value in some of the cases"))
        .help("move it to a separate arm")
}
