//! A world's files, as codespan-reporting asks for them.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};
use quell_compiler::{
    source::{FileId, SourceFile},
    world::World,
};

/// The files of a world.
pub struct Sources<'w>(pub &'w dyn World);

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

impl Sources<'_> {
    fn file(&self, id: FileId) -> &SourceFile {
        self.0.source(id)
    }
}

/// The bytes of a line, counted from 0, with its end.
pub fn line_range(file: &SourceFile, line: u32) -> Range<usize> {
    let lines = file.lines();
    let end = if line + 1 < lines.count() { lines.start(line + 1) as usize } else { file.text.len() };
    lines.start(line) as usize..end
}
