//! Missing HTTP method.
//!
//! ## Why
//!
//! `GET` and `HEAD` only read; the other methods can change something. Quell doesn't assume one: write it.
//!
//! ## Bad
//!
//! ```quell
//! action ping() reads {
//!   http "https://example.com/ping"
//! //     ^^^^^^^^^^^^^^^^^^^^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action ping() reads {
//!   http GET "https://example.com/ping"
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-method";

/// No method stands at `span`; `found` does, if anything.
pub fn missing(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected an HTTP method, found {found}"),
        None => "expected an HTTP method".to_owned(),
    };
    Diagnostic::error(CODE, span, message).help("write `http GET \"https://...\"`; the methods are `GET`, `POST`, `PUT`, `PATCH`, `DELETE` and `HEAD`")
}
