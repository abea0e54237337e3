//! The modules on disk: what the compiler asks its questions of.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{
    source::{FileId, SourceFile},
    world::{World, stays_inside},
};

use crate::{
    fence::{self, Fence},
    files,
    manifest::is_module_name,
    project::{Project, ProjectId, Projects},
};

/// Modules of projects, of files on their own, and of the standard library.
#[derive(Default)]
pub struct FileWorld {
    /// What may be read.
    pub fence: Arc<Fence>,
    /// By file.
    pub modules: Vec<Module>,
    /// What the modules belong to.
    pub projects: Projects,
    /// By project: its modules.
    paths: Vec<BTreeMap<String, FileId>>,
    std: BTreeMap<String, FileId>,
    /// Files of alert rules; their numbers follow those of the modules.
    rules: Vec<RuleFile>,
    /// By project: the numbers of its files of alert rules.
    rules_of: BTreeMap<ProjectId, Vec<FileId>>,
}

/// A module.
pub struct Module {
    /// Its text.
    pub source: SourceFile,
    /// Its path in its own project.
    pub path: String,
    /// The project.
    pub project: ProjectId,
    /// Where the file is; none for standard input and `std`.
    pub disk: Option<PathBuf>,
}

/// A file of alert rules.
pub struct RuleFile {
    /// Its text.
    pub source: SourceFile,
    /// Where it is.
    pub disk: PathBuf,
}

impl FileWorld {
    /// A world without modules yet.
    pub fn new(fence: &Arc<Fence>) -> Self {
        Self { fence: fence.clone(), ..Self::default() }
    }

    /// Adds the standard library.
    pub fn add_std(&mut self) {
        let project = self.projects.add_bare();
        for (path, text) in quell_stdlib::modules() {
            let file = FileId(self.modules.len() as u32);
            let name = format!("{}.quell", path.replace('.', "/"));
            self.std.insert(path.clone(), file);
            self.modules.push(Module { source: SourceFile::new(name, text), path, project, disk: None });
        }
    }

    /// Adds files of alert rules. No module may be added behind them.
    pub fn add_alert_rules(&mut self, project: ProjectId, files: Vec<RuleFile>) {
        let first = self.modules.len() + self.rules.len();
        let numbers = (first..first + files.len()).map(|number| FileId(number as u32));
        self.rules_of.entry(project).or_default().extend(numbers);
        self.rules.extend(files);
    }

    /// A file of alert rules; none if it is a module.
    pub fn rule_file(&self, file: FileId) -> Option<&RuleFile> {
        self.rules.get((file.0 as usize).checked_sub(self.modules.len())?)
    }

    /// The project of a module or of a file of alert rules, and where the file is.
    pub fn home(&self, file: FileId) -> Option<(&Project, &Path)> {
        let (project, disk) = match self.rule_file(file) {
            Some(rules) => {
                let holds = |(_, files): &(&ProjectId, &Vec<FileId>)| files.contains(&file);
                (*self.rules_of.iter().find(holds)?.0, &rules.disk)
            }
            None => (self.module(file).project, self.module(file).disk.as_ref()?),
        };
        Some((&self.projects.list[project], disk))
    }

    fn module(&self, file: FileId) -> &Module {
        &self.modules[file.0 as usize]
    }

    /// The modules of a project, by their paths in it.
    pub fn modules_of(&mut self, project: ProjectId) -> &mut BTreeMap<String, FileId> {
        if self.paths.len() <= project {
            self.paths.resize_with(project + 1, BTreeMap::new);
        }
        &mut self.paths[project]
    }
}

impl World for FileWorld {
    fn files(&self) -> Vec<FileId> {
        (0..self.modules.len() as u32).map(FileId).collect()
    }

    fn source(&self, file: FileId) -> &SourceFile {
        self.rule_file(file).map_or_else(|| &self.module(file).source, |rules| &rules.source)
    }

    fn alert_rules(&self, module: FileId) -> Vec<FileId> {
        self.rules_of.get(&self.module(module).project).cloned().unwrap_or_default()
    }

    fn external_labels(&self, module: FileId) -> &[String] {
        let project = &self.projects.list[self.module(module).project];
        project.manifest.as_ref().map_or(&[], |manifest| &manifest.external_labels)
    }

    fn module_path(&self, file: FileId) -> &str {
        // A file of alert rules is no module.
        self.modules.get(file.0 as usize).map_or("", |module| &module.path)
    }

    fn place(&self, file: FileId) -> String {
        let Some((project, disk)) = self.home(file) else { return self.source(file).name.clone() };
        let whole = |path: &Path| fence::resolve(path).unwrap_or_else(|| path.to_owned());
        let place = match &project.manifest {
            Some(manifest) => match disk.strip_prefix(&manifest.root) {
                Ok(place) => Some(place.to_owned()),
                Err(_) => whole(disk).strip_prefix(whole(&manifest.root)).ok().map(Path::to_owned),
            },
            None => disk.file_name().map(PathBuf::from),
        };
        let place: PathBuf = place.unwrap_or_else(|| disk.to_owned()).components().collect();
        place.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    }

    fn resolve(&self, from: FileId, path: &str) -> Option<FileId> {
        if let Some(&file) = self.std.get(path) {
            return Some(file);
        }
        let project = self.module(from).project;
        if let Some(&file) = self.paths.get(project).and_then(|modules| modules.get(path)) {
            return Some(file);
        }
        let (dependency, module) = path.split_once('.')?;
        let dependency = self.projects.list[project].dependencies.get(dependency)?;
        self.paths.get(*dependency)?.get(module).copied()
    }

    fn importable(&self, from: FileId) -> Vec<(String, FileId)> {
        let project = self.module(from).project;
        let mut all: BTreeMap<String, FileId> = self.std.clone();
        for (name, dependency) in &self.projects.list[project].dependencies {
            let modules = self.paths.get(*dependency).into_iter().flatten();
            all.extend(modules.map(|(path, file)| (format!("{name}.{path}"), *file)));
        }
        let own = self.paths.get(project).into_iter().flatten();
        all.extend(own.map(|(path, file)| (path.clone(), *file)));
        all.into_iter().filter(|(path, _)| path.split('.').all(is_module_name)).collect()
    }

    fn data_file(&self, from: FileId, path: &str) -> Result<Arc<str>, String> {
        if !stays_inside(path) {
            return Err(format!("`{path}` leads out of the module's folder"));
        }
        let folder = match &self.module(from).disk {
            Some(disk) => disk.parent().unwrap_or(Path::new(".")),
            None => Path::new("."),
        };
        let file = folder.join(path);
        if !self.fence.holds(&file) {
            return Err(format!(
                "`{path}` is a link that leads outside this {} (`--allow-outside` reads it)",
                self.fence.word()
            ));
        }
        if !self.fence.is_file(&file) {
            return Err(format!("there is no file `{path}` beside this module"));
        }
        match self.fence.read(&file) {
            Ok(Ok(bytes)) => {
                String::from_utf8(bytes).map(Arc::from).map_err(|_| format!("`{path}` is not UTF-8"))
            }
            Ok(Err(_)) => Err(format!("`{path}` is larger than {} MiB", files::LIMIT >> 20)),
            Err(failure) => Err(failure.to_string()),
        }
    }
}
