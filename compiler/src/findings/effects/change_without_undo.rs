//! Change without an undo.
//!
//! ## Why
//!
//! When a run fails, its changes are undone, the newest first, so that people take over from a known state.
//! So each change has to say how it is undone, or that it is irreversible: on the step, or once for all steps
//! in its action.
//!
//! ## Bad
//!
//! ```quell
//! action scale(service: Text, replicas: Int) changes
//!
//! playbook grow {
//!   remediate {
//!     step scaled = scale("checkout", replicas: 9)
//! //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
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

use crate::{
    diagnostic::{Diagnostic, Fix, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "change-without-undo";

/// The call of `action` in `step` changes things; the step's statement ends at `statement`.
pub fn change_without_undo(span: Span, statement: Span, step: &str, action: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("the step `{step}` has no `undo`"))
        .at(format!("`{action}` changes production"))
        .note("if the run fails, its changes are undone, the newest first")
        .help("add `undo CALL`, or `irreversible \"why\"` if it can't be undone")
        .fix(Fix::replace(
            Safety::Suggestion,
            "mark the step as irreversible",
            statement.at_end(),
            "\n      irreversible \"why\"",
        ))
}
