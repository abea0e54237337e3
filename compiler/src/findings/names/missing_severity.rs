//! Response without a severity.
//!
//! ## Why
//!
//! Who is told, who has to approve, and what customers read all depend on the severity. A response sets it
//! once, in enrich or triage.
//!
//! ## Bad
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
//! //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   owner web
//!   enrich none "there is nothing to read"
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
pub const CODE: &str = "missing-severity";

/// The response `name`, started by what stands at `on`, sets no severity.
pub fn report(name: &Ident, on: Span) -> Diagnostic {
    Diagnostic::error(CODE, on, format!("the response `{}` sets no severity", name.text))
        .help("add `severity = critical` (or `major`, `minor`, `info`, or an expression) to enrich or triage")
}
