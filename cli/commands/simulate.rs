//! `quell simulate`: thousands of runs of a playbook, and what they come to.

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use quell_compiler::{
    report::{Tally, statistics_json, statistics_rows, tally},
    simulate::{Chance, Level, Options, Prepared, Problem, prepare},
};
use rayon::prelude::*;

use super::Outcome;
use crate::{
    STACK,
    args::{RunFormat, SimulateArguments},
    console::Console,
    error::Failure,
    fence::Fence,
    output::{self, Kind},
    progress::Progress,
    render,
    start::{Runnable, Start},
};

/// Runs of one thread before it takes the next ones.
const CHUNK: u64 = 256;

/// Runs the command.
pub fn run(
    arguments: &SimulateArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    // Before minutes are spent on what can't be kept.
    output::refuse_any(fence, &arguments.output_file, Kind::Statistics, arguments.force.into())?;
    let scenario = arguments.scenario.as_deref();
    let Some(found) = Runnable::find(fence, &arguments.target, scenario, console)? else {
        return Ok(Outcome::Findings);
    };
    let start = found.start("simulate", &arguments.inputs);
    let Start { loaded, checked, playbook, scenario, .. } = start;
    let options = Options { chance: Chance::Drawn, ..start.options()? };
    let prepared = prepare(&loaded.world, checked, playbook, &options);
    if let Some(problem) = prepared.problems().first() {
        return Err(start.cannot_run(problem));
    }
    let tally = count(start, &prepared, arguments, console)?;
    let name = checked.item(playbook).map_or_else(String::new, |item| item.name.text.to_string());
    let title = scenario.and_then(|scenario| checked.item(scenario)).map(|item| &*item.name.text);
    if arguments.output_format == RunFormat::Json {
        let json = statistics_json(&tally, &name, title, arguments.seed);
        match &arguments.output_file {
            Some(path) => {
                output::write(fence, path, &json, Kind::Statistics, arguments.force.into())?;
            }
            None => write!(console.out.exact(), "{json}")?,
        }
        return Ok(Outcome::Fine);
    }
    let rows = statistics_rows(&tally, &name, arguments.seed);
    match &arguments.output_file {
        Some(path) => {
            let line = |row: &quell_compiler::simulate::timeline::Row| {
                let text: String = row.iter().map(|piece| piece.text.as_str()).collect();
                format!("{}\n", text.trim_end())
            };
            let text = rows.iter().map(line).collect::<String>() + output::STATISTICS + "\n";
            output::write(fence, path, &text, Kind::Statistics, arguments.force.into())?;
        }
        None => render::timeline::rows(&rows, &mut console.out)?,
    }
    Ok(Outcome::Fine)
}

/// Runs in parallel; the result doesn't depend on who ran what.
fn count<'c>(
    start: Start<'c>,
    prepared: &Prepared<'c>,
    arguments: &SimulateArguments,
    console: &Console,
) -> Result<Tally<'c>, Failure> {
    let done = Arc::new(AtomicUsize::new(0));
    let all = usize::try_from(arguments.runs).unwrap_or(usize::MAX);
    let progress = Progress::counting("simulating", all, &done, &console.err);
    let chunks: Vec<u64> = (0..arguments.runs.div_ceil(CHUNK)).collect();
    let nothing = || Failure::Arguments { message: "there is nothing to simulate".to_owned(), help: None };
    // The first run that takes more than a run may take; none after it needs to be run.
    let given_up = AtomicU64::new(u64::MAX);
    let chunk = |chunk: u64| -> Option<Result<Tally<'c>, Problem>> {
        let mut counted = tally(start.checked, start.playbook)?;
        let mut runner = prepared.runner(Level::Nothing)?;
        let from = chunk * CHUNK;
        for index in from..(from + CHUNK).min(arguments.runs) {
            if index > given_up.load(Ordering::Relaxed) {
                break;
            }
            let seed = arguments.seed.wrapping_add(index);
            match runner.run(seed) {
                Ok(outcome) => counted.add(seed, &outcome),
                Err(problem) => {
                    given_up.fetch_min(index, Ordering::Relaxed);
                    return Some(Err(problem));
                }
            }
            done.fetch_add(1, Ordering::Relaxed);
        }
        Some(Ok(counted))
    };
    let run = || chunks.par_iter().map(|index| chunk(*index)).collect::<Vec<_>>();
    let tallies = match rayon::ThreadPoolBuilder::new().stack_size(STACK).build() {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    };
    drop(progress);
    let mut whole = tally(start.checked, start.playbook).ok_or_else(nothing)?;
    for tally in tallies {
        let tally = tally.ok_or_else(nothing)?;
        whole.append(tally.map_err(|problem| start.cannot_run(&problem))?);
    }
    Ok(whole)
}
