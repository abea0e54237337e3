//! `quell postmortem`: the draft of a post-mortem, from the trace of a run.

use std::{io::Write, path::Path, sync::Arc};

use quell_compiler::{
    report::postmortem,
    simulate::trace::wire::{self, NotATrace},
};

use super::Outcome;
use crate::{args::PostmortemArguments, console::Console, error::Failure, fence::Fence, files};

const MAKE_ONE: &str = "`quell dry-run PLAYBOOK --output-format json > trace.json` writes one";

/// Runs the command.
pub fn run(
    arguments: &PostmortemArguments,
    fence: &Arc<Fence>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let text = fence.read_document(&arguments.trace)?;
    let document = wire::read(&text).map_err(|why| not_a_trace(&arguments.trace, &text, why))?;
    write!(console.out.exact(), "{}", postmortem(&document))?;
    Ok(Outcome::Fine)
}

fn not_a_trace(path: &Path, text: &str, why: NotATrace) -> Failure {
    let path = if path == Path::new("-") { "standard input".to_owned() } else { files::display(path) };
    let (why, help) = match why {
        NotATrace::NotJson(_) if text.trim().is_empty() => ("it is empty".to_owned(), MAKE_ONE.to_owned()),
        NotATrace::NotJson(_) if text.contains("playbook ") && !text.trim_start().starts_with('{') => (
            "it is a playbook".to_owned(),
            "run it first: `quell dry-run PLAYBOOK --output-format json | quell postmortem -`".to_owned(),
        ),
        NotATrace::NotJson(error) => (format!("it isn't JSON ({error})"), MAKE_ONE.to_owned()),
        NotATrace::NoSchema => ("it has no `schema`".to_owned(), MAKE_ONE.to_owned()),
        NotATrace::OtherSchema(schema) => (format!("its schema is `{schema}`"), MAKE_ONE.to_owned()),
        NotATrace::OtherVersion(schema) => (
            format!("its format is `{schema}`, but this version of Quell reads `{}`", wire::SCHEMA),
            "write the trace again with this version, or use the version that wrote it".to_owned(),
        ),
        NotATrace::Broken(error) => (format!("it is damaged ({error})"), MAKE_ONE.to_owned()),
    };
    Failure::NotATrace { path, why, help }
}
