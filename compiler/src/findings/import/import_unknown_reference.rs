//! Template that uses something that doesn't exist.
//!
//! ## Why
//!
//! It may be a step that runs later or doesn't exist, or an output that no step above has. At run time the
//! template is replaced with an empty text, without an error.
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
    let finding =
        Diagnostic::error(CODE, span, format!("`{name}` is not a step above, nor an output of one"))
            .note("the template is empty at run time");
    match nearest(name, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// `name` is a step that runs later.
pub fn later(span: Span, step: Span, name: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` hasn't run yet"))
        .label(step, "it runs here")
        .note("the template is empty at run time")
}
