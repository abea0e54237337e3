//! `as` reads something that is no Json, or as something that Json can't hold.
//!
//! ## Why
//!
//! `as` says what a Json document should hold, and is checked when it is read. All other values have their
//! type already; they are converted by methods and units.
//!
//! ## Bad
//!
//! ```quell
//! fn number(text: Text) -> Int = text as Int
//! //                             ^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn number(text: Text) -> Int = text.to_int()
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "cannot-cast";

/// A value of type `found` is read as `target`.
pub fn not_json(found: &str, target: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`as` reads a `Json`, and this is a `{found}`"));
    match (found, target) {
        ("Text" | "Public", "Int") => finding.help("write `.to_int()`"),
        ("Text" | "Public", "Float") => finding.help("write `.to_float()`"),
        ("Text" | "Public", "Time") => finding.help("write `time(...)`"),
        ("Int", "Float") => finding.help("write `.to_float()`"),
        ("Float", "Int") => finding.help("write `.round()` or `.to_int()`"),
        (_, "Text") => finding.help("write `\"${...}\"`"),
        _ => finding,
    }
}

/// A Json can't be read as `target`, maybe because that holds a `held`.
pub fn target(target: &str, held: Option<String>, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("a `Json` can't be read as `{target}`"));
    match held {
        Some(held) if held != target => finding.note(format!("a `{target}` holds a `{held}`")),
        _ => finding,
    }
}
