//! Missing or invalid name.
//!
//! ## Why
//!
//! Steps, items, parameters and fields are identified by name in the step graph, in the timeline of a run and
//! in messages. A name consists of the letters `a` to `z` and `A` to `Z`, digits and `_`, doesn't start with
//! a digit, and isn't a reserved word. Other letters are allowed in texts and comments.
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

/// `letter` stands in the name `name`.
pub fn letter(span: Span, letter: char, name: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{letter}` isn't allowed in the name `{name}`"))
        .help("use only `a` to `z`, `A` to `Z`, `0` to `9` and `_` in names")
}

/// `word` is reserved.
pub fn reserved(span: Span, what: &str, word: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected {what}, found the reserved word `{word}`"))
        .note("reserved words start statements, clauses and items")
        .help(format!("choose another name, such as `{word}_`"))
}
