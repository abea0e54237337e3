//! A world's files, as codespan-reporting asks for them: with what can't be seen in them as symbols, so that
//! what it draws below a line stands below the right letters.

use std::{collections::BTreeMap, ops::Range};

use codespan_reporting::files::{Error, Files};
use quell_compiler::{
    diagnostic::Diagnostic,
    source::{FileId, SourceFile, Span},
    visible::{hidden, symbol},
    world::World,
};

/// The files of a world.
pub struct Sources<'w> {
    /// The world.
    pub world: &'w dyn World,
    /// The files in which something can't be seen.
    shown: BTreeMap<FileId, Shown>,
}

/// A file as it is shown.
struct Shown {
    file: SourceFile,
    /// Where a symbol stands in the file, and by how much what follows it has moved.
    moved: Vec<(usize, usize)>,
}

impl<'w> Sources<'w> {
    /// The files that findings are about.
    pub fn of(world: &'w dyn World, findings: &[Diagnostic]) -> Self {
        let mut files: Vec<FileId> =
            findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span.file).collect();
        files.sort_unstable();
        files.dedup();
        let shown = files.into_iter().filter_map(|file| Some((file, Shown::of(world.source(file))?)));
        Self { world, shown: shown.collect() }
    }

    /// Where a span is in the file as it is shown.
    pub fn range(&self, span: Span) -> Range<usize> {
        let range = span.start as usize..span.end as usize;
        match self.shown.get(&span.file) {
            Some(shown) => shown.offset(range.start)..shown.offset(range.end),
            None => range,
        }
    }

    fn file(&self, id: FileId) -> &SourceFile {
        self.shown.get(&id).map_or_else(|| self.world.source(id), |shown| &shown.file)
    }
}

impl Shown {
    /// None where all can be seen.
    fn of(source: &SourceFile) -> Option<Self> {
        let text = &*source.text;
        let (mut out, mut moved, mut done) = (String::new(), Vec::new(), 0);
        for (at, letter) in hidden(text, &['\n', '\t']) {
            // A line end of Windows isn't shown as a letter anyway.
            if text[at..].starts_with("\r\n") {
                continue;
            }
            out.push_str(&text[done..at]);
            out.push_str(&symbol(letter));
            done = at + letter.len_utf8();
            moved.push((at, out.len() - done));
        }
        (done > 0).then(|| {
            out.push_str(&text[done..]);
            Self { file: SourceFile::new(source.path(), out), moved }
        })
    }

    fn offset(&self, at: usize) -> usize {
        let before = self.moved.partition_point(|(symbol, _)| *symbol < at);
        at + before.checked_sub(1).map_or(0, |last| self.moved[last].1)
    }
}

impl<'a> Files<'a> for Sources<'_> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.file(id).name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.file(id).text)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, Error> {
        Ok(self.file(id).lines().line(byte_index as u32) as usize)
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, Error> {
        Ok(line_range(self.file(id), line_index as u32))
    }
}

/// The bytes of a line, counted from 0, with its end.
pub fn line_range(file: &SourceFile, line: u32) -> Range<usize> {
    let lines = file.lines();
    let end = if line + 1 < lines.count() { lines.start(line + 1) as usize } else { file.text.len() };
    lines.start(line) as usize..end
}
