//! `quell test`: runs scenarios.

mod select;
mod snapshots;
mod watch;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use quell_compiler::{
    check::Checked,
    coverage::{self, Coverage, Share, lcov::lcov},
    diagnostic::{Diagnostic, Level},
    findings,
    names::ItemId,
    simulate::{Verdict, unused, verify},
};
use rayon::prelude::*;

use super::Outcome;
use crate::{
    STACK,
    analysis::analyse,
    args::{OutputFormat, TestArguments, TestFormat},
    console::Console,
    error::Failure,
    fence::Fence,
    load::{Loaded, load},
    output::{self, Kind},
    progress::Progress,
    render::{
        self,
        scenarios::{Report, Test, human, json, junit},
    },
    world::FileWorld,
};
use select::{Selected, Selection, select};
use snapshots::Mode;

/// Runs the command.
pub fn run(arguments: &TestArguments, fence: &Arc<Fence>, console: &mut Console) -> Result<Outcome, Failure> {
    let for_programs = arguments.output_format != TestFormat::Human;
    let refused = match &arguments.output_file {
        Some(_) if !for_programs => Some((
            "a file takes `--output-format json` or `junit`",
            "to save the readable output, redirect it: `quell test > FILE`",
        )),
        None if for_programs && arguments.watch => {
            Some(("`--watch` writes for people", "set a file for programs with `--output-file`"))
        }
        _ if arguments.watch && arguments.paths.iter().any(|path| path == Path::new("-")) => {
            Some(("standard input can't be watched", "give a path"))
        }
        _ => None,
    };
    if let Some((message, help)) = refused {
        return Err(Failure::Arguments { message: message.to_owned(), help: Some(help.to_owned()) });
    }
    if arguments.watch {
        return watch::watch(arguments, fence, console);
    }
    once(arguments, fence, console).map(|once| once.outcome)
}

/// A run of all scenarios.
struct Once {
    /// How it went.
    outcome: Outcome,
    /// The files that it read.
    files: Vec<PathBuf>,
}

fn once(arguments: &TestArguments, fence: &Arc<Fence>, console: &mut Console) -> Result<Once, Failure> {
    let begin = Instant::now();
    let progress = Progress::start("checking", &console.err);
    let loaded = load(fence, &arguments.paths)?;
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    let errors: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    let report = if errors.is_empty() {
        let selection = select(&checked, &loaded, arguments)?;
        let mut tests = run_all(&loaded, &checked, &selection, console);
        let not_run = selection.tests.len().saturating_sub(tests.len());
        let mode = if arguments.update { Mode::Update } else { Mode::Compare };
        let snapshots = snapshots::settle(&loaded, &checked, &mut tests, mode, arguments.force.into())?;
        let coverage = wants_coverage(arguments).then(|| coverage_of(&loaded, &checked, &tests));
        Report {
            tests,
            errors,
            coverage,
            recorded: snapshots.recorded,
            removed: snapshots.removed,
            obsolete: snapshots.obsolete,
            left_out: selection.left_out,
            not_run,
            took: begin.elapsed(),
        }
    } else {
        Report { errors, took: begin.elapsed(), ..Report::default() }
    };
    write(&loaded.world, &report, arguments, console)?;
    let passed = |test: &Test| test.verdict() == Verdict::Passed && test.unused.is_empty();
    let passed = report.tests.iter().all(passed);
    let fine = passed && report.errors.is_empty() && too_little(&report, arguments).is_none();
    let outcome = match (report.gave_up(), fine) {
        (true, _) => Outcome::GivenUp,
        (false, true) => Outcome::Fine,
        (false, false) => Outcome::Findings,
    };
    let files = loaded.world.modules.into_iter().filter_map(|module| module.disk).collect();
    Ok(Once { outcome, files })
}

/// So many scenarios run side by side before it is looked at how many of them were stopped at a limit:
/// always the same ones, so that the result is the same on every machine.
const BATCH: usize = 64;

/// After so many runs that were stopped at a limit no more are started: each takes seconds, and thousands
/// of them, hours.
const MOST_STOPPED: usize = 16;

/// Runs scenarios side by side; the results are in the order of the selection.
fn run_all(loaded: &Loaded, checked: &Checked, selection: &Selection, console: &Console) -> Vec<Test> {
    let done = Arc::new(AtomicUsize::new(0));
    let _progress = Progress::counting("running scenarios", selection.tests.len(), &done, &console.err);
    let run = |selected: &Selected| {
        let begin = Instant::now();
        let verified = verify(&loaded.world, checked, selected.scenario)?;
        done.fetch_add(1, Ordering::Relaxed);
        let (name, place, took) = (selected.name.clone(), selected.place.clone(), begin.elapsed());
        let mut unused = unused(&verified.run);
        unused.extend(warnings_of(checked, selected.scenario));
        Some(Test { name, place, verified, unused, change: None, took })
    };
    // Expressions nest as deep here as they do in the main thread.
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let batch = |batch: &[Selected]| match &pool {
        Ok(pool) => pool.install(|| batch.par_iter().filter_map(run).collect()),
        Err(_) => batch.iter().filter_map(run).collect(),
    };
    in_batches(&selection.tests, batch, Test::was_stopped)
}

