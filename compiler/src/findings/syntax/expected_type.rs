//! A type is missing.
//!
//! ## Why
//!
//! Fields, inputs and what triggers and conversions give have types that are written down: they are what
//! people who fill them in, and the playbooks that use them, rely on.
//!
//! ## Bad
//!
//! ```quell
//! record Host {
//!   name,
//! //    ^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Host {
//!   name: Text,
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "expected-type";

/// `expected` is "a type" or what must precede it; `found` stands in its place, if anything does.
pub fn expected(span: Span, expected: &str, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected {expected}, found {found}"),
        None => format!("expected {expected}"),
    };
    Diagnostic::error(CODE, span, message).note("types are written like `Text`, `List<Int>`, `Duration?`")
}
