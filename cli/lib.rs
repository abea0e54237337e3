//! The command `quell`: reads the arguments, runs one command, and reports the outcome by its exit code.
//!
//! A library, so that tests and fuzzers can call what only the command line does; its interface isn't
//! stable.

#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

mod analysis;
mod args;
mod baseline;
mod commands;
mod console;
mod disk;
mod drill;
mod error;
mod fence;
mod files;
mod linting;
mod load;
mod manifest;
mod output;
mod progress;
mod project;
mod render;
mod repair;
mod start;
mod target;
mod world;

use std::{borrow::Cow, ffi::OsString, io::Write, process::ExitCode, sync::Arc};

use clap::Parser;
use quell_compiler::visible::visible;

use args::{Arguments, Command};
use commands::Outcome;
use console::Console;

/// Enough for the deepest nesting that the parser lets through, in an unoptimized build as well.
pub const STACK: usize = 64 << 20;

/// Runs the command that the arguments of the process ask for.
pub fn main() -> ExitCode {
    let run = std::thread::Builder::new().name("quell".to_owned()).stack_size(STACK).spawn(run);
    match run.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        // The panic has been printed where it happened, or there was no thread to be had.
        Ok(Err(_)) | Err(_) => ExitCode::from(Outcome::COULD_NOT_RUN),
    }
}

fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let mut console = Console::new(arguments.color);
    let fence = Arc::new(arguments.fence());
    let reach = arguments.reach();
    let outcome = match &arguments.command {
        Command::New(arguments) => commands::new::run(arguments, &fence, &mut console),

        Command::Check(arguments) => commands::check::run(arguments, &fence, &mut console),

        Command::Lint(arguments) => commands::check::lint(arguments, &fence, &mut console),

        Command::Coverage(arguments) => commands::coverage::run(arguments, &fence, &mut console),

        Command::Doc(arguments) => commands::doc::run(arguments, &fence, &mut console),

        Command::Fmt(arguments) => commands::fmt::run(arguments, &fence, &mut console),

        Command::Explain(arguments) => commands::explain::run(arguments, &mut console),

        Command::Import(arguments) => commands::import::run(arguments, &fence, &mut console),

        Command::Graph(arguments) => commands::graph::run(arguments, &fence, &mut console),

        Command::DryRun(arguments) => commands::dry_run::run(arguments, &fence, &mut console),

        Command::Lsp(_) => commands::lsp::run(reach),

        Command::Completions(arguments) => commands::completions::run(arguments, &mut console),

        Command::Simulate(arguments) => commands::simulate::run(arguments, &fence, &mut console),

        Command::Postmortem(arguments) => commands::postmortem::run(arguments, &fence, &mut console),

        Command::Test(arguments) => commands::test::run(arguments, &fence, &mut console),
    };
    let told = fence.take_told();
    let shown = render::told(&told, fence.word(), &mut console.err);
    let outcome = outcome.and_then(|outcome| shown.map(|()| outcome).map_err(Into::into));
    let outcome = outcome.and_then(|outcome| console.finish().map(|()| outcome).map_err(Into::into));
    match outcome {
        Ok(_) if told.is_incomplete() => ExitCode::from(Outcome::COULD_NOT_RUN),
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(failure) => {
            render::failure(&failure, &mut console.err);
            // Where standard error is gone too, the code is all that is left to say.
            let _ = console.finish();
            ExitCode::from(Outcome::COULD_NOT_RUN)
        }
    }
}

/// Help, the version, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    let mut console = Console::new(args::ColorWhen::Auto);
    let text = error.render();
    // What it quotes may be anything: a name that a shell put in for `*`. Such a text goes without styles.
    let hides = |argument: OsString| matches!(visible(&argument.to_string_lossy()), Cow::Owned(_));
    let text = match std::env::args_os().any(hides) {
        true => text.to_string(),
        false => render::style::marked(&text.ansi().to_string()),
    };
    let output = if error.exit_code() == 0 { &mut console.out } else { &mut console.err };
    let written = write!(output, "{text}").and_then(|()| console.finish());
    match written {
        Ok(()) => ExitCode::from(error.exit_code() as u8),
        Err(error) => {
            render::failure(&error.into(), &mut console.err);
            let _ = console.finish();
            ExitCode::from(Outcome::COULD_NOT_RUN)
        }
    }
}

/// Reads the arguments of a command line, the name of the program included; the error is what a person is
/// shown.
pub fn read_arguments(words: impl IntoIterator<Item = OsString>) -> Result<(), String> {
    match Arguments::try_parse_from(words) {
        Err(error) if error.exit_code() != 0 => Err(error.render().to_string()),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Reads the text of a quell.toml, as if it were in `root`; the error is what a person is shown.
pub fn read_manifest(root: &std::path::Path, text: &str) -> Result<(), String> {
    let fence = fence::Fence::around([fence::Named::Only(root)], fence::Reach::Inside);
    match manifest::of_text(&fence, root, text.to_owned()) {
        Ok(_) => Ok(()),
        Err(failure) => {
            let mut shown = Vec::new();
            render::failure(&failure, &mut shown);
            Err(String::from_utf8_lossy(&shown).into_owned())
        }
    }
}
