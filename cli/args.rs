//! What can be said on the command line.

mod findings;
mod named;
mod simulate;
mod test;

pub use findings::{CheckArguments, FindingsArguments, LintArguments, OutputFormat};
pub use simulate::SimulateArguments;
pub use test::{TestArguments, TestFormat};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{drill::Pace, target::Target};

/// Incident playbooks as code: check, format and dry-run them before the incident.
#[derive(Debug, Parser)]
#[command(name = "quell", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "\
Quell reads and writes the repository that it was asked about, and nothing else;
--allow-outside lifts that: docs/security.md.

Exit codes: 0 all is well, 1 there are findings or failed scenarios, 2 it could
not run, or not completely: docs/exit-codes.md.

Start with:
  quell new playbooks            a project with a first playbook
  quell check .                  what is wrong with the playbooks here
  quell dry-run disk_full.quell  what this playbook would do, on a virtual clock
  quell test .                   whether the scenarios here hold")]
pub struct Arguments {
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// Also read and write what links, rules and dependencies reach outside the repository.
    #[arg(long, global = true)]
    pub allow_outside: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On terminals, unless NO_COLOR is set.
    Auto,
    /// In pipes and files as well.
    Always,
    /// Nowhere.
    Never,
}

/// The commands, in the order in which somebody meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a project, with a playbook to change.
    New(NewArguments),
    /// Say what is wrong with playbooks: types, promises and practice.
    Check(CheckArguments),
    /// Say what is no good practice in playbooks that compile.
    Lint(LintArguments),
    /// Give playbooks their one layout.
    Fmt(FmtArguments),
    /// Explain a kind of finding.
    Explain(ExplainArguments),
    /// Run scenarios, and say which don't hold.
    Test(TestArguments),
    /// Run a playbook on a virtual clock, and tell what it would do.
    DryRun(DryRunArguments),
    /// Run a playbook thousands of times, and tell what it comes to.
    Simulate(SimulateArguments),
    /// Show what waits for what in a playbook.
    Graph(GraphArguments),
    /// Show alerts without a playbook, and playbooks without an alert.
    Coverage(CoverageArguments),
    /// Show what modules and playbooks say of themselves.
    Doc(DocArguments),
    /// Turn playbooks of other tools into Quell.
    Import(ImportArguments),
    /// Write the draft of a post-mortem from a run's trace.
    Postmortem(PostmortemArguments),
    /// Serve an editor: completion, findings, renaming and the rest.
    Lsp(LspArguments),
    /// Print a script with which a shell completes commands and options.
    Completions(CompletionsArguments),
}

/// Arguments of `quell new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell new playbooks
  quell new --name payments   in this folder

Writes quell.toml, a catalog of people and services, and a playbook in four parts
with its scenarios. Nothing that is there already is touched.

Exit codes: 0 it is made, 2 it could not be.")]
pub struct NewArguments {
    /// The folder; it may be there already.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// What the project is called, where other projects use its modules. By default as its folder.
    #[arg(long)]
    pub name: Option<String>,
}

/// Arguments of `quell coverage`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell coverage           with the rules that quell.toml names
  quell coverage playbooks --rules monitoring/alerts
  quell coverage --min 80  for continuous integration

Rules are those of Prometheus, in files of their own or in PrometheusRule
manifests. Alerts of severity `none` are for no people and count for nothing.
The coverage of steps by scenarios is another matter: `quell test --coverage`.

Exit codes: 0 all is well, 1 less than --min or errors in files, 2 it could not
run.")]
pub struct CoverageArguments {
    /// Files and folders with playbooks.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Files of alert rules, or folders with some, beside those that quell.toml names.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub rules: Vec<PathBuf>,
    /// The least share of alerts that need a playbook, in percent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min: Option<u8>,
    /// How the coverage is written.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: CoverageFormat,
}

/// How the coverage of alerts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// As tables.
    Human,
    /// One JSON document: docs/formats/alert-coverage.md.
    Json,
}

/// Arguments of `quell doc`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell doc std                          the modules of the standard library
  quell doc std.slack                    one of them
  quell doc std.slack.post               one action
  quell doc playbooks/disk_full.quell    a playbook as a runbook
  quell doc playbooks --output-dir wiki  a page for each, for your wiki

A path counts as one where something is there; `./std` is a folder.

