//! Duplicate clause.
//!
//! ## Why
//!
//! A clause may appear only once on a step, and so may each line of a playbook's header. With two `timeout`s,
//! for example, it would be unclear which one applies.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//!
//! playbook scan {
//!   enrich {
//!     step seen = probe.tcp("db.example.com", from: ["eu"])
//!       timeout 5s
//!       timeout 10s
//! //    ^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.probe
//!
//! playbook scan {
//!   enrich {
//!     step seen = probe.tcp("db.example.com", from: ["eu"])
//!       timeout 10s
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "duplicate-clause";

/// A second clause that begins with `word`; the first one holds.
pub fn duplicate_clause(span: Span, first: Span, word: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("duplicate `{word}`"))
        .at("second one")
        .label(first, "first one")
        .help("remove one of the two")
}
