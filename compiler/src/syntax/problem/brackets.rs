//! Which brace was forgotten: the indentation tells.

use crate::syntax::{SyntaxKind, trivia::loose};

/// The first brace behind `open` whose closing brace begins its line further left than the line of
/// the opening one: both.
pub(super) fn suspect(text: &str, open: usize) -> Option<(usize, usize)> {
    let mut stack = Vec::new();
    for piece in loose(text, open, text.len()) {
        match piece.kind {
            SyntaxKind::LeftBrace => stack.push(piece.start),
            SyntaxKind::RightBrace => {
                let opening = stack.pop()?;
                let left = indentation(text, opening);
                let closes_line = text[line_start(text, piece.start)..piece.start].trim().is_empty();
                if closes_line && indentation(text, piece.start) < left && opening != open {
                    return Some((opening, piece.start));
                }
            }
            _ => {}
        }
    }
    None
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
