//! Missing value.
//!
//! ## Why
//!
//! An `=`, an operator or a word such as `when` must be followed by a value.
//!
//! ## Bad
//!
//! ```quell
//! let attempts: Int =
//! //                ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let attempts: Int = 5
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-value";

/// `expected` says which value; `found` stands in its place, if anything does.
pub fn missing(span: Span, expected: &str, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected {expected}, found {found}"),
        None => format!("expected {expected}"),
    };
    Diagnostic::error(CODE, span, message)
}
