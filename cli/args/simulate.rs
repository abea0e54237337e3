//! Arguments of `quell simulate`.

use std::path::PathBuf;

use clap::Args;

use super::{RunFormat, name_and_value};
use crate::target::Target;

/// Arguments of `quell simulate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell simulate checkout_latency.quell
  quell simulate playbooks:checkout_latency --runs 100000
  quell simulate checkout_latency.quell --scenario \"the last deploy is slow\"
  quell simulate checkout_latency.quell --output-format json

Each run draws durations and failures from the actions' `simulate` blocks. The
first run uses the seed, the next one the seed plus one, and so on: to see one of
them as a log, use `quell dry-run --seed N`.

Exit codes: 0 success, 1 the file has errors, 2 couldn't run.")]
pub struct SimulateArguments {
    /// A file or folder, and the playbook in it.
    #[arg(value_name = "PATH[:PLAYBOOK]")]
    pub target: Target,
    /// The number of runs.
    #[arg(long, value_name = "NUMBER", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub runs: u64,
    /// The seed of the first run.
    #[arg(long, value_name = "NUMBER", default_value = "0")]
    pub seed: u64,
    /// The value of an input, or of the event that starts the playbook: a Quell
    /// literal, JSON, or @FILE with either; repeatable.
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub inputs: Vec<(String, String)>,
    /// The scenario whose `given` values apply: its title, or a unique part of it.
    #[arg(long, value_name = "TITLE")]
    pub scenario: Option<String>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: RunFormat,
    /// Write the result to this file.
    #[arg(long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// With --output-file: overwrite a file that Quell didn't write.
    #[arg(long, requires = "output_file")]
    pub force: bool,
}
