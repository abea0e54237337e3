//! What stands at a place, as a message names it.

use super::span;
use crate::{
    source::Span,
    syntax::{SyntaxKind, trivia::loose_token},
};

/// What stands at a place: a token on the same line, or nothing more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'t> {
    /// The token's text; empty at the end of the line.
    pub text: &'t str,
    pub kind: SyntaxKind,
    pub start: usize,
    pub end: usize,
    at_file_end: bool,
}

impl<'t> Found<'t> {
    /// What stands at or behind `at` on its line.
    pub fn at(text: &'t str, at: usize) -> Self {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let rest = &text[start..];
        if rest.is_empty() || rest.starts_with(['\r', '\n']) || rest.starts_with("//") {
            let kind = SyntaxKind::Whitespace;
            let at_file_end = rest.trim().is_empty();
            return Self { text: "", kind, start, end: start, at_file_end };
        }
        let token = loose_token(text, start, text.len());
        Self { text: &text[start..token.end], kind: token.kind, start, end: token.end, at_file_end: false }
    }

    /// Whether a token stands there.
    pub fn is_token(&self) -> bool {
        !self.text.is_empty()
    }

    pub fn span(&self) -> Span {
        span(self.start, self.end)
    }

    /// As a message names it: `` `when` ``, "a text", "the end of the line".
    pub fn name(&self) -> String {
        if self.text.is_empty() {
            let place = if self.at_file_end { "the end of the file" } else { "the end of the line" };
            return place.to_owned();
        }
        if self.text.starts_with('"') {
            return "a text".to_owned();
        }
        if self.text.chars().any(|character| character.is_control() || character.is_whitespace()) {
            let code = self.text.chars().next().map_or(0, u32::from);
            return format!("the character U+{code:04X}");
        }
        format!("`{}`", shortened(self.text))
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
