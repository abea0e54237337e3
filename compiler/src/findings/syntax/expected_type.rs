//! Missing type.
//!
//! ## Why
//!
//! The fields of records, the inputs of playbooks, and the values of triggers and conversions have explicit
//! types: the people who fill them in and the playbooks that use them depend on these types.
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
    Diagnostic::error(CODE, span, message).help("write a type such as `Text`, `List<Int>` or `Duration?`")
}
