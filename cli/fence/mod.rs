//! The fence: a command reads and writes the repository that the command line names, and nothing else.
//!
//! A repository may come from someone who isn't trusted: a pull request from a fork that a job checks.
//! A link in it, a pattern in its `quell.toml` or the `from` of a scenario must not print the files of the
//! machine in the job's log, and `fmt` must not write through such a link. So every path is resolved to the
//! real file before it is opened, and compared again once it is open. All files of the command line and of
//! the language server are opened here and in `files.rs`; tests/architecture checks that.

mod globs;
mod read;
mod roots;
mod told;
mod walk;

pub use globs::Wrong;
pub use read::Content;
pub use roots::{Named, repository, resolve};
pub use told::Told;
pub use walk::{Nested, Place};

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{error::Failure, files};
use roots::Around;

/// What a command may read and write. Decided once, from what the command line names.
#[derive(Debug, Default)]
pub struct Fence {
    /// Real paths of folders and files: all in them is inside.
    roots: BTreeSet<PathBuf>,
    /// What the command line names, as typed: a pipe such as `/dev/stdin` has no real path.
    named: BTreeSet<PathBuf>,
    reach: Reach,
    around: Around,
    told: Mutex<Told>,
}

/// How far a command goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// To the fence.
    #[default]
    Inside,
    /// Wherever a path leads: `--allow-outside`.
    Anywhere,
}

impl Fence {
    /// The fence around what the command line names.
    pub fn around<'p>(named: impl IntoIterator<Item = Named<'p>>, reach: Reach) -> Self {
        let mut fence = Self { reach, ..Self::default() };
        named.into_iter().for_each(|named| fence.add(named));
        fence
    }

    /// Whether a path leads to something inside, wherever the links on its way go. What isn't there yet
    /// is where it would come to be.
    pub fn holds(&self, path: &Path) -> bool {
        self.is_open(path) || resolve(path).is_some_and(|real| self.has(&real))
    }

    /// Whether nothing needs to be known of where a path leads.
    fn is_open(&self, path: &Path) -> bool {
        self.reach == Reach::Anywhere || self.named.contains(&files::absolute(path))
    }

    fn has(&self, real: &Path) -> bool {
        real.ancestors().any(|folder| self.roots.contains(folder))
    }

    /// Whether there is a file inside.
    pub fn is_file(&self, path: &Path) -> bool {
        self.holds(path) && path.is_file()
    }

    /// Whether there is a folder inside.
    pub fn is_dir(&self, path: &Path) -> bool {
        self.holds(path) && path.is_dir()
    }

    /// Whether there is anything inside.
    pub fn exists(&self, path: &Path) -> bool {
        self.holds(path) && path.exists()
    }

    /// Says no where writing to a path would change something outside.
    pub fn permit_write(&self, path: &Path) -> Result<(), Failure> {
        if self.holds(path) { Ok(()) } else { Err(self.outside(path)) }
    }

    /// Says no where what a path was found to lead to is outside.
    pub fn permit_target(&self, path: &Path, real: &Path) -> Result<(), Failure> {
        if self.is_open(path) || self.has(real) { Ok(()) } else { Err(self.outside(path)) }
    }

    /// What is inside, in a word: `repository`.
    pub fn word(&self) -> &'static str {
        self.around.word()
    }

    /// A path that leads outside.
    pub fn outside(&self, path: &Path) -> Failure {
        Failure::Outside { path: files::display(path), around: self.word() }
    }

    /// Remembers a link that was skipped, since it leads outside.
    pub fn skip_link(&self, link: &Path) {
        self.told().links.insert(link.to_owned());
    }

    /// Remembers what couldn't be read, where the command goes on without it.
    pub fn skip_unreadable(&self, path: &Path, cause: String) {
        self.told().unreadable.insert(path.to_owned(), cause);
    }

    /// What couldn't be read, for a command that is left with nothing.
    pub fn take_unreadable(&self) -> Vec<Failure> {
        let unreadable = std::mem::take(&mut self.told().unreadable);
        unreadable.into_iter().map(|(path, cause)| Failure::unreadable(path, cause)).collect()
    }

    /// What was skipped since the last time that this was asked.
    pub fn take_told(&self) -> Told {
        std::mem::take(&mut self.told())
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(all(test, unix))]
mod tests;
