//! A step says how it is undone and that it can't be.
//!
//! ## Why
//!
//! Undoing goes back to the last irreversible step and no further. A step that is both would be a
//! wall that one can walk through.
//!
//! ## Bad
//!
//! ```quell
//! action scale(service: Text, replicas: Int) changes
//!
//! playbook grow {
//!   remediate {
//!     step scaled = scale("checkout", replicas: 9)
//!       undo scale("checkout", replicas: 6)
//!       irreversible "customers have seen it"
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action scale(service: Text, replicas: Int) changes
//!
//! playbook grow {
//!   remediate {
//!     step scaled = scale("checkout", replicas: 9)
//!       undo scale("checkout", replicas: 6)
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "contradictory-undo";

/// Both clauses of a step.
pub fn contradictory_undo(irreversible: Span, undo: Span) -> Diagnostic {
    Diagnostic::error(CODE, irreversible, "a step can't be undone and irreversible at once")
        .label(undo, "here it says how it is undone")
        .help("keep one of the two")
}
