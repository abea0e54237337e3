//! Unclosed text.
//!
//! ## Why
//!
//! A text in quotes ends on the line where it starts. For several lines use a text block, which starts and
//! ends with three quotes.
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
        .label(end, "expected `\"` here at the latest")
        .help("close it with `\"`, or use `\"\"\"` for a text of several lines")
        .fix(Fix::replace(Safety::Unsafe, "close the text", end.at_end(), "\""))
}

/// A text block that ends with the file or item.
pub fn block(open: Span) -> Diagnostic {
    Diagnostic::error(CODE, open, "this text block is never closed")
        .help("close it with `\"\"\"` on a separate line")
}
