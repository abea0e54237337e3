//! Arguments of `quell test`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `quell test`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell test                             every scenario below this folder
  quell test playbooks/disk_full.quell
  quell test -k \"nobody answers\"         scenarios with this in their name
  quell test -k disk_full: -k war_room:  the scenarios of two playbooks
  quell test --coverage --min-coverage 80
  quell test --lcov coverage.info
  quell test --update                    record snapshots for `expect snapshot`
  quell test --watch                     run again after every change
  quell test --output-format junit --output-file results.xml

A scenario's name is `PLAYBOOK: TITLE`. Scenarios run in parallel on a virtual
clock; nothing is called and no message is sent.

Exit codes: 0 every scenario passed, 1 failed scenarios, errors in files or too
little coverage, 2 couldn't run.")]
pub struct TestArguments {
    /// Files and folders with the scenarios to run; `-` reads standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Run only scenarios with this in their name, ignoring case; repeatable.
    #[arg(short = 'k', value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: TestFormat,
    /// Write JSON or JUnit to this file, and the readable results to the terminal.
    #[arg(long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Also show which steps and outcomes the scenarios cover.
    #[arg(long)]
    pub coverage: bool,
    /// Fail if the scenarios cover less than N percent of the outcomes.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub min_coverage: Option<u32>,
    /// Write the coverage to this file in lcov format, for editors and CI.
    #[arg(long, value_name = "FILE")]
    pub lcov: Option<PathBuf>,
    /// Record the snapshots of scenarios with `expect snapshot`, next to their file.
    #[arg(long)]
    pub update: bool,
    /// With --output-file, --lcov or --update: overwrite files that Quell didn't write.
    #[arg(long)]
    pub force: bool,
    /// Run again whenever a file changes, until Ctrl-C.
    #[arg(long)]
    pub watch: bool,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// What failed, and why.
    Human,
    /// One JSON document: docs/formats/tests.md.
    Json,
    /// JUnit XML, for CI.
    Junit,
}
