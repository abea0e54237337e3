//! A key or a pattern holds `${...}`.
//!
//! ## Why
//!
//! The keys of a map or document and the texts of a `match` are written out: they are known before the run.
//! Nothing is put into them, so `${...}` would be sent as it is written.
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
    let finding = Diagnostic::error(CODE, span, format!("nothing can be put into {what}"));
    match what {
        "a key" => finding
            .note("keys are known before the run")
            .help("write the key out, and put what differs into the value")
            .help("or write `\\${` where the key shall hold a dollar sign and a brace"),
        "a title" => finding.help("write the title out"),
        _ => finding
            .note("what a `match` compares with is known before the run")
            .help("compare in a condition instead: `if x == \"...${y}\" then ... else ...`"),
    }
}
