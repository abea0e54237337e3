//! The two streams to the outside, and whether they take colours.
//!
//! Everything is written with ANSI colours; the streams take them out again where they aren't
//! wanted, so no other code asks. A reader that goes away (`| head`) is no error: the rest of the
//! output is dropped, and the exit code still tells the result.

#![allow(clippy::disallowed_methods, reason = "this is the place for streams")]

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use anstream::{
    AutoStream, ColorChoice,
    stream::{AsLockedWrite, RawStream},
};

use crate::args::ColorWhen;

/// Standard output and standard error.
pub struct Console {
    /// For results.
    pub out: Output,
    /// For everything else.
    pub err: Output,
}

impl Console {
    /// The streams of this process.
    pub fn new(color: ColorWhen) -> Self {
        Self { out: Output::new(io::stdout(), color), err: Output::new(io::stderr(), color) }
    }

    /// Writes out what is still held back.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.err.flush()
    }
}

/// A stream to the outside.
pub struct Output {
    writer: BufWriter<Box<dyn Write>>,
    terminal: bool,
    closed: bool,
}

impl Output {
    fn new(stream: impl RawStream + AsLockedWrite + IsTerminal + 'static, color: ColorWhen) -> Self {
        let terminal = IsTerminal::is_terminal(&stream);
        let choice = match color {
            ColorWhen::Auto => AutoStream::choice(&stream),
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        };
        let writer: Box<dyn Write> = Box::new(AutoStream::new(stream, choice));
        Self { writer: BufWriter::new(writer), terminal, closed: false }
    }

    /// Whether a person is likely to watch.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    fn quietly<T>(&mut self, result: io::Result<T>, dropped: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(dropped)
            }
            result => result,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.writer.write(bytes);
        self.quietly(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.writer.flush();
        self.quietly(result, ())
    }
}
