//! Regular files: a new text is written beside the old one and takes its place in one step.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::Path,
};

use super::live;

/// Makes a file that isn't there yet.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = live::beside(path, live::Mode::New)?;
    fill(&mut beside, bytes)?;
    beside.take_new_place(path)
}

/// Replaces a file. It keeps its mode, its owner, its group and its links; one that holds the text already
/// isn't touched.
pub fn replace(path: &Path, before: &Metadata, bytes: &[u8]) -> io::Result<()> {
    if holds(path, before, bytes) {
        return Ok(());
    }
    if before.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
    }
    // Another file in its place would be one that its other names don't lead to.
    if links(before) > 1 {
        return in_place(path, bytes);
    }
    let mut beside = live::beside(path, live::Mode::Replacement)?;
    fill(&mut beside, bytes)?;
    if give(&beside.file, before).is_err() {
        // Only its owner can give a file away, but whoever may write can keep whose it is.
        drop(beside);
        return in_place(path, bytes);
    }
    beside.file.set_permissions(before.permissions())?;
    match beside.take_place(path) {
        // Mounted by itself, as containers do with single files.
        Err(error) if matches!(error.kind(), ErrorKind::ResourceBusy | ErrorKind::CrossesDevices) => {
            in_place(path, bytes)
        }
        result => result,
    }
}

fn fill(beside: &mut live::Beside, bytes: &[u8]) -> io::Result<()> {
    beside.file.write_all(bytes)?;
    beside.file.sync_all()
}

fn holds(path: &Path, before: &Metadata, bytes: &[u8]) -> bool {
    before.len() == bytes.len() as u64 && std::fs::read(path).is_ok_and(|known| known == bytes)
}

#[cfg(unix)]
fn links(data: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(data)
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

/// Gives a file to whom another belongs.
#[cfg(unix)]
fn give(file: &File, to: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    let owner = (own.uid() != to.uid()).then(|| to.uid());
    let group = (own.gid() != to.gid()).then(|| to.gid());
    if owner.is_none() && group.is_none() { Ok(()) } else { fchown(file, owner, group) }
}

#[cfg(not(unix))]
fn give(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Writes over the text of a file, and writes the old one back if that fails. What is longer comes first:
/// if a disk is full, it shows before anything else has changed.
fn in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _held = live::hold();
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut before = Vec::new();
    file.read_to_end(&mut before)?;
    let shared = bytes.len().min(before.len());
    let mut change = || {
        file.seek(SeekFrom::Start(shared as u64))?;
        file.write_all(&bytes[shared..])?;
        file.sync_all()?;
        overwrite(&mut file, &bytes[..shared], bytes.len())
    };
    change().inspect_err(|_| {
        // What failed is the news; the old text is where it was, but for what was written over it.
        let _ = overwrite(&mut file, &before, before.len());
    })
}

fn overwrite(file: &mut File, bytes: &[u8], length: usize) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)?;
    file.set_len(length as u64)?;
    file.sync_all()
}
