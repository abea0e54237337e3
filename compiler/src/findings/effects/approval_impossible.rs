//! More approvals are asked for than there are people to give them.
//!
//! ## Why
//!
//! An approval that nobody can give ends as a refusal, in the middle of the incident. Each person
//! counts once, by their id, wherever the list comes from: teams, `let`s, functions, lists joined with `+`.
//! Nobody approves a run that they started, so in a playbook that people start `run.starter` doesn't count.
//!
//! ## Bad
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//!
//! action promote(host: Text) destroys {
//!   irreversible "the old primary has lost touch"
//! }
//!
//! playbook failover {
//!   remediate {
//!     step promoted = promote("db-2")
//!       approve by 2 of [ana] within 10m
//! //               ^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//! let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
//!
//! action promote(host: Text) destroys {
//!   irreversible "the old primary has lost touch"
//! }
//!
//! playbook failover {
//!   remediate {
//!     step promoted = promote("db-2")
//!       approve by 2 of [ana, bo] within 10m
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "approval-impossible";

/// `count` people are asked for at `span`; in `groups` there are `eligible`.
pub fn approval_impossible(span: Span, count: i64, eligible: usize, groups: &[Span]) -> Diagnostic {
    let there = match eligible {
        0 => "there is nobody".to_owned(),
        1 => "there is one person".to_owned(),
        several => format!("there are {several} people"),
    };
    let mut finding =
        Diagnostic::error(CODE, span, format!("{count} people are to approve, and {there} who may"));
    for group in groups {
        finding = finding.label(*group, "these are asked");
    }
    finding
        .note("each person counts once, and nobody approves a run that they started")
        .help(format!("ask a further group: `approve by {count} of A, B within 10m`"))
}
