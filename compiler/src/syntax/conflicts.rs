//! Marks of unresolved merge conflicts.

use crate::{
    diagnostic::Diagnostic,
    findings::syntax::conflict_marker,
    source::{FileId, Span},
};

/// The findings of the conflicts in a text: one each.
pub(super) fn conflicts(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open: Option<Span> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mark = place(line, offset);
        if is_mark(line, '<') {
            open = open.or(Some(mark));
        } else if is_mark(line, '>') {
            found.extend(open.take().map(|start| conflict_marker::report(start, mark)));
        }
        offset += line.len() as u32;
    }
    found
}

/// The name of the branch, or the mark if there is none.
fn place(line: &str, offset: u32) -> Span {
    let line = line.trim_end();
    let start = if line.len() > MARK.len() + 1 { MARK.len() + 1 } else { 0 };
    Span::new(FileId(0), offset + start as u32, offset + line.len() as u32)
}

const MARK: &str = "<<<<<<<";

/// Whether a line consists of seven times the letter, maybe followed by the name of a branch.
fn is_mark(line: &str, letter: char) -> bool {
    let rest = line.trim_start_matches(letter);
    line.len() - rest.len() == MARK.len() && (rest.trim().is_empty() || rest.starts_with(' '))
}
