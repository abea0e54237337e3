//! Rendering of results: the only place with colors. Findings in Quell sources for people
//! ([`human`]) and for programs ([`json`]), and failures outside the sources ([`failure`]).

pub mod alerts;
pub mod ci;
pub mod diff;
pub mod docs;
pub mod durations;
pub mod fix;
pub mod human;
pub mod import;
pub mod json;
pub mod page;
pub mod sarif;
pub mod scenarios;
pub mod sources;
pub mod style;
pub mod timeline;

use std::{
    collections::BTreeSet,
    fmt::Display,
    io::{self, Write},
};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};
use quell_compiler::{
    diagnostic::{Diagnostic, Level, Safety},
    source::part,
    visible::{visible, visible_json, visible_line},
    world::World,
};
use serde::Serialize;

use crate::{
    args::OutputFormat,
    console::Output,
    error::{Failure, ManifestProblem},
    fence::Told,
};
use sources::Sources;

/// Writes findings in a format, with a summary.
pub fn findings(
    world: &dyn World,
    findings: &[Diagnostic],
    format: OutputFormat,
    output: &mut Output,
) -> io::Result<()> {
    match format {
        OutputFormat::Json => json::findings(world, findings, output),
        OutputFormat::Sarif => sarif::findings(world, findings, output),
        OutputFormat::Github => ci::github(world, findings, output),
        OutputFormat::Gitlab => ci::gitlab(world, findings, output),
        OutputFormat::Junit => ci::junit(world, findings, output),
        OutputFormat::Short => {
            for finding in findings {
                short(world, finding, output)?;
            }
            Ok(())
        }
        OutputFormat::Human => {
            let sources = Sources::of(world, findings);
            for finding in findings {
                human::finding(&sources, finding, output)?;
            }
            match Summary::of(findings).line() {
                Some(line) => writeln!(output, "{line}"),
                None => Ok(()),
            }
        }
    }
}

/// Writes how often each kind of finding occurs, the most frequent first.
pub fn statistics(findings: &[Diagnostic], format: OutputFormat, output: &mut Output) -> io::Result<()> {
    let mut counts: std::collections::BTreeMap<&str, (usize, Level, bool)> = Default::default();
    for finding in findings {
        let entry = counts.entry(finding.code).or_insert((0, finding.level, false));
        entry.0 += 1;
        entry.1 = entry.1.max(finding.level);
        entry.2 |= finding.fixes.iter().any(|fix| fix.safety != Safety::Suggestion);
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, (count, ..))| (std::cmp::Reverse(*count), *code));
    if format == OutputFormat::Json {
        return json::statistics(&rows, output);
    }
    for (code, (count, level, repairs)) in &rows {
        let (colour, reset) = (style::level(*level), style::RESET);
        let repair = if *repairs { "  (fixable)" } else { "" };
        writeln!(output, "{count:>6}  {colour}{:<8}{reset} {code}{repair}", level.word())?;
    }
    match Summary::of(findings).line() {
        Some(line) => writeln!(output, "{line}"),
        None => writeln!(output, "nothing to report"),
    }
}

fn short(world: &dyn World, finding: &Diagnostic, output: &mut dyn Write) -> io::Result<()> {
    let source = world.source(finding.span().file);
    let (line, column) = source.line_column(finding.span().start);
    let (level, reset) = (style::level(finding.level), style::RESET);
    let (word, code, message) = (finding.level.word(), finding.code, visible_line(&finding.message));
    writeln!(output, "{}:{line}:{column}: {level}{word}[{code}]{reset}: {message}", source.name)
}

/// How many findings there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
    /// Files with findings.
    pub files: usize,
}

impl Summary {
    /// Counts.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self {
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            infos: count(Level::Info),
            files: findings.iter().map(|finding| finding.span().file).collect::<BTreeSet<_>>().len(),
        }
    }

    /// `3 errors, 1 warning in 2 files`; none where there is nothing.
    pub fn line(&self) -> Option<String> {
        let of_level = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let parts: Vec<String> = of_level
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(*count, word))
            .collect();
        (!parts.is_empty()).then(|| format!("{} in {}", parts.join(", "), counted(self.files, "file")))
    }
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Writes what a command left out; `around` is what it stayed in.
pub fn told(told: &Told, around: &str, output: &mut dyn Write) -> io::Result<()> {
    told.sentences(around).iter().try_for_each(|sentence| writeln!(output, "{sentence}"))
}

/// Writes why a command could not run.
pub fn failure(failure: &Failure, output: &mut dyn Write) {
    if let Failure::Several(all) = failure {
        return all.iter().for_each(|failure| self::failure(failure, output));
    }
    let words =
        |part: Option<Box<dyn Display + '_>>| part.map(|part| visible(&part.to_string()).into_owned());
    let mut shown = MietteDiagnostic::new(visible(&failure.to_string()));
    shown.code = words(miette::Diagnostic::code(failure));
    shown.help = words(miette::Diagnostic::help(failure));
    let report = match failure {
        Failure::Manifest(problem) => with_source(shown, problem),
        _ => Report::new(shown),
    };
    let mut text = String::new();
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode()).with_links(false).with_width(100);
    // Where even this can't be written, only the exit code is left.
    let written = handler.render_report(&mut text, report.as_ref());
    let commands = match failure {
        Failure::NoRun { commands, .. } => commands.as_slice(),
        _ => &[],
    };
    if !commands.is_empty() {
        text.truncate(text.trim_end().len());
    }
    let _ = match written {
        Ok(()) => writeln!(output, "{}", style::marked(&text)),
        Err(_) => writeln!(output, "error: {failure}"),
    };
    // Never wrapped: a line that is broken isn't the same to a shell.
    for command in commands {
        let _ = writeln!(output, "  {}", visible_line(command));
    }
}

/// Shows a place in a project file, with what can't be seen in it as symbols.
fn with_source(mut report: MietteDiagnostic, problem: &ManifestProblem) -> Report {
    let text = problem.source_code.inner();
    let shown = |text: &str| visible(&text.replace("\r\n", "\n")).into_owned();
    let offset = |at: usize| shown(part(text, 0, at)).len();
    let labels = problem.labels.iter().map(|label| {
        let (start, end) = (offset(label.offset()), offset(label.offset() + label.len()));
        let words = label.label().map(|words| visible_line(words).into_owned());
        LabeledSpan::new_primary_with_span(words, start..end)
    });
    report.labels = Some(labels.collect());
    let name = visible_line(problem.source_code.name());
    Report::new(report).with_source_code(NamedSource::new(name, shown(text)))
}

/// Writes a JSON document, in which characters that can't be seen are escaped.
pub fn document(document: &impl Serialize, output: &mut Output) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    writeln!(output.exact(), "{}", visible_json(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_words() {
        let summary = Summary { errors: 3, warnings: 1, infos: 0, files: 2 };
        assert_eq!(summary.line().as_deref(), Some("3 errors, 1 warning in 2 files"));
        assert_eq!(Summary::default().line(), None);
    }
}
