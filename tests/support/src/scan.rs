//! Just enough of the language to damage it at its joints: words, numbers, texts, signs, comments, blanks.
//! It shares no code with the compiler, which is what is tried.

use std::ops::Range;

/// The pieces of a text, blanks too; they lie side by side and hold all of it.
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let length = if first.is_alphanumeric() || first == '_' {
            run(|c| c.is_alphanumeric() || c == '_')
        } else if first == ' ' {
            run(|c| c == ' ')
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("\"\"\"") {
            3
        } else if first == '"' {
            let line = rest.find('\n').unwrap_or(rest.len());
            rest[1..line].find('"').map_or(1, |at| at + 2)
        } else {
            first.len_utf8()
        };
        let start = text.len() - rest.len();
        all.push(start..start + length);
        rest = &rest[length..];
    }
    all
}

/// The pieces that are no blanks and no line ends.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut all = pieces(text);
    all.retain(|piece| !text[piece.clone()].trim().is_empty());
    all
}

/// The lines with their ends.
pub fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let line = |line: &str| {
        at += line.len();
        at - line.len()..at
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_the_whole_text() {
        for text in ["let a = \"x ${y}\" // ä\r\n\tb(1,2)\"", "\"\"\"\n ü \"\"\" \u{FEFF}", ""] {
            let back: String = pieces(text).into_iter().map(|piece| &text[piece]).collect();
            assert_eq!(back, text);
        }
        assert_eq!(tokens("let a = \"b c\" // d").len(), 5);
        assert_eq!(lines("a\r\nb").len(), 2);
    }
}
