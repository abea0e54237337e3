//! A bound isn't known before the run.
//!
//! ## Why
//!
//! Every wait has a bound that is known before anybody is paged: that is how the compiler knows the
//! worst case of a playbook and can hold `resolve within` against it. So durations and counts in
//! clauses are made of literals, of a module's `let`s, of fields of records among these, and of
//! arithmetic.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! /// Waits as long as somebody says.
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
//! /// Waits as long as this file says.
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
    let finding = Diagnostic::error(CODE, whole, format!("what `{what}` says isn't known before the run"));
    let finding = if part == whole {
        finding.at("depends on the run")
    } else {
        finding.label(part, "this depends on the run")
    };
    finding
        .note("every bound is known beforehand, so that the worst case of the playbook is, too")
        .help("say a literal (`5m`, `3`), or name a `let` of the module")
}
