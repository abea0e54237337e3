//! Results of scenarios for people: a line each, by playbook, then what didn't hold and why.

use std::io::{self, Write};

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    simulate::{
        Verdict,
        timeline::{Tone, timeline, wrapped},
    },
    visible::visible_line,
    world::World,
};

use similar::ChangeTag;

use super::{Change, Place, Report, Test};
use crate::render::{
    counted,
    human::finding,
    sources::Sources,
    style::{self, ADDED, QUIET, REMOVED, RESET, STRONG, Style, tone},
    timeline::unmet,
};

const WIDTH: usize = 80;
/// The column in which a title begins.
const INDENT: usize = 9;
/// The widest column of titles.
const TITLES: usize = 45;

/// Writes the whole report.
pub fn report(world: &dyn World, report: &Report, output: &mut dyn Write) -> io::Result<()> {
    let mut before: Option<&Test> = None;
    for test in &report.tests {
        let same = |before: &&Test| {
            before.place.file == test.place.file && before.name.playbook == test.name.playbook
        };
        if before.filter(same).is_none() {
            let gap = if before.is_some() { "\n" } else { "" };
            writeln!(
                output,
                "{gap}{STRONG}{}{RESET} {QUIET}({}){RESET}",
                test.name.playbook, test.place.file
            )?;
        }
        line(test, report, output)?;
        before = Some(test);
    }
    for test in report.tests.iter().filter(|test| test.verdict() != Verdict::Passed) {
        details(world, test, output)?;
    }
    let unused: Vec<Diagnostic> = report.tests.iter().flat_map(|test| test.unused.clone()).collect();
    if !unused.is_empty() {
        writeln!(output)?;
        let sources = Sources::of(world, &unused);
        unused.iter().try_for_each(|one| finding(&sources, one, output))?;
    }
    summary(report, output)
}

/// Writes how long it took: for terminals, since it is never the same twice.
pub fn took(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{QUIET}in {:.2} s{RESET}", report.took.as_secs_f64())
}

/// Writes that a change is waited for.
pub fn waiting(output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{QUIET}waiting for changes; press Ctrl-C to stop{RESET}")
}

fn word(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Passed => ("ok", tone(Tone::Success)),
        Verdict::Failed => ("FAIL", tone(Tone::Failure).bold()),
        Verdict::Broken => ("ERROR", tone(Tone::Failure).bold()),
    }
}

/// `  ok     the last deploy is slow      resolved after 7m 1s`.
fn line(test: &Test, report: &Report, output: &mut dyn Write) -> io::Result<()> {
    let widths = report.tests.iter().map(|test| visible_line(&test.name.title).chars().count());
    let titles = widths.max().unwrap_or(0).min(TITLES);
    let (word, style) = word(test.verdict());
    write!(output, "  {style}{word}{RESET}{}", " ".repeat(INDENT - 2 - word.len()))?;
    let mut rows = wrapped(&visible_line(&test.name.title), titles).into_iter().peekable();
    while let Some(row) = rows.next() {
        if rows.peek().is_some() {
            write!(output, "{row}\n{}", " ".repeat(INDENT))?;
        } else {
            writeln!(output, "{row:<titles$}  {QUIET}{}{RESET}", test.ending())?;
        }
    }
    Ok(())
}

/// What didn't hold, with what happened instead and the lines of the log that explain it.
fn details(world: &dyn World, test: &Test, output: &mut dyn Write) -> io::Result<()> {
    let (word, style) = word(test.verdict());
    writeln!(
        output,
        "\n{style}{word}{RESET} {STRONG}{}{RESET} {QUIET}({}){RESET}",
        visible_line(&test.name.to_string()),
        test.place
    )?;
    let run = &test.verified.run;
    for problem in &run.problems {
        let place = problem.span.map(|span| format!(" {QUIET}({}){RESET}", Place::of(world, span)));
        let problem_text = visible_line(&problem.to_string()).into_owned();
        writeln!(output, "  couldn't run: {problem_text}{}", place.unwrap_or_default())?;
        if let Some(help) = problem.help() {
            for row in wrapped(&format!("help: {help}"), WIDTH - 2) {
                writeln!(output, "  {row}")?;
            }
        }
    }
    if run.problems.is_empty() {
        let timeline = timeline(world, &run.trace);
        for one in &test.verified.unmet {
            unmet(world, &timeline, one, output)?;
        }
    }
    test.change.iter().try_for_each(|one| change(world, one, output))
}

/// In what a run differs from its recorded log.
fn change(world: &dyn World, change: &Change, output: &mut dyn Write) -> io::Result<()> {
    let place = Place::of(world, change.span());
    writeln!(output, "\n  {STRONG}expect snapshot{RESET} {QUIET}({place}){RESET}")?;
    for row in wrapped(&format!("but {}", change.actual()), WIDTH - 2) {
        writeln!(output, "  {row}")?;
    }
    for (tag, line) in change.lines() {
        match tag {
            ChangeTag::Equal => writeln!(output, "    {line}")?,
            ChangeTag::Delete => writeln!(output, "    {REMOVED}{line}{RESET}")?,
            ChangeTag::Insert => writeln!(output, "    {ADDED}{line}{RESET}")?,
        }
    }
    Ok(())
}

fn summary(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    for (count, what) in [(report.recorded, "recorded"), (report.removed, "removed")] {
        if count > 0 {
            writeln!(output, "\n{} {what}", counted(count, "snapshot"))?;
        }
    }
    for (file, name) in &report.obsolete {
        writeln!(
            output,
            "\n{STRONG}obsolete:{RESET} `{file}` has a snapshot of `{name}`, which no longer has `expect snapshot`"
        )?;
    }
    if report.not_run > 0 {
        let stopped = report.tests.iter().filter(|test| test.was_stopped()).count();
        writeln!(
            output,
            "\n{STRONG}{} not run:{RESET} {} stopped at a limit, and each takes long. Fix these first.",
            counted(report.not_run, "scenario"),
            counted(stopped, "run"),
        )?;
    }
    let kinds = [(Verdict::Passed, "passed"), (Verdict::Failed, "failed"), (Verdict::Broken, "couldn't run")];
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|(verdict, word)| (report.count(verdict), verdict, word))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, verdict, word)| format!("{}{count} {word}{RESET}", self::word(verdict).1))
        .collect();
    let count = report.tests.iter().map(|test| test.unused.len()).sum();
    let warned = count > 0 && report.recorded + report.removed + report.obsolete.len() == 0;
    let warnings = match count {
        0 => String::new(),
        count => format!(", {}{}{RESET}", style::level(Level::Warning), counted(count, "warning")),
    };
    let left_out = match report.left_out {
        0 => String::new(),
        count => format!(" {QUIET}({count} filtered out){RESET}"),
    };
    let scenarios = counted(report.tests.len(), "scenario");
    // Findings end with an empty line themselves.
    let gap = if warned { "" } else { "\n" };
    writeln!(output, "{gap}{STRONG}{scenarios}:{RESET} {}{warnings}{left_out}", counts.join(", "))
}
