//! Reading: where a path leads is looked at before it is opened, and again afterwards.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{Fence, resolve};
use crate::{
    error::Failure,
    files::{LIMIT, display},
};

/// Traces are long, and larger ones than this don't fit into memory well.
const DOCUMENT_LIMIT: u64 = 256 << 20;

/// The bytes of a file, or the length of one that is over the limit.
pub type Content = Result<Vec<u8>, u64>;

impl Fence {
    /// The bytes of a file, or the length of one that is over the limit.
    pub fn read(&self, path: &Path) -> Result<Content, Failure> {
        let file = self.open(path)?;
        let length = file.metadata().map_or(0, |data| data.len());
        let mut bytes = Vec::new();
        // One more than allowed tells, also where the length isn't known before: a pipe, /dev/zero.
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Failure::unreadable(path, error))?;
        Ok(if bytes.len() as u64 <= LIMIT { Ok(bytes) } else { Err(length.max(LIMIT + 1)) })
    }

    /// The text of a file; the error says why there is none.
    pub fn read_text(&self, path: &Path) -> Result<String, Failure> {
        let too_large = |size: u64| Failure::unreadable(path, format!("it has {} MiB", size >> 20));
        let bytes = self.read(path)?.map_err(too_large)?;
        String::from_utf8(bytes).map_err(|_| Failure::unreadable(path, "it is not UTF-8"))
    }

    /// The bytes of a file that was found while walking, or of one that is named. One that can't be read,
    /// or has gone meanwhile, is skipped and told.
    pub fn read_or_skip(&self, path: &Path) -> Option<Content> {
        match self.read(path) {
            Ok(content) => Some(content),
            Err(Failure::Outside { .. }) => {
                self.skip_link(path);
                None
            }
            Err(Failure::Unreadable { cause, .. }) => {
                self.skip_unreadable(path, cause);
                None
            }
            Err(other) => {
                self.skip_unreadable(path, other.to_string());
                None
            }
        }
    }

    /// The text of a document that a program wrote; `-` is standard input.
    pub fn read_document(&self, path: &Path) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        let read = if path == Path::new("-") {
            io::stdin().take(DOCUMENT_LIMIT + 1).read_to_end(&mut bytes)
        } else {
            if !path.exists() {
                return Err(Failure::MissingPath { path: display(path), help: super::walk::similar(path) });
            }
            self.open(path)?.take(DOCUMENT_LIMIT + 1).read_to_end(&mut bytes)
        };
        read.map_err(|error| Failure::unreadable(path, error))?;
        if bytes.len() as u64 > DOCUMENT_LIMIT {
            return Err(Failure::unreadable(path, format!("it is larger than {} MiB", DOCUMENT_LIMIT >> 20)));
        }
        String::from_utf8(bytes).map_err(|_| Failure::unreadable(path, "it is not text in UTF-8"))
    }

    fn open(&self, path: &Path) -> Result<fs::File, Failure> {
        let unreadable = |error: io::Error| Failure::unreadable(path, error);
        if self.is_open(path) {
            return fs::File::open(path).map_err(unreadable);
        }
        // Nothing outside is opened even for a moment: a pipe would wait, a device might act.
        self.real_inside(path)?;
        let file = fs::File::open(path).map_err(unreadable)?;
        // A link could have been put there between the two: what is open must be what is inside.
        let real = self.real_inside(path)?;
        if is_same(&file, &real) { Ok(file) } else { Err(self.outside(path)) }
    }

    fn real_inside(&self, path: &Path) -> Result<PathBuf, Failure> {
        resolve(path).filter(|real| self.has(real)).ok_or_else(|| self.outside(path))
    }
}

#[cfg(unix)]
fn is_same(file: &fs::File, real: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(real)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same(_: &fs::File, _: &Path) -> bool {
    // The number of a file isn't to be had without more libraries.
    true
}