Exit codes: 0 the pages were made, 1 the files have errors, 2 it could not run.")]
pub struct DocArguments {
    /// `std`, a module of it, an item of a module, or files and folders.
    #[arg(value_name = "NAME|PATH", default_value = ".")]
    pub about: PathBuf,
    /// How pages are written.
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "output_dir")]
    pub output_format: DocFormat,
    /// Write Markdown files into this folder instead: an index and a page for each playbook and module.
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// With --output-dir: replace pages even if Quell didn't write them.
    #[arg(long, requires = "output_dir")]
    pub force: bool,
}

/// How documentation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocFormat {
    /// For terminals, 80 columns wide.
    Text,
    /// Markdown, with drawings for Mermaid.
    Markdown,
    /// One JSON document: docs/formats/docs.md.
    Json,
}

/// Arguments of `quell fmt`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell fmt          all below this folder
  quell fmt --check  for continuous integration
  quell fmt --diff playbooks/disk_full.quell
  quell fmt --stdin-filename disk_full.quell < disk_full.quell

What can't be read stays as it is, what stands beside it is formatted.

Exit codes: 0 all is well, 1 files would change (--check, --diff) or have
errors, 2 it could not run.")]
pub struct FmtArguments {
    /// Files and folders to format [default: .]; `-` is standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing, name the files that would change.
    #[arg(long)]
    pub check: bool,
    /// Change nothing, show what would change.
    #[arg(long)]
    pub diff: bool,
    /// Read standard input, and call it NAME in messages.
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

/// Arguments of `quell explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell explain unknown-name
  quell explain                    all codes

Exit codes: 0 it is explained, 2 there is no such code.")]
pub struct ExplainArguments {
    /// The code of a finding, as in `error[unknown-name]`.
    pub code: Option<String>,
}

/// Arguments of `quell import`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell import stackpulse playbook.yaml > playbook.quell
  quell import stackpulse playbooks --report

Exit codes: 0 all is converted and well, 1 there are findings, 2 it could not
run.")]
pub struct ImportArguments {
    /// Where the playbooks come from.
    #[command(subcommand)]
    pub source: ImportSource,
}

/// Tools whose playbooks can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// Playbooks and triggers of StackPulse, in YAML.
    Stackpulse(StackpulseArguments),
}

/// Arguments of `quell import stackpulse`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell import stackpulse playbook.yaml > disk_full.quell
  quell import stackpulse playbook.yaml trigger.yaml  a response, with `on`
  quell import stackpulse playbooks --output-dir converted
  quell import stackpulse playbooks --report          what would become of them

Triggers belong to the playbooks that they name, or else to those in their
folder. What can't be said in Quell, and what is wrong with the originals, is
shown with its place in the YAML.

Exit codes: 0 all is converted and well, 1 there are findings, 2 it could not
run.")]
pub struct StackpulseArguments {
    /// YAML files, and folders with some.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write each playbook to a file of its own in this folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "report")]
    pub output_dir: Option<PathBuf>,
    /// With --output-dir: replace files that are there already.
    #[arg(long, requires = "output_dir")]
    pub force: bool,
    /// Write no playbooks, but say which could be converted and what is wrong with them.
    #[arg(long)]
    pub report: bool,
    /// How the result is written.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: ImportFormat,
}

/// How the result of an import is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// For people.
    Human,
    /// One JSON document: docs/formats/import.md.
    Json,
}

/// Arguments of `quell graph`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell graph disk_full.quell
  quell graph playbooks:disk_full --format dot | dot -Tsvg -o disk_full.svg
  quell graph playbooks:disk_full --format mermaid

Behind the colon the name of a task will do as well.

Exit codes: 0 the graph was printed, 1 the file has errors, 2 it could not run.")]
pub struct GraphArguments {
    /// A file or folder, and which playbook in it.
    #[arg(value_name = "PATH[:PLAYBOOK]")]
    pub target: Target,
    /// How the graph is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: GraphFormat,
}

/// How a graph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// An outline for terminals.
    Text,
    /// A drawing for Graphviz.
    Dot,
    /// A drawing for Mermaid, which code hosts show in Markdown.
    Mermaid,
    /// One JSON document: docs/formats/graph.md.
    Json,
}

