//! A step or playbook says the same thing twice.
//!
//! ## Why
//!
//! Each clause of a step and each line of a playbook's header may stand once: of two `timeout`s, say,
//! nobody could tell which one holds.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//!
//! playbook look {
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
//! playbook look {
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
    Diagnostic::error(CODE, span, format!("`{word}` is said twice"))
        .at("said again here")
        .label(first, "said here first")
        .help("keep one of the two")
}
