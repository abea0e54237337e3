//! Offsets of bytes to lines and characters of the protocol and back, in UTF-8 or UTF-16.

use quell_compiler::source::{FileId, SourceFile, Span, part};
use tower_lsp_server::ls_types::{Position, PositionEncodingKind, Range};

/// What a character of a position counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of two bytes: what each client understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// The cheapest of those that the client offers.
    pub fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let utf8 = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        if utf8 { Encoding::Utf8 } else { Encoding::Utf16 }
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// The length of a text.
    pub fn length(self, text: &str) -> u32 {
        match self {
            Encoding::Utf8 => text.len() as u32,
            Encoding::Utf16 => text.chars().map(|it| it.len_utf16() as u32).sum(),
        }
    }

    /// The position of an offset.
    pub fn position(self, source: &SourceFile, offset: u32) -> Position {
        let offset = (offset as usize).min(source.text.len());
        let line = source.lines().line(offset as u32);
        let start = source.lines().start(line) as usize;
        Position::new(line, self.length(part(&source.text, start, offset)))
    }

    /// The range of a span.
    pub fn range(self, source: &SourceFile, span: Span) -> Range {
        Range::new(self.position(source, span.start), self.position(source, span.end))
    }

    /// The offset of a position; what lies behind the end of its line means that end.
    pub fn offset(self, source: &SourceFile, position: Position) -> u32 {
        let lines = source.lines();
        if position.line >= lines.count() {
            return source.text.len() as u32;
        }
        let start = lines.start(position.line) as usize;
        let end = if position.line + 1 < lines.count() {
            lines.start(position.line + 1) as usize
        } else {
            source.text.len()
        };
        let line = source.text[start..end].trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, letter) in line.char_indices() {
            let next = units + self.length(letter.encode_utf8(&mut [0; 4]));
            if next > position.character {
                return (start + at) as u32;
            }
            units = next;
        }
        (start + line.len()) as u32
    }

    /// The span of a range.
    pub fn span(self, file: FileId, source: &SourceFile, range: Range) -> Span {
        let start = self.offset(source, range.start);
        Span::new(file, start, self.offset(source, range.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aä😀b\r\nc\n\nlast";

    #[test]
    fn positions_and_offsets_are_inverse_in_both_encodings() {
        let source = SourceFile::new("a", TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (offset, _) in TEXT.char_indices().filter(|(_, letter)| *letter != '\n') {
                let position = encoding.position(&source, offset as u32);
                assert_eq!(encoding.offset(&source, position), offset as u32, "{encoding:?} {offset}");
            }
        }
    }

    #[test]
    fn characters_count_units() {
        let source = SourceFile::new("a", TEXT);
        let b = TEXT.find('b').map_or(0, |at| at as u32);
        assert_eq!(Encoding::Utf8.position(&source, b), Position::new(0, 7));
        assert_eq!(Encoding::Utf16.position(&source, b), Position::new(0, 4));
        // In the middle of a letter means before it, behind the end means the end.
        assert_eq!(Encoding::Utf16.offset(&source, Position::new(0, 3)), 3);
        assert_eq!(Encoding::Utf16.offset(&source, Position::new(0, 99)), b + 1);
        assert_eq!(Encoding::Utf16.offset(&source, Position::new(99, 0)), TEXT.len() as u32);
    }
}
