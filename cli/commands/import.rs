//! `quell import`: playbooks of other tools become Quell.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{
    check::check_files,
    diagnostic::{Diagnostic, Level, sort},
    findings::{
        files::{file_too_large, not_utf8},
        import::{import_assumed, import_left_out},
    },
    import::{Document, Imported, Trigger, beginning, stackpulse, translated},
    source::{FileId, SourceFile},
    world::MemoryWorld,
};

use super::Outcome;
use crate::{
    args::{ImportArguments, ImportFormat, ImportSource, OutputFormat, StackpulseArguments},
    console::Console,
    error::Failure,
    fence::{Fence, Nested},
    files,
    output::{self, Force, Kind},
    progress::Progress,
    render,
};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All of it is Quell.
    Converted,
    /// Something was left out.
    Partly,
    /// Nothing could be converted.
    Failed,
    /// It holds triggers only, which went into the playbooks beside it.
    Trigger,
}

/// A file and what became of it.
pub struct Entry {
    /// The file.
    pub file: FileId,
    /// What became of it.
    pub status: Status,
    /// The playbooks in Quell.
    pub playbooks: Vec<Imported>,
    /// What was found, in the YAML.
    pub findings: Vec<Diagnostic>,
}

/// All files.
pub struct Report {
    /// The YAML files, the library and the converted modules.
    pub world: MemoryWorld,
    /// The files, in the order of their paths.
    pub entries: Vec<Entry>,
}

/// Runs the command.
pub fn run(
    arguments: &ImportArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let ImportSource::Stackpulse(arguments) = &arguments.source;
    let progress = Progress::start("converting", &console.err);
    let report = report(fence, &arguments.paths)?;
    drop(progress);
    let written = match &arguments.output_dir {
        Some(folder) => write_all(folder, &report, fence, arguments.force.into())?,
        None => Vec::new(),
    };
    match (arguments.output_format, arguments.report) {
        (ImportFormat::Json, _) => render::import::json(&report, &mut console.out)?,
        (ImportFormat::Human, true) => render::import::report(&report, &mut console.out)?,
        (ImportFormat::Human, false) => human(arguments, &report, &written, console)?,
    }
    let findings = || report.entries.iter().flat_map(|entry| &entry.findings);
    let fine = findings().all(|finding| finding.level == Level::Info);
    Ok(if fine { Outcome::Fine } else { Outcome::Findings })
}

fn human(
    arguments: &StackpulseArguments,
    report: &Report,
    written: &[PathBuf],
    console: &mut Console,
) -> Result<(), Failure> {
    let findings: Vec<Diagnostic> = report.entries.iter().flat_map(|entry| entry.findings.clone()).collect();
    render::findings(&report.world, &findings, OutputFormat::Human, &mut console.err)?;
    if arguments.output_dir.is_some() {
        for path in written {
            writeln!(console.out, "wrote {}", files::display(path))?;
        }
        return Ok(());
    }
    let playbooks: Vec<&Imported> = report.entries.iter().flat_map(|entry| &entry.playbooks).collect();
    match playbooks.as_slice() {
        [] => Ok(()),
        [one] => Ok(write!(console.out.exact(), "{}", one.text)?),
        several => Err(Failure::Arguments {
            message: format!("there are {} playbooks, and each becomes a file", several.len()),
            help: Some("pass `--output-dir FOLDER`, or `--report` to preview the conversion".to_owned()),
        }),
    }
}

