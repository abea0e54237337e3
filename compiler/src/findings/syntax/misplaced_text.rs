//! Something stands where it doesn't belong.
//!
//! ## Why
//!
//! It would be right elsewhere: steps and other statements stand in the parts of a playbook or in a task,
//! `on`, `input`, `owner` and `resolve within` above the parts, clauses below their step, contracts in actions,
//! `given` and `expect` in scenarios.
//!
//! ## Bad
//!
//! ```quell
//! playbook look_only {
//!   let limit = 5
//! //^^^
//!   remediate none "diagnosis only"
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let limit: Int = 5
//!
//! playbook look_only {
//!   remediate none "diagnosis only"
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "misplaced-text";

/// `word` stands where it doesn't belong; `belongs` says where it does.
pub fn misplaced(span: Span, word: &str, belongs: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{word}` can't stand here")).note(format!("`{word}` {belongs}"))
}

/// What was closed just before, maybe too early.
pub fn closed_before(diagnostic: Diagnostic, close: Span) -> Diagnostic {
    diagnostic.label(close, "what stands above is closed here, maybe too early")
}
