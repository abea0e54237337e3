//! `quell test`: whether scenarios hold.

mod select;

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    simulate::{Verdict, verify},
};
use rayon::prelude::*;

use super::Outcome;
use crate::{
    STACK,
    analysis::analyse,
    args::{OutputFormat, TestArguments, TestFormat},
    console::Console,
    error::Failure,
    files,
    load::load,
    progress::Progress,
    render::{
        self,
        scenarios::{Report, Test, human, json, junit},
    },
};
use select::{Selected, select};

/// Runs the command.
pub fn run(arguments: &TestArguments, console: &mut Console) -> Result<Outcome, Failure> {
    if arguments.output_file.is_some() && arguments.output_format == TestFormat::Human {
        return Err(Failure::Arguments {
            message: "a file takes `--output-format json` or `junit`".to_owned(),
            help: Some("to keep what people read, send it there: `quell test > FILE`".to_owned()),
        });
    }
    let begin = Instant::now();
    let progress = Progress::start("checking", &console.err);
    let loaded = load(&arguments.paths)?;
    let (checked, findings) = analyse(&loaded);
    drop(progress);
    let errors: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.level == Level::Error).collect();
    if !errors.is_empty() {
        // Results go to where programs read them; this is for whoever looks why there are none.
        render::findings(&loaded.world, &errors, OutputFormat::Human, &mut console.err)?;
        return Ok(Outcome::Findings);
    }
    let selected = select(&checked, &loaded, arguments)?;
    let done = Arc::new(AtomicUsize::new(0));
    let progress = Progress::counting("running scenarios", selected.tests.len(), &done, &console.err);
    let run = |selected: &Selected| {
        let begin = Instant::now();
        let verified = verify(&loaded.world, &checked, selected.scenario)?;
        done.fetch_add(1, Ordering::Relaxed);
        let (name, place, took) = (selected.name.clone(), selected.place.clone(), begin.elapsed());
        Some(Test { name, place, verified, took })
    };
    // Expressions nest as deep here as they do in the main thread.
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let tests: Vec<Test> = match pool {
        Ok(pool) => pool.install(|| selected.tests.par_iter().filter_map(run).collect()),
        Err(_) => selected.tests.iter().filter_map(run).collect(),
    };
    drop(progress);
    let report = Report { tests, left_out: selected.left_out, took: begin.elapsed() };
    write(&loaded.world, &report, arguments, console)?;
    let passed = report.tests.iter().all(|test| test.verified.verdict() == Verdict::Passed);
    Ok(if passed { Outcome::Fine } else { Outcome::Findings })
}

fn write(
    world: &crate::world::FileWorld,
    report: &Report,
    arguments: &TestArguments,
    console: &mut Console,
) -> Result<(), Failure> {
    let text = match arguments.output_format {
        TestFormat::Human => None,
        TestFormat::Json => Some(json::text(world, report)),
        TestFormat::Junit => Some(junit::text(world, report)?),
    };
    match (text, &arguments.output_file) {
        (Some(text), Some(file)) => files::create(file, &text)?,
        (Some(text), None) => return Ok(console.out.write_all(text.as_bytes())?),
        (None, _) => {}
    }
    let terminal = console.out.is_terminal();
    human::report(world, report, &mut console.out)?;
    if terminal {
        human::took(report, &mut console.out)?;
    }
    Ok(())
}
