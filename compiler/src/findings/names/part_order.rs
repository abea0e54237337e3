//! Parts out of order.
//!
//! ## Why
//!
//! The order is always enrich, triage, communicate, remediate, so that whoever opens a playbook finds each
//! part in the same place.
//!
//! ## Bad
//!
//! ```quell
//! playbook scan {
//!   communicate {
//!   }
//!
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
//!
//!   communicate {
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::PartKind, source::Span};

/// The code.
pub const CODE: &str = "part-order";

/// `part` stands behind `before`, which belongs behind it.
pub fn report(part: PartKind, span: Span, before: PartKind, before_span: Span) -> Diagnostic {
    let message = format!("`{}` must come before `{}`", part.word(), before.word());
    Diagnostic::error(CODE, span, message)
        .label(before_span, "this part belongs after it")
        .note("the order is enrich, triage, communicate, remediate")
        .help(format!("move `{}` above `{}`", part.word(), before.word()))
}
