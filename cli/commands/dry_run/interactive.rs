//! `quell dry-run --interactive`: a drill, and saving it as a scenario.

use std::{io::Write, path::Path};

use quell_compiler::simulate::{
    Options, Problem,
    drill::{Drill, Transcript, transcript},
    timeline::clock,
};

use super::Outcome;
use crate::{
    args::DryRunArguments,
    console::Console,
    drill::{self, Left},
    error::Failure,
    fence::Fence,
    files,
    output::{self, Force, Kind},
    render,
    start::Start,
};

/// Runs the drill, prints its log, and saves or prints what was decided.
pub fn run(
    arguments: &DryRunArguments,
    start: Start<'_>,
    options: Options,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    drill::check_terminal()?;
    let Start { loaded, checked, playbook, .. } = start;
    // Before somebody spends an hour on a drill that can't be saved.
    output::refuse_any(&loaded.world.fence, &arguments.save, Kind::Source, arguments.force.into())?;
    let begun = Drill::begin(&loaded.world, checked, playbook, options)
        .map_err(|problems| no_run(start, &problems))?;
    let (drill, left) = drill::run(begun, arguments.pace)?;
    if !drill.run().problems.is_empty() {
        return Err(no_run(start, &drill.run().problems));
    }
    let decisions = &drill.options().decisions;
    let count = decisions.answers.len() + decisions.approvals.len() + decisions.outcomes.len();
    if left == Left::Early {
        writeln!(console.out, "You left the drill at {}.", clock(drill.now()))?;
        if count == 0 {
            return Ok(Outcome::Fine);
        }
        writeln!(console.out, "Without further decisions, the run would have continued like this:\n")?;
    }
    render::timeline::timeline(&drill.told, &mut console.out)?;
    let title = arguments.scenario.as_deref().map_or("a drill".to_owned(), |base| format!("a drill: {base}"));
    let written = transcript(&drill, &title);
    match &arguments.save {
        Some(path) => save(&loaded.world.fence, path, &written, arguments.force.into(), console)?,
        None => {
            writeln!(console.out, "\nThis drill as a scenario (`--save FILE` writes it to a file):\n")?;
            write!(console.out, "{}", written.scenario)?;
        }
    }
    Ok(Outcome::Fine)
}

fn no_run(start: Start<'_>, problems: &[Problem]) -> Failure {
    match problems.first() {
        Some(problem) => start.cannot_run(problem),
        None => Failure::Arguments { message: "the drill can't start".to_owned(), help: None },
    }
}

/// Writes the scenario as a module.
fn save(
    fence: &Fence,
    path: &Path,
    written: &Transcript,
    force: Force,
    console: &mut Console,
) -> Result<(), Failure> {
    output::write(fence, path, &written.module(), Kind::Source, force)?;
    writeln!(console.out, "\nYour decisions are saved as a scenario in {}.", files::display(path))?;
    Ok(())
}
