//! Number out of range.
//!
//! ## Why
//!
//! An Int has 64 bits, a Duration is a whole number of nanoseconds up to 292 years, and a Size is a whole
//! number of bytes. A number outside that range is most likely a mistake, and rounding it would hide the
//! mistake.
//!
//! ## Bad
//!
//! ```quell
//! let limit: Int = 9223372036854775808
//! //               ^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let limit: Int = 9223372036854775807
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "number-out-of-range";

/// More than the type holds; `limit` says how much that is.
pub fn too_large(span: Span, text: &str, limit: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{text}` is too large")).note(limit)
}

/// Finer than the type's smallest step; `finest` says which that is.
/// `nearest` is a number to write instead.
pub fn too_fine(span: Span, text: &str, finest: &str, nearest: Option<String>) -> Diagnostic {
    let error = Diagnostic::error(CODE, span, format!("`{text}` is too precise")).note(finest);
    match nearest {
        Some(nearest) => error.help(format!("write `{nearest}`")),
        None => error,
    }
}
