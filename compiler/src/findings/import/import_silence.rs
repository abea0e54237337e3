//! Default answer that changes something.
//!
//! ## Why
//!
//! If the question isn't answered in time, the default response counts as the answer. At night that is the
//! usual case, so the playbook deletes, restarts or scales without anyone's approval. In Quell, silence is
//! never consent: without an answer, the change is skipped.
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
    Diagnostic::warning(
        CODE,
        span,
        format!("without an answer, `{answer}` is assumed, which changes something"),
    )
    .label(step, "this runs without anyone having approved it")
    .note("silence is never consent: in Quell this step is skipped without an answer")
    .help("use a default that changes nothing")
}
