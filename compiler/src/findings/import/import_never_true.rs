//! A condition can never hold, or always does.
//!
//! ## Why
//!
//! What stands behind it never happens, or happens whatever the case is. Mostly a text was misspelt, or a
//! value stands where a comparison was meant.
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
    let finding = Diagnostic::warning(CODE, span, format!("`{wanted}` is never the answer"))
        .note(format!("the answers are {}", options.join(", ")));
    match options.iter().find(|option| option.eq_ignore_ascii_case(wanted)) {
        Some(option) => finding.help(format!("write `{option}`, or compare with `ieq`")),
        None => finding,
    }
}

/// A condition is a text that stands for itself.
pub fn constant(span: Span, text: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("the condition is the text `{text}`, which always holds"))
        .note("what stands behind a further `else` never counts")
        .help("say what it is compared with, as in `eq .name \"value\"`")
}
