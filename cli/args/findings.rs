//! Arguments of `quell check` and `quell lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use quell_compiler::lint::Profile;

/// Arguments of `quell check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell check                                            all below this folder
  quell check playbooks/disk_full.quell
  quell check . --fix                                    make the safe repairs
  quell check . --diff                                   show them
  quell check . --output-format sarif > quell.sarif
  quell check . --allow-outside                          also what links and rules reach
                                                         outside the repository
  generate-playbook | quell check -

Which rules run is set in `[lint]` of quell.toml; `quell explain RULE` shows a
rule's page.

Exit codes: 0 no errors and no warnings, 1 some, 2 it could not run.")]
pub struct CheckArguments {
    /// What check and lint share.
    #[command(flatten)]
    pub findings: FindingsArguments,
    /// Also show how long each playbook takes, at worst and usually.
    #[arg(long)]
    pub durations: bool,
}

/// Arguments of `quell lint`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell lint                                           all below this folder
  quell lint . --profile strict --statistics
  quell lint . --select safety,time                    rules, or groups of them
  quell lint . --baseline lint.json --update-baseline  then only what is new
  quell lint . --baseline lint.json

Errors of the language are shown as well: what can't be read can't be judged.

Exit codes: 0 no errors and no warnings, 1 some, 2 it could not run.")]
pub struct LintArguments {
    /// What check and lint share.
    #[command(flatten)]
    pub findings: FindingsArguments,
}

/// What check and lint share.
#[derive(Debug, Args)]
pub struct FindingsArguments {
    /// Files and folders to check; `-` is standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How findings are written.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: OutputFormat,
    /// Make the safe repairs, and say what is left.
    #[arg(long)]
    pub fix: bool,
    /// With --fix or --diff: also repairs that should be looked at.
    #[arg(long = "unsafe")]
    pub allow_unsafe: bool,
    /// Show the repairs as a diff, and change nothing.
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
    /// Only these rules, or groups of rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Without these rules, or groups of rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Which rules run where quell.toml says nothing else about them.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileName>,
    /// How often each kind of finding occurs, in place of the findings.
    #[arg(long)]
    pub statistics: bool,
    /// Be quiet about the findings that this file holds.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings of now into the baseline.
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
    /// With --update-baseline: replace the file even if Quell didn't write it.
    #[arg(long, requires = "update_baseline")]
    pub force: bool,
}

/// A profile, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// What is surely a mistake.
    Minimal,
    /// What most teams want to hear.
    Recommended,
    /// All there is.
    Strict,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Minimal => Profile::Minimal,
            ProfileName::Recommended => Profile::Recommended,
            ProfileName::Strict => Profile::Strict,
        }
    }
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// With the source lines, reasons and advice.
    Human,
    /// One JSON document: docs/formats/findings.md.
    Json,
    /// One line each.
    Short,
    /// SARIF 2.1.0: code scanning of GitHub, Azure DevOps.
    Sarif,
    /// Annotations in workflows of GitHub.
    Github,
    /// JUnit's XML: a failed test for each finding.
    Junit,
    /// Code quality report of GitLab.
    Gitlab,
}
