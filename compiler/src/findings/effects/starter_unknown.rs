//! Unknown starter of a run.
//!
//! ## Why
//!
//! `run.starter` is the person who started the run. If no person did (an alert, a schedule, or a scenario
//! that doesn't set one), it is the first on-call person of the playbook's owner. Without an owner there is
//! no one to ask or notify in such a run, and the step fails.
//!
//! ## Bad
//!
//! ```quell
//! /// Asks which service it is about.
//! playbook choose {
//!   triage {
//!     step service = ask(run.starter, "Which service?", options: ["shop", "search"], within: 10m)
//! //                     ^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.people (on_slack)
//!
//! let kim: Person =
//!   Person(id: "kim", name: "Kim Park", email: "kim@example.com", contacts: [on_slack("U01KIM")])
//!
//! let web: Team = Team(name: "web", lead: kim, on_call: [kim])
//!
//! /// Asks which service it is about.
//! playbook choose {
//!   owner web
//!
//!   triage {
//!     step service = ask(run.starter, "Which service?", options: ["shop", "search"], within: 10m)
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "starter-unknown";

/// `playbook`, which has no owner, names the starter of its run, first at `place`.
pub fn starter_unknown(place: Span, playbook: &Ident) -> Diagnostic {
    Diagnostic::error(CODE, place, "`run.starter` may be unknown")
        .label(playbook.span, format!("`{}` has no owner", playbook.text))
        .note("if no person starts the run, `run.starter` is the first on-call person of the owner")
        .help("add `owner TEAM` to the playbook")
}
