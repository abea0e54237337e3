//! Invisible character.
//!
//! ## Why
//!
//! Two names or keys that look the same may differ by a zero-width space, and a control character can make a
//! terminal do something unexpected. Such characters usually come from copying text from a web page or a
//! chat. The invisible joiners in emoji and in scripts that need them are fine.
//!
//! ## Bad
//!
//! ```text
//! let channel: Text = "#inci<U+200B>dents"
//! ```
//!
//! ## Good
//!
//! ```quell
//! let channel: Text = "#incidents"
//! ```

use crate::{
    diagnostic::{Diagnostic, Fix, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "invisible-character";

/// The characters in a comment, a text or elsewhere, between the ends of `span`.
pub fn found(span: Span, letters: &[char], fix: Option<Fix>) -> Diagnostic {
    let mut finding =
        Diagnostic::new(CODE, Level::Warning, span, format!("invisible character {}", listed(letters)))
            .note("two texts that look the same may differ because of it");
    finding.fixes.extend(fix);
    finding
}

/// `U+202E and U+202C`, each once and not all of many.
pub(super) fn listed(letters: &[char]) -> String {
    let mut names: Vec<String> = Vec::new();
    for letter in letters {
        let name = format!("U+{:04X}", u32::from(*letter));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first} or {second}"),
        [first, rest @ ..] => format!("{first} or one of {} others", rest.len()),
    }
}
