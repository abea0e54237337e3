//! A backslash in a text stands before something that it means nothing for.
//!
//! ## Why
//!
//! In texts, `\n` is a line end, `\t` a tab, `\r` a carriage return, `\"` a quote, `\\` a backslash, `\$` a dollar
//! sign before a brace, and `\u{1F525}` the character with that number. Anything else behind a backslash
//! is most likely a path or a pattern whose backslashes want doubling.
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
    Diagnostic::error(CODE, span, format!("`{text}` means nothing in a text"))
        .help(format!("write `{doubled}` for a backslash"))
        .fix(Fix::replace(Safety::Unsafe, "double the backslash", span, doubled))
}

/// `\u{...}` with a number that no character has.
pub fn no_character(span: Span, digits: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("no character has the number `{digits}`"))
        .note("characters have hexadecimal numbers up to 10FFFF, without D800 to DFFF")
}
