//! Missing parameter list.
//!
//! ## Why
//!
//! Functions, tasks, actions and triggers are called with parentheses, so they are also declared with them,
//! even without parameters.
//!
//! ## Bad
//!
//! ```quell
//! fn answer -> Int = 42
//! //        ^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn answer() -> Int = 42
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-parameters";

/// No bracket stands at `span`; `found` does, if anything.
pub fn missing(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected `(`, found {found}"),
        None => "expected `(`".to_owned(),
    };
    Diagnostic::error(CODE, span, message).help("write `()` if there are no parameters")
}
