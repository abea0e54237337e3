//! Rows of text, each piece with what it is for the eye.

use crate::simulate::timeline::{Piece, Role, Row, Tone};

/// The width of everything that is laid out here.
pub(super) const WIDTH: usize = 80;

/// A piece of a row.
pub(super) fn piece(text: impl Into<String>, role: Role) -> Piece {
    Piece { text: text.into(), role }
}

/// Plain words.
pub(super) fn plain(text: impl Into<String>) -> Piece {
    piece(text, Role::Text(Tone::Plain))
}

/// What is only said by the way.
pub(super) fn quiet(text: impl Into<String>) -> Piece {
    piece(text, Role::Quiet)
}

/// A row that is a heading.
pub(super) fn heading(text: impl Into<String>) -> Row {
    vec![piece(text, Role::Heading)]
}

/// The text on one line, cut to so many characters.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit.saturating_sub(1)) {
        Some((end, _)) if line[end..].chars().count() > 1 => format!("{}…", line[..end].trim_end()),
        _ => line,
    }
}
