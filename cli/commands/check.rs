//! `quell check`: what is wrong with playbooks.

use std::io::Write;

use quell_compiler::diagnostic::{Diagnostic, Level};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{CheckArguments, OutputFormat},
    console::Console,
    error::Failure,
    load,
    progress::Progress,
    render::{self, counted, durations},
};

/// Runs the command.
pub fn run(arguments: &CheckArguments, console: &mut Console) -> Result<Outcome, Failure> {
    let format = arguments.output_format;
    let progress = Progress::start("checking", &console.err);
    let loaded = match load::load(&arguments.paths) {
        Ok(loaded) => loaded,
        Err(failure) => {
            if format == OutputFormat::Json {
                render::json::failure(&failure, &mut console.out)?;
            }
            return Err(failure);
        }
    };
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    // What is wrong in a module that these use is wrong with them: its errors count, its style is its own.
    let shown = |finding: &Diagnostic| {
        finding.level == Level::Error || loaded.selected.contains(&finding.span().file)
    };
    let findings: Vec<Diagnostic> = findings.into_iter().filter(shown).collect();
    let rows = arguments.durations.then(|| durations::rows(&loaded.world, &checked, &loaded.selected));
    match (&rows, format) {
        (Some(rows), OutputFormat::Json) => {
            render::json::findings_and_durations(&loaded.world, &findings, rows, &mut console.out)?;
        }
        _ => render::findings(&loaded.world, &findings, format, &mut console.out)?,
    }
    if format == OutputFormat::Human && findings.is_empty() {
        let files = counted(loaded.selected.len(), "file");
        writeln!(console.out, "{files} checked, nothing to report")?;
    }
    if let Some(rows) = rows.filter(|_| format != OutputFormat::Json) {
        durations::table(&rows, &mut console.out)?;
    }
    let fine = findings.iter().all(|finding| finding.level == Level::Info);
    Ok(if fine { Outcome::Fine } else { Outcome::Findings })
}
