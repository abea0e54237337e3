//! Results of scenarios: for people ([`human`]) and for programs ([`json`], [`junit`]).

pub mod coverage;
pub mod human;
pub mod json;
pub mod junit;

use std::{fmt, time::Duration};

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
pub struct Report {
    /// In the order of files and text.
    pub tests: Vec<Test>,
    /// What is wrong with the files, so that nothing was run.
    pub errors: Vec<Diagnostic>,
    /// What they try, if that is wanted.
    pub coverage: Option<Coverage>,
    /// How many scenarios weren't asked for.
    pub left_out: usize,
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
    /// How long that took.
    pub took: Duration,
}

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
        Place { file: source.name.clone(), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Report {
    /// How many went like this.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.tests.iter().filter(|test| test.verified.verdict() == verdict).count()
    }
}

impl Test {
    /// How the run ended, in words.
    pub fn ending(&self) -> String {
        let run = &self.verified.run;
        match (&run.ending, self.verified.verdict()) {
            (Some(ending), Verdict::Passed | Verdict::Failed) => {
                let word = match ending.outcome {
                    RunOutcome::Resolved => "resolved",
                    RunOutcome::Failed => "failed",
                    RunOutcome::Completed => "completed",
                };
                format!("{word} after {}", duration_for_people(ending.decided))
            }
            (Some(_), Verdict::Broken) => "more happens than a run may have".to_owned(),
            (None, _) => "can't be run".to_owned(),
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
