//! Reading on disk: where files are and how they are called. [`output`](crate::output) writes.

use std::{
    fs,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use quell_compiler::visible::visible_line;

use crate::error::Failure;

/// The ending of Quell files.
pub const ENDING: &str = "quell";

/// Larger files are not read: no playbook is that long, and something else must be in it.
pub const LIMIT: u64 = quell_compiler::encoding::LARGEST;

/// The path with nothing left out, so that equal paths lead to the same file.
pub fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if absolute.components().any(|component| component == Component::ParentDir) {
        // Behind a symbolic link `..` leads elsewhere than it seems: ask the system.
        return fs::canonicalize(&absolute).unwrap_or(absolute);
    }
    absolute.components().collect()
}

/// What a path is called in messages: its [`name`], on one line.
pub fn display(path: &Path) -> String {
    visible_line(&name(path)).into_owned()
}

/// What a path is called for programs: from the current folder, with `/`.
pub fn name(path: &Path) -> String {
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

/// The bytes of standard input, or their number where they are over the limit.
pub fn read_stdin() -> Result<Result<Vec<u8>, u64>, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().take(LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::unreadable("<stdin>", error))?;
    Ok(if bytes.len() as u64 > LIMIT { Err(bytes.len() as u64) } else { Ok(bytes) })
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
