//! Source texts and positions in them.

use std::sync::Arc;

use crate::visible::visible_line;

/// The bytes `start..end` of a text. Places that aren't of this text are moved: to its end, or to the border
/// of the character that they are in, so that rather too much is read than nothing. For text that is only
/// read; what is written back is made by [`edited`](crate::diagnostic::edited), which moves nothing.
pub fn part(text: &str, start: usize, end: usize) -> &str {
    let (mut start, mut end) = (start.min(text.len()), end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if start < end { &text[start..end] } else { "" }
}

/// A source file of a [`World`](crate::world::World). One file is one module, so this is the identity of a
/// module too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file: `start` is in it, `end` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The smallest span that holds both; `self` where they lie in different files.
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at the end of this one.
    pub fn at_end(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// The bytes, as a range.
    pub fn range(self) -> std::ops::Range<u32> {
        self.start..self.end
    }

    /// Whether the two share a byte.
    pub fn meets(self, other: Span) -> bool {
        self.file == other.file && self.start < other.end && other.start < self.end
    }

    /// What the span covers of its file's `text`.
    pub fn of(self, text: &str) -> &str {
        part(text, self.start as usize, self.end as usize)
    }

    /// Whether `offset` lies in the span or at its end (where a cursor still touches it).
    pub fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }
}

/// A file's text with its lines.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// What people are shown: a path as they typed it, `<stdin>`, or `std/slack.quell`. One line, whatever
    /// the file is called.
    pub name: String,
    /// The same as it is, where that can't be shown.
    exact: Option<Box<str>>,
    /// The whole text.
    pub text: Arc<str>,
    lines: LineIndex,
}

impl SourceFile {
    /// A file called `name` with `text`.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let (name, text) = (name.into(), text.into());
        let lines = LineIndex::new(&text);
        let shown = visible_line(&name).into_owned();
        let exact = (shown != name).then(|| name.into());
        Self { name: shown, exact, lines, text }
    }

    /// Its name as it is: for programs.
    pub fn path(&self) -> &str {
        self.exact.as_deref().unwrap_or(&self.name)
    }

    /// What a span of this file covers.
    pub fn part(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// A line, counted from 0, without its end.
    pub fn line(&self, line: u32) -> &str {
        let rest = part(&self.text, self.lines.start(line) as usize, self.text.len());
        rest.split('\n').next().unwrap_or(rest)
    }

    /// Where the lines begin.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// Line and column of a byte offset, both counted from 1; the column counts characters.
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.line(offset);
        let start = self.lines.start(line) as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |text| text.chars().count());
        (line + 1, column as u32 + 1)
    }
}

/// The offsets at which lines begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the lines of `text`; a line ends behind `\n`.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The line, counted from 0, in which `offset` lies.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32 - 1
    }

    /// The offset at which `line`, counted from 0, begins; the last line's for one behind the end.
    pub fn start(&self, line: u32) -> u32 {
        let last = self.starts.len() - 1;
        self.starts[(line as usize).min(last)]
    }

    /// How many lines there are: at least one.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_never_less_than_what_was_asked_for() {
        assert_eq!(part("aäb", 1, 3), "ä");
        assert_eq!(part("aäb", 2, 2), "ä");
        assert_eq!(part("aäb", 0, 2), "aä");
        assert_eq!(part("aäb", 3, 99), "b");
        assert_eq!((part("aäb", 99, 100), part("aäb", 3, 1), part("", 0, 1)), ("", "", ""));
        let file = SourceFile::new("a", "one\ntwo");
        assert_eq!((file.line(0), file.line(1), file.line(9)), ("one", "two", "two"));
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let file = SourceFile::new("a", "äb\r\nc\n");
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(2), (1, 2));
        assert_eq!(file.line_column(5), (2, 1));
        assert_eq!(file.line_column(7), (3, 1));
        assert_eq!(file.lines().count(), 3);
        assert_eq!(file.lines().start(99), 7);
    }
}
