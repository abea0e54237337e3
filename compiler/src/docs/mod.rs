//! Documentation pages of modules and playbooks, for people who use or run them.
//!
//! [`reference()`] collects what a module declares, as plain data that is published as JSON;
//! [`runbook()`] describes a playbook like a runbook in a wiki: what starts it, who owns it, its steps with
//! their order and conditions, and whom it notifies. Both return [`Block`]s, which are rendered as Markdown
//! or as text for a terminal; pages are never written in any other way.

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

/// References as JSON, with a line break at the end.
pub fn json(reference: &Reference) -> String {
    // Structs of texts and numbers always serialize.
    let mut text = visible_json(serde_json::to_string_pretty(reference).unwrap_or_default());
    text.push('\n');
    text
}
