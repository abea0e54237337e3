//! What the language server asks of the machine: projects, files, and a place for texts to read.

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use quell_lsp::workspace::{Disk, Layout, LintSettings, Problem, Project};

use crate::{
    error::Failure,
    fence::{Fence, Named, Nested, Reach},
    files,
    load::{self, Entry},
    manifest::{self, Manifest},
    output,
    project::{Projects, root_above},
};

/// This machine, as far as the fence around what the editor has open.
pub struct Machine {
    reach: Reach,
    /// Stands anew with each layout.
    fence: RwLock<Arc<Fence>>,
}

impl Machine {
    /// The machine, with nothing open yet.
    pub fn new(reach: Reach) -> Self {
        let fence = Fence::around([], reach);
        Self { reach, fence: RwLock::new(Arc::new(fence)) }
    }

    fn fence(&self) -> Arc<Fence> {
        self.fence.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Disk for Machine {
    fn layout(&self, folders: &[PathBuf], open: &[PathBuf]) -> Layout {
        let named = folders.iter().chain(open).map(|path| Named::Input(path));
        let fence = Arc::new(Fence::around(named, self.reach));
        *self.fence.write().unwrap_or_else(PoisonError::into_inner) = fence.clone();
        let mut roots: BTreeMap<Option<PathBuf>, Vec<PathBuf>> = BTreeMap::new();
        // A folder that can't be read has nothing to show.
        let walked = folders.iter().flat_map(|folder| fence.walk(folder, Nested::Enter).unwrap_or_default());
        let mut all: Vec<PathBuf> = walked.chain(open.iter().cloned()).collect();
        all.sort();
        all.dedup();
        let mut known: BTreeMap<PathBuf, Option<PathBuf>> = BTreeMap::new();
        for file in all {
            let folder = file.parent().unwrap_or(&file).to_owned();
            let root = known.entry(folder).or_insert_with_key(|folder| root_above(&fence, folder)).clone();
            roots.entry(root).or_default().push(file);
        }
        let mut builder = Builder { fence: &fence, layout: Layout::default(), by_root: BTreeMap::new() };
        for (root, files) in roots {
            match root {
                Some(root) => builder.project(&root, files),
                None => files.into_iter().for_each(|file| builder.alone(file)),
            }
        }
        builder.layout.notes = fence.take_told().sentences(fence.word());
        builder.layout
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        match self.fence().read(path) {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) => {
                Err(format!("`{}` is larger than {} MiB", files::display(path), files::LIMIT >> 20))
            }
            Err(failure) => Err(failure.to_string()),
        }
    }

    fn lay_out_text(&self, name: &str, text: &str) -> Option<PathBuf> {
        let path = cache().join(name);
        output::lay_out(&path, text).ok()?;
        Some(path)
    }
}

fn lint_settings(manifest: &Manifest) -> LintSettings {
    let (table, root) = (manifest.lint.clone(), manifest.root.clone());
    LintSettings::new(move |path| table.settings(path.strip_prefix(&root).unwrap_or(path)))
}

/// Where texts are laid out: each version has its own.
fn cache() -> PathBuf {
    let set = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(env::temp_dir);
    base.join("quell").join(env!("CARGO_PKG_VERSION"))
}

/// Puts together what the projects hold; a project that several use is there once.
struct Builder<'f> {
    fence: &'f Fence,
    layout: Layout,
    by_root: BTreeMap<PathBuf, usize>,
}

impl Builder<'_> {
    fn project(&mut self, root: &Path, files: Vec<PathBuf>) {
        let mut projects = Projects::default();
        let entries = match load::gather(self.fence, &files.iter().cloned().collect(), &mut projects) {
            Ok(entries) => entries,
            Err(failure) => {
                self.problems(root, &failure);
                return files.into_iter().for_each(|file| self.alone(file));
            }
        };
        let mut numbers = Vec::new();
        for project in &projects.list {
            let number = match &project.manifest {
                Some(manifest) => {
                    *self.by_root.entry(manifest.root.clone()).or_insert(self.layout.projects.len())
                }
                None => self.layout.projects.len(),
            };
            if number == self.layout.projects.len() {
                let dependencies = &project.dependencies;
                let named = dependencies.iter().map(|(name, project)| (name.clone(), numbers[*project]));
                self.layout.projects.push(Project {
                    dependencies: named.collect(),
                    alert_rules: project.manifest.iter().flat_map(|it| it.alert_rules.clone()).collect(),
                    external_labels: project
                        .manifest
                        .iter()
                        .flat_map(|it| it.external_labels.clone())
                        .collect(),
                    lint: project.manifest.as_ref().map(lint_settings).unwrap_or_default(),
                    ..Project::default()
                });
            }
            numbers.push(number);
        }
        for Entry { disk, path, project, .. } in entries {
            let (Some(disk), Some(number)) = (disk, numbers.get(project)) else { continue };
            let project = &mut self.layout.projects[*number];
            match project.modules.get(&path) {
                Some(first) if *first != disk => project.duplicates.push((path, disk)),
                Some(_) => {}
                None => drop(project.modules.insert(path, disk)),
            }
        }
    }

    fn alone(&mut self, file: PathBuf) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let modules = BTreeMap::from([(name, file)]);
        self.layout.projects.push(Project { modules, ..Project::default() });
    }

    fn problems(&mut self, root: &Path, failure: &Failure) {
        for (path, range, message) in failure.places() {
            let path = path.unwrap_or_else(|| root.join(manifest::NAME));
            // What can't be read has no text to point at.
            let text = self.fence.read_text(&path).unwrap_or_default();
            let problem = Problem { path, text, range, message };
            if !self.layout.problems.contains(&problem) {
                self.layout.problems.push(problem);
            }
        }
    }
}
