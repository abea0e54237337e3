//! Fix that isn't safe here.
//!
//! ## Why
//! Before `--fix` writes a file, it compares the result with the original: outside of the replaced text,
//! every byte, word and comment must be the same, and the file must parse at least as well as before. If it
//! doesn't, the fix has a bug. None of the fixes in that file are applied, so nothing is lost. Please report
//! the bug and attach the file.
//!
//! ## Bad
//! ```text
//! a file that a fix would have damaged
//! ```
//!
//! ## Good
//! ```text
//! the same file, unchanged
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unsound-fix";

/// No fix is made in the file that begins at `span`: the one for `code` would have done `harm`.
pub fn at(span: Span, code: &str, harm: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the fix for `{code}` isn't safe here"))
        .note(format!("{harm}, so none of the fixes in this file were applied"))
        .help("this is a bug in Quell: please report it and attach the file")
}
