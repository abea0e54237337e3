//! A block is missing.
//!
//! ## Why
//!
//! What a record, a part, a task or an `if` holds stands between braces. The first of them stands on the
//! line that announces the block.
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
