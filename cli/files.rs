//! Reading on disk: where files are and how they are called. [`output`](crate::output) writes.

use std::{
    fs,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use ignore::WalkBuilder;
use quell_compiler::findings::suggest::nearest;

use crate::error::Failure;

/// The ending of Quell files.
pub const ENDING: &str = "quell";

/// Larger files are not read: no playbook is that long, and something else must be in it.
pub const LIMIT: u64 = 8 << 20;

/// Traces are long, and larger ones than this don't fit into memory well.
const DOCUMENT_LIMIT: u64 = 256 << 20;

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A Quell file.
    File,
    /// A folder.
    Folder,
}

/// Whether a walk enters folders that are projects of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nested {
    /// It does.
    Enter,
    /// They are left out: their files belong to another project.
    Skip,
}

/// The path with nothing left out, so that equal paths lead to the same file.
pub fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if absolute.components().any(|component| component == Component::ParentDir) {
        // Behind a symbolic link `..` leads elsewhere than it seems: ask the system.
        return fs::canonicalize(&absolute).unwrap_or(absolute);
    }
    absolute.components().collect()
}

/// The files under `folder` that a pattern such as `alerts/**/*.yml` names, sorted. The error says what is
/// wrong with the pattern.
pub fn matching(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, String> {
    let folder = glob::Pattern::escape(&folder.to_string_lossy());
    let found = glob::glob(&format!("{folder}/{pattern}")).map_err(|error| error.msg.to_owned())?;
    Ok(found.filter_map(Result::ok).filter(|path| path.is_file()).map(|path| absolute(&path)).collect())
}

/// What a path is called in messages: from the current folder, with `/`.
pub fn display(path: &Path) -> String {
    let shown = match std::env::current_dir() {
        Ok(here) if path.is_absolute() => relative(path, &here).unwrap_or_else(|| path.to_owned()),
        _ => path.components().collect(),
    };
    let shown = shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    if shown.is_empty() { ".".to_owned() } else { shown }
}

/// The way from `here` to `path`, where it goes up by three folders at most.
fn relative(path: &Path, here: &Path) -> Option<PathBuf> {
    let common = here.ancestors().take(4).find(|folder| path.starts_with(folder))?;
    common.parent()?;
    let up = here.strip_prefix(common).ok()?.components().map(|_| "..");
    Some(up.collect::<PathBuf>().join(path.strip_prefix(common).ok()?))
}

/// What is at `path`, as typed by a person: `.quell` may be left out.
pub fn place(path: &Path) -> Result<(PathBuf, Place), Failure> {
    let longer = completed(path);
    for candidate in std::iter::once(path).chain(longer.as_deref()) {
        match fs::metadata(candidate) {
            Ok(data) if data.is_dir() => return Ok((absolute(candidate), Place::Folder)),
            Ok(_) if candidate.extension().is_some_and(|ending| ending == ENDING) => {
                return Ok((absolute(candidate), Place::File));
            }
            Ok(_) => return Err(Failure::NotQuell { path: display(candidate) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(Failure::unreadable(candidate, error)),
        }
    }
    Err(Failure::MissingPath { path: display(path), help: similar(path) })
}

/// The path with the ending that was left out.
fn completed(path: &Path) -> Option<PathBuf> {
    (path.extension().is_none() && path.file_name().is_some()).then(|| path.with_extension(ENDING))
}

/// "Did you mean": the neighbour whose name is nearest.
fn similar(path: &Path) -> Option<String> {
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return None,
    };
    if !folder.exists() {
        return Some(format!("there is no folder `{}` either", display(folder)));
    }
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let near = nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(format!("did you mean `{}`?", display(&path.with_file_name(near))))
}

/// The Quell files under `folder`, sorted; hidden files and those that a .gitignore names are left out.
pub fn walk(folder: &Path, nested: Nested) -> Result<Vec<PathBuf>, Failure> {
    walk_for(folder, nested, &[ENDING])
}

/// The files under `folder` whose names end so, found in the same way.
pub fn walk_for(folder: &Path, nested: Nested, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).filter_entry(move |entry| {
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        nested == Nested::Enter
            || entry.depth() == 0
            || !folder
            || !entry.path().join(crate::manifest::NAME).exists()
    });
    let mut files = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(|error| Failure::unreadable(folder, error))?;
        let file = entry.file_type().is_some_and(|kind| !kind.is_dir());
        let named =
            entry.path().extension().is_some_and(|found| endings.iter().any(|ending| found == *ending));
        if file && named && entry.path().is_file() {
            files.push(absolute(entry.path()));
        }
    }
    files.sort();
    Ok(files)
}

/// The bytes of a file, or the length of one that is over the limit.
pub fn read(path: &Path) -> Result<Result<Vec<u8>, u64>, Failure> {
    let file = fs::File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    let mut bytes = Vec::new();
    // One more than allowed tells, also where the length isn't known before: a pipe, /dev/zero.
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Failure::unreadable(path, error))?;
    if bytes.len() as u64 <= LIMIT {
        return Ok(Ok(bytes));
    }
    let length = fs::metadata(path).map_or(0, |data| data.len());
    Ok(Err(length.max(LIMIT + 1)))
}

/// The bytes of standard input, or their number where they are over the limit.
pub fn read_stdin() -> Result<Result<Vec<u8>, u64>, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().take(LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::unreadable("<stdin>", error))?;
    Ok(if bytes.len() as u64 > LIMIT { Err(bytes.len() as u64) } else { Ok(bytes) })
}

/// The text of a document that a program wrote; `-` is standard input.
pub fn read_document(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().take(DOCUMENT_LIMIT + 1).read_to_end(&mut bytes)
    } else {
        if !path.exists() {
            return Err(Failure::MissingPath { path: display(path), help: similar(path) });
        }
        fs::File::open(path).and_then(|file| file.take(DOCUMENT_LIMIT + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::unreadable(path, error))?;
    if bytes.len() as u64 > DOCUMENT_LIMIT {
        return Err(Failure::unreadable(path, format!("it is larger than {} MiB", DOCUMENT_LIMIT >> 20)));
    }
    String::from_utf8(bytes).map_err(|_| Failure::unreadable(path, "it is not text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_paths_from_here() {
        let here = Path::new("/a/b/c");
        assert_eq!(relative(Path::new("/a/b/c/d"), here), Some("d".into()));
        assert_eq!(relative(Path::new("/a/x/y"), here), Some("../../x/y".into()));
        assert_eq!(relative(Path::new("/z"), here), None);
    }
}
