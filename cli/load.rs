//! From the paths that a command was given to the modules that a check needs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{
    diagnostic::Diagnostic,
    encoding,
    findings::{
        files::{
            byte_order_mark, carriage_return, duplicate_module, empty_file, file_too_large,
            invalid_module_name, not_utf8, tab,
        },
        names::unknown_module,
    },
    source::{FileId, SourceFile, Span},
    world::World,
};
use rayon::prelude::*;

use crate::{
    error::Failure,
    fence::{Content, Fence, Nested, Place},
    files,
    manifest::{Manifest, is_module_name, mend_module_name},
    project::{ProjectId, Projects, root_above},
    world::{FileWorld, Module, RuleFile},
};

/// The paths that a command was given, with all that is needed to check them.
#[derive(Default)]
pub struct Loaded {
    /// All modules.
    pub world: FileWorld,
    /// Those under the paths that were given, in the order of their paths.
    pub selected: Vec<FileId>,
    /// What is wrong with files as files.
    pub diagnostics: Vec<Diagnostic>,
    /// Files whose text isn't what is on disk: too large, or not UTF-8.
    pub unreadable: BTreeSet<FileId>,
}

/// A file to be read, with its place among the modules.
pub struct Entry {
    name: String,
    /// Where it is.
    pub disk: Option<PathBuf>,
    /// Its module path.
    pub path: String,
    /// What it belongs to.
    pub project: ProjectId,
    selected: bool,
}

impl Entry {
    fn of_file(disk: PathBuf, path: String, project: ProjectId, selected: bool) -> Self {
        Self { name: files::name(&disk), disk: Some(disk), path, project, selected }
    }
}

