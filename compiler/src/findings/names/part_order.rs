//! The parts of a playbook aren't in their order.
//!
//! ## Why
//!
//! Enrich, triage, communicate, remediate: whoever opens a playbook at night finds each part where it
//! always is.
//!
//! ## Bad
//!
//! ```quell
//! playbook look {
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
//! playbook look {
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
    let message = format!("`{}` stands behind `{}`", part.word(), before.word());
    Diagnostic::error(CODE, span, message)
        .label(before_span, "this part comes later")
        .note("the order is enrich, triage, communicate, remediate")
        .help(format!("move `{}` in front of `{}`", part.word(), before.word()))
}
