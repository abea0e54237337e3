//! Unknown escape sequence.
//!
//! ## Why
//!
//! In texts, `\n` is a line break, `\t` a tab, `\r` a carriage return, `\"` a quote, `\\` a backslash, `\$` a
//! dollar sign before a brace, and `\u{1F525}` the character with that number. Any other backslash is usually
//! part of a path or a regular expression, where it has to be doubled.
//!
//! ## Bad
//!
//! ```quell
//! let pattern: Text = "pod-\d+"
//! //                       ^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let pattern: Text = "pod-\\d+"
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "unknown-escape";

/// A backslash before something else.
pub fn unknown(span: Span, text: &str) -> Diagnostic {
    let doubled = format!("\\{text}");
    Diagnostic::error(CODE, span, format!("`{text}` isn't an escape sequence"))
        .help(format!("write `{doubled}` for a literal backslash"))
        .fix(Fix::replace(Safety::Unsafe, "double the backslash", span, doubled))
}

/// `\u{...}` with a number that no character has.
pub fn no_character(span: Span, digits: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{digits}` isn't the number of a Unicode character"))
        .note("character numbers are hexadecimal, up to 10FFFF, excluding D800 to DFFF")
}
