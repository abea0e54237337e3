//! Characters of a text that deceive whoever reads it: they can't be seen, or turn what is around them.
//! And letters that names can't have.

use rowan::GreenNode;

use super::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Safety},
    findings::syntax::{direction_mark, invisible_character, missing_name},
    source::{FileId, Span},
    visible::{hidden, is_direction_mark},
};

/// So many findings of a chunk are enough.
const MOST: usize = 50;

/// The findings of a chunk; their places are offsets in it.
pub(crate) fn characters(text: &str, green: &GreenNode) -> Vec<Diagnostic> {
    if hidden(text, LINES).next().is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for token in tokens(green) {
        let start = usize::from(token.text_range().start());
        let marks: Vec<(usize, char)> = hidden(token.text(), LINES)
            // A carriage return has findings of its own, and so has the mark at the beginning of a file.
            .filter(|(at, letter)| *letter != '\r' && !(*letter == '\u{FEFF}' && start + at == 0))
            .map(|(at, letter)| (start + at, letter))
            .collect();
        let (turning, others): (Vec<_>, Vec<_>) =
            marks.into_iter().partition(|(_, letter)| is_direction_mark(*letter));
        let place = Place::of(&token);
        if let Some(span) = stretch(&turning) {
            let letters: Vec<char> = turning.iter().map(|(_, letter)| *letter).collect();
            found.push(direction_mark::found(span, &letters, repair(place, &turning)));
        }
        if let Some(span) = stretch(&others) {
            let letters: Vec<char> = others.iter().map(|(_, letter)| *letter).collect();
            found.push(invisible_character::found(span, &letters, repair(place, &others)));
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// What a text says of its own lines.
const LINES: &[char] = &['\n', '\t', '\r'];

fn tokens(green: &GreenNode) -> impl Iterator<Item = SyntaxToken> {
    let root = SyntaxNode::new_root(green.clone());
    root.descendants_with_tokens().filter_map(|element| element.into_token())
}

/// Where a character stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Comment,
    Text,
    Code,
}

impl Place {
    fn of(token: &SyntaxToken) -> Self {
        match token.kind() {
            SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::FileDoc => Place::Comment,
            SyntaxKind::StringText | SyntaxKind::BlockText => Place::Text,
            _ => Place::Code,
        }
    }
}

/// From the first to the last of them: what lies between is what they act on.
fn stretch(marks: &[(usize, char)]) -> Option<Span> {
    let ((first, _), (last, letter)) = (marks.first()?, marks.last()?);
    Some(Span::new(FileId(0), *first as u32, (last + letter.len_utf8()) as u32))
}

/// In a comment they mean nothing and go; in a text the same is said so that it can be seen.
fn repair(place: Place, marks: &[(usize, char)]) -> Option<Fix> {
    let title = match place {
        Place::Comment => "remove them",
        Place::Text => "write them as `\\u{...}`",
        Place::Code => return None,
    };
    let edit = |(at, letter): &(usize, char)| Edit {
        span: Span::new(FileId(0), *at as u32, (at + letter.len_utf8()) as u32),
        replacement: match place {
            Place::Text => letter.escape_unicode().to_string(),
            Place::Comment | Place::Code => String::new(),
        },
    };
    let title = title.to_owned();
    Some(Fix { title, safety: Safety::Safe, edits: marks.iter().map(edit).collect() })
}

/// Says once for each name which letters it can't have; what else was found on such a line only follows
/// from that.
pub(crate) fn names(text: &str, green: &GreenNode, diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.is_empty() || text.is_ascii() {
        return;
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut lines = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    let mut end = 0;
    for token in tokens(green) {
        let start = usize::from(token.text_range().start());
        let strange = |letter: char| !letter.is_ascii() && letter.is_alphabetic();
        let is_code = !token.kind().is_trivia() && Place::of(&token) == Place::Code;
        let first = token.text().char_indices().find(|(_, letter)| strange(*letter));
        let Some((at, letter)) = first.filter(|_| is_code && start >= end) else { continue };
        let at = start + at;
        let part = |letter: char| letter.is_alphanumeric() || letter == '_';
        end = text[at..].find(|letter| !part(letter)).map_or(text.len(), |length| at + length);
        let begin = text[..at]
            .rfind(|letter| !part(letter))
            .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let span = Span::new(FileId(0), at as u32, (at + letter.len_utf8()) as u32);
        lines.push(text[..at].matches('\n').count());
        if !known.contains(&&text[begin..end]) {
            known.push(&text[begin..end]);
            found.push(missing_name::letter(span, letter, &text[begin..end]));
        }
        if found.len() >= MOST {
            break;
        }
    }
    let line = |span: Span| text[..(span.start as usize).min(text.len())].matches('\n').count();
    if !lines.is_empty() {
        diagnostics.retain(|finding| !lines.contains(&line(finding.span())));
        diagnostics.append(&mut found);
        diagnostics.sort_by_key(Diagnostic::span);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        diagnostic::{Diagnostic, Level, Safety},
        source::FileId,
        syntax::parse,
    };

    fn found(text: &str) -> Vec<Diagnostic> {
        parse(text).diagnostics(FileId(0))
    }

    fn codes(text: &str) -> Vec<(&'static str, Level, &str)> {
        let place = |finding: &Diagnostic| {
            let span = finding.span();
            &text[span.start as usize..span.end as usize]
        };
        found(text).iter().map(|finding| (finding.code, finding.level, place(finding))).collect()
    }

    /// The text after all safe repairs.
    fn repaired(text: &str) -> String {
        let fixes = found(text).into_iter().flat_map(|finding| finding.fixes);
        let mut edits: Vec<_> =
            fixes.filter(|fix| fix.safety == Safety::Safe).flat_map(|fix| fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut text = text.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
        }
        text
    }

    #[test]
    fn marks_of_direction_are_errors_wherever_they_stand() {
        let comment = "// approved \u{202e}\u{2066} by lead\u{2069}\nlet a: Int = 1\n";
        assert_eq!(codes(comment).len(), 1, "one for each comment: {:?}", codes(comment));
        assert_eq!(codes(comment)[0].0, "direction-mark");
        assert_eq!(codes(comment)[0].1, Level::Error);
        assert_eq!(repaired(comment), "// approved  by lead\nlet a: Int = 1\n");
        let text = "let a: Text = \"x\u{202e}y\u{202c}\"\n";
        assert_eq!(codes(text), [("direction-mark", Level::Error, "\u{202e}y\u{202c}")]);
        assert_eq!(repaired(text), "let a: Text = \"x\\u{202e}y\\u{202c}\"\n");
        let block = "let a: Text = \"\"\"\n  x\u{2066}\n  \"\"\"\n";
        assert_eq!(repaired(block), "let a: Text = \"\"\"\n  x\\u{2066}\n  \"\"\"\n");
        let code = "let a\u{202e}: Int = 1\n";
        assert!(codes(code).iter().any(|(code, ..)| *code == "direction-mark"), "{:?}", codes(code));
        assert_eq!(codes("// a\u{200f}\nlet a: Int = 1\n")[0].1, Level::Warning);
    }

    #[test]
    fn what_cannot_be_seen_is_a_warning() {
        let text = "// a\u{200b}\u{1b}b\nlet a: Text = \"#inci\u{200b}dents\"\n";
        let invisible = |place| ("invisible-character", Level::Warning, place);
        assert_eq!(codes(text), [invisible("\u{200b}\u{1b}"), invisible("\u{200b}")]);
        assert_eq!(repaired(text), "// ab\nlet a: Text = \"#inci\\u{200b}dents\"\n");
        assert_eq!(repaired(&repaired(text)), repaired(text));
    }

    #[test]
    fn what_people_write_is_fine() {
        for text in [
            "// 👩‍💻 می‌خواهم שלום größe\nlet a: Text = \"👨🏽‍🚒 ❤️ \\u{202e}\"\n",
            "\u{feff}let a: Int = 1\r\nlet b: Int = 2\r\n",
            "/// Привет.\nlet a: Text = \"\"\"\n  日本語\t\n  \"\"\"\n",
        ] {
            assert_eq!(codes(text), [], "{text}");
        }
    }

    #[test]
    fn a_name_says_once_which_letters_it_may_have() {
        let text = "let größe: Int = 1\nrecord Gerät { höhe: Int }\nfn f(größe: Int) -> Int = größe\n";
        let found = codes(text);
        assert_eq!(
            found.iter().map(|(_, _, place)| *place).collect::<Vec<_>>(),
            ["ö", "ä", "ö", "ö"],
            "{found:?}"
        );
        assert!(found.iter().all(|(code, ..)| *code == "missing-name"), "{found:?}");
    }
}
