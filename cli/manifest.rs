//! `quell.toml`: what a project is called, where its sources are, and what it depends on.
//!
//! ```toml
//! [package]
//! name = "payments"
//! version = "1.0.0"
//! sources = ["."]
//!
//! [dependencies]
//! platform = { path = "../platform" }
//!
//! [alerts]
//! rules = ["../monitoring/*.yml"]
//! external-labels = ["cluster"]
//! ```

mod alerts;
mod lint;

pub use lint::LintTable;

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use miette::{LabeledSpan, NamedSource};
use quell_compiler::{findings::suggest::nearest, world::stays_inside};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    error::{Failure, ManifestProblem},
    fence::Fence,
    files,
};

/// The name of the file.
pub const NAME: &str = "quell.toml";

/// What a project file says.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The folder that holds it.
    pub root: PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// The project's name.
    pub name: String,
    /// The folders, under `root`, whose files are the modules.
    pub sources: Vec<PathBuf>,
    /// What `use NAME.module` can name, in the order of the file.
    pub dependencies: Vec<Dependency>,
    /// The files of alert rules, sorted.
    pub alert_rules: Vec<PathBuf>,
    /// The labels that alerts get on their way from Prometheus.
    pub external_labels: Vec<String>,
    /// `[lint]`.
    pub lint: LintTable,
}

/// Another project that this one uses.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// What it is called here.
    pub name: String,
    /// Where the name stands.
    pub name_span: Range<usize>,
    /// Its folder.
    pub root: PathBuf,
    /// Where its path stands.
    pub path_span: Range<usize>,
}

/// Reads the project file in `root`.
pub fn read(fence: &Fence, root: &Path) -> Result<Manifest, Failure> {
    let path = root.join(NAME);
    let bytes = match fence.read(&path)? {
        Ok(bytes) => bytes,
        Err(_) => return Err(Failure::unreadable(path, "it is far too long for a project file")),
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err(Failure::unreadable(path, format!("line {line} is not UTF-8")));
        }
    };
    of_text(fence, root, text)
}

/// What a text says as the project file in `root`.
pub fn of_text(fence: &Fence, root: &Path, text: String) -> Result<Manifest, Failure> {
    let text = Arc::from(text);
    let mut reader = Reader { fence, root, text: &text, problems: Vec::new(), more: 0, renamed: Vec::new() };
    let manifest = reader.manifest();
    let Reader { mut problems, more, .. } = reader;
    if more > 0 {
        problems.push(Failure::MoreProblems { path: files::display(&root.join(NAME)), count: more });
    }
    match Failure::all(problems) {
        Some(failure) => Err(failure),
        None => Ok(manifest),
    }
}

impl Manifest {
    /// Something wrong at `span` in this file.
    pub fn problem(&self, span: Range<usize>, message: String, label: &str, help: Option<String>) -> Failure {
        problem(&self.root, &self.text, span, message, label, help)
    }
}

fn problem(
    root: &Path,
    text: &Arc<str>,
    span: Range<usize>,
    message: String,
    label: &str,
    help: Option<String>,
) -> Failure {
    let label = (!label.is_empty()).then(|| label.to_owned());
    Failure::Manifest(Box::new(ManifestProblem {
        message,
        source_code: NamedSource::new(files::name(&root.join(NAME)), text.clone()),
        labels: vec![LabeledSpan::new_primary_with_span(label, span)],
        help,
    }))
}

/// Whether `name` can stand in a path after `use`.
pub fn is_module_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// The name with what can't stand in one replaced.
pub fn mend_module_name(name: &str) -> String {
    let valid = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mended: String = name.chars().map(|letter| if valid(letter) { letter } else { '_' }).collect();
    match mended.chars().next() {
        Some(first) if !first.is_ascii_digit() => mended,
        _ => format!("_{mended}"),
    }
}

/// How to read what a project file names outside.
const ALLOW: &str = "if you trust it, run the command again with `--allow-outside`";

