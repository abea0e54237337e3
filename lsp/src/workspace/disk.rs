//! What the server asks of the machine that it runs on. The command line answers, since it knows
//! projects already; tests answer from memory.

use std::{
    collections::BTreeMap,
    fmt,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::lint::Settings;

/// The machine, as far as the server needs it.
pub trait Disk: Send + Sync {
    /// The projects under the folders, those that the files belong to, and what all of them depend on. A
    /// file that belongs to none is a project of its own.
    fn layout(&self, folders: &[PathBuf], files: &[PathBuf]) -> Layout;

    /// The bytes of a file; the error is a sentence that says why not.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String>;

    /// Lays a text where an editor can open it, read-only: a module of the standard library
    /// (`std/slack.quell`), a page (`errors/unknown-name.md`).
    fn lay_out_text(&self, name: &str, text: &str) -> Option<PathBuf>;
}

/// Which files are which modules.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The projects, and the files that belong to none.
    pub projects: Vec<Project>,
    /// What is wrong with project files.
    pub problems: Vec<Problem>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

/// A project.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The modules by their paths (`ops.databases`), each with its file.
    pub modules: BTreeMap<String, PathBuf>,
    /// Files that would be the same module as another one.
    pub duplicates: Vec<(String, PathBuf)>,
    /// What it calls the projects that it depends on: their numbers in [`Layout::projects`].
    pub dependencies: BTreeMap<String, usize>,
    /// Its files of alert rules.
    pub alert_rules: Vec<PathBuf>,
    /// The labels that its alerts get on their way.
    pub external_labels: Vec<String>,
    /// What it sets about lint rules.
    pub lint: LintSettings,
}

type SettingsOf = dyn Fn(&Path) -> Settings + Send + Sync;

/// What a project sets about lint rules, for each of its files.
#[derive(Clone, Default)]
pub struct LintSettings(Option<Arc<SettingsOf>>);

impl LintSettings {
    /// What `of` says about the file at a path.
    pub fn new(of: impl Fn(&Path) -> Settings + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(of)))
    }

    /// What is set for a file.
    pub fn of(&self, path: &Path) -> Settings {
        self.0.as_ref().map_or_else(Settings::default, |of| of(path))
    }
}

impl fmt::Debug for LintSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LintSettings")
    }
}

/// Something wrong with a project file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Where, as offsets of bytes.
    pub range: Range<usize>,
    /// What is wrong, with what to do.
    pub message: String,
}
