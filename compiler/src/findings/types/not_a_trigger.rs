//! Invalid trigger.
//!
//! ## Why
//!
//! A trigger is an event that starts a playbook. A module declares it with its parameters and the data that
//! the event carries.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//! use std.people (on_slack)
//!
//! let kim: Person =
//!   Person(id: "kim", name: "Kim Park", email: "kim@example.com", contacts: [on_slack("U01KIM")])
//!
//! let web: Team = Team(name: "web", lead: kim, on_call: [kim])
//!
//! playbook slow_page {
//!   on prometheus.value("up")
//! //   ^^^^^^^^^^^^^^^^^^^^^^
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

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-a-trigger";

/// What stands behind `on` is `name`.
pub fn report(name: &str, span: Span) -> Diagnostic {
    let named = if name.contains('…') { "this".to_owned() } else { format!("`{name}`") };
    Diagnostic::error(CODE, span, format!("{named} isn't a trigger"))
        .help("`on` calls a trigger, such as `alertmanager.alert(\"NAME\")`")
}
