//! `quell completions`: what a shell needs to complete the commands and options.

use std::io::Write;

use clap::CommandFactory;

use super::Outcome;
use crate::{
    args::{Arguments, CompletionsArguments},
    console::Console,
    error::Failure,
};

/// Runs the command.
pub fn run(arguments: &CompletionsArguments, console: &mut Console) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "quell", &mut script);
    console.out.exact().write_all(&script)?;
    Ok(Outcome::Fine)
}
