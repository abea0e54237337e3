//! `quell check`: what is wrong with playbooks.

use quell_compiler::{
    check::check,
    diagnostic::{Diagnostic, Level},
};

use super::Outcome;
use crate::{
    args::{CheckArguments, OutputFormat},
    console::Console,
    error::Failure,
    load, render,
};

/// Runs the command.
pub fn run(arguments: &CheckArguments, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = match load::load(&arguments.paths) {
        Ok(loaded) => loaded,
        Err(failure) => {
            if arguments.output_format == OutputFormat::Json {
                render::json::failure(&failure, &mut console.out)?;
            }
            return Err(failure);
        }
    };
    let checked = check(&loaded.world);
    let (here, elsewhere): (Vec<Diagnostic>, Vec<Diagnostic>) = loaded
        .with(&checked.diagnostics)
        .into_iter()
        .partition(|finding| loaded.selected.binary_search(&finding.span().file).is_ok());
    render::findings(&loaded.world, &here, arguments.output_format, &mut console.out)?;
    if arguments.output_format == OutputFormat::Human {
        summary(&loaded, &here, &elsewhere, console)?;
    }
    let fine = here.iter().all(|finding| finding.level == Level::Info);
    Ok(if fine { Outcome::Fine } else { Outcome::Findings })
}