/// Runs all, until too many were stopped.
fn in_batches<S, T>(all: &[S], run: impl Fn(&[S]) -> Vec<T>, was_stopped: impl Fn(&T) -> bool) -> Vec<T> {
    let (mut done, mut stopped) = (Vec::with_capacity(all.len()), 0);
    let mut rest = all;
    while !rest.is_empty() && stopped < MOST_STOPPED {
        let size = if stopped == 0 { BATCH } else { MOST_STOPPED - stopped };
        let (now, later) = rest.split_at(size.min(rest.len()));
        let results = run(now);
        stopped += results.iter().filter(|result| was_stopped(result)).count();
        done.extend(results);
        rest = later;
    }
    done
}

/// What the check says of a scenario, since one that can't fail hasn't passed.
fn warnings_of(checked: &Checked, scenario: ItemId) -> Vec<Diagnostic> {
    let Some(item) = checked.item(scenario) else { return Vec::new() };
    let about = |finding: &&Diagnostic| {
        let span = finding.span();
        span.file == item.span.file
            && item.span.start <= span.start
            && span.end <= item.span.end
            && findings::scenarios::ALL.iter().any(|known| known.code == finding.code)
    };
    checked.diagnostics.iter().filter(about).cloned().collect()
}

fn wants_coverage(arguments: &TestArguments) -> bool {
    arguments.coverage || arguments.min_coverage.is_some() || arguments.lcov.is_some()
}

/// What the scenarios try of the files that were asked for.
fn coverage_of(loaded: &Loaded, checked: &Checked, tests: &[Test]) -> Coverage {
    let mut coverage = coverage::plan(&loaded.world, checked, &loaded.selected);
    for test in tests {
        coverage.add(&loaded.world, checked, &test.verified.run.trace);
    }
    coverage
}

/// What was tried and what is asked for, where that is more.
fn too_little(report: &Report, arguments: &TestArguments) -> Option<(Share, u32)> {
    let (share, minimum) = (report.coverage.as_ref()?.share(), arguments.min_coverage?);
    (share.percent() < minimum).then_some((share, minimum))
}

fn write(
    world: &FileWorld,
    report: &Report,
    arguments: &TestArguments,
    console: &mut Console,
) -> Result<(), Failure> {
    let text = match arguments.output_format {
        TestFormat::Human => None,
        TestFormat::Json => Some(json::text(world, report)),
        TestFormat::Junit => Some(junit::text(world, report)?),
    };
    if let (Some(file), Some(coverage)) = (&arguments.lcov, &report.coverage) {
        output::write(&world.fence, file, &lcov(world, coverage), Kind::Lcov, arguments.force.into())?;
    }
    match (text, &arguments.output_file) {
        (Some(text), Some(file)) => {
            output::write(&world.fence, file, &text, Kind::Results, arguments.force.into())?;
        }
        (Some(text), None) => return Ok(console.out.exact().write_all(text.as_bytes())?),
        (None, _) => {}
    }
    if !report.errors.is_empty() {
        return Ok(render::findings(world, &report.errors, OutputFormat::Human, &mut console.err)?);
    }
    human::report(world, report, &mut console.out)?;
    if let Some(coverage) = report.coverage.as_ref().filter(|_| arguments.coverage) {
        render::scenarios::coverage::table(world, coverage, &mut console.out)?;
    }
    if let Some((share, minimum)) = too_little(report, arguments) {
        render::scenarios::coverage::too_little(share, minimum, &mut console.out)?;
    }
    if console.out.is_terminal() {
        human::took(report, &mut console.out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of so many are run, if those from `first` on are stopped at a limit.
    fn ran(count: usize, first: usize) -> usize {
        let all: Vec<usize> = (0..count).collect();
        in_batches(&all, <[usize]>::to_vec, |number| *number >= first).len()
    }

    #[test]
    fn thousands_of_runs_that_are_stopped_at_a_limit_end_soon() {
        assert_eq!(ran(10_000, 10_000), 10_000, "none is stopped");
        assert_eq!(ran(10_000, 0), BATCH);
        assert_eq!(ran(10_000, 5_000), 5_056, "the batch with the first one is run to its end");
        assert_eq!(ran(10, 0), 10);
        for first in 0..300 {
            assert!(ran(10_000, first) <= first + BATCH + MOST_STOPPED, "{first}");
        }
    }
}
