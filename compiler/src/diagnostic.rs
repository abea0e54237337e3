//! What is said about sources: a finding with its places, reasons and repairs.
//!
//! Plain data: the command line renders it for people and for machines, the editor translates it.
//! The sentences are made in [`findings`](crate::findings), one file for each code.

mod edits;

pub use edits::{Misfit, clash, edited};

use crate::source::Span;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; fails nothing.
    Info,
    /// Most likely a mistake.
    Warning,
    /// The playbook can't be trusted until this is mended.
    Error,
}

impl Level {
    /// The word for people and machines.
    pub fn word(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the kind of finding, for example `unknown-name`.
    pub code: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong: lower case, names in backticks, no final dot.
    pub message: String,
    /// Where: the first is the place of the finding, the others explain it, maybe in other files.
    pub labels: Vec<Label>,
    /// Why it is wrong.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
    /// Repairs that a machine can make.
    pub fixes: Vec<Fix>,
}

/// A place with a remark; an empty remark only marks the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark.
    pub message: String,
}

/// Whether a fix may be applied unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Keeps the meaning or restores what was surely meant.
    Safe,
    /// Likely right; the author should look.
    Unsafe,
    /// Only shown: it has holes for the author to fill.
    Suggestion,
}

/// A repair: edits of one or several files that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "replace by `major`".
    pub title: String,
    /// Whether it may be applied unasked.
    pub safety: Safety,
    /// Edits that don't overlap.
    pub edits: Vec<Edit>,
}

/// Replaces a range of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty to insert.
    pub span: Span,
    /// What comes.
    pub replacement: String,
}

impl Diagnostic {
    /// A finding of `level` at `span`.
    pub fn new(code: &'static str, level: Level, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            labels: vec![Label { span, message: String::new() }],
            notes: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// An error at `span`.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Level::Error, span, message)
    }

    /// A warning at `span`.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Level::Warning, span, message)
    }

    /// Words at the finding's own place.
    pub fn at(mut self, message: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.message = message.into();
        }
        self
    }

    /// A further place.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// A reason.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// An advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// A repair.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The place of the finding.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

impl Fix {
    /// A repair that replaces one range.
    pub fn replace(
        safety: Safety,
        title: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        Self { title: title.into(), safety, edits: vec![Edit { span, replacement: replacement.into() }] }
    }
}

/// Sorts findings by file, place and code, and drops exact repetitions: the order in which all
/// outputs show them.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span(), a.code, &a.message).cmp(&(b.span(), b.code, &b.message)));
    diagnostics.dedup();
}
