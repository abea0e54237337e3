//! `quell check`: what is wrong with playbooks.

use std::io::Write;

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    world::World,
};

use super::Outcome;
use crate::{
    analysis::analyse,
    args::{CheckArguments, OutputFormat},
    console::Console,
    error::Failure,
    load::{self, Loaded},
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
    let (here, elsewhere): (Vec<Diagnostic>, Vec<Diagnostic>) =
        findings.into_iter().partition(|finding| loaded.selected.contains(&finding.span().file));
    let rows = arguments.durations.then(|| durations::rows(&loaded.world, &checked, &loaded.selected));
    match (&rows, format) {
        (Some(rows), OutputFormat::Json) => {
            render::json::findings_and_durations(&loaded.world, &here, rows, &mut console.out)?;
        }
        _ => render::findings(&loaded.world, &here, format, &mut console.out)?,
    }
    if format == OutputFormat::Human {
        if here.is_empty() {
            let files = counted(loaded.selected.len(), "file");
            writeln!(console.out, "{files} checked, nothing to report")?;
        }
        hint_at_others(&loaded, &elsewhere, console)?;
    }
    if let Some(rows) = rows.filter(|_| format != OutputFormat::Json) {
        durations::table(&rows, &mut console.out)?;
    }
    let fine = here.iter().all(|finding| finding.level == Level::Info);
    Ok(if fine { Outcome::Fine } else { Outcome::Findings })
}

/// Errors in files that weren't asked for, but that those depend on, are only mentioned.
fn hint_at_others(loaded: &Loaded, elsewhere: &[Diagnostic], console: &mut Console) -> Result<(), Failure> {
    let mut files: Vec<&str> = elsewhere
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| loaded.world.source(finding.span().file).name.as_str())
        .collect();
    files.dedup();
    let Some(first) = files.first() else { return Ok(()) };
    let more = match files.len() {
        1 => String::new(),
        count => format!(" and {}", counted(count - 1, "other file")),
    };
    writeln!(
        console.err,
        "there are errors in `{first}`{more} as well, which this check was not asked about"
    )?;
    Ok(())
}
