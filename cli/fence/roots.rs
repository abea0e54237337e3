//! Where the fence stands: the repository around each path that the command line names.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use super::Fence;
use crate::{files, manifest};

/// Links that lead to links; the systems themselves follow no more.
const MOST_LINKS: usize = 40;

/// A path on the command line.
#[derive(Debug, Clone, Copy)]
pub enum Named<'p> {
    /// Playbooks: the repository that holds them belongs to them.
    Input(&'p Path),
    /// A file or folder to read or write, and nothing around it.
    Only(&'p Path),
}

/// What the fence stands around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Around {
    /// Folders that belong to nothing.
    #[default]
    Folder,
    /// Folders with a `quell.toml`.
    Project,
    /// Repositories of git.
    Repository,
}

impl Around {
    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Around::Folder => "folder",
            Around::Project => "project",
            Around::Repository => "repository",
        }
    }
}

impl Fence {
    pub(super) fn add(&mut self, named: Named<'_>) {
        match named {
            Named::Input(path) if path.as_os_str() == "-" => self.add_folder(Path::new(".")),
            Named::Input(path) if path.is_dir() => self.add_folder(path),
            Named::Input(path) => {
                // Where a file is named through a link, that file is meant and not what is beside it.
                self.add_only(path);
                if !path.exists() && path.extension().is_none() {
                    self.add_only(&path.with_extension(files::ENDING));
                }
                let typed = files::absolute(path);
                let folder = typed.parent().unwrap_or(&typed);
                if !self.add_holders(folder)
                    && let Some(real) = resolve(folder)
                {
                    self.roots.insert(real);
                }
            }
            Named::Only(path) if path.as_os_str() == "-" => {}
            Named::Only(path) => self.add_only(path),
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        self.add_only(folder);
        self.add_holders(&files::absolute(folder));
    }

    fn add_only(&mut self, path: &Path) {
        self.roots.extend(resolve(path));
        self.named.insert(files::absolute(path));
    }

    /// Adds what holds a folder, as it is typed and as it really is: a link on the way may lead from one
    /// repository into another, and both were named. Whether anything does.
    fn add_holders(&mut self, folder: &Path) -> bool {
        let views = [Some(folder.to_owned()), resolve(folder)];
        let mut found = false;
        for (holder, around) in views.iter().flatten().filter_map(|folder| holder(folder)) {
            self.around = self.around.max(around);
            if let Some(real) = resolve(&holder) {
                self.roots.insert(real);
                found = true;
            }
        }
        found
    }
}

/// The top folder of the repository of git that holds a folder, which need not be there yet.
pub fn repository(folder: &Path) -> Option<PathBuf> {
    holder(folder).and_then(|(top, around)| (around == Around::Repository).then_some(top))
}

/// The top folder of the repository that holds a folder, or else of the project. Whatever is called `.git`
/// marks a top folder: a folder, the file of a worktree or of a submodule, or a link. It is not read, so
/// it can't move the fence elsewhere, and a false one makes what is inside smaller.
fn holder(folder: &Path) -> Option<(PathBuf, Around)> {
    let marked = |name: &str| {
        let is_there = |folder: &&Path| fs::symlink_metadata(folder.join(name)).is_ok();
        folder.ancestors().find(is_there).map(Path::to_owned)
    };
    match marked(".git") {
        Some(top) => Some((top, Around::Repository)),
        None => Some((marked(manifest::NAME)?, Around::Project)),
    }
}

/// Where a path really leads, also where nothing is there yet: a dangling link leads to where its target
/// would be. None where that can't be known.
pub fn resolve(path: &Path) -> Option<PathBuf> {
    follow(&std::path::absolute(path).ok()?, MOST_LINKS)
}

fn follow(path: &Path, links: usize) -> Option<PathBuf> {
    if let Ok(real) = fs::canonicalize(path) {
        return Some(real);
    }
    // What isn't there can't be left again.
    let Some(Component::Normal(name)) = path.components().next_back() else { return None };
    let folder = path.parent()?;
    match fs::read_link(path) {
        Ok(target) => follow(&folder.join(target), links.checked_sub(1)?),
        Err(_) => Some(follow(folder, links)?.join(name)),
    }
}
