//! The two streams to the outside, and what of a text they let through.
//!
//! Whatever is written here comes from sources, alerts, file names: nobody knows what stands in it. So
//! what can't be seen is shown as a symbol, and the only escape sequences that reach a terminal are the
//! styles of [`crate::render::style`], which nobody outside can write. Documents for programs go
//! through [`Output::exact`]. A reader that goes away (`| head`) is no error: the rest of the output is
//! dropped, and the exit code still tells the result.

#![allow(clippy::disallowed_methods, reason = "this is the place for streams")]

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use anstream::{
    AutoStream, ColorChoice,
    stream::{AsLockedWrite, RawStream},
};

use crate::{args::ColorWhen, render::style};

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

/// A stream to the outside, for people.
pub struct Output {
    writer: BufWriter<Box<dyn Write>>,
    /// A line that isn't whole yet.
    pending: Vec<u8>,
    coloured: bool,
    terminal: bool,
    closed: bool,
}

impl Output {
    fn new(stream: impl RawStream + AsLockedWrite + IsTerminal + 'static, color: ColorWhen) -> Self {
        let terminal = IsTerminal::is_terminal(&stream);
        let coloured = match color {
            ColorWhen::Auto => AutoStream::choice(&stream) != ColorChoice::Never,
            ColorWhen::Always => true,
            ColorWhen::Never => false,
        };
        let writer: Box<dyn Write> = Box::new(stream);
        Self { writer: BufWriter::new(writer), pending: Vec::new(), coloured, terminal, closed: false }
    }

    /// Whether a person is likely to watch.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// The stream for what programs read: each byte as it is. On a terminal it is a person who reads.
    pub fn exact(&mut self) -> Exact<'_> {
        Exact(self)
    }

    /// Begins anew, on an empty screen where there is one.
    pub fn begin_anew(&mut self) -> io::Result<()> {
        self.release(usize::MAX)?;
        self.raw(if self.terminal { b"\x1b[2J\x1b[3J\x1b[H" } else { b"\n" })
    }

    /// Shows what is held back, up to an offset.
    fn release(&mut self, end: usize) -> io::Result<()> {
        let rest = self.pending.split_off(end.min(self.pending.len()));
        let text = std::mem::replace(&mut self.pending, rest);
        if text.is_empty() {
            return Ok(());
        }
        let shown = style::shown(&String::from_utf8_lossy(&text), self.coloured);
        self.raw(shown.as_bytes())
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.writer.write_all(bytes);
        self.quietly(result)
    }

    fn quietly(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        // A line is whole: no letter and no style of it is still to come.
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            self.release(self.pending.len() - bytes.len() + end + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.release(usize::MAX)?;
        if self.closed {
            return Ok(());
        }
        let result = self.writer.flush();
        self.quietly(result)
    }
}

/// The same stream for programs.
pub struct Exact<'o>(&'o mut Output);

impl Write for Exact<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.terminal {
            return self.0.write(bytes);
        }
        self.0.release(usize::MAX)?;
        self.0.raw(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
