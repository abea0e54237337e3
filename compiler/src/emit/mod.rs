//! Step graphs for other programs and for people.
//!
//! [`Document`] is the documented format, JSON with a version; the outline and the drawings are made from
//! it alone, so that the JSON contains everything that they show.

mod document;
mod dot;
mod drawing;
mod excerpt;
mod mermaid;
mod text;
mod wire;
pub(crate) mod words;

pub use document::document;
pub use dot::dot;
pub(crate) use excerpt::one_line;
pub use mermaid::mermaid;
pub use text::text;
pub use wire::*;

use crate::visible::visible_json;

/// The document as JSON, with a line break at its end.
pub fn json(document: &Document) -> String {
    // Texts and numbers in structs: nothing that JSON can't say.
    let mut text = visible_json(serde_json::to_string_pretty(document).unwrap_or_default());
    text.push('\n');
    text
}
