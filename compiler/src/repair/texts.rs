//! A text after edits, compared with the text before: what the edits didn't replace is there as it was, byte
//! by byte, word by word and comment by comment.

use std::collections::BTreeMap;

use super::Harm;
use crate::{
    diagnostic::{Edit, Safety, edited},
    source::FileId,
    syntax::{Parse, SyntaxElement, SyntaxKind, parse, parse_again},
    visible,
};

/// Makes edits of one file, and compares the result with the text before.
pub fn check_edits(text: &str, edits: &[&Edit], safety: Safety) -> Result<String, Harm> {
    let after = edited(text, edits.iter().copied()).map_err(Harm::Misfit)?;
    check_text(text, edits, &after, safety)?;
    Ok(after)
}

/// Compares `after` with `before`, from which `edits` made it. Comments inside what a safe edit replaces
/// must be there afterwards too, except for those that speak to Quell: their removal is a fix.
pub fn check_text(before: &str, edits: &[&Edit], after: &str, safety: Safety) -> Result<(), Harm> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    if !same_bytes(before, &edits, after) {
        return Err(Harm::Words);
    }
    let parsed = parse(before);
    let result = parse_again(after, &parsed);
    // A fix that is right for a text that parses may not fit one that doesn't.
    check_parsed(&parsed, &result, &edits, safety)
        .map_err(|harm| if parsed.is_good() { harm } else { Harm::Unfit })
}

fn check_parsed(before: &Parse, after: &Parse, edits: &[&Edit], safety: Safety) -> Result<(), Harm> {
    let errors = |parsed: &Parse| parsed.diagnostics(FileId(0)).len();
    if errors(after) > errors(before) {
        return Err(Harm::Syntax);
    }
    let (old, new) = (Words::new(before), Words::new(after));
    check_comments(&old, &new, edits, safety)?;
    // What couldn't be read and now can is read in other words.
    let same = errors(after) < errors(before) || same_words(&old, &new, edits);
    if safety == Safety::Safe && !same { Err(Harm::Words) } else { Ok(()) }
}

/// Whether `after` is `before` with nothing but the edits made.
fn same_bytes(before: &str, edits: &[&Edit], after: &str) -> bool {
    let (mut from, mut to) = (before.as_bytes(), after.as_bytes());
    let mut at = 0;
    for edit in edits {
        let Some(kept) = (edit.span.start as usize).checked_sub(at) else { return false };
        let gone = kept + (edit.span.end - edit.span.start) as usize;
        let come = kept + edit.replacement.len();
        if from.len() < gone || to.len() < come || from[..kept] != to[..kept] {
            return false;
        }
        if to[kept..come] != *edit.replacement.as_bytes() {
            return false;
        }
        (from, to, at) = (&from[gone..], &to[come..], at + gone);
    }
    from == to
}

/// The words and comments of a text, in order.
struct Words {
    /// Where each word starts and ends.
    words: Vec<(u32, u32)>,
    comments: Vec<(u32, u32, String)>,
}

impl Words {
    fn new(parsed: &Parse) -> Self {
        let mut found = Self { words: Vec::new(), comments: Vec::new() };
        let root = parsed.syntax();
        for token in root.descendants_with_tokens().filter_map(SyntaxElement::into_token) {
            let (start, end) = (token.text_range().start().into(), token.text_range().end().into());
            match token.kind() {
                SyntaxKind::Whitespace => {}
                kind if kind.is_trivia() => {
                    found.comments.push((start, end, seen(token.text().trim_end())));
                }
                _ => found.words.push((start, end)),
            }
        }
        found
    }
}

/// What people see of a comment: a fix may take out what they can't.
fn seen(comment: &str) -> String {
    let mut seen = comment.to_owned();
    let hidden: Vec<(usize, char)> = visible::hidden(comment, &['\n', '\r', '\t']).collect();
    for (at, letter) in hidden.into_iter().rev() {
        seen.replace_range(at..at + letter.len_utf8(), "");
    }
    seen.truncate(seen.trim_end().len());
    seen
}

fn check_comments(old: &Words, new: &Words, edits: &[&Edit], safety: Safety) -> Result<(), Harm> {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, _, comment) in &new.comments {
        *there.entry(comment).or_default() += 1;
    }
    for (start, end, comment) in &old.comments {
        let replaced = edits.iter().any(|edit| edit.span.start < *end && *start < edit.span.end);
        if replaced && (safety != Safety::Safe || speaks_to_quell(comment)) {
            continue;
        }
        match there.get_mut(&**comment).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => return Err(Harm::Comments),
        }
    }
    Ok(())
}

