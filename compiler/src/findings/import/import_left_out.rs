//! Something was left out because Quell has no counterpart.
//!
//! ## Why
//!
//! The converted playbook doesn't do what is listed here. Check whether it is needed, and add it by hand.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: checkout-1
//!       GRACE_PERIOD: "10"
//!       #             ^^^^
//! ```
//!
//! ## Good
//!
//! ```yaml
//! steps:
//!   - name: kubectl/delete
//!     env:
//!       RESOURCE_TYPE: pod
//!       RESOURCES_NAMES: checkout-1
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-left-out";

/// `what` was left out, because `why`.
pub fn at(span: Span, what: &str, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("{what} was left out")).note(why)
}

/// A template can't be read or said.
pub fn template(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("this template was kept as text: {why}"))
        .help("write what it means in the converted playbook")
}
