//! A character can't be seen.
//!
//! ## Why
//!
//! Two names or keys that look the same may differ in a space of no width, and a control character may tell a
//! terminal to do something. They come along when text is copied from web pages and chats. Emoji that are put
//! together by invisible joiners are fine, and so are the joiners that some scripts need.
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
    let mut finding = Diagnostic::new(CODE, Level::Warning, span, format!("{} can't be seen", listed(letters)))
        .note("what looks the same may differ here");
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
