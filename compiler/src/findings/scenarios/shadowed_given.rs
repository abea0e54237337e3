//! A `given` stands behind one that takes all of its calls.
//!
//! ## Why
//!
//! Of several lines for one step or action the first that fits decides. One that always fits leaves nothing
//! to those behind it, so they would be silent.
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
//! scenario "it works the second time" for look {
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
//! playbook look {
//!   enrich {
//!     step busy = prometheus.ratio("avg(busy)")
//!   }
//! }
//!
//! scenario "it works the second time" for look {
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
    Diagnostic::error(CODE, span, format!("this is never used: what comes of `{name}` is given already"))
        .label(first, "this takes all calls")
        .help(
            "what comes once, so many times or with `when` stands before what comes always; values one after \
             the other are `returns A, then B`",
        )
}

/// `what` is given at `first` and again at `span`.
pub fn twice(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("{what} is given twice"))
        .label(first, "here is the first")
        .help("take one of them away")
}
