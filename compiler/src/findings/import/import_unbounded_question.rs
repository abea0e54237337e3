//! A question has no bound.
//!
//! ## Why
//!
//! Without `TIMEOUT` a question waits as long as the tool likes, and the playbook with it: nobody can say when
//! it ends. In Quell each question has a bound; the converted one has 30 minutes.
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
    Diagnostic::warning(CODE, span, "this question has no bound")
        .note("the playbook waits for it, nobody can say how long; in Quell it waits for 30 minutes")
        .help("say `TIMEOUT`")
}
