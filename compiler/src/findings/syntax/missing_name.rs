//! A declaration has no name, or a dot is followed by nothing.
//!
//! ## Why
//!
//! Steps, items, parameters and fields are known by their names: the step graph, the timeline of a run and
//! every message show them. A name begins with a letter from `a` to `z` or `A` to `Z` or with `_`, goes on with
//! those and digits, and is no reserved word. Other letters are for texts and comments.
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
    Diagnostic::error(CODE, span, format!("`{letter}` can't be part of a name, here of `{name}`"))
        .help("names are made of `a` to `z`, `A` to `Z`, `0` to `9` and `_`")
}

/// `word` is reserved.
pub fn reserved(span: Span, what: &str, word: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected {what}, found the reserved word `{word}`"))
        .note("reserved words begin statements, clauses and items, so no name can be one")
        .help(format!("choose another name, `{word}_` for instance"))
}
