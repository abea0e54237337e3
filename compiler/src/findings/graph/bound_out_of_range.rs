//! A bound has a value that makes no sense.
//!
//! ## Why
//!
//! A time-out of zero fails every call, a `repeat every 0s` never lets time pass, and zero attempts
//! are no attempt. Such a number is a slip, most often in arithmetic.
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
    Diagnostic::error(CODE, span, format!("`{what}` needs {wanted}"))
}

/// The bound has no value, because of what stands at `span`.
pub fn fails(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("what `{what}` says has no value"))
        .at("overflows or divides by zero")
        .help("mend the arithmetic, or say the value itself")
}
