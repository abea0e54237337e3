//! `quell dry-run --interactive`: a drill, and what is kept of it.

use std::{io::Write, path::Path};

use quell_compiler::simulate::{
    Options,
    drill::{Drill, Transcript, transcript},
};

use super::{Outcome, cannot_run};
use crate::{
    args::DryRunArguments,
    console::Console,
    drill::{self, Left},
    error::Failure,
    fence::Fence,
    files,
    load::Loaded,
    output::{self, Force, Kind},
    render,
};

/// Runs the drill, tells how it went, and keeps what was decided.
pub fn run(
    arguments: &DryRunArguments,
    loaded: &Loaded,
    checked: &quell_compiler::check::Checked,
    playbook: quell_compiler::names::ItemId,
    options: Options,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    drill::check_terminal()?;
    // Before somebody spends an hour on what can't be kept.
    output::refuse_any(&loaded.world.fence, &arguments.save, Kind::Source, arguments.force.into())?;
    let begun = Drill::begin(&loaded.world, checked, playbook, options)
        .map_err(|problems| no_run(loaded, checked, playbook, &problems))?;
    let (drill, left) = drill::run(begun, arguments.pace)?;
    if !drill.run().problems.is_empty() {
        return Err(no_run(loaded, checked, playbook, &drill.run().problems));
    }
    let decisions = &drill.options().decisions;
    let count = decisions.answers.len() + decisions.approvals.len() + decisions.outcomes.len();
    if left == Left::Early {
        writeln!(
            console.out,
            "You left the drill at {}.",
            quell_compiler::simulate::timeline::clock(drill.now())
        )?;
        if count == 0 {
            return Ok(Outcome::Fine);
        }
        writeln!(console.out, "This is how it would have gone on with nobody there:\n")?;
    }
    render::timeline::timeline(&drill.told, &mut console.out)?;
    let title = arguments.scenario.as_deref().map_or("a drill".to_owned(), |base| format!("a drill: {base}"));
    let written = transcript(&drill, &title);
    match &arguments.save {
        Some(path) => save(&loaded.world.fence, path, &written, arguments.force.into(), console)?,
        None => {
            writeln!(console.out, "\nThe same again, as a scenario (`--save FILE` keeps it):\n")?;
            write!(console.out, "{}", written.scenario)?;
        }
    }
    Ok(Outcome::Fine)
}

fn no_run(
    loaded: &Loaded,
    checked: &quell_compiler::check::Checked,
    playbook: quell_compiler::names::ItemId,
    problems: &[quell_compiler::simulate::Problem],
) -> Failure {
    match problems.first() {
        Some(problem) => cannot_run(loaded, checked, playbook, problem),
        None => Failure::Arguments { message: "the drill can't begin".to_owned(), help: None },
    }
}

/// Writes a module of its own.
fn save(
    fence: &Fence,
    path: &Path,
    written: &Transcript,
    force: Force,
    console: &mut Console,
) -> Result<(), Failure> {
    output::write(fence, path, &written.module(), Kind::Source, force)?;
    writeln!(console.out, "\n{} holds what you decided, as a scenario.", files::display(path))?;
    Ok(())
}
