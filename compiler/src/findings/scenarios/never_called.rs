//! Action that the playbook never calls.
//!
//! ## Why
//!
//! A `given` for this action would have no effect, and an `expect ... called` could never hold.
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
//!   given prometheus.duration returns 3s
//! //      ^^^^^^^^^^^^^^^^^^^
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
//! scenario "all is quiet" for scan {
//!   given prometheus.ratio returns 3%
//!   expect completed
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "never-called";

/// `name` at `span`, in a scenario of `playbook`; `called` are the names of what it does call.
pub fn report(name: &str, span: Span, playbook: &str, called: &[String]) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`{playbook}` never calls `{name}`"));
    if called.is_empty() {
        return finding.note("it calls no actions");
    }
    let called: Vec<String> = called.iter().map(|name| format!("`{name}`")).collect();
    finding.help(format!("it calls {}", called.join(", ")))
}
