//! Keyword in the wrong place.
//!
//! ## Why
//!
//! The word is valid, but not here. Steps and other statements belong in the parts of a playbook or in a
//! task; `on`, `input`, `owner` and `resolve within` belong above the parts; clauses belong below their step,
//! contracts in actions, and `given` and `expect` in scenarios.
//!
//! ## Bad
//!
//! ```quell
//! playbook scan_only {
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
//! playbook scan_only {
//!   remediate none "diagnosis only"
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "misplaced-text";

/// `word` stands where it doesn't belong; `belongs` says where it does.
pub fn misplaced(span: Span, word: &str, belongs: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{word}` isn't allowed here"))
        .note(format!("`{word}` {belongs}"))
        .help(match belongs.strip_prefix("belongs ") {
            Some("elsewhere") | None => format!("move `{word}` there"),
            Some(place) => match place.strip_prefix("in ") {
                Some(place) => format!("move it into {place}"),
                None => format!("move it {place}"),
            },
        })
}

/// What was closed just before, maybe too early.
pub fn closed_before(diagnostic: Diagnostic, close: Span) -> Diagnostic {
    diagnostic.label(close, "the block above is closed here, possibly too early")
}