/// Reads, converts and checks what the paths lead to.
fn report(fence: &Fence, paths: &[PathBuf]) -> Result<Report, Failure> {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let mut folders: BTreeMap<PathBuf, Vec<(PathBuf, FileId, Document)>> = BTreeMap::new();
    for path in documents(fence, paths)? {
        let Some(content) = fence.read_or_skip(&path) else { continue };
        let (text, mut found) = match content {
            Ok(bytes) => decode(bytes),
            Err(_) => (String::new(), vec![file_too_large::CODE]),
        };
        let file = world.add_document(SourceFile::new(files::name(&path), text.clone()));
        let mut document = stackpulse(file, &text);
        if let Some(code) = found.pop() {
            let message = if code == not_utf8::CODE {
                "the file is not text in UTF-8"
            } else {
                "the file is too large"
            };
            document = Document { broken: true, ..Document::default() };
            document.diagnostics.push(Diagnostic::error(code, beginning(file), message));
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        folders.entry(folder).or_default().push((path, file, document));
    }
    if folders.is_empty()
        && let Some(failure) = Failure::all(fence.take_unreadable())
    {
        return Err(failure);
    }
    let mut entries = Vec::new();
    for documents in folders.into_values() {
        entries.append(&mut convert_folder(documents));
    }
    entries.sort_by_key(|entry| entry.file);
    let mut report = Report { world, entries };
    check(&mut report);
    Ok(report)
}

fn decode(bytes: Vec<u8>) -> (String, Vec<&'static str>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), Vec::new()),
        Err(_) => (String::new(), vec![not_utf8::CODE]),
    }
}

/// The playbooks of a folder, each with its triggers.
fn convert_folder(mut documents: Vec<(PathBuf, FileId, Document)>) -> Vec<Entry> {
    let mut triggers: Vec<(FileId, Trigger)> = Vec::new();
    for (_, file, document) in documents.iter_mut().filter(|(_, _, document)| document.playbooks.is_empty()) {
        triggers.extend(document.triggers.drain(..).map(|trigger| (*file, trigger)));
    }
    let assumed = unnamed(&documents, &triggers);
    let mut entries = Vec::new();
    for (path, file, document) in documents {
        let only_trigger =
            document.playbooks.is_empty() && !document.broken && document.diagnostics.is_empty();
        let stem = path
            .file_stem()
            .map_or_else(|| "playbook".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let names: Vec<Option<String>> = document.names();
        let meant = |trigger: &Trigger| {
            !document.playbooks.is_empty()
                && (trigger.playbook.is_empty()
                    || names.iter().flatten().any(|name| *name == trigger.playbook))
        };
        let (own, others): (Vec<_>, Vec<_>) = triggers.into_iter().partition(|(_, trigger)| meant(trigger));
        triggers = others;
        let (playbooks, mut findings) =
            document.convert(own.into_iter().map(|(_, trigger)| trigger).collect(), &stem);
        for playbook in &playbooks {
            findings.extend(playbook.diagnostics.iter().cloned());
        }
        let status = if only_trigger { Status::Trigger } else { Status::Converted };
        entries.push(Entry { file, status, playbooks, findings });
    }
    for (file, _) in triggers {
        let why = "no playbook in the same folder has its name";
        let finding = import_left_out::at(beginning(file), "this trigger", why);
        if let Some(entry) = entries.iter_mut().find(|entry| entry.file == file) {
            entry.findings.push(finding);
        }
    }
    if let Some(entry) = entries.first_mut() {
        entry.findings.extend(assumed);
    }
    // What a trigger says wrong is shown with its own file.
    let mut moved: Vec<Diagnostic> = Vec::new();
    for entry in &mut entries {
        let (own, others): (Vec<_>, Vec<_>) =
            entry.findings.drain(..).partition(|finding| finding.span().file == entry.file);
        entry.findings = own;
        moved.extend(others);
    }
    for finding in moved {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.file == finding.span().file) {
            entry.findings.push(finding);
        }
    }
    entries
}

