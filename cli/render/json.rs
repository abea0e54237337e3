//! Findings as JSON: the published form, described in `docs/formats/findings.md`.
//!
//! A wire type of its own, so that the compiler's types can change and this can't by accident.

use std::io;

use quell_compiler::{
    diagnostic::{Diagnostic, Level, Safety},
    graph::DurationSpan,
    lint,
    source::Span,
    world::World,
};
use serde::Serialize;

use super::{Summary, durations::Row};
use crate::{console::Output, error::Failure};

/// Goes up when a reader of the form before would misread this one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    findings: Vec<Finding<'a>>,
    failures: Vec<FailureEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    durations: Option<Vec<DurationsEntry<'a>>>,
    summary: Totals,
}

#[derive(Serialize)]
struct DurationsEntry<'a> {
    playbook: &'a str,
    worst: Ends,
    without_people: Ends,
    expected: Ends,
}

#[derive(Serialize)]
struct Ends {
    resolved: Option<i64>,
    over: Option<i64>,
}

/// A finding in its published form.
#[derive(Serialize)]
pub struct Finding<'a> {
    code: &'static str,
    level: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    message: &'a str,
    place: Place<'a>,
    labels: Vec<Label<'a>>,
    notes: &'a [String],
    help: &'a [String],
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    place: Place<'a>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    place: Place<'a>,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Totals {
    errors: usize,
    warnings: usize,
    infos: usize,
    files: usize,
}

#[derive(Serialize)]
struct FailureEntry {
    code: String,
    message: String,
    help: Option<String>,
    place: Option<FailurePlace>,
}

#[derive(Serialize)]
struct FailurePlace {
    file: String,
    line: usize,
    column: usize,
}

/// Writes findings as one document.
pub fn findings(world: &dyn World, findings: &[Diagnostic], output: &mut Output) -> io::Result<()> {
    write(&of_findings(world, findings), output)
}

/// Writes findings as one document, with how long playbooks take.
pub fn findings_and_durations(
    world: &dyn World,
    findings: &[Diagnostic],
    durations: &[Row],
    output: &mut Output,
) -> io::Result<()> {
    let ends = |span: DurationSpan| Ends { resolved: span.resolved, over: span.over };
    let durations = durations.iter().map(|row| DurationsEntry {
        playbook: &row.playbook,
        worst: ends(row.durations.worst),
        without_people: ends(row.durations.without_people),
        expected: ends(row.durations.expected),
    });
    write(&Document { durations: Some(durations.collect()), ..of_findings(world, findings) }, output)
}

fn of_findings<'a>(world: &'a dyn World, findings: &'a [Diagnostic]) -> Document<'a> {
    let summary = Summary::of(findings);
    let prints = lint::fingerprints(world, findings);
    let entries = findings
        .iter()
        .zip(prints)
        .map(|(finding, print)| Finding { fingerprint: Some(print), ..wire(world, finding) });
    document(entries.collect(), Vec::new(), &summary)
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    level: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Statistics<'a> {
    format: &'static str,
    version: u32,
    counts: Vec<Count<'a>>,
}

/// Writes how often each code occurs.
pub fn statistics(rows: &[(&str, (usize, Level, bool))], output: &mut Output) -> io::Result<()> {
    let counts =
        rows.iter().map(|(code, (count, level, _))| Count { code, level: level.word(), count: *count });
    let document = Statistics { format: "quell-statistics", version: VERSION, counts: counts.collect() };
    super::document(&document, output)
}

/// Writes why a command could not run, as a document without findings.
pub fn failure(failure: &Failure, output: &mut Output) -> io::Result<()> {
    let failures = match failure {
        Failure::Several(all) => all.iter().map(entry).collect(),
        one => vec![entry(one)],
    };
    write(&document(Vec::new(), failures, &Summary::default()), output)
}

fn document<'a>(findings: Vec<Finding<'a>>, failures: Vec<FailureEntry>, summary: &Summary) -> Document<'a> {
    let Summary { errors, warnings, infos, files } = *summary;
    let summary = Totals { errors, warnings, infos, files };
    Document { format: "quell-findings", version: VERSION, findings, failures, durations: None, summary }
}

fn write(document: &Document<'_>, output: &mut Output) -> io::Result<()> {
    super::document(document, output)
}

/// The published form of a finding.
pub fn wire<'a>(world: &'a dyn World, finding: &'a Diagnostic) -> Finding<'a> {
    let fixes = finding.fixes.iter().map(|fix| Fix {
        title: &fix.title,
        safety: match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
            Safety::Suggestion => "suggestion",
        },
        edits: fix
            .edits
            .iter()
            .map(|edit| Edit { place: place(world, edit.span), replacement: &edit.replacement })
            .collect(),
    });
    let labels = finding.labels.iter();
    Finding {
        code: finding.code,
        level: finding.level.word(),
        group: lint::find(finding.code).map(|rule| rule.group.word()),
        fingerprint: None,
        message: &finding.message,
        place: place(world, finding.span()),
        labels: labels
            .map(|label| Label { message: &label.message, place: place(world, label.span) })
            .collect(),
        notes: &finding.notes,
        help: &finding.help,
        fixes: fixes.collect(),
    }
}

fn place(world: &dyn World, span: Span) -> Place<'_> {
    let source = world.source(span.file);
    let position = |offset| {
        let (line, column) = source.line_column(offset);
        Position { offset, line, column }
    };
    Place { file: source.path(), start: position(span.start), end: position(span.end) }
}

fn entry(failure: &Failure) -> FailureEntry {
    use miette::Diagnostic;
    let text = |part: Option<Box<dyn std::fmt::Display + '_>>| part.map(|part| part.to_string());
    let place = failure.labels().and_then(|mut labels| labels.next()).and_then(|label| {
        let contents = failure.source_code()?.read_span(label.inner(), 0, 0).ok()?;
        Some(FailurePlace {
            file: contents.name()?.to_owned(),
            line: contents.line() + 1,
            column: contents.column() + 1,
        })
    });
    FailureEntry {
        code: text(failure.code()).unwrap_or_default(),
        message: failure.to_string(),
        help: text(failure.help()),
        place,
    }
}
