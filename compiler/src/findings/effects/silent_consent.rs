//! A change depends on an answer that nobody gave.
//!
//! ## Why
//!
//! Silence is never consent. `on failure use` at a question answers in the place of people who
//! didn't, and the `none` of a step that nobody approved says only that nobody did. Neither may decide
//! about a change. Without an answer, what needs it is skipped; or the change is approved itself.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! action restart(service: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook repair {
//!   triage {
//!     step go: Bool = ask(ana, "Restart checkout?", within: 5m)
//!       on failure use true
//!   }
//!   remediate {
//!     step restarted = restart("checkout")
//!       when go
//! //         ^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! action restart(service: Text) changes {
//!   irreversible "it has restarted"
//! }
//!
//! playbook repair {
//!   triage {
//!     step go: Bool = ask(ana, "Restart checkout?", within: 5m)
//!   }
//!   remediate {
//!     step restarted = restart("checkout")
//!       when go
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "silent-consent";

/// The name at `span` stands for an answer that people may not have given when they were `asked`;
/// the `call` of `step` changes something because of it.
pub fn silent_consent(span: Span, asked: Span, call: Span, step: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{step}` may change something because nobody answered"))
        .at("decides about the change")
        .label(asked, "this stands for an answer that nobody gave")
        .label(call, "this changes things")
        .note("silence is never consent")
        .help("let the question go unanswered, so that the change is skipped; or add `approve` to the change")
}
