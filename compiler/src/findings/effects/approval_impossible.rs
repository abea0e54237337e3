//! Approval that can't be given.
//!
//! ## Why
//!
//! If there aren't enough approvers, the approval ends as a refusal in the middle of the incident. Each
//! person counts once, by id, no matter where the list comes from: teams, `let`s, functions, or lists joined
//! with `+`. People can't approve a run that they started, so in a playbook that is started by a person
//! `run.starter` doesn't count.
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
        0 => "there is no one".to_owned(),
        1 => "there is one person".to_owned(),
        several => format!("there are {several} people"),
    };
    let mut finding =
        Diagnostic::error(CODE, span, format!("{count} approvals are required, but {there} who may approve"));
    for group in groups {
        finding = finding.label(*group, "approvers");
    }
    finding
        .note("each person counts once, and whoever starts a run can't approve it")
        .help(format!("add more approvers: `approve by {count} of A, B within 10m`"))
}
