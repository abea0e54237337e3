//! Two steps, or two parameters, with the same name.
//!
//! ## Why
//!
//! A template that uses the name means one or the other, depending on which ran last. In the converted
//! playbook, the second one gets a name of its own.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: slack/message/dynamic
//!     id: notify
//!     env: {RECIPIENTS: '#ops', MESSAGE_TEXT: We look at it.}
//!   - name: slack/message/dynamic
//!     id: notify
//!     #   ^^^^^^
//!     env: {RECIPIENTS: '#ops', MESSAGE_TEXT: It works again.}
//! ```
//!
//! ## Good
//!
//! ```yaml
//! steps:
//!   - name: slack/message/dynamic
//!     id: notify
//!     env: {RECIPIENTS: '#ops', MESSAGE_TEXT: We look at it.}
//!   - name: slack/message/dynamic
//!     id: notify_again
//!     env: {RECIPIENTS: '#ops', MESSAGE_TEXT: It works again.}
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-duplicate-id";

/// The step or parameter `id` is there twice.
pub fn at(span: Span, first: Span, what: &str, id: &str, renamed: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("two {what}s are named `{id}`"))
        .at("second")
        .label(first, "first")
        .note(format!("a template that uses `{id}` may mean either; this one is now named `{renamed}`"))
}
