//! Condition that never holds, or always does.
//!
//! ## Why
//!
//! What depends on the condition never happens, or always does. Usually a text is misspelled, or a value is
//! used where a comparison was meant.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: slack/message/interactive
//!     id: ask
//!     env:
//!       RECIPIENTS: "{{ $.metadata.userEmail }}"
//!       QUESTION: Archive the channel?
//!       RESPONSES: Yes,No
//!       TIMEOUT: 5m
//!   - name: slack/channel/archive
//!     when: '{{ eq $.ask.slack_response "yes" }}'
//!     #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!     env:
//!       CHANNEL_NAME: incident-1
//! ```
//!
//! ## Good
//!
//! ```yaml
//! steps:
//!   - name: slack/message/interactive
//!     id: ask
//!     env:
//!       RECIPIENTS: "{{ $.metadata.userEmail }}"
//!       QUESTION: Archive the channel?
//!       RESPONSES: Yes,No
//!       TIMEOUT: 5m
//!   - name: slack/channel/archive
//!     when: '{{ eq $.ask.slack_response "Yes" }}'
//!     env:
//!       CHANNEL_NAME: incident-1
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-never-true";

/// The question's answers are `options`, and `wanted` is none of them.
pub fn no_such_answer(span: Span, wanted: &str, options: &[&str]) -> Diagnostic {
    let finding = Diagnostic::warning(CODE, span, format!("`{wanted}` is not one of the answers"))
        .note(format!("the answers are {}", options.join(", ")));
    match options.iter().find(|option| option.eq_ignore_ascii_case(wanted)) {
        Some(option) => finding.help(format!("write `{option}`, or compare with `ieq`")),
        None => finding,
    }
}

/// A condition is a text that stands for itself.
pub fn constant(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("the condition is the text `{text}`, which always holds"))
        .note("only the first `else` has an effect")
        .help("write a comparison, as in `eq .name \"value\"`")
}
