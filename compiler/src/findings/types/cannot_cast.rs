//! Invalid conversion with `as`.
//!
//! ## Why
//!
//! `as` states what a Json document should contain, which is checked when the document is read. Every other
//! value already has a type; use methods and units to convert it.
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
    let finding =
        Diagnostic::error(CODE, span, format!("`as` only converts `Json`, and this is a `{found}`"));
    match (found, target) {
        ("Text" | "Public", "Int") => finding.help("write `.to_int()`"),
        ("Text" | "Public", "Float") => finding.help("write `.to_float()`"),
        ("Text" | "Public", "Time") => finding.help("write `time(...)`"),
        ("Int", "Float") => finding.help("write `.to_float()`"),
        ("Float", "Int") => finding.help("write `.round()` or `.to_int()`"),
        (_, "Text") => finding.help("write `\"${...}\"`"),
        _ => finding.help("remove `as` and the type"),
    }
}

/// A Json can't be read as `target`, maybe because that holds a `held`.
pub fn target(target: &str, held: Option<String>, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("a `Json` can't be read as `{target}`"));
    match held {
        Some(held) if held != target => finding.note(format!("`{target}` contains `{held}`")),
        _ => finding,
    }
}
