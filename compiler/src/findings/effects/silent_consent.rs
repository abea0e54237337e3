//! A change depends on an answer that nobody gave.
//!
//! ## Why
//!
//! Silence is never consent. `on failure use` at a question answers in the place of people who
//! didn't, and the `none` of a step that nobody approved says only that nobody did. A severity that is
//! assumed because an answer is missing, and a cause that stays open without one, say no more. None of
//! these may lead to a change that an answer would have prevented, directly, through a task, or because
//! no approval is asked for.
//!
//! Without an answer, what needs it is skipped; or the change is approved itself. A default that only
//! keeps the change from running is fine: `on failure use false` with `when go`.
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
    let finding = Diagnostic::error(CODE, span, format!("`{step}` can run because nobody answered"));
    let finding = match instead {
        Instead::Value => finding.label(asked, "this is a default for an unanswered question"),
        Instead::Answer => finding.label(asked, "this question may stay unanswered"),
        Instead::Approval => finding.label(asked, "this approval may never be given"),
        Instead::Work => finding.label(asked, "this work may never be done"),
        Instead::Unknown => finding.label(asked, "this calls too many tasks to follow what is asked in them"),
    };
    let finding = if span == call { finding } else { finding.label(call, "this changes things") };
    let finding = finding.at("decides about the change").note("silence is never consent");
    match instead {
        Instead::Value => finding
            .help("drop the `on failure` line: an unanswered question skips whatever needs its answer")
            .help("or add `approve by 1 of PEOPLE within 10m` to the change"),
        _ => finding.help("add `approve by 1 of PEOPLE within 10m` to the change"),
    }
}
