//! `quell dry-run`: what a playbook would do, on a virtual clock.

mod interactive;
mod views;

use std::{io::Write, sync::Arc};

use quell_compiler::simulate::{
    self, Chance, Options,
    account::Account,
    invocation::Length,
    judge,
    timeline::{Invocations, timeline},
    trace::wire,
};

use super::Outcome;
use crate::{
    args::{DryRunArguments, RunFormat},
    console::Console,
    error::Failure,
    fence::Fence,
    render,
    start::{Runnable, Start},
};

/// Runs the command.
pub fn run(
    arguments: &DryRunArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let scenario = arguments.scenario.as_deref();
    let Some(found) = Runnable::find(fence, &arguments.target, scenario, console)? else {
        return Ok(Outcome::Findings);
    };
    let start = found.start("dry-run", &arguments.inputs);
    let Start { loaded, checked, playbook, scenario, .. } = start;
    let options = Options {
        seed: arguments.seed.unwrap_or_default(),
        chance: if arguments.seed.is_some() { Chance::Drawn } else { Chance::Median },
        ..start.options()?
    };
    if arguments.interactive {
        return interactive::run(arguments, start, options, console);
    }
    let run = simulate::simulate(&loaded.world, checked, playbook, &options);
    if let Some(problem) = run.problems.first() {
        return Err(start.cannot_run(problem));
    }
    if views::wanted(arguments) {
        let run = views::Shown { start, options: &options, run: &run };
        views::show(arguments, &run, &mut console.out)?;
        return Ok(Outcome::Fine);
    }
    let unmet = match scenario.map(|scenario| judge(&loaded.world, checked, &run, scenario)) {
        Some(Ok(unmet)) => unmet,
        Some(Err(problem)) => return Err(start.cannot_run(&problem)),
        None => Vec::new(),
    };
    if arguments.output_format == RunFormat::Json {
        let account = Account::new(&loaded.world, checked, &run.trace);
        write!(console.out.exact(), "{}", wire::json(&wire::document(&account)))?;
    } else {
        let timeline = timeline(&loaded.world, &run.trace);
        let account = Account::new(&loaded.world, checked, &run.trace);
        let which = if arguments.verbose { Invocations::All } else { Invocations::Approved };
        let shown = timeline.clone().with_invocations(&account, which, Length::Short);
        let shown = if arguments.verbose { shown } else { shown.folded() };
        render::timeline::timeline(&shown, &mut console.out)?;
        if scenario.is_some() {
            writeln!(console.out)?;
            render::timeline::expectations(&loaded.world, &timeline, &unmet, &mut console.out)?;
        }
    }
    Ok(if unmet.is_empty() { Outcome::Fine } else { Outcome::Findings })
}
