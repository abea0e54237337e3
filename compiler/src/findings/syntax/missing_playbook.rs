//! Scenario without a playbook.
//!
//! ## Why
//!
//! A scenario tests one playbook and has to name it.
//!
//! ## Bad
//!
//! ```quell
//! playbook scan_only {
//!   remediate none "diagnosis only"
//! }
//!
//! scenario "nothing to see" {
//! //                        ^
//!   expect completed
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! playbook scan_only {
//!   remediate none "diagnosis only"
//! }
//!
//! scenario "nothing to see" for scan_only {
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-playbook";

/// `for` is missing; `found` stands in its place, if anything does.
pub fn missing(span: Span, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected `for` and a playbook, found {found}"),
        None => "expected `for` and a playbook".to_owned(),
    };
    Diagnostic::error(CODE, span, message)
}
