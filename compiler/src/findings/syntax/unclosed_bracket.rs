//! A bracket is opened and never closed.
//!
//! ## Why
//!
//! Everything behind it would belong to it. The finding marks the bracket that nothing closes; where the
//! indentation tells that another one was meant, it marks that one, too.
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
        .label(end, format!("`{closing}` is expected here at the latest"))
}

/// The brace at `open` is closed by one at `close` that stands further left, and at the end one is
/// missing: so `close` was most likely meant for another one.
pub fn suspicious(open: Span, close: Span) -> Diagnostic {
    Diagnostic::error(CODE, open, "this `{` is never closed")
        .label(close, "this `}` stands further left, so it is taken as another one's")
}
