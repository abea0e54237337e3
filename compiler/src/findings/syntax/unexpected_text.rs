//! Unexpected input.
//!
//! ## Why
//!
//! This can't follow what comes before it. The error marks the first place where the file can no longer be
//! read, and lists what is allowed there. Only the line or entry around it is skipped; the rest of the file
//! is checked.
//!
//! ## Bad
//!
//! ```quell
//! fn doubled(number: Int) -> Int = number * 2 times
//! //                                          ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn doubled(number: Int) -> Int = number * 2
//! ```

use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Safety},
    source::Span,
};

/// The code.
pub const CODE: &str = "unexpected-text";

/// `found` stands where one of `expected` should.
pub fn unexpected(span: Span, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected {expected}, found {found}"))
}

/// A `:` or `=` after a keyword that has none.
pub fn sign(span: Span, word: &str, sign: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("unexpected `{sign}` after `{word}`"))
}

/// Two elements of a list without a comma; `span` is the first one's end.
pub fn missing_comma(span: Span, close: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("expected `,` or {close} after this"))
        .at("no comma before the next element")
        .fix(Fix::replace(Safety::Safe, "add a comma", span.at_end(), ","))
}

/// The same list lacks more commas.
pub fn more_commas(finding: &mut Diagnostic, edits: impl Iterator<Item = Edit>) {
    if finding.code == CODE
        && let Some(fix) = finding.fixes.first_mut().filter(|fix| fix.title.starts_with("add "))
    {
        fix.title = "add the missing commas".to_owned();
        fix.edits.extend(edits);
    }
}

/// A unit stands apart from its number; the two lie in `span` and are written `joined`.
pub fn loose_unit(finding: Diagnostic, span: Span, joined: &str) -> Diagnostic {
    finding.help(format!("write the unit without a space: `{joined}`")).fix(Fix::replace(
        Safety::Unsafe,
        format!("replace with `{joined}`"),
        span,
        joined,
    ))
}
