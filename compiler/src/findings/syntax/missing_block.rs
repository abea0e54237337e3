//! Missing block.
//!
//! ## Why
//!
//! The contents of a record, a part, a task or an `if` go between braces. The opening brace is on the line
//! that starts the block.
//!
//! ## Bad
//!
//! ```quell
//! record Host
//! //     ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Host {}
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-block";

/// No brace stands at `span`; `found` does, if anything.
pub fn missing(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected `{{`, found {found}"),
        None => "expected `{`".to_owned(),
    };
    Diagnostic::error(CODE, span, message)
}
