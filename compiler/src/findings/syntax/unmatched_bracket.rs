//! Unmatched closing bracket.
//!
//! ## Why
//!
//! The block that this bracket would close is already closed, so the lines before it are outside of any
//! block.
//!
//! ## Bad
//!
//! ```quell
//! let regions: List<Text> = ["eu", "us"]]
//! //                                    ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let regions: List<Text> = ["eu", "us"]
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unmatched-bracket";

/// `bracket` stands alone.
pub fn unmatched(span: Span, bracket: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("unmatched `{bracket}`")).help(match bracket {
        "}" => "remove it, or add `{` at the start of the block",
        ")" => "remove it, or add `(`",
        _ => "remove it, or add `[`",
    })
}

/// What was closed last before it, maybe too early.
pub fn closed_before(diagnostic: Diagnostic, close: Span) -> Diagnostic {
    diagnostic.label(close, "the last block is closed here, possibly too early")
}
