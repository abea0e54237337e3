//! The formatter would have changed more than the layout.
//!
//! ## Why
//! Before `quell fmt` writes a file it reads its own result again: it must say the same, keep every
//! comment, and be its own layout. If it isn't so, the fault is the formatter's, never the file's. The
//! file is left as it was, so nothing is lost; please report it together with the file.
//!
//! ## Bad
//! ```text
//! a file that the formatter would have spoiled
//! ```
//!
//! ## Good
//! ```text
//! the same file, untouched
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unsound-format";

/// The file that begins at `span` is left alone, because the layout would have changed `what`.
pub fn at(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, "this file can't be formatted")
        .note(format!("the formatter would have changed {what}, so it left the file as it was"))
        .help("this is a bug in Quell: please report it together with the file")
}