/// Whether a comment is an instruction, not a remark.
pub(super) fn speaks_to_quell(comment: &str) -> bool {
    comment.trim_start_matches('/').trim_start().starts_with("quell:")
}

/// Whether the words that no edit touches are words afterwards too, with the same ends.
fn same_words(old: &Words, new: &Words, edits: &[&Edit]) -> bool {
    let mut edits = edits.iter().peekable();
    let mut moved = 0i64;
    let mut after = new.words.iter();
    for (start, end) in &old.words {
        while let Some(edit) = edits.next_if(|edit| edit.span.end < *start) {
            moved += edit.replacement.len() as i64 - i64::from(edit.span.end - edit.span.start);
        }
        if edits.peek().is_some_and(|edit| edit.span.start <= *end) {
            continue;
        }
        let expected = (i64::from(*start) + moved, i64::from(*end) + moved);
        let found = after.find(|word| i64::from(word.0) >= expected.0);
        if found.is_none_or(|word| (i64::from(word.0), i64::from(word.1)) != expected) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn edit(start: usize, end: usize, replacement: &str) -> Edit {
        let span = Span::new(FileId(0), start as u32, end as u32);
        Edit { span, replacement: replacement.to_owned() }
    }

    fn made(text: &str, gone: &str, come: &str, safety: Safety) -> Result<String, Harm> {
        let start = text.find(gone).unwrap_or(text.len());
        check_edits(text, &[&edit(start, start + gone.len(), come)], safety)
    }

    #[test]
    fn a_good_edit_is_made() {
        let text = "use std.slack\nlet a: Int = 1 // one\n";
        assert_eq!(made(text, "use std.slack\n", "", Safety::Safe), Ok("let a: Int = 1 // one\n".to_owned()));
        assert!(made("let a: List<Int> = [1\n2]\n", "\n", ",\n", Safety::Safe).is_ok());
    }

    #[test]
    fn what_parses_no_more_is_not_made() {
        let text = "let a: Int = (1)\n";
        assert_eq!(made(text, ")", "", Safety::Unsafe), Err(Harm::Syntax));
        assert_eq!(made(text, "Int", "", Safety::Safe), Err(Harm::Syntax));
    }

    #[test]
    fn comments_stay_except_for_those_to_quell() {
        let text = "let a: Int = 1 // one\nlet b: Int = 2 // quell: allow(x) y\n";
        assert_eq!(made(text, "// one", "", Safety::Safe), Err(Harm::Comments));
        assert!(made(text, "// one", "", Safety::Unsafe).is_ok());
        assert!(made(text, "// quell: allow(x) y", "", Safety::Safe).is_ok());
        // What nobody sees of one isn't missed.
        let text = "// on\u{FEFF}e\nlet a: Int = 1\n";
        assert_eq!(made(text, "\u{FEFF}", "", Safety::Safe), Ok("// one\nlet a: Int = 1\n".to_owned()));
        // A comment that becomes a part of a text is gone too.
        assert_eq!(made("let a: Text = 1 // \"\n", "1", "\"", Safety::Unsafe), Err(Harm::Comments));
    }

    #[test]
    fn in_a_broken_text_a_fix_that_does_not_fit_is_no_fault() {
        let text = "let ana:  = P(id: \"ana\")\n";
        assert_eq!(check_edits(text, &[&edit(7, 7, ": P")], Safety::Safe), Err(Harm::Unfit));
        // Without the second mark the text can be read.
        let text = "\u{FEFF}\u{FEFF} record A {\n  t: Text = \"x\",\n}\n";
        assert!(check_edits(text, &[&edit(0, 6, "")], Safety::Safe).is_ok());
    }

    #[test]
    fn words_that_were_not_touched_stay_words() {
        let text = "let a: Int = 1\nlet b: Int = 2\n";
        assert_eq!(made(text, "1\n", "1 // ", Safety::Safe), Err(Harm::Words));
        assert!(check_edits("let a: Int = 1", &[&edit(0, 99, "")], Safety::Safe).is_err());
    }

    #[test]
    fn another_text_than_that_of_the_edits_is_found() {
        let text = "let a: Int = 1\n";
        let edit = edit(13, 14, "2");
        for (after, fine) in
            [("let a: Int = 2\n", true), ("let b: Int = 2\n", false), ("let a: Int = 2", false)]
        {
            assert_eq!(check_text(text, &[&edit], after, Safety::Safe).is_ok(), fine, "{after}");
        }
    }
}
