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

/// What people write who come from other languages, and what Quell has for it.
const FOREIGN: &[(&str, &str)] = &[
    ("=", "compare with `==`"),
    ("===", "compare with `==`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("!", "write `not`"),
    ("|", "write `or`"),
    ("&", "write `and`"),
    (";", "a line ends a statement, no semicolon is needed"),
    ("#", "comments begin with `//`"),
    ("'", "texts stand in double quotes"),
    ("`", "texts stand in double quotes"),
    ("\u{201C}", "this is a typographic quote, texts stand in plain ones: `\"`"),
    ("\u{201D}", "this is a typographic quote, texts stand in plain ones: `\"`"),
    ("\u{2018}", "this is a typographic quote, texts stand in plain ones: `\"`"),
    ("\u{2019}", "this is a typographic quote, texts stand in plain ones: `\"`"),
    ("\u{2013}", "this is a dash, a minus is `-`"),
    ("\u{2014}", "this is a dash, a minus is `-`"),
    ("\u{A0}", "this is a no-break space, write a plain one"),
    ("\u{200B}", "this is an invisible space, remove it"),
    ("\u{FEFF}", "this is a byte order mark, remove it"),
    (":=", "write `=`"),
    ("%", "there is no remainder; a percentage is written without a blank: `5%`"),
    ("?", "an optional chain is `?.`, a default `??`; a choice is `if a then b else c`"),
    ("$", "only texts hold `${...}`; elsewhere a name stands for itself"),
    ("@", "a name stands for itself, without `@`"),
    ("->", "a lambda is `x => ...`"),
];

/// What to do about a piece of foreign text.
pub fn foreign(found: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(theirs, _)| *theirs == found).map(|(_, ours)| *ours)
}
