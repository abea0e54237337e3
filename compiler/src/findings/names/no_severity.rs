//! `severity` in a playbook that sets none.
//!
//! ## Why
//!
//! A response always sets a severity. A tool may, and without one there is no severity to read: the step that
//! reads it could never run.
//!
//! ## Bad
//!
//! ```quell
//! action post(text: Text) notifies
//!
//! playbook announce {
//!   communicate {
//!     step sent = post("it is ${severity}")
//! //                            ^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action post(text: Text) notifies
//!
//! playbook announce {
//!   enrich {
//!     severity = minor
//!   }
//!
//!   communicate {
//!     step sent = post("it is ${severity}")
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "no-severity";

/// `severity` is read at `span`, in the tool `playbook` or a scenario for it.
pub fn report(span: Span, playbook: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{playbook}` sets no severity"))
        .note("a playbook without `on` is a tool, and has a severity only if it sets one")
        .help("remove the condition on `severity`, or add `severity = ...` to enrich or triage")
}
