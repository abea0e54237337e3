//! Arguments of `quell check` and `quell lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use quell_compiler::lint::Profile;

/// Arguments of `quell check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell check                                            everything below this folder
  quell check playbooks/disk_full.quell
  quell check . --fix                                    apply the safe fixes
  quell check . --diff                                   show the fixes as a diff
  quell check . --output-format sarif > quell.sarif
  quell check . --allow-outside                          also follow links and rules
                                                         that leave the repository
  generate-playbook | quell check -

Set which rules run under `[lint]` in quell.toml. `quell explain RULE` shows the
page of a rule.

Exit codes: 0 no errors or warnings, 1 errors or warnings, 2 couldn't run.")]
pub struct CheckArguments {
    /// What check and lint share.
    #[command(flatten)]
    pub findings: FindingsArguments,
    /// Also show how long each playbook takes: worst case and typical.
    #[arg(long)]
    pub durations: bool,
}

/// Arguments of `quell lint`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell lint                                           everything below this folder
  quell lint . --profile strict --statistics
  quell lint . --select safety,time                    rules or groups of rules
  quell lint . --baseline lint.json --update-baseline  record known findings
  quell lint . --baseline lint.json                    report only new findings

Compile errors are reported too: code that doesn't compile can't be linted.

Exit codes: 0 no errors or warnings, 1 errors or warnings, 2 couldn't run.")]
pub struct LintArguments {
    /// What check and lint share.
    #[command(flatten)]
    pub findings: FindingsArguments,
}

/// What check and lint share.
#[derive(Debug, Args)]
pub struct FindingsArguments {
    /// Files and folders to check; `-` reads standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: OutputFormat,
    /// Apply the safe fixes and report what is left.
    #[arg(long)]
    pub fix: bool,
    /// With --fix or --diff: include fixes that may change behavior. Review them.
    #[arg(long = "unsafe")]
    pub allow_unsafe: bool,
    /// Show the fixes as a diff, without applying them.
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
    /// Run only these rules or groups of rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Skip these rules or groups of rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The rules to run, unless quell.toml sets them.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileName>,
    /// Count the findings of each kind instead of listing them.
    #[arg(long)]
    pub statistics: bool,
    /// Hide the known findings recorded in this file.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Record the current findings in the baseline.
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
    /// With --update-baseline: overwrite a file that Quell didn't write.
    #[arg(long, requires = "update_baseline")]
    pub force: bool,
}

/// A profile, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// Almost certain mistakes only.
    Minimal,
    /// What most teams want.
    Recommended,
    /// Every rule.
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
    /// Source lines, reasons and help.
    Human,
    /// One JSON document: docs/formats/findings.md.
    Json,
    /// One line per finding.
    Short,
    /// SARIF 2.1.0, for GitHub code scanning and Azure DevOps.
    Sarif,
    /// Annotations for GitHub Actions.
    Github,
    /// JUnit XML: one failed test per finding.
    Junit,
    /// A GitLab code quality report.
    Gitlab,
}
