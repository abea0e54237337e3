//! File that can't be formatted safely.
//!
//! ## Why
//! Before `quell fmt` writes a file, it checks its own result: the result must have the same meaning, keep
//! every comment, and stay the same when it is formatted again. If it doesn't, the formatter has a bug. The
//! file is left unchanged, so nothing is lost. Please report the bug and attach the file.
//!
//! ## Bad
//! ```text
//! a file that the formatter would have damaged
//! ```
//!
//! ## Good
//! ```text
//! the same file, unchanged
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unsound-format";

/// The file that begins at `span` is left alone, because the layout would have changed `what`.
pub fn at(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, "this file can't be formatted")
        .note(format!("the formatter would have changed {what}, so it left the file unchanged"))
        .help("this is a bug in Quell: please report it and attach the file")
}
