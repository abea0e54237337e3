//! Response without an owner.
//!
//! ## Why
//!
//! A response is started by an event, so no one may be watching it. Its owner is told when it fails, and the
//! owner's on-call person counts as the person who started it.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//!
//! playbook slow_page {
//!   on alertmanager.alert("SlowPage")
//! //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!
//!   enrich {
//!     severity = minor
//!   }
//!
//!   triage none "there is only one possible cause"
//!   communicate none "customers don't notice"
//!   remediate none "no action is needed"
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.alertmanager
//! use std.people (on_slack)
//!
//! let kim: Person =
//!   Person(id: "kim", name: "Kim Park", email: "kim@example.com", contacts: [on_slack("U01KIM")])
//!
//! let web: Team = Team(name: "web", lead: kim, on_call: [kim])
//!
//! playbook slow_page {
//!   on alertmanager.alert("SlowPage")
//!   owner web
//!
//!   enrich {
//!     severity = minor
//!   }
//!
//!   triage none "there is only one possible cause"
//!   communicate none "customers don't notice"
//!   remediate none "no action is needed"
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "missing-owner";

/// The response `name`, started by what stands at `on`, names no owner.
pub fn report(name: &Ident, on: Span) -> Diagnostic {
    Diagnostic::error(CODE, on, format!("the response `{}` has no owner", name.text))
        .note("the owner is told when the response fails")
        .help("add `owner TEAM` below `on`")
}
