//! What goes wrong around sources: paths, project files, arguments. What is wrong *in* sources is a
//! [`Diagnostic`](quell_compiler::diagnostic::Diagnostic).

use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use miette::{LabeledSpan, NamedSource};

/// Why a command could not run.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum Failure {
    /// A path that leads nowhere.
    #[error("`{path}` doesn't exist")]
    #[diagnostic(code("missing-path"))]
    MissingPath {
        path: String,
        #[help]
        help: Option<String>,
    },

    /// A file of another kind.
    #[error("`{path}` is not a Quell file")]
    #[diagnostic(code("not-a-quell-file"), help("names of Quell files end in `.quell`"))]
    NotQuell { path: String },

    /// A folder with nothing to do in it.
    #[error("there is no Quell file in `{path}`")]
    #[diagnostic(
        code("no-quell-file"),
        help("names of Quell files end in `.quell`; files that .gitignore lists are skipped")
    )]
    NoFiles { path: String },

    /// A file or folder that can't be read.
    #[error("`{path}` can't be read: {cause}")]
    #[diagnostic(code("unreadable"))]
    Unreadable { path: String, cause: String },

    /// A path that leads out of what the command was asked about.
    #[error("`{path}` leads outside this {around}")]
    #[diagnostic(
        code("outside"),
        help(
            "if you trust it, run the command again with `--allow-outside`; `docs/security.md` says what that allows"
        )
    )]
    Outside { path: String, around: &'static str },

    /// A file that can't be written.
    #[error("`{path}` can't be written: {cause}")]
    #[diagnostic(code("unwritable"))]
    Unwritable {
        path: String,
        cause: String,
        #[help]
        help: Option<String>,
    },

    /// A file that is somebody's.
    #[error("`{path}` is not replaced: {why}")]
    #[diagnostic(
        code("not-replaced"),
        help("nothing was written; choose another file, or add `--force` to replace this one")
    )]
    NotReplaced { path: String, why: &'static str },

    /// A folder whose changes can't be seen.
    #[error("can't watch `{path}` for changes: {cause}")]
    #[diagnostic(
        code("unwatchable"),
        help("if the system's limit of watches is too low, watch fewer folders")
    )]
    Unwatchable { path: String, cause: String },

    /// A project file that says something wrong.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Manifest(Box<ManifestProblem>),

    /// More problems of a project file than anybody reads.
    #[error("`{path}` has {count} more problems")]
    #[diagnostic(code("more-problems"), help("fix the ones above first"))]
    MoreProblems { path: String, count: usize },

    /// A path without a playbook.
    #[error("there is no playbook in `{path}`")]
    #[diagnostic(code("no-playbook"), help("a playbook begins with `playbook NAME {{`"))]
    NoPlaybook { path: String },

    /// A path with several playbooks, and none chosen.
    #[error("`{path}` has {} playbooks: choose one", choices.len())]
    #[diagnostic(code("several-playbooks"))]
    SeveralPlaybooks {
        path: String,
        choices: Vec<String>,
        #[help]
        help: String,
    },

    /// A playbook that isn't there.
    #[error("there is no playbook `{name}` in `{path}`")]
    #[diagnostic(code("unknown-playbook"))]
    UnknownPlaybook {
        path: String,
        name: String,
        #[help]
        help: String,
    },

    /// A playbook that can't be run.
    #[error("`{name}` can't be run: {why}")]
    #[diagnostic(code("no-run"))]
    NoRun {
        name: String,
        why: String,
        #[help]
        help: Option<String>,
        /// Commands that can be, ready to paste.
        commands: Vec<String>,
    },

    /// A scenario that isn't there.
    #[error("the playbook `{playbook}` has no scenario `{title}`")]
    #[diagnostic(code("unknown-scenario"))]
    UnknownScenario {
        playbook: String,
        title: String,
        #[help]
        help: String,
    },

    /// Paths without a scenario.
    #[error("there is no scenario in {paths}")]
    #[diagnostic(
        code("no-scenario"),
        help(
            "a scenario begins with `scenario \"title\" for PLAYBOOK {{`; `quell explain missing-playbook` shows one"
        )
    )]
    NoScenarios { paths: String },

    /// A pattern that no scenario has in its name.
    #[error("no scenario has `{pattern}` in its name")]
    #[diagnostic(code("no-such-scenario"))]
    NothingMatches {
        pattern: String,
        #[help]
        help: String,
    },

    /// A file that is no trace.
    #[error("`{path}` is not the trace of a run: {why}")]
    #[diagnostic(code("not-a-trace"))]
    NotATrace {
        path: String,
        why: String,
        #[help]
        help: String,
    },

    /// A step that isn't there.
    #[error("the playbook `{playbook}` has no step `{name}`")]
    #[diagnostic(code("unknown-step"))]
    UnknownStep {
        playbook: String,
        name: String,
        #[help]
        help: String,
    },

    /// A code that no finding has.
    #[error("no finding has the code `{code}`")]
    #[diagnostic(code("unknown-code"))]
    UnknownCode {
        code: String,
        #[help]
        help: String,
    },

    /// Arguments that don't go together.
    #[error("{message}")]
    #[diagnostic(code("bad-arguments"))]
    Arguments {
        message: String,
        #[help]
        help: Option<String>,
    },

    /// Standard output or standard error failed.
    #[error("the output can't be written: {0}")]
    #[diagnostic(code("output"))]
    Output(#[from] io::Error),

    /// Several at once.
    #[error("{} errors", .0.len())]
    Several(Vec<Failure>),
}

/// Something wrong in a `quell.toml`, with the place.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{message}")]
#[diagnostic(code("broken-project-file"))]
pub struct ManifestProblem {
    /// What is wrong.
    pub message: String,
    /// The file.
    #[source_code]
    pub source_code: NamedSource<Arc<str>>,
    /// Where.
    #[label(collection)]
    pub labels: Vec<LabeledSpan>,
    /// What to do.
    #[help]
    pub help: Option<String>,
}

impl Failure {
    /// One failure of several; `None` where there is none.
    pub fn all(mut failures: Vec<Failure>) -> Option<Failure> {
        match failures.len() {
            0 => None,
            1 => failures.pop(),
            _ => Some(Failure::Several(failures)),
        }
    }

    /// What went wrong in words, each with its file, if it has one, and its place there.
    pub fn places(&self) -> Vec<(Option<PathBuf>, Range<usize>, String)> {
        match self {
            Failure::Several(all) => all.iter().flat_map(Failure::places).collect(),
            Failure::Manifest(problem) => {
                let path = crate::files::absolute(Path::new(problem.source_code.name()));
                let label = problem.labels.first();
                let range = label.map_or(0..0, |label| label.offset()..label.offset() + label.len());
                let help = problem.help.iter().map(|help| format!("\nhelp: {help}"));
                vec![(Some(path), range, std::iter::once(problem.message.clone()).chain(help).collect())]
            }
            other => vec![(None, 0..0, other.to_string())],
        }
    }

    /// `path` could not be read because of `cause`.
    pub fn unreadable(path: impl Into<PathBuf>, cause: impl ToString) -> Failure {
        Failure::Unreadable { path: crate::files::display(&path.into()), cause: cause.to_string() }
    }
}
