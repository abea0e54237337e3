//! The files of an editor's session: those on disk, with the unsaved texts on top of them.
//!
//! A [`Workspace`] is immutable: an edit makes a new one that shares all other files. So a task that
//! has one can work on it for as long as it takes. A [`FileId`] means the same file in all of them.

mod disk;
mod world;

pub use disk::{Disk, Layout, LintSettings, Problem, Project};

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use quell_compiler::{
    diagnostic::Diagnostic,
    encoding,
    findings::files::file_too_large,
    lint,
    source::{FileId, SourceFile, Span},
};

/// The beginning of the address of a module of the standard library.
pub const STD_SCHEME: &str = "quell-std:";

/// All files, as they are at one moment.
#[derive(Clone)]
pub struct Workspace {
    disk: Arc<dyn Disk>,
    /// By number; what went away keeps its number.
    files: Vec<Arc<File>>,
    map: Arc<Map>,
}

/// Where the files are, and what they are called.
#[derive(Debug, Clone, Default)]
struct Map {
    std: BTreeMap<String, FileId>,
    by_path: HashMap<PathBuf, FileId>,
    projects: Vec<ProjectMap>,
    /// The files that are there, in the order of their numbers: the standard library first.
    there: Vec<FileId>,
    problems: Vec<Problem>,
}

#[derive(Debug, Clone, Default)]
struct ProjectMap {
    modules: BTreeMap<String, FileId>,
    dependencies: BTreeMap<String, usize>,
    alert_rules: Vec<FileId>,
    external_labels: Vec<String>,
    lint: LintSettings,
}

/// A file.
#[derive(Debug)]
struct File {
    place: Place,
    /// Its module path.
    module: String,
    /// The number of its project; none for the standard library and for what went away.
    project: Option<usize>,
    text: OnceLock<(SourceFile, Vec<Diagnostic>)>,
    /// The text that an editor has of it, where it is too large to be looked at: edits go on from it.
    too_large: Option<Arc<str>>,
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On disk, or meant to be there.
    Disk(PathBuf),
    /// In the standard library: `std.slack`.
    Std(String),
    /// In an editor only: its address.
    Editor(String),
}

