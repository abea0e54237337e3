//! What became of imported playbooks: a report for people, and a document for machines.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use quell_compiler::{diagnostic::Diagnostic, visible::visible_line, world::World};
use serde::Serialize;

use super::{counted, json, style};
use crate::{
    commands::import::{Entry, Report, Status, is_mistake},
    console::Output,
};

/// The version of the document.
const SCHEMA: &str = "quell.dev/import/1";

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    status: &'static str,
    playbooks: Vec<Playbook<'a>>,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Playbook<'a> {
    name: &'a str,
    library_steps: usize,
    container_steps: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Found<'a> {
    /// Whether it is a mistake of the original.
    mistake: bool,
    #[serde(flatten)]
    finding: json::Finding<'a>,
}

#[derive(Serialize, Default)]
struct Totals {
    playbooks: usize,
    converted: usize,
    partly: usize,
    failed: usize,
    mistakes: usize,
    left_out: usize,
}

impl Totals {
    fn of(report: &Report) -> Self {
        let with = |status| report.entries.iter().filter(|entry| entry.status == status).count();
        let findings = || report.entries.iter().flat_map(|entry| &entry.findings);
        Totals {
            playbooks: with(Status::Converted) + with(Status::Partly) + with(Status::Failed),
            converted: with(Status::Converted),
            partly: with(Status::Partly),
            failed: with(Status::Failed),
            mistakes: findings().filter(|finding| is_mistake(finding)).count(),
            left_out: findings().filter(|finding| is_left_out(finding)).count(),
        }
    }
}

fn is_left_out(finding: &Diagnostic) -> bool {
    finding.code == "import-left-out"
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Converted => "converted",
        Status::Partly => "partly",
        Status::Failed => "failed",
        Status::Trigger => "trigger",
    }
}

/// One document.
pub fn json(report: &Report, output: &mut Output) -> io::Result<()> {
    let file = |entry: &'_ Entry| -> io::Result<serde_json::Value> {
        let found = entry.findings.iter().map(|finding| Found {
            mistake: is_mistake(finding),
            finding: json::wire(&report.world, finding),
        });
        let playbooks = entry.playbooks.iter().map(|playbook| Playbook {
            name: &playbook.name,
            library_steps: playbook.known,
            container_steps: playbook.contained,
            text: &playbook.text,
        });
        let file = File {
            file: report.world.source(entry.file).path(),
            status: word(entry.status),
            playbooks: playbooks.collect(),
            findings: found.collect(),
        };
        Ok(serde_json::to_value(file)?)
    };
    let files: Vec<serde_json::Value> = report.entries.iter().map(file).collect::<io::Result<_>>()?;
    let document = serde_json::json!({ "schema": SCHEMA, "files": files, "summary": Totals::of(report) });
    super::document(&document, output)
}

/// Which files were converted, what was left out, and what is wrong with the originals.
pub fn report(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    let name = |entry: &Entry| report.world.source(entry.file).name.clone();
    let width = report.entries.iter().map(|entry| name(entry).chars().count()).max().unwrap_or(0).min(60);
    for entry in &report.entries {
        let steps = match entry.playbooks.as_slice() {
            [] => String::new(),
            playbooks => {
                let known: usize = playbooks.iter().map(|playbook| playbook.known).sum();
                let contained: usize = playbooks.iter().map(|playbook| playbook.contained).sum();
                format!("{} std, {}", known, counted(contained, "container"))
            }
        };
        let line = format!("{:<9}  {:<width$}  {steps}", word(entry.status), name(entry));
        writeln!(output, "{}", line.trim_end())?;
    }
    section(report, "Mistakes in the originals", is_mistake, output)?;
    section(report, "Left out", is_left_out, output)?;
    let totals = Totals::of(report);
    writeln!(
        output,
        "\n{}: {} converted, {} partly, {} failed; {} in the originals, {} left out",
        counted(totals.playbooks, "playbook"),
        totals.converted,
        totals.partly,
        totals.failed,
        counted(totals.mistakes, "mistake"),
        counted(totals.left_out, "thing"),
    )
}

fn section(
    report: &Report,
    title: &str,
    wanted: impl Fn(&Diagnostic) -> bool,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.entries.iter().flat_map(|entry| &entry.findings).filter(|finding| wanted(finding)) {
        by_file.entry(&report.world.source(finding.span().file).name).or_default().push(finding);
    }
    if by_file.is_empty() {
        return Ok(());
    }
    writeln!(output, "\n{title}")?;
    for (file, findings) in by_file {
        writeln!(output, "  {file}")?;
        for finding in findings {
            let source = report.world.source(finding.span().file);
            let (line, column) = source.line_column(finding.span().start);
            let (level, reset) = (style::level(finding.level), style::RESET);
            let place = format!("{line}:{column}");
            writeln!(
                output,
                "    {place:<8} {level}{}{reset}: {}",
                finding.code,
                visible_line(&finding.message)
            )?;
        }
    }
    Ok(())
}
