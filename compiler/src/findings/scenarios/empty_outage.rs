//! Outage of no duration.
//!
//! ## Why
//!
//! An outage lasts from its first time to its second. If the second isn't later than the first, nothing is
//! ever down.
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
//! scenario "Prometheus is down" for scan {
//!   given prometheus down from 10m to 5m
//! //                      ^^^^^^^^^^^^^^
//!   expect completed
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
//! scenario "Prometheus is down" for scan {
//!   given prometheus down from 0s to 5m
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "empty-outage";

/// The window at `span` ends when it begins, or before.
pub fn report(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "this outage ends before it starts")
        .help("both times are measured from the start of the run: `from 5m to 10m`")
}
