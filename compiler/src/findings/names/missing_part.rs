//! Response without one of its parts.
//!
//! ## Why
//!
//! A response has all four parts, or states why a part is empty. Whoever reads it at 3 a.m. shouldn't have to
//! wonder whether something was forgotten.
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
//!
//!   enrich {
//!     severity = minor
//!   }
//!
//!   triage none "there is only one possible cause"
//!   communicate none "customers don't notice"
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

use crate::{
    diagnostic::Diagnostic,
    findings::words::list,
    hir::{Ident, PartKind},
    source::Span,
};

/// The code.
pub const CODE: &str = "missing-part";

/// The response `name`, started by what stands at `on`, has no `missing` parts.
pub fn report(name: &Ident, on: Span, missing: &[PartKind]) -> Diagnostic {
    let words: Vec<&str> = missing.iter().map(|part| part.word()).collect();
    let message = format!("the response `{}` has no {}", name.text, list(&words));
    let mut finding = Diagnostic::error(CODE, on, message)
        .note("a playbook with a trigger needs all four parts; an empty one needs a reason");
    for word in words {
        finding = finding.help(format!("add `{word} {{ ... }}`, or `{word} none \"why\"`"));
    }
    finding
}
