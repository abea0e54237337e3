//! The draft of a post-mortem, from the trace document of a run alone.
//!
//! [`facts`] reads what happened, [`sections`] writes it as Markdown. What only people know is left open
//! as a question.

mod facts;
mod questions;
mod sections;
mod words;

use crate::simulate::trace::wire::Document;
use facts::Facts;

/// The draft, in Markdown.
pub fn postmortem(document: &Document) -> String {
    let facts = Facts::of(document);
    let mut out = String::new();
    for section in [
        sections::title,
        sections::summary,
        sections::impact,
        sections::severity,
        sections::milestones,
        sections::causes,
        sections::actions,
        sections::people,
        sections::mishaps,
        sections::timeline,
        questions::questions,
    ] {
        let text = section(&facts);
        if !text.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&text);
        }
    }
    out
}
