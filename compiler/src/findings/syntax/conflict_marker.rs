//! Unresolved merge conflict.
//!
//! ## Why
//!
//! Git marks lines that two branches changed differently with `<<<<<<<`, `=======` and `>>>>>>>`. A file with such
//! lines holds two versions at once, so nothing else in it is checked.
//!
//! ## Bad
//!
//! ```quell
//! <<<<<<< HEAD
//! //      ^^^^
//! let limit: Int = 3
//! =======
//! let limit: Int = 5
//! >>>>>>> branch
//! ```
//!
//! ## Good
//!
//! ```quell
//! let limit: Int = 5
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "conflict-marker";

/// A conflict starts at `start` and ends at `end`.
pub fn report(start: Span, end: Span) -> Diagnostic {
    Diagnostic::error(CODE, start, "unresolved merge conflict")
        .label(end, "the conflict ends here")
        .help("keep one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`")
}
