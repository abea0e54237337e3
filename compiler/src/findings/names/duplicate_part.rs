//! A playbook has a part twice.
//!
//! ## Why
//!
//! What belongs together stands together.
//!
//! ## Bad
//!
//! ```quell
//! playbook look {
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
//! playbook look {
//!   enrich {
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::PartKind, source::Span};

/// The code.
pub const CODE: &str = "duplicate-part";

/// The part stands at `first` already.
pub fn report(part: PartKind, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("there are two parts `{}`", part.word()))
        .label(first, "here is the first")
        .help("join them")
}
