//! How the compiler gets files from outside.
//!
//! The command line reads them from disk, the editor puts unsaved texts on top of them, tests keep them
//! in memory. The compiler asks for files and never opens any itself.

use std::{collections::BTreeMap, sync::Arc};

use crate::source::{FileId, SourceFile};

/// The modules of a project, of its dependencies and of the standard library.
pub trait World {
    /// All modules, in a fixed order.
    fn files(&self) -> Vec<FileId>;

    /// The text of a module.
    fn source(&self, file: FileId) -> &SourceFile;

    /// How a module is called in its own package: `ops.databases`, `std.slack`.
    fn module_path(&self, file: FileId) -> &str;

    /// The file of a module, named from the folder of its project: the same wherever it was called from. Its
    /// source's own name is the path as people typed it.
    fn place(&self, file: FileId) -> String {
        self.source(file).path().to_owned()
    }

    /// The module that `use PATH` means in module `from`: one of its own package, of a dependency
    /// (`package.module`), or of `std`.
    fn resolve(&self, from: FileId, path: &str) -> Option<FileId>;

    /// All paths that `use` can name in module `from`, sorted.
    fn importable(&self, from: FileId) -> Vec<(String, FileId)>;

    /// The files of alert rules of the project that a module belongs to. Their texts are had as those of
    /// modules are.
    fn alert_rules(&self, _module: FileId) -> Vec<FileId> {
        Vec::new()
    }

    /// The labels that the alerts of this project get on their way from Prometheus, whatever their rule.
    fn external_labels(&self, _module: FileId) -> &[String] {
        &[]
    }

    /// The text of a data file that module `from` names by a path relative to itself
    /// (`given alert from "alert.json"`). The error is a sentence that says why not.
    fn data_file(&self, from: FileId, path: &str) -> Result<Arc<str>, String>;
}

/// Whether a path that a module or a project file names stays in the folder that it starts from. The answer
/// is the same on every system: `\\` separates folders and `C:` is a drive, also where neither means anything.
pub fn stays_inside(path: &str) -> bool {
    let is_drive =
        path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    let starts_at_root = path.starts_with(['/', '\\']);
    !is_drive && !starts_at_root && path.split(['/', '\\']).all(|part| part != "..")
}

/// A world in memory: one package and `std`.
#[derive(Debug, Clone, Default)]
pub struct MemoryWorld {
    sources: Vec<SourceFile>,
    paths: Vec<String>,
    by_path: BTreeMap<String, FileId>,
    data: BTreeMap<String, Arc<str>>,
    /// Files of alert rules, which are no modules.
    rules: Vec<FileId>,
    /// Labels that all alerts can have.
    external_labels: Vec<String>,
    /// Other files that findings point into, which are no modules either.
    documents: Vec<FileId>,
}

impl MemoryWorld {
    /// A world with these modules, as (module path, text): the standard library, say.
    pub fn with_modules<'a>(modules: impl IntoIterator<Item = (String, &'a str)>) -> Self {
        let mut world = Self::default();
        for (path, text) in modules {
            let name = format!("{}.quell", path.replace('.', "/"));
            world.add(&path, SourceFile::new(name, text));
        }
        world
    }

    /// Adds a module, or replaces the one with this path.
    pub fn add(&mut self, path: &str, source: SourceFile) -> FileId {
        if let Some(&file) = self.by_path.get(path) {
            self.sources[file.0 as usize] = source;
            return file;
        }
        let file = FileId(self.sources.len() as u32);
        self.sources.push(source);
        self.paths.push(path.to_owned());
        self.by_path.insert(path.to_owned(), file);
        file
    }

    /// Adds a file of alert rules.
    pub fn add_alert_rules(&mut self, source: SourceFile) -> FileId {
        let file = FileId(self.sources.len() as u32);
        self.sources.push(source);
        self.paths.push(String::new());
        self.rules.push(file);
        file
    }

    /// Sets the labels that all alerts can have.
    pub fn set_external_labels(&mut self, labels: &[&str]) {
        self.external_labels = labels.iter().map(|label| (*label).to_owned()).collect();
    }

    /// `std` is a package of its own.
    fn is_std(&self, module: FileId) -> bool {
        self.paths[module.0 as usize].starts_with("std.")
    }

    /// Adds a file that is no module, but that findings point into.
    pub fn add_document(&mut self, source: SourceFile) -> FileId {
        let file = FileId(self.sources.len() as u32);
        self.sources.push(source);
        self.paths.push(String::new());
        self.documents.push(file);
        file
    }

    /// Adds a data file under the path that modules name it by.
    pub fn add_data(&mut self, path: &str, text: impl Into<Arc<str>>) {
        self.data.insert(path.to_owned(), text.into());
    }
}

impl World for MemoryWorld {
    fn files(&self) -> Vec<FileId> {
        (0..self.sources.len() as u32)
            .map(FileId)
            .filter(|file| !self.rules.contains(file) && !self.documents.contains(file))
            .collect()
    }

    fn source(&self, file: FileId) -> &SourceFile {
        &self.sources[file.0 as usize]
    }

    fn module_path(&self, file: FileId) -> &str {
        &self.paths[file.0 as usize]
    }

    fn alert_rules(&self, module: FileId) -> Vec<FileId> {
        if self.is_std(module) { Vec::new() } else { self.rules.clone() }
    }

    fn external_labels(&self, module: FileId) -> &[String] {
        if self.is_std(module) { &[] } else { &self.external_labels }
    }

    fn resolve(&self, _from: FileId, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    fn importable(&self, _from: FileId) -> Vec<(String, FileId)> {
        self.by_path.iter().map(|(path, file)| (path.clone(), *file)).collect()
    }

    fn data_file(&self, _from: FileId, path: &str) -> Result<Arc<str>, String> {
        self.data.get(path).cloned().ok_or_else(|| format!("there is no file `{path}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_stay_inside_do_so_on_every_system() {
        for path in ["a.json", "./a/b.json", "a..b/..c.json", "a b.json", "ab:c"] {
            assert!(stays_inside(path), "{path}");
        }
        for path in [
            "..",
            "../a",
            "a/../../b",
            "..\\a",
            "a\\..\\..\\b",
            "/a",
            "\\a",
            "\\\\host\\a",
            "C:a",
            "c:\\a",
            "C:/a",
        ] {
            assert!(!stays_inside(path), "{path}");
        }
    }
}
