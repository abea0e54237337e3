//! Findings as those read them who run checks for others: annotations of GitHub's workflows, GitLab's
//! code quality report, JUnit's XML.

use std::io::{self, Write};

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    lint,
    visible::visible_xml,
    world::World,
};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;

use super::sarif::whole_message;
use crate::console::Output;

/// Writes an annotation for each finding, as a workflow command.
pub fn github(world: &dyn World, findings: &[Diagnostic], output: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let source = world.source(finding.span().file);
        let (line, column) = source.line_column(finding.span().start);
        let (end_line, end_column) = source.line_column(finding.span().end);
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let (file, title) = (property(source.path()), property(finding.code));
        let message = data(&whole_message(finding));
        // Columns are only shown for findings of one line.
        let columns =
            if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
        writeln!(
            output,
            "::{command} file={file},line={line},endLine={end_line}{columns},title={title}::{message}"
        )?;
    }
    Ok(())
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes GitLab's code quality report.
pub fn gitlab(world: &dyn World, findings: &[Diagnostic], output: &mut Output) -> io::Result<()> {
    let prints = lint::fingerprints(world, findings);
    let issues: Vec<Issue<'_>> = findings
        .iter()
        .zip(prints)
        .map(|(finding, fingerprint)| {
            let source = world.source(finding.span().file);
            Issue {
                description: &finding.message,
                check_name: finding.code,
                fingerprint,
                severity: match finding.level {
                    Level::Error => "critical",
                    Level::Warning => "major",
                    Level::Info => "info",
                },
                location: Location {
                    path: source.path().strip_prefix("./").unwrap_or(source.path()),
                    lines: Lines {
                        begin: source.line_column(finding.span().start).0,
                        end: source.line_column(finding.span().end).0,
                    },
                },
            }
        })
        .collect();
    super::document(&issues, output)
}

/// Writes JUnit's XML: a suite for each file with findings, a failed test for each.
pub fn junit(world: &dyn World, findings: &[Diagnostic], output: &mut Output) -> io::Result<()> {
    let mut document = Report::new("quell");
    for group in findings.chunk_by(|one, next| one.span().file == next.span().file) {
        let Some(first) = group.first() else { continue };
        // On one line: an attribute has no other, and readers of such files are people in the end.
        let name = &*world.source(first.span().file).name;
        let mut suite = TestSuite::new(name);
        for finding in group {
            let (line, column) = world.source(finding.span().file).line_column(finding.span().start);
            let kind = match finding.level {
                Level::Error => NonSuccessKind::Error,
                Level::Warning | Level::Info => NonSuccessKind::Failure,
            };
            let mut status = TestCaseStatus::non_success(kind);
            status.set_type(finding.code).set_message(&finding.message);
            status.set_description(whole_message(finding));
            // What fails nothing here fails nothing there.
            let status = if finding.level == Level::Info { TestCaseStatus::success() } else { status };
            let mut case = TestCase::new(format!("{name}:{line}:{column}: {}", finding.code), status);
            case.set_classname("check");
            case.extra.insert("file".into(), name.into());
            case.extra.insert("line".into(), line.to_string().into());
            suite.add_test_case(case);
        }
        document.add_test_suite(suite);
    }
    let text = document.to_string().map_err(io::Error::other)?;
    writeln!(output.exact(), "{}", visible_xml(text.trim_end().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn workflow_commands_stay_on_their_line() {
        assert_eq!(data("100%\nmore: a, b"), "100%25%0Amore: a, b");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