const PACKAGE_KEYS: &[&str] = &["name", "version", "sources"];

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'t> {
    fence: &'t Fence,
    root: &'t Path,
    /// All problems share it: a long file can have many.
    text: &'t Arc<str>,
    problems: Vec<Failure>,
    /// How many more there are than are told.
    more: usize,
    /// Rules that are set under a former name, with the current one.
    renamed: Vec<(String, &'static str)>,
}

/// So many problems of a file are told; whoever reads that many begins again after the first ones.
const MOST_PROBLEMS: usize = 50;

impl<'t> Reader<'t> {
    fn say(&mut self, span: Range<usize>, message: impl Into<String>, label: &str, help: impl Into<String>) {
        if self.is_full() {
            self.more += 1;
            return;
        }
        let help = Some(help.into()).filter(|help| !help.is_empty());
        self.problems.push(problem(self.root, self.text, span, message.into(), label, help));
    }

    /// Whether no further problem is told, so that its words needn't be found.
    fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    fn manifest(&mut self) -> Manifest {
        let mut manifest = Manifest {
            root: self.root.to_owned(),
            text: self.text.clone(),
            name: String::new(),
            sources: vec![self.root.to_owned()],
            dependencies: Vec::new(),
            alert_rules: Vec::new(),
            external_labels: Vec::new(),
            lint: LintTable::default(),
        };
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            self.say(span, format!("this is not TOML: {}", error.message()), "", "");
        }
        if !self.problems.is_empty() {
            return manifest;
        }
        let document = document.get_ref();
        self.known_keys(document, "", &["package", "dependencies", "alerts", "lint"]);
        match document.get("package") {
            None => self.say(
                0..0,
                "the project has no name",
                "",
                "start with\n[package]\nname = \"my_playbooks\"\nversion = \"0.1.0\"",
            ),
            Some(package) => {
                if let Some(table) = self.table(package, "package") {
                    self.package(table, package.span(), &mut manifest);
                }
            }
        }
        if let Some(dependencies) = document.get("dependencies")
            && let Some(table) = self.table(dependencies, "dependencies")
        {
            self.dependencies(table, &mut manifest);
        }
        if let Some(alerts) = document.get("alerts")
            && let Some(table) = self.table(alerts, "alerts")
        {
            self.alerts(table, &mut manifest);
        }
        if let Some(lint) = document.get("lint")
            && let Some(table) = self.table(lint, "lint")
        {
            manifest.lint = self.lint(table);
        }
        manifest
    }

    fn package(&mut self, table: &Table<'_>, span: Range<usize>, manifest: &mut Manifest) {
        self.known_keys(table, "package", PACKAGE_KEYS);
        match table.get("name") {
            None => self.say(span, "the project has no name", "", "add `name = \"my_playbooks\"`"),
            Some(value) => {
                if let Some(name) = self.text(value, "name") {
                    self.module_name(name, value.span(), "a project");
                    manifest.name = name.to_owned();
                }
            }
        }
        if let Some(value) = table.get("version")
            && let Some(version) = self.text(value, "version")
            && !is_version(version)
        {
            let message = format!("`{version}` is not a version");
            self.say(value.span(), message, "", "a version is three numbers: `1.4.0`");
        }
        if let Some(value) = table.get("sources") {
            self.sources(value, manifest);
        }
    }

    fn sources(&mut self, value: &Value<'_>, manifest: &mut Manifest) {
        let Some(folders) = value.get_ref().as_array() else {
            return self.wrong_kind(value, "sources", "a list of folders: `[\"playbooks\"]`");
        };
        let mut sources: Vec<PathBuf> = Vec::new();
        for folder in folders.iter() {
            let Some(name) = self.text(folder, "a source folder") else { continue };
            if !stays_inside(name) {
                let message = format!("the source folder `{name}` is outside the project");
                self.say(folder.span(), message, "", "make it a project of its own and depend on it");
                continue;
            }
            let path: PathBuf = self.root.join(name).components().collect();
            if !self.fence.holds(&path) {
                let message = format!("the source folder `{name}` leads outside this {}", self.fence.word());
                self.say(folder.span(), message, "", ALLOW);
            } else if !self.fence.is_dir(&path) {
                self.say(folder.span(), format!("there is no folder `{name}`"), "", "");
            } else if let Some(other) =
                sources.iter().find(|other| path.starts_with(other) || other.starts_with(&path))
            {
                let message = format!("the source folder `{name}` overlaps with another");
                let help =
                    format!("each file must have one module path; leave out one of `{}` and `{name}`", {
                        let inside = other.strip_prefix(self.root).unwrap_or(other);
                        if inside.as_os_str().is_empty() { ".".into() } else { inside.to_string_lossy() }
                    });
                self.say(folder.span(), message, "", help);
            } else {
                sources.push(path);
            }
        }
        if folders.is_empty() {
            self.say(value.span(), "the project has no source folder", "", "leave the key out for `[\".\"]`");
        }
        manifest.sources = sources;
    }

    fn dependencies(&mut self, table: &Table<'_>, manifest: &mut Manifest) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            self.module_name(name, key.span(), "a dependency");
            let Some(details) = value.get_ref().as_table() else {
                self.wrong_kind(value, name, &format!("`{{ path = \"../{name}\" }}`"));
                continue;
            };
            self.known_keys(details, name, &["path"]);
            let Some(path) = details.get("path") else {
                self.say(
                    key.span(),
                    format!("the dependency `{name}` has no path"),
                    "",
                    "add `path = \"../folder\"`",
                );
                continue;
            };
            let Some(folder) = self.text(path, "path") else { continue };
            let root = self.root.join(folder);
            if !self.fence.holds(&root.join(NAME)) {
                let message = format!("the dependency `{name}` is outside this {}", self.fence.word());
                let help = format!("pass its folder on the command line too, or {ALLOW}");
                self.say(path.span(), message, "", help);
            } else if !self.fence.is_dir(&root) {
                let message = format!("the dependency `{name}` is missing");
                self.say(path.span(), message, "there is no such folder", "the path starts at this file");
            } else if !self.fence.is_file(&root.join(NAME)) {
                let message = format!("the dependency `{name}` is not a project");
                let label = "there is no `quell.toml` in it";
                self.say(path.span(), message, label, "the path leads to the folder with the `quell.toml`");
            } else {
                manifest.dependencies.push(Dependency {
                    name: name.to_owned(),
                    name_span: key.span(),
                    root: files::absolute(&root),
                    path_span: path.span(),
                });
            }
        }
    }

    fn known_keys(&mut self, table: &Table<'_>, place: &str, known: &[&str]) {
        let mut keys: Vec<_> = table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        for key in keys {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            if self.is_full() {
                self.more += 1;
                continue;
            }
            let place = if place.is_empty() { String::new() } else { format!(" in `{place}`") };
            let help = match nearest(name, known.iter().copied()) {
                _ if place.is_empty() && PACKAGE_KEYS.contains(&name) => {
                    format!("`{name}` belongs under `[package]`")
                }
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", listed(known)),
            };
            self.say(key.span(), format!("unknown key `{name}`{place}"), "", help);
        }
    }

    fn table<'v, 'd>(&mut self, value: &'v Value<'d>, key: &str) -> Option<&'v Table<'d>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_kind(value, key, &format!("a table: `[{key}]`"));
        }
        table
    }

    fn text<'v>(&mut self, value: &'v Value<'_>, key: &str) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_kind(value, key, "a text: `\"...\"`");
        }
        text
    }

    fn wrong_kind(&mut self, value: &Value<'_>, key: &str, wanted: &str) {
        let kind = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.say(value.span(), format!("`{key}` can't be {kind}"), "", format!("write {wanted}"));
    }

    fn module_name(&mut self, name: &str, span: Range<usize>, what: &str) {
        if name == "std" {
            let message = format!("{what} can't be named `std`");
            self.say(span, message, "", "`std` is the standard library");
        } else if !is_module_name(name) {
            let message = format!("`{name}` can't be the name of {what}");
            let help = format!(
                "names are made of letters, digits and `_`, such as `{}`; `use` lines contain them",
                mend_module_name(name)
            );
            self.say(span, message, "", help);
        }
    }
}

fn is_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u64>().is_ok())
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