/// Arguments of `quell dry-run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell dry-run checkout_latency.quell
  quell dry-run playbooks:checkout_latency --scenario \"the last deploy made it slow\"
  quell dry-run rollback.quell --input organisation=acme
  quell dry-run checkout_latency.quell --seed 7          times drawn by chance
  quell dry-run checkout_latency.quell --explain scaled  why it ran or waited
  quell dry-run checkout_latency.quell --plan            what would change
  quell dry-run checkout_latency.quell --who             who is told what
  quell dry-run checkout_latency.quell --html run.html   a page to look at
  quell dry-run failover.quell --interactive --pace 60   a drill: you decide

Nothing is called, nobody is told anything. Without a scenario the actions'
`simulate` blocks give the values, and people answer after a minute with the
first option, yes, and their approval.

Exit codes: 0 it ran, 1 the file has errors or the scenario expects something
else, 2 it could not run.")]
pub struct DryRunArguments {
    /// A file or folder, and which playbook in it.
    #[arg(value_name = "PATH[:PLAYBOOK]")]
    pub target: Target,
    /// The value of an input, or of the event that starts the playbook; may be said several times.
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub inputs: Vec<(String, String)>,
    /// The scenario: its title, or a part of it that no other has.
    #[arg(long, value_name = "TITLE")]
    pub scenario: Option<String>,
    /// Draw durations and failures from this number, in place of the usual ones.
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Say why a step ran, waited or was skipped: the conditions with their values.
    #[arg(long, value_name = "STEP", group = "view")]
    pub explain: Option<String>,
    /// Show what would change, and nothing else.
    #[arg(long, group = "view")]
    pub plan: bool,
    /// Show who is told or asked what, when, and through which channel, for each severity.
    #[arg(long, group = "view")]
    pub who: bool,
    /// Write the run as one page: step graph, timeline, messages, what changed. It needs no network.
    #[arg(long, value_name = "FILE", group = "view")]
    pub html: Option<PathBuf>,
    /// A drill: answer the questions and approvals yourself, in the terminal, while the clock goes on.
    #[arg(long, group = "view", conflicts_with = "seed")]
    pub interactive: bool,
    /// How fast the clock of a drill goes: so many times faster than life, or step by step.
    #[arg(long, value_name = "PACE", default_value = "10", requires = "interactive")]
    pub pace: Pace,
    /// Keep what you decide in a drill as a scenario, in a file of its own.
    #[arg(long, value_name = "FILE", requires = "interactive")]
    pub save: Option<PathBuf>,
    /// With --html or --save: replace the file even if Quell didn't write it.
    #[arg(long)]
    pub force: bool,
    /// How the run is written.
    #[arg(long, value_name = "FORMAT", default_value = "human", conflicts_with = "view")]
    pub output_format: RunFormat,
}

/// How a run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunFormat {
    /// As an incident log.
    Human,
    /// Its trace, one JSON document: docs/formats/trace.md.
    Json,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Arguments of `quell lsp`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell lsp
  quell lsp --stdio
  quell lsp --allow-outside  also follow links and dependencies that leave the
                             repository, for repositories that you trust

Editors start it themselves and speak to it over standard input and output. How
to set up yours: docs/editors.md.

Exit codes: 0 the editor ended it, 1 the editor went away without asking for a
shutdown, 2 it could not run.")]
pub struct LspArguments {
    /// Standard input and output: what it uses anyway. Some editors say so.
    #[arg(long)]
    pub stdio: bool,
}

/// Arguments of `quell postmortem`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell postmortem trace.json > draft.md  from `dry-run --output-format json`
  quell dry-run checkout_latency.quell --output-format json | quell postmortem -

The draft is Markdown. What the trace can't know is marked with a pen, for
people to fill.

Exit codes: 0 the draft was written, 2 it could not run.")]
pub struct PostmortemArguments {
    /// A trace as `quell dry-run --output-format json` writes it; `-` is standard input.
    #[arg(value_name = "TRACE")]
    pub trace: PathBuf,
}

/// Arguments of `quell completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell completions bash > ~/.local/share/bash-completion/completions/quell
  quell completions zsh > ~/.zfunc/_quell       a folder of your fpath
  quell completions fish > ~/.config/fish/completions/quell.fish

Open a new shell afterwards.

Exit codes: 0 the script was printed, 2 it could not be.")]
pub struct CompletionsArguments {
    /// The shell.
    pub shell: clap_complete::Shell,
}
