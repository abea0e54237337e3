//! Results of scenarios: for people ([`human`]) and for programs ([`json`], [`junit`]).

pub mod coverage;
pub mod human;
pub mod json;
pub mod junit;

use std::{fmt, time::Duration};

use similar::{ChangeTag, TextDiff};

use quell_compiler::{
    coverage::Coverage,
    diagnostic::Diagnostic,
    hir::RunOutcome,
    simulate::{
        Problem, Unmet, Verdict, Verified,
        timeline::{Timeline, log},
        value::duration_for_people,
    },
    source::Span,
    world::World,
};

/// The results of `quell test`.
#[derive(Default)]
pub struct Report {
    /// In the order of files and text.
    pub tests: Vec<Test>,
    /// What is wrong with the files, so that nothing was run.
    pub errors: Vec<Diagnostic>,
    /// What they try, if that is wanted.
    pub coverage: Option<Coverage>,
    /// How many snapshots were recorded.
    pub recorded: usize,
    /// How many were removed.
    pub removed: usize,
    /// Snapshots that no scenario expects any more: the file and the name.
    pub obsolete: Vec<(String, String)>,
    /// How many scenarios weren't asked for.
    pub left_out: usize,
    /// How many weren't run, since too many runs before them were stopped at a limit.
    pub not_run: usize,
    /// How long all of it took.
    pub took: Duration,
}

/// A scenario that was run.
pub struct Test {
    /// What it is called.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
    /// How it went.
    pub verified: Verified,
    /// Lines of it that its run never came to.
    pub unused: Vec<Diagnostic>,
    /// In what it differs from its recorded log.
    pub change: Option<Change>,
    /// How long that took.
    pub took: Duration,
}

/// Why `expect snapshot` doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// There is no file to record it beside: standard input.
    Nowhere {
        /// Where it is expected.
        span: Span,
    },
    /// Nothing is recorded yet.
    New {
        /// Where it is expected.
        span: Span,
    },
    /// Something else is recorded.
    Differs {
        /// Where it is expected.
        span: Span,
        /// Where it is recorded.
        file: String,
        /// What is recorded.
        before: Vec<String>,
        /// What happens now.
        now: Vec<String>,
    },
}

impl Change {
    /// Where it is expected.
    pub fn span(&self) -> Span {
        match self {
            Change::Nowhere { span } | Change::New { span } | Change::Differs { span, .. } => *span,
        }
    }

    /// What is wrong, in words.
    pub fn actual(&self) -> String {
        match self {
            Change::Nowhere { .. } => "snapshots can't be used with standard input".to_owned(),
            Change::New { .. } => "no snapshot is recorded yet: run `quell test --update`".to_owned(),
            Change::Differs { file, .. } => {
                format!("the log differs from `{file}`; if that is intended, run `quell test --update`")
            }
        }
    }

    /// The lines that differ and some around them: with `-` what is recorded, with `+` what happens now.
    fn lines(&self) -> Vec<(ChangeTag, String)> {
        let Change::Differs { before, now, .. } = self else { return Vec::new() };
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let now: Vec<&str> = now.iter().map(String::as_str).collect();
        let diff = TextDiff::from_slices(&before, &now);
        let mut lines = Vec::new();
        for group in diff.grouped_ops(CONTEXT) {
            let changes = group.iter().flat_map(|operation| diff.iter_changes(operation));
            lines.extend(changes.map(|change| (change.tag(), format!("{}{}", change.tag(), change.value()))));
        }
        lines
    }
}

/// So many lines are shown around those that differ.
const CONTEXT: usize = 2;

/// What a scenario is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The module that it stands in.
    pub module: String,
    /// The playbook that it is for.
    pub playbook: String,
    /// Its title.
    pub title: String,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.playbook, self.title)
    }
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As people call it.
    pub file: String,
    /// As programs do.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

impl Place {
    /// Where a span begins.
    pub fn of(world: &dyn World, span: Span) -> Place {
        let source = world.source(span.file);
        let (line, column) = source.line_column(span.start);
        Place { file: source.name.clone(), path: source.path().to_owned(), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Report {
    /// Whether a run was given up, so that it isn't known whether its scenario holds.
    pub fn gave_up(&self) -> bool {
        self.tests.iter().any(Test::was_stopped)
    }

    /// How many went like this.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.tests.iter().filter(|test| test.verdict() == verdict).count()
    }
}

impl Test {
    /// How it went.
    pub fn verdict(&self) -> Verdict {
        match (self.verified.verdict(), &self.change) {
            (Verdict::Passed, Some(_)) => Verdict::Failed,
            (verdict, _) => verdict,
        }
    }

    /// Whether its run was stopped at a limit.
    pub fn was_stopped(&self) -> bool {
        self.verified.run.problems.iter().any(Problem::is_exceeded)
    }

    /// How the run ended, in words.
    pub fn ending(&self) -> String {
        let run = &self.verified.run;
        match (&run.ending, self.verdict()) {
            (Some(ending), Verdict::Passed | Verdict::Failed) => {
                let word = match ending.outcome {
                    RunOutcome::Resolved => "resolved",
                    RunOutcome::Failed => "failed",
                    RunOutcome::Completed => "completed",
                };
                format!("{word} after {}", duration_for_people(ending.decided))
            }
            _ if self.was_stopped() => "given up".to_owned(),
            _ => "couldn't run".to_owned(),
        }
    }
}

/// Why a run couldn't begin, as a line.
fn problem(world: &dyn World, problem: &Problem) -> String {
    match problem.span {
        Some(span) => format!("{problem} ({})", Place::of(world, span)),
        None => problem.to_string(),
    }
}

/// The lines of the log that explain why an expectation doesn't hold, as text.
fn explanation(timeline: &Timeline, unmet: &Unmet) -> Vec<String> {
    let rows = log(timeline, |line| unmet.events.contains(&line.event), usize::MAX);
    let text = |row: &quell_compiler::simulate::timeline::Row| {
        row.iter().map(|piece| piece.text.as_str()).collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(text).collect()
}
