//! A text has no closing quote.
//!
//! ## Why
//!
//! A text in quotes ends on its line; a text block begins and ends with three quotes and may have many
//! lines.
//!
//! ## Bad
//!
//! ```quell
//! let greeting: Text = "Good morning
//! //                   ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let greeting: Text = "Good morning"
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "unclosed-text";

/// A one-line text that ends with its line, at `end`.
pub fn line(open: Span, end: Span) -> Diagnostic {
    Diagnostic::error(CODE, open, "this text is never closed")
        .label(end, "`\"` is expected here at the latest")
        .help("close it, or write a text of several lines between `\"\"\"`")
        .fix(Fix::replace(Safety::Unsafe, "close the text", end.at_end(), "\""))
}

/// A text block that ends with the file or item.
pub fn block(open: Span) -> Diagnostic {
    Diagnostic::error(CODE, open, "this text block is never closed")
        .help("close it with `\"\"\"` on a line of its own")
}
