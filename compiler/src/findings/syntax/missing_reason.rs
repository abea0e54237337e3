//! Missing description.
//!
//! ## Why
//!
//! A cause has a sentence that explains it, a part that is left out has a reason, and a scenario has a title.
//! Reports and timelines print these texts.
//!
//! ## Bad
//!
//! ```quell
//! playbook scan_only {
//!   remediate none
//! //          ^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! playbook scan_only {
//!   remediate none "diagnosis only"
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-reason";

/// `expected` says which text; `found` stands in its place, if anything does.
pub fn missing(span: Span, expected: &str, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected {expected}, found {found}"),
        None => format!("expected {expected}"),
    };
    Diagnostic::error(CODE, span, message)
}
