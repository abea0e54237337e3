//! What a command line names: the fence stands around that.

use std::path::{Path, PathBuf};

use super::{Arguments, Command, ImportSource};
use crate::{
    fence::{Fence, Named, Reach},
    start::file_of,
};

impl Arguments {
    /// The fence around what is named.
    pub fn fence(&self) -> Fence {
        Fence::around(self.command.named(), self.reach())
    }

    /// How far the command goes.
    pub fn reach(&self) -> Reach {
        if self.allow_outside { Reach::Anywhere } else { Reach::Inside }
    }
}

impl Command {
    fn named(&self) -> Vec<Named<'_>> {
        match self {
            // Files for continuous integration go to the top of the repository.
            Command::New(new) => input(&new.folder, []),
            Command::Check(check) => inputs(&check.findings.paths, [&check.findings.baseline]),
            Command::Lint(lint) => inputs(&lint.findings.paths, [&lint.findings.baseline]),
            Command::Fmt(fmt) if fmt.paths.is_empty() => vec![Named::Input(Path::new("."))],
            Command::Fmt(fmt) => inputs(&fmt.paths, []),
            Command::Test(test) => inputs(&test.paths, [&test.output_file, &test.lcov]),
            Command::DryRun(run) => {
                let named = input(&run.target.path, [&run.html, &run.save]);
                named.into_iter().chain(typed(&run.inputs)).collect()
            }
            Command::Simulate(run) => {
                let named = input(&run.target.path, [&run.output_file]);
                named.into_iter().chain(typed(&run.inputs)).collect()
            }
            Command::Graph(graph) => input(&graph.target.path, []),
            Command::Coverage(coverage) => {
                let rules = coverage.rules.iter().map(|path| Named::Only(path));
                inputs(&coverage.paths, []).into_iter().chain(rules).collect()
            }
            Command::Doc(doc) => input(&doc.about, [&doc.output_dir]),
            Command::Import(import) => {
                let ImportSource::Stackpulse(import) = &import.source;
                inputs(&import.paths, [&import.output_dir])
            }
            Command::Postmortem(postmortem) => vec![Named::Only(&postmortem.trace)],
            // The server's fence stands around what the editor has open.
            Command::Lsp(_) | Command::Explain(_) | Command::Completions(_) => Vec::new(),
        }
    }
}

/// The files that `--input NAME=@FILE` names.
fn typed(inputs: &[(String, String)]) -> impl Iterator<Item = Named<'_>> {
    inputs.iter().filter_map(|(_, value)| file_of(value)).map(Named::Only)
}

fn inputs<'a, const N: usize>(paths: &'a [PathBuf], others: [&'a Option<PathBuf>; N]) -> Vec<Named<'a>> {
    let others = others.into_iter().flatten().map(|path| Named::Only(path));
    paths.iter().map(|path| Named::Input(path)).chain(others).collect()
}

fn input<'a, const N: usize>(path: &'a PathBuf, others: [&'a Option<PathBuf>; N]) -> Vec<Named<'a>> {
    inputs(std::slice::from_ref(path), others)
}
