//! Unused line of a scenario.
//!
//! ## Why
//!
//! The scenario sets something up that its run never uses, so it may not test what its title says. `quell
//! test` reports it when it runs the scenario.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! playbook scan {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!     step free = prometheus.ratio("avg(free)")
//!       when busy > 90%
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   given busy returns 3%
//!   given free returns 50%
//! //^^^^^^^^^^^^^^^^^^^^^^
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
//!     step free = prometheus.ratio("avg(free)")
//!       when busy > 90%
//!   }
//! }
//!
//! scenario "all is quiet" for scan {
//!   given busy returns 3%
//!   expect free skipped
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unused-given";

/// The line at `span` was never used.
pub fn report(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, "this line had no effect in the scenario's run")
        .note(why)
        .help("remove it, or add what makes the run reach it")
}
