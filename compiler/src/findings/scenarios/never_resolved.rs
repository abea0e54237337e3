//! `resolved` in a scenario of a playbook that never resolves.
//!
//! ## Why
//!
//! A run is resolved when the steps of `resolved after` have succeeded. Without that line a run only
//! completes or fails, so an expectation about `resolved` is meaningless.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   given busy returns 3%
//!   expect resolved within 5m
//! //^^^^^^^^^^^^^^^^^^^^^^^^^
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   given busy returns 3%
//!   expect completed within 5m
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "never-resolved";

/// `playbook` has no `resolved after`.
pub fn report(playbook: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{playbook}` is never resolved: it has no `resolved after`"))
        .help("write `expect completed`, or add `resolved after STEP` to remediate")
}
