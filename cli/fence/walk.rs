//! Walking: the files under a folder, without those that git ignores and without links that lead outside.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::{
    DirEntry, WalkBuilder,
    gitignore::{Gitignore, GitignoreBuilder},
};
use quell_compiler::findings::suggest::nearest;

use super::{Fence, resolve};
use crate::{
    error::Failure,
    files::{ENDING, absolute, display},
    manifest,
};

/// A longer file of patterns is none that a person wrote.
const LONGEST_IGNORE_FILE: u64 = 1 << 20;

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

impl Fence {
    /// The Quell files under `folder`, sorted; hidden files and those that a .gitignore names are left out.
    pub fn walk(&self, folder: &Path, nested: Nested) -> Result<Vec<PathBuf>, Failure> {
        self.walk_for(folder, nested, &[ENDING])
    }

    /// The files under `folder` whose names end so, found in the same way. What can't be read below it is
    /// skipped and told.
    pub fn walk_for(&self, folder: &Path, nested: Nested, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
        if !self.holds(folder) {
            return Err(self.outside(folder));
        }
        let ignored = Ignored { top: self.top(folder), folders: Mutex::default() };
        let mut walk = WalkBuilder::new(folder);
        // The library would read .gitignore files through links and above the fence.
        walk.standard_filters(false).hidden(true).git_global(true).require_git(false);
        walk.filter_entry(move |entry| {
            entry.depth() == 0 || enters(entry, nested) && !ignored.ignores(entry.path(), is_dir(entry))
        });
        let mut files = Vec::new();
        for entry in walk.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == Some(0) => {
                    return Err(Failure::unreadable(folder, cause(&error)));
                }
                Err(error) => {
                    self.skip_unreadable(&absolute(place_of(&error).unwrap_or(folder)), cause(&error));
                    continue;
                }
            };
            let path = entry.path();
            let named = path.extension().is_some_and(|found| endings.iter().any(|ending| found == *ending));
            if named && !is_dir(&entry) && self.finds(&entry) {
                files.push(absolute(path));
            }
        }
        files.sort();
        Ok(files)
    }

    /// Whether an entry of a walk is a file inside; a link that leads outside is told.
    pub(super) fn finds(&self, entry: &DirEntry) -> bool {
        if entry.path_is_symlink() && !self.holds(entry.path()) {
            // A link in a circle leads nowhere.
            if resolve(entry.path()).is_some() {
                self.skip_link(&absolute(entry.path()));
            }
            return false;
        }
        entry.path().is_file()
    }

    /// The outermost folder above `folder` that is inside.
    fn top(&self, folder: &Path) -> PathBuf {
        let folder = absolute(folder);
        folder.ancestors().take_while(|above| self.holds(above)).last().unwrap_or(&folder).to_owned()
    }

    /// What is at `path`, as typed by a person: `.quell` may be left out.
    pub fn place(&self, path: &Path) -> Result<(PathBuf, Place), Failure> {
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
}

fn is_dir(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn enters(entry: &DirEntry, nested: Nested) -> bool {
    let project = || fs::symlink_metadata(entry.path().join(manifest::NAME)).is_ok();
    nested == Nested::Enter || !is_dir(entry) || !project()
}

/// What a walk stumbled over, without its place.
pub(super) fn cause(error: &ignore::Error) -> String {
    match error.io_error() {
        // The library puts the place in front of what the system said.
        Some(error) => {
            std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
        }
        None => error.to_string(),
    }
}

pub(super) fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place_of(err),
        _ => None,
    }
}

/// What the `.gitignore` files name, from the outermost folder inside the fence to each file.
struct Ignored {
    top: PathBuf,
    folders: Mutex<HashMap<PathBuf, Arc<Gitignore>>>,
}

impl Ignored {
    fn ignores(&self, path: &Path, is_dir: bool) -> bool {
        let path = absolute(path);
        for folder in path.ancestors().skip(1) {
            match self.of(folder).matched(&path, is_dir) {
                ignore::Match::Ignore(_) => return true,
                ignore::Match::Whitelist(_) => return false,
                ignore::Match::None if folder == self.top => return false,
                ignore::Match::None => {}
            }
        }
        false
    }

    fn of(&self, folder: &Path) -> Arc<Gitignore> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.entry(folder.to_owned()).or_insert_with_key(|folder| Arc::new(ignore_file(folder))).clone()
    }
}

/// What a folder's own files of patterns say, the last of them first. As in git, a link is none.
fn ignore_file(folder: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    let is_real = |path: &Path| fs::symlink_metadata(path).is_ok_and(|data| data.is_dir());
    let exclude = is_real(&folder.join(".git")).then_some(".git/info/exclude");
    for name in exclude.into_iter().chain([".gitignore", ".ignore"]) {
        let path = folder.join(name);
        let fits = |data: fs::Metadata| data.is_file() && data.len() <= LONGEST_IGNORE_FILE;
        if !fs::symlink_metadata(&path).is_ok_and(fits) {
            continue;
        }
        let text = fs::read(&path).unwrap_or_default();
        for line in String::from_utf8_lossy(&text).lines() {
            // A line that is no pattern names nothing, as in git.
            let _ = builder.add_line(None, line);
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The path with the ending that was left out.
fn completed(path: &Path) -> Option<PathBuf> {
    (path.extension().is_none() && path.file_name().is_some()).then(|| path.with_extension(ENDING))
}

/// "Did you mean": the neighbour whose name is nearest.
pub(super) fn similar(path: &Path) -> Option<String> {
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
