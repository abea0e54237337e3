//! Edits made in a text: all of them as they are said, or none. Whatever is written back to a file of a
//! user's, or sent to an editor, is made here.

use std::fmt;

use super::Edit;

/// Why edits can't be made in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// One ends behind the text, or before it starts.
    Outside,
    /// One starts or ends within a character.
    Split,
    /// Two change the same bytes.
    Overlap,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Misfit::Outside => "an edit lies outside the text",
            Misfit::Split => "an edit splits a character",
            Misfit::Overlap => "two edits overlap",
        })
    }
}

/// A text after edits of one file, in any order. What is inserted at the same place comes in the order given.
pub fn edited<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Result<String, Misfit> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start > end || end > text.len() {
            return Err(Misfit::Outside);
        }
        if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            return Err(Misfit::Split);
        }
        if start < at {
            return Err(Misfit::Overlap);
        }
        after.push_str(&text[at..start]);
        after.push_str(&edit.replacement);
        at = end;
    }
    after.push_str(&text[at..]);
    Ok(after)
}

/// Whether two edits change the same bytes or meet: made together, one could undo what the other means.
pub fn clash(edit: &Edit, other: &Edit) -> bool {
    let (a, b) = (edit.span, other.span);
    a.file == b.file && a.start <= b.end && b.start <= a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn edit(start: u32, end: u32, replacement: &str) -> Edit {
        Edit { span: Span::new(FileId(0), start, end), replacement: replacement.to_owned() }
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        assert_eq!(edited("aäb", &[edit(3, 4, "c"), edit(0, 1, "")]), Ok("äc".to_owned()));
        assert_eq!(edited("ab", &[edit(1, 1, "x"), edit(1, 1, "y"), edit(1, 2, "")]), Ok("axy".to_owned()));
        assert_eq!(edited("ab", &[]), Ok("ab".to_owned()));
    }

    #[test]
    fn an_edit_that_does_not_fit_changes_nothing() {
        assert_eq!(edited("aäb", &[edit(2, 3, "")]), Err(Misfit::Split));
        assert_eq!(edited("aäb", &[edit(0, 2, "")]), Err(Misfit::Split));
        assert_eq!(edited("ab", &[edit(1, 3, "")]), Err(Misfit::Outside));
        assert_eq!(edited("ab", &[edit(2, 1, "")]), Err(Misfit::Outside));
        assert_eq!(edited("abc", &[edit(0, 2, ""), edit(1, 3, "")]), Err(Misfit::Overlap));
        assert_eq!(edited("abc", &[edit(0, 2, ""), edit(1, 1, "x")]), Err(Misfit::Overlap));
    }

    #[test]
    fn edits_that_meet_clash() {
        assert!(clash(&edit(0, 2, ""), &edit(2, 3, "")) && clash(&edit(1, 1, "a"), &edit(1, 1, "b")));
        assert!(!clash(&edit(0, 1, ""), &edit(2, 3, "")));
        let other = Edit { span: Span::new(FileId(1), 0, 2), replacement: String::new() };
        assert!(!clash(&edit(0, 2, ""), &other));
    }
}
