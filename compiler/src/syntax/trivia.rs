//! What lies between tokens: whitespace and comments. And the loose tokens of broken text.
//!
//! The grammar has trivia only as gaps; here the gaps get their tokens.

use super::SyntaxKind;

/// A piece of text with its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub kind: SyntaxKind,
    pub start: usize,
    pub end: usize,
}

/// Cuts `text[start..end]`, a gap between tokens, into whitespace and comments.
pub(crate) fn trivia(text: &str, start: usize, end: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = start;
    while at < end {
        let piece = next_trivia(text, at, end).unwrap_or_else(|| {
            // A gap holds nothing else; were the grammar wrong there, the text must still be kept.
            let length = text[at..end].chars().next().map_or(1, char::len_utf8);
            Piece { kind: SyntaxKind::ErrorText, start: at, end: at + length }
        });
        at = piece.end;
        pieces.push(piece);
    }
    pieces
}

/// The end of the trivia that begins at `start`.
pub(crate) fn skip_trivia(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(piece) = next_trivia(text, at, text.len()) {
        at = piece.end;
    }
    at
}

/// Cuts broken text into words, punctuation and trivia, so that the editor finds tokens in it.
pub(crate) fn loose(text: &str, start: usize, end: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = start;
    while at < end {
        let piece = next_trivia(text, at, end).unwrap_or_else(|| loose_token(text, at, end));
        at = piece.end;
        pieces.push(piece);
    }
    pieces
}

fn next_trivia(text: &str, start: usize, end: usize) -> Option<Piece> {
    let rest = &text[start..end];
    let bytes = rest.as_bytes();
    let blank = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
    if blank > 0 {
        return Some(Piece { kind: SyntaxKind::Whitespace, start, end: start + blank });
    }
    if rest.starts_with('\u{FEFF}') && start == 0 {
        return Some(Piece { kind: SyntaxKind::Whitespace, start, end: start + '\u{FEFF}'.len_utf8() });
    }
    if !rest.starts_with("//") {
        return None;
    }
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let length = if line < bytes.len() && bytes[line - 1] == b'\r' { line - 1 } else { line };
    Some(Piece { kind: comment_kind(rest), start, end: start + length })
}

fn comment_kind(comment: &str) -> SyntaxKind {
    match comment.as_bytes().get(2) {
        Some(b'!') => SyntaxKind::FileDoc,
        // Four slashes and more are a ruler, not a text.
        Some(b'/') if comment.as_bytes().get(3) != Some(&b'/') => SyntaxKind::DocComment,
        _ => SyntaxKind::Comment,
    }
}

/// The token of broken text that begins at `start`, where no trivia does.
pub(crate) fn loose_token(text: &str, start: usize, end: usize) -> Piece {
    use SyntaxKind::*;
    let rest = &text[start..end];
    let Some(first) = rest.chars().next() else {
        return Piece { kind: ErrorText, start, end };
    };
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let (kind, length) = match first {
        'a'..='z' | 'A'..='Z' | '_' => (Name, rest.bytes().take_while(|byte| word(byte)).count()),
        '0'..='9' => (ErrorText, rest.bytes().take_while(|byte| word(byte) || *byte == b'%').count()),
        '"' => (ErrorText, quoted_length(rest)),
        '{' => (LeftBrace, 1),
        '}' => (RightBrace, 1),
        '(' => (LeftParen, 1),
        ')' => (RightParen, 1),
        '[' => (LeftBracket, 1),
        ']' => (RightBracket, 1),
        ',' => (Comma, 1),
        ':' => (Colon, 1),
        '.' => (Dot, 1),
        '=' if rest.starts_with("=>") => (FatArrow, 2),
        '=' | '!' | '<' | '>' if rest[1..].starts_with('=') => (OpCompare, 2),
        '=' => (Equals, 1),
        '-' if rest.starts_with("->") => (Arrow, 2),
        '?' if rest.starts_with("??") => (OpCoalesce, 2),
        '&' if rest.starts_with("&&") => (ErrorText, 2),
        '|' if rest.starts_with("||") => (ErrorText, 2),
        other => (ErrorText, other.len_utf8()),
    };
    Piece { kind, start, end: start + length }
}

/// The length of a text in quotes at the start of `rest`; up to the line's end if it isn't closed.
fn quoted_length(rest: &str) -> usize {
    if let Some(inner) = rest.strip_prefix("\"\"\"") {
        return inner.find("\"\"\"").map_or(rest.len(), |at| at + 6);
    }
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '\n' | '\r' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = character == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Where the docs begin that stand directly above `end`: the last unbroken run of `///` lines in the
/// gap `start..end`. A `///` behind code on its line documents nothing.
pub(crate) fn docs_start(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut run = None;
    let mut own_line = text[..start].trim_start_matches('\u{FEFF}').is_empty();
    for piece in trivia(text, start, end) {
        match piece.kind {
            SyntaxKind::Whitespace => {
                let lines = line_ends(&text[piece.start..piece.end]);
                own_line |= lines > 0;
                if lines > 1 {
                    run = None;
                }
            }
            SyntaxKind::DocComment if own_line => run = run.or(Some(piece.start)),
            _ => run = None,
        }
    }
    run
}

/// How many lines end in a stretch of blanks; a return alone ends one too.
fn line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<SyntaxKind> {
        trivia(text, 0, text.len()).iter().map(|piece| piece.kind).collect()
    }

    #[test]
    fn comments_are_told_apart() {
        use SyntaxKind::*;
        assert_eq!(kinds("//! a\n"), [FileDoc, Whitespace]);
        assert_eq!(kinds("/// a\r\n//// b"), [DocComment, Whitespace, Comment]);
        assert_eq!(kinds("//"), [Comment]);
    }

    #[test]
    fn docs_are_the_unbroken_run_right_above() {
        let docs = |text: &str| docs_start(text, 0, text.len());
        assert_eq!(docs("/// a\n/// b\n"), Some(0));
        assert_eq!(docs("/// a\n\n/// b\n"), Some(7));
        assert_eq!(docs("/// a\n// b\n"), None);
        assert_eq!(docs_start("x\r/// a\n", 1, 8), Some(2));
        assert_eq!(docs_start("x /// a\n", 1, 8), None);
        assert_eq!(docs_start("\u{FEFF}/// a\n", 3, 9), Some(3));
    }

    #[test]
    fn loose_text_is_kept_whole() {
        let text = "whn \"a\\\"b\" ??= 5m{ ü // x\n\"\"\"open";
        let pieces = loose(text, 0, text.len());
        let back: String = pieces.iter().map(|piece| &text[piece.start..piece.end]).collect();
        assert_eq!(back, text);
    }
}
