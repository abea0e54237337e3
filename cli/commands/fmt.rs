//! `quell fmt`: the one layout.

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use quell_compiler::{
    diagnostic::{Diagnostic, Level},
    encoding,
    findings::{
        files::{file_too_large, not_utf8},
        format::unsound_format,
    },
    format::format,
    source::{FileId, SourceFile, Span},
    syntax::parse,
};
use rayon::prelude::*;

use super::Outcome;
use crate::{
    args::{FmtArguments, OutputFormat},
    console::Console,
    error::Failure,
    fence::Fence,
    files, load, output,
    progress::Progress,
    render::{self, counted},
    world::{FileWorld, Module},
};

/// What happens to the files that would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    Diff,
}

/// A text to be formatted.
struct Input {
    name: String,
    /// Where it is; none for standard input.
    disk: Option<PathBuf>,
}

/// A file's layout.
struct Output {
    input: Input,
    before: String,
    after: String,
    /// Errors that keep it, or parts of it, from being formatted.
    findings: Vec<Diagnostic>,
    /// How many parts of it could not be read.
    skipped: usize,
}

impl Output {
    fn changes(&self) -> bool {
        self.before != self.after
    }
}

/// Runs the command.
pub fn run(arguments: &FmtArguments, fence: &Arc<Fence>, console: &mut Console) -> Result<Outcome, Failure> {
    let mode = match (arguments.check, arguments.diff) {
        (_, true) => Mode::Diff,
        (true, _) => Mode::Check,
        _ => Mode::Write,
    };
    let inputs = inputs(arguments, fence)?;
    let progress = Progress::start("formatting", &console.err);
    let (outputs, mut failures) = format_all(inputs, mode, fence);
    drop(progress);
    if outputs.is_empty() {
        failures.extend(fence.take_unreadable());
        return Failure::all(failures).map_or(Ok(Outcome::Fine), Err);
    }
    let outcome = report(&outputs, mode, console)?;
    match Failure::all(failures) {
        Some(failure) => Err(failure),
        None => Ok(outcome),
    }
}

