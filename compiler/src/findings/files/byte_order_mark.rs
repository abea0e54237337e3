//! Byte order mark.
//!
//! ## Why
//!
//! Some editors write three invisible bytes at the start of a file. Quell ignores them, but other tools
//! (search, diff, a shell) may not. `quell fmt` removes them.
//!
//! ## Bad
//!
//! ```text
//! <U+FEFF>type Tag = Text
//! ```
//!
//! ## Good
//!
//! ```quell
//! type Tag = Text
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Level, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "byte-order-mark";

/// The mark is at `span`.
pub fn at(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, Level::Info, span, "the file starts with a byte order mark")
        .note("it is invisible, and can confuse other tools")
        .help("run `quell fmt` to remove it")
        .fix(Fix::replace(Safety::Safe, "remove the mark", span, ""))
}
