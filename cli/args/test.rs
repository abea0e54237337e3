//! Arguments of `quell test`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `quell test`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell test                             all scenarios below this folder
  quell test playbooks/disk_full.quell
  quell test -k \"nobody answers\"         those with this in their name
  quell test -k disk_full: -k war_room:  those of two playbooks
  quell test --coverage --min-coverage 80
  quell test --lcov coverage.info
  quell test --update                    what `expect snapshot` compares with
  quell test --watch                     again after every change
  quell test --output-format junit --output-file results.xml

A scenario's name is `PLAYBOOK: TITLE`. Nothing is called and nobody is told
anything: scenarios run on a virtual clock, side by side.

Exit codes: 0 all hold, 1 some don't, files have errors or the coverage is too
low, 2 it could not run.")]
pub struct TestArguments {
    /// Files and folders whose scenarios run; `-` is standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only scenarios with this in their name, in upper or lower case; may be said several times.
    #[arg(short = 'k', value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// How results are written.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: TestFormat,
    /// Write JSON or JUnit into this file, and what people read to the terminal.
    #[arg(long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Also show what the scenarios try of the playbooks and tasks, and what they don't.
    #[arg(long)]
    pub coverage: bool,
    /// Fail if they try less than N percent of what can go one way or another.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub min_coverage: Option<u32>,
    /// Write the coverage into this file, as editors and continuous integration read it (lcov).
    #[arg(long, value_name = "FILE")]
    pub lcov: Option<PathBuf>,
    /// Record what scenarios with `expect snapshot` do, in a file beside theirs.
    #[arg(long)]
    pub update: bool,
    /// With --output-file, --lcov or --update: replace files even if Quell didn't write them.
    #[arg(long)]
    pub force: bool,
    /// Run again whenever a file changes, until Ctrl-C.
    #[arg(long)]
    pub watch: bool,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people: what failed, and why.
    Human,
    /// One JSON document: docs/formats/tests.md.
    Json,
    /// JUnit's XML, as continuous integration reads it.
    Junit,
}
