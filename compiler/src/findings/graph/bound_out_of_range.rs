//! Limit out of range.
//!
//! ## Why
//!
//! A timeout of zero fails every call, `repeat every 0s` never lets time pass, and zero attempts means none
//! at all. Such a value is usually a mistake in arithmetic.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! private let patience: Duration = 5m
//!
//! /// Waits for a rollout.
//! task settle(workload: Workload) -> Text {
//!   step rolled_out = kubernetes.rollout(workload)
//!     timeout patience - 5m
//! //          ^^^^^^^^^^^^^
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
//! /// Waits for a rollout.
//! task settle(workload: Workload) -> Text {
//!   step rolled_out = kubernetes.rollout(workload)
//!     timeout patience - 1m
//!   return workload.name
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "bound-out-of-range";

/// The bound at `span` isn't what `wanted` says.
pub fn finding(span: Span, what: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{what}` needs {wanted}")).help(format!("write {wanted}"))
}

/// The bound has no value, because of what stands at `span`.
pub fn fails(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the value of `{what}` can't be computed"))
        .at("overflows or divides by zero")
        .help("fix the arithmetic, or write the value directly")
}