/// What is assumed of triggers that name no playbook, where a folder has several.
fn unnamed(documents: &[(PathBuf, FileId, Document)], apart: &[(FileId, Trigger)]) -> Vec<Diagnostic> {
    let names = |document: &Document| document.names().into_iter().map(Option::unwrap_or_default).collect();
    let all: Vec<Vec<String>> = documents.iter().map(|(_, _, document)| names(document)).collect();
    if all.iter().map(Vec::len).sum::<usize>() < 2 {
        return Vec::new();
    }
    let first = all.iter().flatten().next().map_or("", String::as_str);
    let mut assumed: Vec<Diagnostic> =
        apart.iter().filter_map(|(_, trigger)| trigger.assumed(first)).collect();
    for ((_, _, document), names) in documents.iter().zip(&all) {
        let own = names.first().map_or(first, String::as_str);
        assumed.extend(document.triggers.iter().filter_map(|trigger| trigger.assumed(own)));
    }
    assumed
}

/// Checks the converted playbooks, and says what the compiler finds at its place in the YAML.
fn check(report: &mut Report) {
    let mut modules = Vec::new();
    for (entry_at, entry) in report.entries.iter().enumerate() {
        for (at, playbook) in entry.playbooks.iter().enumerate() {
            let source = SourceFile::new(format!("{}.quell", playbook.name), playbook.text.clone());
            let module = report.world.add(&format!("imported_{entry_at}_{at}"), source);
            modules.push((entry_at, at, module));
        }
    }
    let files: Vec<FileId> = modules.iter().map(|(_, _, module)| *module).collect();
    let checked = check_files(&report.world, &files);
    for (entry_at, at, module) in modules {
        let found = checked.diagnostics.iter().filter(|finding| finding.span().file == module);
        let entry = &mut report.entries[entry_at];
        let playbook = &entry.playbooks[at];
        let mut all: Vec<Diagnostic> = found
            .filter(|finding| finding.level > Level::Info)
            .map(|finding| translated(finding, &playbook.text, &playbook.origins))
            .collect();
        entry.findings.append(&mut all);
    }
    for entry in &mut report.entries {
        sort(&mut entry.findings);
        let left_out = entry.findings.iter().any(|finding| finding.code == import_left_out::CODE);
        if entry.status == Status::Converted {
            entry.status = match (entry.playbooks.is_empty(), left_out) {
                (true, _) => Status::Failed,
                (false, true) => Status::Partly,
                (false, false) => Status::Converted,
            };
        }
    }
}

/// Whether a finding says what is wrong with the original, and not what the import couldn't do.
pub fn is_mistake(finding: &Diagnostic) -> bool {
    finding.level > Level::Info
        && finding.code != import_left_out::CODE
        && finding.code != import_assumed::CODE
}

/// Writes each playbook to a file of its own. Files that are there already stay, unless forced.
fn write_all(folder: &Path, report: &Report, fence: &Fence, force: Force) -> Result<Vec<PathBuf>, Failure> {
    let mut taken = BTreeSet::new();
    let mut planned = Vec::new();
    for playbook in report.entries.iter().flat_map(|entry| &entry.playbooks) {
        let mut name = playbook.name.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{}_{number}", playbook.name);
            number += 1;
        }
        planned.push((folder.join(format!("{name}.quell")), &playbook.text));
    }
    output::refuse_any(fence, planned.iter().map(|(path, _)| path), Kind::Source, force)?;
    output::folder(fence, folder)?;
    for (path, text) in &planned {
        output::write(fence, path, text, Kind::Source, force)?;
    }
    Ok(planned.into_iter().map(|(path, _)| path).collect())
}

/// The YAML files that the paths mean, sorted.
fn documents(fence: &Fence, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = BTreeSet::new();
    for path in paths {
        if fence.is_dir(path) {
            found.extend(fence.walk_for(&files::absolute(path), Nested::Enter, &["yaml", "yml"])?);
        } else if fence.is_file(path) {
            found.insert(files::absolute(path));
        } else {
            return Err(Failure::MissingPath { path: files::display(path), help: None });
        }
    }
    if found.is_empty() {
        return Err(Failure::Arguments {
            message: "there are no YAML files to import".to_owned(),
            help: Some("names of YAML files end in `.yaml` or `.yml`".to_owned()),
        });
    }
    Ok(found.into_iter().collect())
}
