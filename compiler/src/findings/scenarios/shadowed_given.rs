//! `given` hidden by an earlier one.
//!
//! ## Why
//!
//! If several lines apply to the same step or action, the first that matches is used. A line that always
//! matches hides all later ones.
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
//! scenario "it works the second time" for scan {
//!   given busy returns 3%
//!   given busy fails "no route" once
//! //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
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
//! scenario "it works the second time" for scan {
//!   given busy fails "no route" once
//!   given busy returns 3%
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "shadowed-given";

/// The line at `span` is never reached, since that at `first` takes all calls of `name`.
pub fn behind(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("this is never used: an earlier line covers all calls of `{name}`"))
        .label(first, "covers all calls")
        .help(
            "put lines with `once`, `N times` or `when` before the line that always applies; for different \
             results in a row, write `returns A, then B`",
        )
}

/// `what` is given at `first` and again at `span`.
pub fn twice(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("duplicate `given` for {what}"))
        .label(first, "first one")
        .help("remove one of the two")
}
