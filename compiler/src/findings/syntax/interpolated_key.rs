//! `${...}` in a key or pattern.
//!
//! ## Why
//!
//! The keys of a map or document, the texts that `match` compares with, and titles are fixed before the run.
//! `${...}` has no effect in them: it would be sent or compared literally.
//!
//! ## Bad
//!
//! ```quell
//! fn labels(team: Text) -> Json = { "team-${team}": true }
//! //                                      ^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn labels(team: Text) -> Json = { team: team }
//!
//! fn selector(key: Text, value: Text) -> Text = "${key}=${value}"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "interpolated-key";

/// `${...}` stands in `what`, a key or a pattern.
pub fn report(span: Span, what: &str) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`${{...}}` can't be used in {what}"));
    match what {
        "a key" => finding
            .note("keys are fixed before the run")
            .help("write the key out, and put the part that varies into the value")
            .help("or write `\\${` for a literal dollar sign and brace"),
        "a title" => finding.help("write the title out"),
        _ => finding
            .note("the patterns of a `match` are fixed before the run")
            .help("compare in a condition instead: `if x == \"...${y}\" then ... else ...`"),
    }
}
