//! Change that depends on an unanswered question.
//!
//! ## Why
//!
//! Silence is never consent. `on failure use` on a question answers in place of people who didn't answer, and
//! the `none` of an unapproved step only means that no one approved it. The same holds for a severity that is
//! assumed and a cause that stays open because an answer is missing. None of these may lead to a change that
//! an answer would have prevented: directly, through a task, or by skipping an approval.
//!
//! Without an answer, the steps that need it are skipped; otherwise the change itself needs an approval. A
//! default that only prevents the change is fine: `on failure use false` with `when go`.
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

/// What stands where nobody said anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// The value of `on failure use`, or the `none` of `continue`.
    Value,
    /// Nothing: what follows from that is assumed.
    Answer,
    /// An approval that wasn't given.
    Approval,
    /// Work by hand that wasn't done.
    Work,
    /// What is too large to be followed.
    Unknown,
}

/// What stands at `span` is another if people say nothing where they are `asked`; the `call` of `step`
/// changes something because of it.
pub fn silent_consent(span: Span, (asked, instead): (Span, Instead), call: Span, step: &str) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`{step}` can run without an answer"));
    let finding = match instead {
        Instead::Value => finding.label(asked, "this is a default for an unanswered question"),
        Instead::Answer => finding.label(asked, "this question may go unanswered"),
        Instead::Approval => finding.label(asked, "this approval may never be given"),
        Instead::Work => finding.label(asked, "this work may never be done"),
        Instead::Unknown => finding.label(asked, "this calls too many tasks to check their questions"),
    };
    let finding = if span == call { finding } else { finding.label(call, "this changes things") };
    let finding = finding.at("decides whether the change is made").note("silence is never consent");
    match instead {
        Instead::Value => finding
            .help("remove the `on failure` line: without an answer, the steps that need it are skipped")
            .help("or add `approve by 1 of PEOPLE within 10m` to the change"),
        _ => finding.help("add `approve by 1 of PEOPLE within 10m` to the change"),
    }
}
