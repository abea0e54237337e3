//! Duplicate part.
//!
//! ## Why
//!
//! A playbook has each part at most once, so that all its steps are in one place.
//!
//! ## Bad
//!
//! ```quell
//! playbook scan {
//!   enrich {
//!   }
//!   enrich {
//! //^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! playbook scan {
//!   enrich {
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::PartKind, source::Span};

/// The code.
pub const CODE: &str = "duplicate-part";

/// The part stands at `first` already.
pub fn report(part: PartKind, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("duplicate part `{}`", part.word()))
        .label(first, "first one")
        .help("merge the two parts")
}
