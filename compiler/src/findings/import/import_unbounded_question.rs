//! Question without a time limit.
//!
//! ## Why
//!
//! Without `TIMEOUT` a question waits as long as the tool allows, and so does the playbook: its end can't be
//! predicted. In Quell each question has a limit; in the converted playbook it is 30 minutes.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: slack/message/interactive
//!   #       ^^^^^^^^^^^^^^^^^^^^^^^^^
//!     id: ask
//!     env:
//!       RECIPIENTS: "{{ $.metadata.userEmail }}"
//!       QUESTION: Which service?
//!       RESPONSES: checkout,orders
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "It is {{ $.ask.slack_response }}."
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
//!       QUESTION: Which service?
//!       RESPONSES: checkout,orders
//!       TIMEOUT: 10m
//!   - name: slack/message/dynamic
//!     env:
//!       RECIPIENTS: '#ops'
//!       MESSAGE_TEXT: "It is {{ $.ask.slack_response }}."
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-unbounded-question";

/// The question at `span` has no `TIMEOUT`.
pub fn at(span: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, "this question has no time limit")
        .note("the original waits without a limit; the converted playbook waits for 30 minutes")
        .help("say `TIMEOUT`")
}
