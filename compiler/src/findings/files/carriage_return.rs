//! Windows line endings.
//!
//! ## Why
//!
//! Quell files use a single line feed at the end of each line, so that the same text has the same bytes, and
//! the same hash, on every machine. `quell fmt` converts them.
//!
//! ## Bad
//!
//! ```text
//! type Tag = Text<CR><LF>
//! ```
//!
//! ## Good
//!
//! ```quell
//! type Tag = Text
//! ```

use crate::{
    diagnostic::{Diagnostic, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "carriage-return";

/// `count` lines end so; the first at `span`.
pub fn at(span: Span, count: usize) -> Diagnostic {
    let lines = if count == 1 { "line ends" } else { "lines end" };
    Diagnostic::new(CODE, Level::Info, span, format!("{count} {lines} with a carriage return"))
        .note("the same text should have the same bytes on every machine")
        .help("run `quell fmt` to remove them")
}
