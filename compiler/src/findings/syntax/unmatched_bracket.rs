//! A closing bracket has no opening one.
//!
//! ## Why
//!
//! The block that it should close is closed already, so what follows it belongs to nothing.
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
    Diagnostic::error(CODE, span, format!("this `{bracket}` closes nothing"))
}

/// What was closed last before it, maybe too early.
pub fn closed_before(diagnostic: Diagnostic, close: Span) -> Diagnostic {
    diagnostic.label(close, "the last block is closed here, maybe too early")
}
