//! A change says neither how it is undone nor that it can't be.
//!
//! ## Why
//!
//! When a run fails, what it changed is put back, the newest change first, so that people take over
//! from a known state. For that each change must say how, or say that it is irreversible: the step
//! in a clause, or its action once for all.
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
    Diagnostic::error(CODE, span, format!("the step `{step}` doesn't say how it is undone"))
        .at(format!("`{action}` changes what serves users"))
        .note("if the run fails, its changes are put back, the newest first")
        .help("add `undo CALL`, or `irreversible \"why\"` if there is no way back")
        .fix(Fix::replace(
            Safety::Suggestion,
            "say that there is no way back",
            statement.at_end(),
            "\n      irreversible \"why\"",
        ))
}