fn inputs(arguments: &FmtArguments, fence: &Fence) -> Result<Vec<Input>, Failure> {
    if let Some(name) = &arguments.stdin_filename {
        if arguments.paths.iter().any(|path| path.as_os_str() != "-") {
            let message = "`--stdin-filename` is for standard input, but there are paths".to_owned();
            let help = Some("pass `-` or no path".to_owned());
            return Err(Failure::Arguments { message, help });
        }
        return Ok(vec![Input { name: files::display(name), disk: None }]);
    }
    let mut failures = Vec::new();
    let mut chosen = BTreeSet::new();
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| path.as_os_str() == "-");
    for path in paths {
        match load::choose(fence, path) {
            Ok(files) => chosen.extend(files),
            Err(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::all(failures) {
        return Err(failure);
    }
    let stdin = stdin.first().map(|_| Input { name: "<stdin>".to_owned(), disk: None });
    let files = chosen.into_iter().map(|disk| Input { name: files::display(&disk), disk: Some(disk) });
    Ok(stdin.into_iter().chain(files).collect())
}

/// Formats in parallel, then writes what changes if asked to: a file with several names, by links, is read
/// under all of them before it is written. The outputs are in the order of the inputs.
fn format_all(inputs: Vec<Input>, mode: Mode, fence: &Fence) -> (Vec<Output>, Vec<Failure>) {
    let numbered: Vec<(usize, Input)> = inputs.into_iter().enumerate().collect();
    let one = |(number, input): (usize, Input)| format_one(FileId(number as u32), input, fence);
    let run = || numbered.into_par_iter().map(one).collect::<Vec<Result<Option<Output>, Failure>>>();
    let pool = rayon::ThreadPoolBuilder::new().stack_size(crate::STACK).build();
    // Where there are no threads to be had, there is still this one.
    let results = match pool {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    };
    let (mut outputs, mut failures) = (Vec::new(), Vec::new());
    for result in results {
        let written = result.and_then(|output| {
            if let Some(output) = &output
                && let Some(disk) =
                    output.input.disk.as_ref().filter(|_| mode == Mode::Write && output.changes())
            {
                output::rewrite(fence, disk, &output.before, &output.after)?;
            }
            Ok(output)
        });
        match written {
            Ok(output) => outputs.extend(output),
            Err(failure) => failures.push(failure),
        }
    }
    (outputs, failures)
}

/// None where the file couldn't be read.
fn format_one(file: FileId, input: Input, fence: &Fence) -> Result<Option<Output>, Failure> {
    let content = match &input.disk {
        Some(disk) => match fence.read_or_skip(disk) {
            Some(content) => content,
            None => return Ok(None),
        },
        None => files::read_stdin()?,
    };
    let start = Span::new(file, 0, 0);
    let bytes = match content {
        Ok(bytes) => bytes,
        Err(size) => {
            let findings = vec![file_too_large::at(start, size, files::LIMIT)];
            let (before, after) = (String::new(), String::new());
            return Ok(Some(Output { input, before, after, findings, skipped: 0 }));
        }
    };
    let (text, findings) = encoding::decode(file, bytes);
    let lossy: Vec<Diagnostic> =
        findings.into_iter().filter(|finding| finding.code == not_utf8::CODE).collect();
    if !lossy.is_empty() {
        let before = text.clone();
        return Ok(Some(Output { input, before, after: text, findings: lossy, skipped: 0 }));
    }
    let parsed = parse(&text);
    let formatted = format(&parsed);
    let mut findings = Vec::new();
    if !formatted.skipped.is_empty() {
        findings = parsed.diagnostics(file);
        findings.retain(|finding| finding.level == Level::Error);
    }
    findings.extend(formatted.bug.map(|bug| unsound_format::at(start, bug.word())));
    let (after, skipped) = (formatted.text, formatted.skipped.len());
    Ok(Some(Output { input, before: text, after, findings, skipped }))
}

fn report(outputs: &[Output], mode: Mode, console: &mut Console) -> Result<Outcome, Failure> {
    for output in outputs.iter().filter(|output| output.findings.is_empty() || output.changes()) {
        match (mode, &output.input.disk) {
            (Mode::Diff, _) => {
                render::diff::write(&output.input.name, &output.before, &output.after, &mut console.out)?;
            }
            (Mode::Check, _) if output.changes() => {
                writeln!(console.out, "{} would change", output.input.name)?;
            }
            _ => {}
        }
    }
    let stdin = outputs.iter().find(|output| output.input.disk.is_none());
    if let (Mode::Write, Some(output)) = (mode, stdin) {
        write!(console.out.exact(), "{}", output.after)?;
    }
    report_findings(outputs, console)?;
    let changed = outputs.iter().filter(|output| output.changes()).count();
    if stdin.is_none() {
        let verb = if mode == Mode::Write { "formatted" } else { "would change" };
        let same = counted(outputs.len() - changed, "file");
        let line = match changed {
            0 => format!("{same} left as {}", if outputs.len() == 1 { "it was" } else { "they were" }),
            _ if changed == outputs.len() => format!("{} {verb}", counted(changed, "file")),
            _ => format!("{} {verb}, {same} left as before", counted(changed, "file")),
        };
        writeln!(console.err, "{line}")?;
    }
    let broken = outputs.iter().any(|output| !output.findings.is_empty());
    Ok(if broken || mode != Mode::Write && changed > 0 { Outcome::Findings } else { Outcome::Fine })
}

fn report_findings(outputs: &[Output], console: &mut Console) -> Result<(), Failure> {
    let mut world = FileWorld::default();
    let project = world.projects.add_bare();
    for output in outputs {
        world.modules.push(Module {
            source: SourceFile::new(output.input.name.as_str(), output.before.as_str()),
            path: output.input.name.clone(),
            project,
            disk: output.input.disk.as_deref().map(Path::to_owned),
        });
    }
    let findings: Vec<Diagnostic> = outputs.iter().flat_map(|output| output.findings.clone()).collect();
    render::findings(&world, &findings, OutputFormat::Human, &mut console.err)?;
    for output in outputs.iter().filter(|output| output.skipped > 0) {
        let places = counted(output.skipped, "place");
        let verb = if output.skipped == 1 { "stays" } else { "stay" };
        writeln!(console.err, "{}: {places} that can't be read {verb} as before", output.input.name)?;
    }
    Ok(())
}
