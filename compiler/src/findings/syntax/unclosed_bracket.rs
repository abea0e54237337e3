//! Unclosed bracket.
//!
//! ## Why
//!
//! Without its closing bracket, everything that follows would belong to it. The error marks the bracket that
//! is never closed. If the indentation suggests that a different one was meant, it marks that one, too.
//!
//! ## Bad
//!
//! ```quell
//! let regions: List<Text> = ["eu", "us"
//! //                        ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let regions: List<Text> = ["eu", "us"]
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unclosed-bracket";

/// `bracket` at `open` lacks its counterpart; it would have been needed at `end`.
pub fn unclosed(open: Span, bracket: &str, end: Span, closing: &str) -> Diagnostic {
    Diagnostic::error(CODE, open, format!("this `{bracket}` is never closed"))
        .label(end, format!("expected `{closing}` here at the latest"))
        .help(match bracket {
            "{" => format!("add `{closing}` after the last line of the block"),
            _ => format!("add `{closing}` where it ends"),
        })
}

/// The brace at `open` is closed by one at `close` that stands further left, and at the end one is
/// missing: so `close` was most likely meant for another one.
pub fn suspicious(open: Span, close: Span) -> Diagnostic {
    Diagnostic::error(CODE, open, "this `{` is never closed")
        .label(close, "this `}` is indented less, so it seems to close an outer block")
        .help("add `}` after the last line of this block")
}
