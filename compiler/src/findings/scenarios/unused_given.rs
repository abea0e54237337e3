//! A line of a scenario was never used in its run.
//!
//! ## Why
//!
//! The scenario says that something happens, and its run never came to it: the test may be about something
//! else than its title says. `quell test` finds it when it runs the scenario.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! playbook look {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!     step free = prometheus.ratio("avg(free)")
//!       when busy > 90%
//!   }
//! }
//!
//! scenario "all is quiet" for look {
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
//! playbook look {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!     step free = prometheus.ratio("avg(free)")
//!       when busy > 90%
//!   }
//! }
//!
//! scenario "all is quiet" for look {
//!   given busy returns 3%
//!   expect free skipped
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "unused-given";

/// The line at `span` was never used.
pub fn report(span: Span, why: &str) -> Diagnostic {
    Diagnostic::warning(CODE, span, "this was never used in the scenario's run")
        .note(why)
        .help("take it away, or give what makes the run come to it")
}
