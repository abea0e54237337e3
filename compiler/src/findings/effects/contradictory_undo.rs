//! `undo` and `irreversible` on one step.
//!
//! ## Why
//!
//! When a run fails, changes are undone back to the last irreversible step. A step can't be both undone and
//! irreversible.
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
    Diagnostic::error(CODE, irreversible, "a step can't have both `undo` and `irreversible`")
        .label(undo, "the undo")
        .help("remove one of the two")
}