/// Reads what the paths lead to, the projects around them, and `std`. `-` is standard input.
pub fn load(fence: &Arc<Fence>, paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let mut failures = Vec::new();
    let mut chosen = BTreeSet::new();
    let mut stdin = false;
    for path in paths {
        if path.as_os_str() == "-" {
            stdin = true;
            continue;
        }
        match choose(fence, path) {
            Ok(files) => chosen.extend(files),
            Err(failure) => failures.push(failure),
        }
    }
    let mut world = FileWorld::new(fence);
    let mut entries = Vec::new();
    match gather(fence, &chosen, &mut world.projects) {
        Ok(gathered) => entries = gathered,
        Err(failure) => failures.push(failure),
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    let mut loaded = Loaded { world, ..Loaded::default() };
    if stdin {
        loaded.add_stdin()?;
    }
    loaded.add_files(entries);
    if loaded.selected.is_empty()
        && let Some(failure) = Failure::all(fence.take_unreadable())
    {
        return Err(failure);
    }
    loaded.world.add_std();
    for project in 0..loaded.world.projects.list.len() {
        let manifest = loaded.world.projects.list[project].manifest.as_ref();
        let files = manifest.map(|manifest| manifest.alert_rules.clone()).unwrap_or_default();
        loaded.add_alert_rules(project, &files)?;
    }
    Ok(loaded)
}

/// The files that a path means.
pub fn choose(fence: &Fence, path: &Path) -> Result<Vec<PathBuf>, Failure> {
    match fence.place(path)? {
        (file, Place::File) => Ok(vec![file]),
        (folder, Place::Folder) => {
            let files = fence.walk(&folder, Nested::Enter)?;
            if files.is_empty() {
                return Err(Failure::NoFiles { path: files::display(path) });
            }
            Ok(files)
        }
    }
}

/// All files of the projects that the chosen files belong to, and of those that they depend on.
pub fn gather(
    fence: &Fence,
    chosen: &BTreeSet<PathBuf>,
    projects: &mut Projects,
) -> Result<Vec<Entry>, Failure> {
    let mut roots = BTreeMap::new();
    let mut failures = Vec::new();
    for folder in chosen.iter().filter_map(|file| file.parent()).collect::<BTreeSet<_>>() {
        let Some(root) = root_above(fence, folder) else { continue };
        if roots.values().any(|known| *known == root) {
            roots.insert(folder.to_owned(), root);
            continue;
        }
        match projects.add(fence, &root) {
            Ok(_) => drop(roots.insert(folder.to_owned(), root)),
            Err(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    let mut entries: BTreeMap<PathBuf, Entry> = BTreeMap::new();
    let mut failures = Vec::new();
    for (project, manifest) in projects.list.iter().enumerate() {
        let Some(manifest) = &manifest.manifest else { continue };
        let mut modules = Vec::new();
        for source in &manifest.sources {
            let under = chosen.iter().filter(|file| belongs(file, source, &roots));
            let mut disks: BTreeSet<PathBuf> = under.cloned().collect();
            disks.extend(fence.walk(source, Nested::Skip)?);
            for disk in disks {
                let path = module_path(disk.strip_prefix(source).unwrap_or(&disk));
                let selected = chosen.contains(&disk);
                modules.push(path.clone());
                entries.insert(disk.clone(), Entry::of_file(disk, path, project, selected));
            }
        }
        failures.extend(clashes(manifest, &modules));
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    for disk in chosen {
        if !entries.contains_key(disk) {
            let path = module_path(Path::new(disk.file_name().unwrap_or_default()));
            let entry = Entry::of_file(disk.clone(), path, projects.add_bare(), true);
            entries.insert(disk.clone(), entry);
        }
    }
    Ok(entries.into_values().collect())
}

/// Dependencies that are called like a module or folder of the project itself.
fn clashes<'m>(manifest: &'m Manifest, modules: &'m [String]) -> impl Iterator<Item = Failure> + 'm {
    manifest.dependencies.iter().filter_map(|dependency| {
        let name = &dependency.name;
        modules.iter().find(|path| path.split('.').next() == Some(name))?;
        let message = format!("the dependency `{name}` has the name of a module of this project");
        let help = format!("`use {name}...` could mean either: give the dependency another name");
        Some(manifest.problem(dependency.name_span.clone(), message, "", Some(help)))
    })
}

/// Whether a file that was chosen lies under `source`, and in no project further down.
fn belongs(file: &Path, source: &Path, roots: &BTreeMap<PathBuf, PathBuf>) -> bool {
    let root = file.parent().and_then(|folder| roots.get(folder));
    file.starts_with(source) && root.is_some_and(|root| source.starts_with(root))
}

/// `ops/databases.quell` is `ops.databases`.
fn module_path(file: &Path) -> String {
    let parts: Vec<_> =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join(".")
}

fn read(fence: &Fence, entry: &Entry) -> Option<Content> {
    entry.disk.as_deref().map_or(Some(Ok(Vec::new())), |disk| fence.read_or_skip(disk))
}

impl Loaded {
    fn add_stdin(&mut self) -> Result<(), Failure> {
        let content = files::read_stdin()?;
        let project = self.world.projects.add_bare();
        let (name, path) = ("<stdin>".to_owned(), "stdin".to_owned());
        self.add(Entry { name, disk: None, path, project, selected: true }, content);
        Ok(())
    }

    fn add_files(&mut self, entries: Vec<Entry>) {
        let contents: Vec<_> = entries.par_iter().map(|entry| read(&self.world.fence, entry)).collect();
        for (entry, content) in entries.into_iter().zip(contents) {
            if let Some(content) = content {
                self.add_file(entry, content);
            }
        }
    }

    fn add_file(&mut self, entry: Entry, content: Content) {
        let in_project = self.world.projects.list[entry.project].manifest.is_some();
        let (path, project) = (entry.path.clone(), entry.project);
        let file = self.add(entry, content);
        let start = Span::new(file, 0, 0);
        if let Some(bad) = path.split('.').find(|part| !is_module_name(part))
            && in_project
        {
            self.diagnostics.push(invalid_module_name::at(start, bad, &mend_module_name(bad)));
        } else if path.split('.').next() == Some("std") && in_project {
            self.diagnostics.push(invalid_module_name::is_std(start));
        }
        let modules = self.world.modules_of(project);
        if let Some(&first) = modules.get(&path) {
            self.diagnostics.push(duplicate_module::at(start, &path, Span::new(first, 0, 0)));
        } else {
            modules.insert(path, file);
        }
    }

    /// Adds files of alert rules to a project, behind all modules.
    pub fn add_alert_rules(&mut self, project: ProjectId, files: &[PathBuf]) -> Result<(), Failure> {
        let mut sources = Vec::new();
        for file in files {
            let text = self.world.fence.read_text(file)?;
            let source = SourceFile::new(files::name(file), text);
            sources.push(RuleFile { source, disk: file.clone() });
        }
        self.world.add_alert_rules(project, sources);
        Ok(())
    }

    fn add(&mut self, entry: Entry, content: Content) -> FileId {
        let file = FileId(self.world.modules.len() as u32);
        let text = match content {
            Ok(bytes) => {
                let (text, findings) = encoding::decode(file, bytes);
                if findings.iter().any(|finding| finding.code == not_utf8::CODE) {
                    self.unreadable.insert(file);
                }
                self.diagnostics.extend(findings.into_iter().filter(|_| entry.selected));
                text
            }
            Err(size) => {
                self.unreadable.insert(file);
                self.diagnostics.push(file_too_large::at(Span::new(file, 0, 0), size, files::LIMIT));
                String::new()
            }
        };
        if entry.selected {
            self.selected.push(file);
        }
        let Entry { name, disk, path, project, .. } = entry;
        self.world.modules.push(Module { source: SourceFile::new(name, text), path, project, disk });
        file
    }

    /// Says anew what is wrong with a file as a file, after its text was replaced.
    pub fn inspect_again(&mut self, file: FileId) {
        let of_text = [byte_order_mark::CODE, carriage_return::CODE, tab::CODE, empty_file::CODE];
        self.diagnostics.retain(|finding| finding.span().file != file || !of_text.contains(&finding.code));
        if self.selected.contains(&file) {
            self.diagnostics.extend(encoding::inspect(file, &self.world.source(file).text));
        }
    }

    /// A file on its own can't use the one beside it: says what makes them a project.
    fn hint_at_project(&self, finding: &mut Diagnostic) {
        let span = finding.span();
        let Some(module) = self.world.modules.get(span.file.0 as usize) else { return };
        let alone = self.world.projects.list[module.project].manifest.is_none();
        let Some(disk) = module.disk.as_ref().filter(|_| alone && finding.code == unknown_module::CODE)
        else {
            return;
        };
        let path = module.source.part(span);
        let beside = disk.with_file_name(path.replace('.', "/")).with_extension(files::ENDING);
        if path.split('.').all(is_module_name) && self.world.fence.is_file(&beside) {
            let folder = files::display(disk.parent().unwrap_or(disk));
            finding.help.push(format!(
                "`{}` exists, but this file isn't part of a project: add a `quell.toml` to `{folder}`",
                files::display(&beside)
            ));
        }
    }

    /// Adds the findings of a check to those about files, and sorts them. Where bytes could not be
    /// read, what the check says of their line is left out: it would only repeat it.
    pub fn with(&self, checked: &[Diagnostic]) -> Vec<Diagnostic> {
        let line = |span: Span| (span.file, self.world.source(span.file).lines().line(span.start));
        let unread: BTreeSet<(FileId, u32)> = self
            .diagnostics
            .iter()
            .filter(|finding| finding.code == not_utf8::CODE)
            .map(|finding| line(finding.span()))
            .collect();
        let of_check = checked.iter().filter(|finding| !unread.contains(&line(finding.span())));
        let mut all: Vec<Diagnostic> = self.diagnostics.iter().chain(of_check).cloned().collect();
        all.iter_mut().for_each(|finding| self.hint_at_project(finding));
        quell_compiler::diagnostic::sort(&mut all);
        all
    }
}
