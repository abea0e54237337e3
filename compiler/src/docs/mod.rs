//! What a module or a playbook says of itself, for people who call it or carry it out.
//!
//! [`reference()`] collects what a module declares, as plain data that is published as JSON;
//! [`runbook()`] tells a playbook as the page of a wiki would: what starts it, who owns it, what is done
//! in which order and under which conditions, who is told. Both are laid out as [`Block`]s, and these
//! are written as Markdown or as text for a terminal; no page is written in any other way.

mod block;
mod library;
mod markdown;
mod pages;
mod reference;
mod runbook;
mod sections;
mod text;
mod wire;

pub use block::{Block, Entry};
pub use library::Library;
pub use markdown::markdown;
pub use pages::{Page, pages};
pub use reference::reference;
pub use runbook::runbook;
pub use sections::{index, item_page, module_page};
pub use text::{Line, LineRole, text};
pub use wire::*;

use crate::visible::visible_json;

/// References as JSON, with a line break at its end.
pub fn json(reference: &Reference) -> String {
    // Texts and numbers in structs: nothing that JSON can't say.
    let mut text = visible_json(serde_json::to_string_pretty(reference).unwrap_or_default());
    text.push('\n');
    text
}
