//! Destroying step without a two-person approval.
//!
//! ## Why
//!
//! A step that can lose data or can't be undone needs the approval of two people whenever the severity can be
//! the highest. At lower severities no one has to wait. The approval may be on the step, on the call of the
//! task, or inside the task; its `when` must hold on each path that leads to the step at that severity. A
//! playbook that sets no severity counts as critical. The number of approvers is a constant of at least two.
//! Each reading of `run.elapsed`, `run.suspects` and the like counts as a different value, because it may
//! have changed by the time the approval is asked for.
//!
//! ## Bad
//!
//! ```quell
//! action promote(host: Text) destroys {
//!   irreversible "the old primary has lost touch"
//! }
//!
//! playbook failover {
//!   remediate {
//!     step promoted = promote("db-2")
//! //                  ^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
//! let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
//! let cy: Person = Person(id: "cy", name: "Cy", email: "cy@example.com")
//!
//! action promote(host: Text) destroys {
//!   irreversible "the old primary has lost touch"
//! }
//!
//! playbook failover {
//!   remediate {
//!     step promoted = promote("db-2")
//!       approve by 2 of [ana, bo, cy] within 10m
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-approval";

/// The call at `span` in a step of a playbook leads to something that destroys; `inner` is where, if that
/// is in a task or contract. `clause` is an approval of the step that doesn't do. `path` are the conditions
/// under which it runs unapproved. `has_severity` says whether the playbook sets a severity.
pub fn missing_approval(
    span: Span,
    (step, playbook): (&str, &str),
    inner: Option<Span>,
    clause: Option<Span>,
    path: &[String],
    has_severity: bool,
) -> Diagnostic {
    let message = format!("`{step}` destroys something without a two-person approval");
    let mut finding = Diagnostic::error(CODE, span, message);
    if has_severity {
        finding = finding.at("runs at the highest severity");
    }
    if let Some(inner) = inner {
        finding = finding.label(inner, "this call destroys");
    }
    if let Some(clause) = clause {
        finding =
            finding.label(clause, "this approval isn't required on that path, or takes only one person");
    }
    let path = match path {
        [] => "on every path".to_owned(),
        several => format!("when {}", several.join(" and ")),
    };
    if has_severity {
        finding
            .note(format!("in `{playbook}`, at the highest severity, it runs without approval {path}"))
            .help("add `approve by 2 of PEOPLE when severity >= critical within 10m`")
    } else {
        finding
            .note(format!("in `{playbook}` it runs without approval {path}"))
            .note("a playbook that sets no severity counts as critical")
            .help("add `approve by 2 of PEOPLE within 10m`")
    }
}
