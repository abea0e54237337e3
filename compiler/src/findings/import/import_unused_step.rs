//! Step whose result is never used.
//!
//! ## Why
//!
//! It costs time and may fail, and no one sees the result. Often a message that should show it names another
//! step.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: kubectl/get-pods
//!     id: get_pods
//!     #   ^^^^^^^^
//!     env: {NAME_CONTAINS: checkout}
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "Here are the pods."
//! ```
//!
//! ## Good
//!
//! ```yaml
//! steps:
//!   - name: kubectl/get-pods
//!     id: get_pods
//!     env: {NAME_CONTAINS: checkout}
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "Here are the pods: {{ $.get_pods.items }}"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-unused-step";

/// Nothing uses what the step `name` finds.
pub fn at(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("nothing uses what `{name}` finds"))
        .help("use it in a message, or remove the step")
}
