//! Projects: which one a file belongs to, and which others it depends on.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    error::Failure,
    fence::{Fence, resolve},
    files,
    manifest::{self, Manifest},
};

/// The number of a project in [`Projects`].
pub type ProjectId = usize;

/// A project that was found, or a file on its own.
#[derive(Debug, Default)]
pub struct Project {
    /// What its file says; none for a file on its own and for `std`.
    pub manifest: Option<Manifest>,
    /// What it calls the projects that it depends on.
    pub dependencies: BTreeMap<String, ProjectId>,
}

/// Projects with all that they depend on.
#[derive(Debug, Default)]
pub struct Projects {
    /// Each dependency comes before what depends on it.
    pub list: Vec<Project>,
    by_root: BTreeMap<PathBuf, ProjectId>,
    /// The projects that are being read, from the first to the one that asked last.
    open: Vec<PathBuf>,
}

/// The folder of the nearest project file at or above `folder`, as far as the fence.
pub fn root_above(fence: &Fence, folder: &Path) -> Option<PathBuf> {
    let inside = folder.ancestors().take_while(|ancestor| fence.holds(ancestor));
    inside.into_iter().find(|ancestor| has_manifest(fence, ancestor)).map(Path::to_owned)
}

/// A project file that leads outside is one too: that is for its reader to say.
fn has_manifest(fence: &Fence, folder: &Path) -> bool {
    let file = folder.join(manifest::NAME);
    fence.is_file(&file) || !fence.holds(&file)
}

impl Projects {
    /// Adds the project in `root`, and what it depends on.
    pub fn add(&mut self, fence: &Fence, root: &Path) -> Result<ProjectId, Failure> {
        let identity = identity(root);
        if let Some(&known) = self.by_root.get(&identity) {
            return Ok(known);
        }
        let manifest = manifest::read(fence, root)?;
        let mut dependencies = BTreeMap::new();
        let mut failures = Vec::new();
        self.open.push(identity.clone());
        for dependency in &manifest.dependencies {
            let target = self::identity(&dependency.root);
            if let Some(start) = self.open.iter().position(|open| *open == target) {
                failures.push(circle(&manifest, dependency, &self.open[start..]));
                continue;
            }
            match self.add(fence, &dependency.root) {
                Ok(id) => drop(dependencies.insert(dependency.name.clone(), id)),
                Err(failure) => failures.push(failure),
            }
        }
        self.open.pop();
        if let Some(failure) = Failure::all(failures) {
            return Err(failure);
        }
        self.list.push(Project { manifest: Some(manifest), dependencies });
        self.by_root.insert(identity, self.list.len() - 1);
        Ok(self.list.len() - 1)
    }

    /// Adds a project for files on their own, or for `std`.
    pub fn add_bare(&mut self) -> ProjectId {
        self.list.push(Project::default());
        self.list.len() - 1
    }
}

/// One path for one folder, however it was named.
fn identity(root: &Path) -> PathBuf {
    resolve(root).unwrap_or_else(|| root.to_owned())
}

fn circle(manifest: &Manifest, dependency: &manifest::Dependency, open: &[PathBuf]) -> Failure {
    let names: Vec<String> = open.iter().map(|root| format!("`{}`", files::display(root))).collect();
    let message = match names.as_slice() {
        [_] => "the project depends on itself".to_owned(),
        names => format!("dependency cycle between projects: {} → {}", names.join(" → "), names[0]),
    };
    let help = "move what both need into a third project".to_owned();
    let help = (names.len() > 1).then_some(help);
    manifest.problem(dependency.path_span.clone(), message, "this dependency closes the cycle", help)
}
