//! Writing: the only place that changes files.
//!
//! [`target`] resolves a path, [`regular`] replaces the text of a regular file, [`live`] removes
//! half-written files when the process receives a signal, and [`mark`] distinguishes Quell's own results
//! from what people and other tools wrote. docs/output.md lists the guarantees.

#![allow(clippy::disallowed_methods, reason = "this is the place for them")]

mod live;
mod mark;
mod regular;
mod target;

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use crate::{
    error::Failure,
    fence::Fence,
    files::{self, display},
};
pub use mark::{DOCUMENTATION, Kind, SNAPSHOTS, STATISTICS};
use target::Target;

/// Whether `--force` was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// What Quell didn't write is replaced too.
    Given,
    /// It stays.
    Absent,
}

impl From<bool> for Force {
    fn from(given: bool) -> Self {
        if given { Force::Given } else { Force::Absent }
    }
}

/// Where a result went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Into a regular file.
    File,
    /// Into a device, a pipe, a socket or an open file of this process.
    Stream,
}

/// Writes a result to the file that was named for it. A file that Quell didn't write stays, unless forced.
pub fn write(fence: &Fence, path: &Path, text: &str, kind: Kind, force: Force) -> Result<Written, Failure> {
    let target = find(fence, path)?;
    if force == Force::Absent {
        refuse_foreign(path, &target, kind)?;
    }
    put(&target, text).map_err(|error| match target.is_stream() {
        true => Failure::Unwritable { path: display(path), cause: cause(path, &error), help: None },
        false => unwritable(path, &error),
    })?;
    Ok(if target.is_stream() { Written::Stream } else { Written::File })
}

/// What a path leads to, if that is inside the fence.
fn find(fence: &Fence, path: &Path) -> Result<Target, Failure> {
    fence.permit_write(path)?;
    let target = target::find(path).map_err(|error| unwritable(path, &error))?;
    match &target {
        // A link could have been put there between the two.
        Target::New(real) | Target::Regular(real, _) => fence.permit_target(path, real)?,
        _ => {}
    }
    Ok(target)
}

/// Refuses all of the files if one of them can't be replaced: for results that are only of use together.
pub fn refuse_any(
    fence: &Fence,
    paths: impl IntoIterator<Item = impl AsRef<Path>>,
    kind: Kind,
    force: Force,
) -> Result<(), Failure> {
    let mut refused = Vec::new();
    for path in paths {
        let path = path.as_ref();
        fence.permit_write(path)?;
        let target = target::find_maybe(path).map_err(|error| unwritable(path, &error))?;
        let foreign =
            target.filter(|_| force == Force::Absent).map(|target| refuse_foreign(path, &target, kind));
        refused.extend(foreign.and_then(Result::err));
    }
    Failure::all(refused).map_or(Ok(()), Err)
}

fn refuse_foreign(path: &Path, target: &Target, kind: Kind) -> Result<(), Failure> {
    let Target::Regular(file, _) = target else { return Ok(()) };
    let why = if mark::is_source(file) || mark::is_source(path) {
        "it is a source"
    } else if mark::is_ours(file, kind).map_err(|error| Failure::unreadable(path, error))? {
        return Ok(());
    } else {
        "Quell didn't write it"
    };
    Err(Failure::NotReplaced { path: display(path), why })
}

/// Replaces the text of a source that was read as `before`. Whoever reads the file meanwhile sees the old
/// text or the new one, never half of it. What somebody else has written since it was read stays; that it
/// holds the new text already, written under another of its names, is fine.
pub fn rewrite(fence: &Fence, path: &Path, before: &str, text: &str) -> Result<(), Failure> {
    let target = find(fence, path)?;
    let Target::Regular(file, _) = &target else {
        let error = match &target {
            Target::New(_) => io::Error::new(ErrorKind::NotFound, "it is gone"),
            _ => io::Error::other("it is not a regular file"),
        };
        return Err(unwritable(path, &error));
    };
    match fs::read(file) {
        Ok(bytes) if bytes == text.as_bytes() => Ok(()),
        Ok(bytes) if bytes != before.as_bytes() => {
            let error = io::Error::other("it has changed since it was read");
            Err(unwritable(path, &error))
        }
        Ok(_) => put(&target, text).map_err(|error| unwritable(path, &error)),
        Err(error) => Err(Failure::unreadable(path, error)),
    }
}

fn put(target: &Target, text: &str) -> io::Result<()> {
    match target {
        Target::New(path) => regular::create(path, text.as_bytes()),
        Target::Regular(path, before) => regular::replace(path, before, text.as_bytes()),
        stream => target::pour(stream, text.as_bytes()),
    }
}

/// Makes a folder, and those above it.
pub fn folder(fence: &Fence, path: &Path) -> Result<(), Failure> {
    fence.permit_write(path)?;
    fs::create_dir_all(path).map_err(|error| {
        let cause = if path.exists() && !path.is_dir() { "it is a file".to_owned() } else { words(&error) };
        Failure::Unwritable { path: display(path), cause, help: None }
    })
}

/// Takes away a result of Quell. Anything else stays.
pub fn remove(fence: &Fence, path: &Path, kind: Kind) -> Result<(), Failure> {
    let target = find(fence, path)?;
    refuse_foreign(path, &target, kind)?;
    fs::remove_file(path).map_err(|error| unwritable(path, &error))
}

/// Lays out a text for editors to show, read-only: a file of ours in a cache.
pub fn lay_out(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // An older text is read-only, so it is not replaced but put aside.
    let _ = fs::remove_file(path);
    regular::create(path, text.as_bytes())?;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let help = path.exists().then(|| "the file is as it was before".to_owned());
    Failure::Unwritable { path: display(path), cause: cause(path, error), help }
}

/// What is in the way, rather than what the system calls it.
fn cause(path: &Path, error: &io::Error) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| ".".into(), files::absolute);
    match error.kind() {
        _ if path.is_dir() => "it is a folder".to_owned(),
        ErrorKind::NotFound if !folder.exists() => format!("there is no folder `{}`", display(&folder)),
        ErrorKind::AlreadyExists => "somebody else has just made it".to_owned(),
        _ => words(error),
    }
}

/// `No space left on device (os error 28)`, without the number.
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}
