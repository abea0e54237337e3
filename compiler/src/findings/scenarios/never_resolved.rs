//! A scenario expects something of `resolved`, and its playbook never is.
//!
//! ## Why
//!
//! A run is resolved when the steps of `resolved after` are ok. Without that line it completes or fails, and
//! whatever a scenario expects of its being resolved says nothing.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! playbook look {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for look {
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
//! playbook look {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "all is quiet" for look {
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
        .help("expect `completed`, or add `resolved after STEP` to its remediate")
}