impl Workspace {
    /// The standard library, and nothing else.
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        let mut workspace = Self { disk, files: Vec::new(), map: Arc::default() };
        let mut map = Map::default();
        for (path, text) in quell_stdlib::modules() {
            let name = format!("{}.quell", path.replace('.', "/"));
            let text = OnceLock::from((SourceFile::new(name, text), Vec::new()));
            let place = Place::Std(path.clone());
            let file =
                workspace.push(File { place, module: path.clone(), project: None, text, too_large: None });
            map.std.insert(path, file);
        }
        map.there = map.std.values().copied().collect();
        map.there.sort();
        workspace.map = Arc::new(map);
        workspace
    }

    /// The same session after files came or went.
    pub fn laid_out(&self, layout: Layout) -> Self {
        let mut next = self.clone();
        let mut map = Map { std: self.map.std.clone(), by_path: self.map.by_path.clone(), ..Map::default() };
        map.there = map.std.values().copied().collect();
        map.problems = layout.problems;
        let mut placed = HashMap::new();
        for (number, project) in layout.projects.into_iter().enumerate() {
            let mut modules = BTreeMap::new();
            for (module, path) in project.modules {
                let file = next.place(&mut map, path, &module, number);
                placed.insert(file, ());
                modules.insert(module, file);
            }
            for (module, path) in project.duplicates {
                placed.insert(next.place(&mut map, path, &module, number), ());
            }
            let rules = project.alert_rules.into_iter();
            let alert_rules = rules.map(|path| next.place(&mut map, path, "", number)).collect();
            map.there.extend(modules.values());
            map.projects.push(ProjectMap {
                modules,
                dependencies: project.dependencies,
                alert_rules,
                external_labels: project.external_labels,
                lint: project.lint,
            });
        }
        for (number, file) in next.files.iter().enumerate() {
            // What is only in an editor stays, as a project of its own.
            if let (Place::Editor(_), Some(_)) = (&file.place, file.project) {
                map.there.push(FileId(number as u32));
            }
        }
        map.there.sort();
        map.there.dedup();
        next.map = Arc::new(map);
        next
    }

    fn place(&mut self, map: &mut Map, path: PathBuf, module: &str, project: usize) -> FileId {
        if let Some(&known) = map.by_path.get(&path) {
            let file = &self.files[known.0 as usize];
            if file.module != module || file.project != Some(project) {
                let (text, too_large) = (file.text.clone(), file.too_large.clone());
                let (place, module, project) = (file.place.clone(), module.to_owned(), Some(project));
                self.files[known.0 as usize] = Arc::new(File { place, module, project, text, too_large });
            }
            return known;
        }
        let (place, module, project) = (Place::Disk(path.clone()), module.to_owned(), Some(project));
        let file = self.push(File { place, module, project, text: OnceLock::new(), too_large: None });
        map.by_path.insert(path, file);
        file
    }

    fn push(&mut self, file: File) -> FileId {
        self.files.push(Arc::new(file));
        FileId(self.files.len() as u32 - 1)
    }

    /// The same session with another text of a file.
    pub fn with_text(&self, file: FileId, text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let known = &self.files[file.0 as usize];
        if text.len() as u64 > encoding::LARGEST {
            let start = Span::new(file, 0, 0);
            let finding = file_too_large::at(start, text.len() as u64, encoding::LARGEST);
            let source = SourceFile::new(name(&known.place), "");
            return self.with(file, OnceLock::from((source, vec![finding])), Some(text));
        }
        let findings = encoding::inspect(file, &text);
        let source = SourceFile::new(name(&known.place), text);
        self.with(file, OnceLock::from((source, findings)), None)
    }

    /// The text of a file as an editor has it; that of a file that is too large isn't looked at by
    /// anybody else.
    pub fn edited(&self, file: FileId) -> SourceFile {
        match &self.files[file.0 as usize].too_large {
            Some(text) => SourceFile::new(self.text(file).0.name.clone(), text.clone()),
            None => self.text(file).0.clone(),
        }
    }

    /// The same session with a file as it is on disk, once it is asked for.
    pub fn from_disk(&self, file: FileId) -> Self {
        match self.files[file.0 as usize].place {
            Place::Disk(_) => self.with(file, OnceLock::new(), None),
            Place::Std(_) | Place::Editor(_) => self.clone(),
        }
    }

    fn with(
        &self,
        file: FileId,
        text: OnceLock<(SourceFile, Vec<Diagnostic>)>,
        too_large: Option<Arc<str>>,
    ) -> Self {
        let mut next = self.clone();
        let known = &self.files[file.0 as usize];
        let (place, module, project) = (known.place.clone(), known.module.clone(), known.project);
        next.files[file.0 as usize] = Arc::new(File { place, module, project, text, too_large });
        next
    }

    /// The file at a place; with the session that has it as a file on its own, if it is new.
    pub fn with_place(&self, place: &Place) -> (Self, FileId) {
        if let Some(file) = self.find(place) {
            return (self.clone(), file);
        }
        let mut next = self.clone();
        let mut map = (*self.map).clone();
        let number = map.projects.len();
        let module = match place {
            Place::Disk(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            Place::Std(path) | Place::Editor(path) => path.clone(),
        };
        let text = match place {
            Place::Disk(_) => OnceLock::new(),
            _ => OnceLock::from((SourceFile::new(name(place), ""), Vec::new())),
        };
        let file = next.push(File {
            place: place.clone(),
            module: module.clone(),
            project: Some(number),
            text,
            too_large: None,
        });
        if let Place::Disk(path) = place {
            map.by_path.insert(path.clone(), file);
        }
        let modules = BTreeMap::from([(module, file)]);
        map.projects.push(ProjectMap { modules, ..ProjectMap::default() });
        map.there.push(file);
        next.map = Arc::new(map);
        (next, file)
    }

    /// The file at a place.
    pub fn find(&self, place: &Place) -> Option<FileId> {
        match place {
            Place::Disk(path) => self.at(path),
            Place::Std(module) => self.map.std.get(module).copied(),
            Place::Editor(_) => {
                let same = self.files.iter().position(|file| file.place == *place)?;
                Some(FileId(same as u32))
            }
        }
    }

    /// The file at a path.
    pub fn at(&self, path: &Path) -> Option<FileId> {
        self.map.by_path.get(path).copied()
    }

    /// Where a file is.
    pub fn place_of(&self, file: FileId) -> &Place {
        &self.files[file.0 as usize].place
    }

    /// Whether a file is part of the standard library.
    pub fn is_std(&self, file: FileId) -> bool {
        matches!(self.place_of(file), Place::Std(_))
    }

    /// The modules that belong to people: all but the standard library.
    pub fn own(&self) -> impl Iterator<Item = FileId> {
        self.map.there.iter().copied().filter(|file| !self.is_std(*file))
    }

    /// The modules of the project that a module belongs to.
    pub fn project_of(&self, file: FileId) -> Vec<FileId> {
        let project = self.files[file.0 as usize].project.and_then(|project| self.map.projects.get(project));
        project.map_or(vec![file], |project| project.modules.values().copied().collect())
    }

    /// The folders in which the modules of a module's project lie: `ops.databases` is `ops/databases.quell`
    /// in one of them.
    pub fn sources_of(&self, file: FileId) -> BTreeSet<PathBuf> {
        let folder = |file: FileId| match self.place_of(file) {
            Place::Disk(path) => {
                let depth = self.files[file.0 as usize].module.split('.').count();
                path.ancestors().nth(depth).map(Path::to_owned)
            }
            Place::Std(_) | Place::Editor(_) => None,
        };
        self.project_of(file).into_iter().filter_map(folder).collect()
    }

    /// What its project sets about lint rules, for a file.
    pub fn lint_settings(&self, file: FileId) -> lint::Settings {
        let project = self.files[file.0 as usize].project.and_then(|project| self.map.projects.get(project));
        match (project, self.place_of(file)) {
            (Some(project), Place::Disk(path)) => project.lint.of(path),
            _ => lint::Settings::default(),
        }
    }

    /// What is wrong with project files.
    pub fn problems(&self) -> &[Problem] {
        &self.map.problems
    }

    /// What is wrong with a file as a file.
    pub fn file_findings(&self, file: FileId) -> &[Diagnostic] {
        &self.text(file).1
    }

    fn text(&self, id: FileId) -> &(SourceFile, Vec<Diagnostic>) {
        let file = &self.files[id.0 as usize];
        file.text.get_or_init(|| {
            let bytes = match &file.place {
                Place::Disk(path) => self.disk.read(path).unwrap_or_default(),
                Place::Std(_) | Place::Editor(_) => Vec::new(),
            };
            let (text, findings) = encoding::decode(id, bytes);
            (SourceFile::new(name(&file.place), text), findings)
        })
    }

    /// The machine.
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }
}

fn name(place: &Place) -> String {
    match place {
        Place::Disk(path) => path.to_string_lossy().into_owned(),
        Place::Std(module) => format!("{}.quell", module.replace('.', "/")),
        Place::Editor(address) => address.clone(),
    }
}
