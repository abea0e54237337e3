//! A declaration has no name, or a dot is followed by nothing.
//!
//! ## Why
//!
//! Steps, items, parameters and fields are known by their names: the step graph, the timeline of a run and
//! every message show them. A name begins with a letter or `_`, goes on with letters, digits and `_`, and
//! is no reserved word.
//!
//! ## Bad
//!
//! ```quell
//! let = 5
//! //  ^
//! ```
//!
//! ## Good
//!
//! ```quell
//! let attempts: Int = 5
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "missing-name";

/// The name of `what` is missing; `found` stands in its place, if anything does.
pub fn missing(span: Span, what: &str, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("expected {what}, found {found}"),
        None => format!("expected {what}"),
    };
    Diagnostic::error(CODE, span, message)
}

/// `word` is reserved.
pub fn reserved(span: Span, what: &str, word: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected {what}, found the reserved word `{word}`"))
        .note("reserved words begin statements, clauses and items, so no name can be one")
        .help(format!("choose another name, `{word}_` for instance"))
}
