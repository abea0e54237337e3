//! An answer that nobody gave changes something.
//!
//! ## Why
//!
//! If nobody is there within the time, the default response counts as if somebody had said it. At night that
//! is the usual case, and then the playbook deletes, restarts or scales on nobody's word. In Quell silence is
//! never consent: without an answer the change is skipped.
//!
//! ## Bad
//!
//! ```yaml
//! steps:
//!   - name: slack/message/interactive
//!     id: ask
//!     env:
//!       RECIPIENTS: "{{ $.metadata.userEmail }}"
//!       QUESTION: What should happen to the job?
//!       RESPONSES: Delete,Nothing
//!       TIMEOUT: 5m
//!       DEFAULT_RESPONSE: Delete
//!       #                 ^^^^^^
//!   - name: kubectl/delete
//!     when: '{{ eq $.ask.slack_response "Delete" }}'
//!     env:
//!       RESOURCE_TYPE: job
//!       RESOURCES_NAMES: import-prices
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
//!       QUESTION: What should happen to the job?
//!       RESPONSES: Delete,Nothing
//!       TIMEOUT: 5m
//!       DEFAULT_RESPONSE: Nothing
//!   - name: kubectl/delete
//!     when: '{{ eq $.ask.slack_response "Delete" }}'
//!     env:
//!       RESOURCE_TYPE: job
//!       RESOURCES_NAMES: import-prices
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "import-silence";

/// The default response leads to the change `step`.
pub fn changes(span: Span, answer: &str, step: Span) -> Diagnostic {
    Diagnostic::warning(CODE, span, format!("if nobody answers, `{answer}` counts as the answer, and changes something"))
        .label(step, "this is done though nobody said so")
        .note("silence is never consent: in Quell nobody's answer skips this step")
        .help("let the default be an answer that changes nothing")
}
