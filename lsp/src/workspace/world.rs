//! The questions of the compiler, answered from the session.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{
    source::{FileId, SourceFile},
    world::{World, stays_inside},
};

use super::{Place, Workspace};

impl World for Workspace {
    fn files(&self) -> Vec<FileId> {
        self.map.there.clone()
    }

    fn source(&self, file: FileId) -> &SourceFile {
        &self.text(file).0
    }

    fn module_path(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].module
    }

    fn resolve(&self, from: FileId, path: &str) -> Option<FileId> {
        if let Some(&file) = self.map.std.get(path) {
            return Some(file);
        }
        let project = self.map.projects.get(self.files[from.0 as usize].project?)?;
        if let Some(&file) = project.modules.get(path) {
            return Some(file);
        }
        let (dependency, module) = path.split_once('.')?;
        self.map.projects.get(*project.dependencies.get(dependency)?)?.modules.get(module).copied()
    }

    fn importable(&self, from: FileId) -> Vec<(String, FileId)> {
        let mut all: BTreeMap<String, FileId> = self.map.std.clone();
        let project = self.files[from.0 as usize].project.and_then(|project| self.map.projects.get(project));
        if let Some(project) = project {
            for (name, dependency) in &project.dependencies {
                let modules = self.map.projects.get(*dependency).into_iter().flat_map(|it| &it.modules);
                all.extend(modules.map(|(path, file)| (format!("{name}.{path}"), *file)));
            }
            all.extend(project.modules.iter().map(|(path, file)| (path.clone(), *file)));
        }
        all.into_iter().filter(|(path, _)| path.split('.').all(is_name)).collect()
    }

    fn alert_rules(&self, module: FileId) -> Vec<FileId> {
        let project =
            self.files[module.0 as usize].project.and_then(|project| self.map.projects.get(project));
        project.map(|project| project.alert_rules.clone()).unwrap_or_default()
    }

    fn external_labels(&self, module: FileId) -> &[String] {
        let project =
            self.files[module.0 as usize].project.and_then(|project| self.map.projects.get(project));
        project.map_or(&[], |project| &project.external_labels)
    }

    fn data_file(&self, from: FileId, path: &str) -> Result<Arc<str>, String> {
        let Some(disk) = self.data_path(from, path) else {
            return Err(format!("`{path}` is outside the module's folder"));
        };
        let bytes = self.disk.read(&disk)?;
        String::from_utf8(bytes).map(Arc::from).map_err(|_| format!("`{path}` is not UTF-8"))
    }
}

impl Workspace {
    /// Where a data file is that a module names; none if that is outside the module's folder.
    pub fn data_path(&self, from: FileId, path: &str) -> Option<PathBuf> {
        let folder = match self.place_of(from) {
            Place::Disk(disk) => disk.parent().map(Path::to_owned).unwrap_or_default(),
            Place::Std(_) | Place::Editor(_) => PathBuf::new(),
        };
        stays_inside(path).then(|| folder.join(path))
    }
}

/// Whether a word can stand in the path of a `use`.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
