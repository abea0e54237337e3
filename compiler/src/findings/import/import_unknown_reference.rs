//! A template names something that isn't there.
//!
//! ## Why
//!
//! It may be a step that comes later or doesn't exist, or a member of the outputs that no step above has.
//! The template gives an empty text while the playbook runs, and nobody is told.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "{{ $.get_pod.items }}"
//!       #             ^^^^^^^^^^^^^^^^^^^^^^^
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
//!       MESSAGE_TEXT: "{{ $.get_pods.items }}"
//! ```

use crate::{diagnostic::Diagnostic, findings::suggest::nearest, source::Span};

/// The code.
pub const CODE: &str = "import-unknown-reference";

/// `name` is nothing that is known at `span`.
pub fn unknown(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`{name}` is neither a step above nor one of their outputs"))
        .note("the template is empty when the playbook runs");
    match nearest(name, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// `name` is a step that runs later.
pub fn later(span: Span, step: Span, name: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` has not run yet here"))
        .label(step, "it runs here")
        .note("the template is empty when the playbook runs")
}
