//! Arguments of `quell new`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `quell new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell new playbooks
  quell new playbooks --example queue_backlog
  quell new --name payments     in this folder
  quell new --ci github         for a project that exists: add the workflow

Creates quell.toml, a catalog of people and services, and a playbook in four parts
with its scenarios. Existing files are never replaced. `--ci` and `--pre-commit`
write to the top folder of the repository.

Exit codes: 0 created, 2 not created.")]
pub struct NewArguments {
    /// The folder of the project. It may exist already.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The name of the project, for other projects that use its modules. By default the folder's name.
    #[arg(long)]
    pub name: Option<String>,
    /// Start from an example: its playbook, the modules it uses, and its alert rules.
    #[arg(long, value_name = "NAME")]
    pub example: Option<String>,
    /// List the examples and exit.
    #[arg(long, conflicts_with_all = ["example", "ci", "pre_commit", "name"])]
    pub list_examples: bool,
    /// Also create the file that runs Quell in CI.
    #[arg(long, value_name = "SERVICE")]
    pub ci: Option<Ci>,
    /// Also create .pre-commit-config.yaml, which runs Quell before each commit.
    #[arg(long)]
    pub pre_commit: bool,
}

/// Services that run continuous integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// .github/workflows/playbooks.yml
    Github,
    /// .gitlab-ci.yml
    Gitlab,
}
