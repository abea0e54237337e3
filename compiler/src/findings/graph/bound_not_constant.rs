//! Limit that depends on the run.
//!
//! ## Why
//!
//! The worst case of a playbook is known before anyone is paged, and `resolve within` is checked against it.
//! So durations and counts in clauses consist of literals, `let`s of a module, fields of records among these,
//! and arithmetic on them.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! /// Waits for as long as the caller says.
//! task settle(workload: Workload, patience: Duration) -> Text {
//!   step rolled_out = kubernetes.rollout(workload)
//!     timeout patience
//! //          ^^^^^^^^
//!   return workload.name
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! private let patience: Duration = 5m
//!
//! /// Waits for a fixed time.
//! task settle(workload: Workload) -> Text {
//!   step rolled_out = kubernetes.rollout(workload)
//!     timeout patience
//!   return workload.name
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "bound-not-constant";

/// The bound at `whole` depends on the run because of what stands at `part`.
pub fn finding(whole: Span, part: Span, what: &str) -> Diagnostic {
    let finding = Diagnostic::error(CODE, whole, format!("the value of `{what}` isn't known before the run"));
    let finding = if part == whole {
        finding.at("depends on the run")
    } else {
        finding.label(part, "this depends on the run")
    };
    finding
        .note("limits have to be known before the run, so that the worst case can be computed")
        .help("use a literal (`5m`, `3`) or a `let` of the module")
}
