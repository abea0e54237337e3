//! What can be said on the command line.

mod findings;
mod named;
mod new;
mod simulate;
mod test;

pub use findings::{CheckArguments, FindingsArguments, LintArguments, OutputFormat};
pub use new::{Ci, NewArguments};
pub use simulate::SimulateArguments;
pub use test::{TestArguments, TestFormat};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{drill::Pace, target::Target};

/// Incident playbooks as code: check, format and rehearse them before the incident.
#[derive(Debug, Parser)]
#[command(name = "quell", version, propagate_version = true, arg_required_else_help = true)]
#[command(max_term_width = 80)]
#[command(after_help = "\
Quell reads and writes only the repository you point it at;
--allow-outside turns that off (docs/security.md).

Exit codes: 0 success, 1 findings or failed scenarios, 2 couldn't run or
finish (docs/exit-codes.md).

Start with:
  quell new playbooks            create a project with a first playbook
  quell check .                  report errors and risky practice
  quell dry-run disk_full.quell  run a playbook on a virtual clock
  quell test .                   run the scenarios")]
pub struct Arguments {
    /// When to use color.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// Also follow links, rules and dependencies that lead outside the repository.
    #[arg(long, global = true)]
    pub allow_outside: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On terminals, unless NO_COLOR is set.
    Auto,
    /// Always, including in pipes and files.
    Always,
    /// Never.
    Never,
}

/// The commands, in the order in which people meet them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a project with a first playbook.
    New(NewArguments),
    /// Report errors and risky practice.
    Check(CheckArguments),
    /// Report only risky practice: the lint rules.
    Lint(LintArguments),
    /// Format playbooks.
    Fmt(FmtArguments),
    /// Explain an error code or a lint rule.
    Explain(ExplainArguments),
    /// Run scenarios and report the ones that fail.
    Test(TestArguments),
    /// Run a playbook on a virtual clock, calling nothing.
    DryRun(DryRunArguments),
    /// Run a playbook thousands of times and report durations and success rates.
    Simulate(SimulateArguments),
    /// Print the step graph of a playbook.
    Graph(GraphArguments),
    /// Report alerts without a playbook and playbooks without an alert.
    Coverage(CoverageArguments),
    /// Generate documentation for modules and runbooks for playbooks.
    Doc(DocArguments),
    /// Convert playbooks from other tools to Quell.
    Import(ImportArguments),
    /// Draft a post-mortem from the trace of a run.
    Postmortem(PostmortemArguments),
    /// Start the language server for an editor.
    Lsp(LspArguments),
    /// Generate shell completions.
    Completions(CompletionsArguments),
}

/// Arguments of `quell coverage`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell coverage           use the rule files listed in quell.toml
  quell coverage playbooks --rules monitoring/alerts
  quell coverage --min 80  fail below 80% (for CI)

Reads Prometheus alert rules, in rule files or PrometheusRule manifests. Alerts
with severity `none` aren't for people and don't count. For the steps that
scenarios cover, see `quell test --coverage`.

Exit codes: 0 success, 1 below --min or errors in files, 2 couldn't run.")]
pub struct CoverageArguments {
    /// Files and folders with playbooks.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Alert rule files or folders to read in addition to those in quell.toml.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub rules: Vec<PathBuf>,
    /// Fail if less than this percentage of alerts has a playbook.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min: Option<u8>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: CoverageFormat,
}

/// How the coverage of alerts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// Tables.
    Human,
    /// One JSON document: docs/formats/alert-coverage.md.
    Json,
}

/// Arguments of `quell doc`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell doc std                          the modules of the standard library
  quell doc std.slack                    one module
  quell doc std.slack.post               one action
  quell doc playbooks/disk_full.quell    a playbook as a runbook
  quell doc playbooks --output-dir wiki  write one page per playbook and module

A name that exists as a path is read as a path; `./std` is always a folder.

Exit codes: 0 success, 1 the files have errors, 2 couldn't run.")]
pub struct DocArguments {
    /// `std`, one of its modules, an item of a module, or files and folders.
    #[arg(value_name = "NAME|PATH", default_value = ".")]
    pub about: PathBuf,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "output_dir")]
    pub output_format: DocFormat,
    /// Write Markdown files to this folder: an index and one page per playbook and module.
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// With --output-dir: overwrite pages that Quell didn't write.
    #[arg(long, requires = "output_dir")]
    pub force: bool,
}

/// How documentation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocFormat {
    /// Plain text, 80 columns wide.
    Text,
    /// Markdown with Mermaid diagrams.
    Markdown,
    /// One JSON document: docs/formats/docs.md.
    Json,
}

/// Arguments of `quell fmt`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell fmt          format everything below this folder
  quell fmt --check  fail if a file isn't formatted (for CI)
  quell fmt --diff playbooks/disk_full.quell
  quell fmt --stdin-filename disk_full.quell < disk_full.quell

Code that doesn't parse is left as it is; the code around it is formatted.

Exit codes: 0 success, 1 files would change (--check, --diff) or have errors,
2 couldn't run.")]
pub struct FmtArguments {
    /// Files and folders to format [default: .]; `-` reads standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// List the files that would change, without changing them.
    #[arg(long)]
    pub check: bool,
    /// Show the changes as a diff, without making them.
    #[arg(long)]
    pub diff: bool,
    /// Read standard input and report it as NAME.
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

/// Arguments of `quell explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell explain unknown-name
  quell explain                    list all codes

Exit codes: 0 success, 2 unknown code.")]
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

Exit codes: 0 converted without findings, 1 findings, 2 couldn't run.")]
pub struct ImportArguments {
    /// The tool to convert from.
    #[command(subcommand)]
    pub source: ImportSource,
}

/// Tools whose playbooks can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// StackPulse playbooks and triggers (YAML).
    Stackpulse(StackpulseArguments),
}

/// Arguments of `quell import stackpulse`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell import stackpulse playbook.yaml > disk_full.quell
  quell import stackpulse playbook.yaml trigger.yaml  convert to a response
  quell import stackpulse playbooks --output-dir converted
  quell import stackpulse playbooks --report          report without converting

Triggers go with the playbooks they name, otherwise with those in the same
folder. What can't be converted, and mistakes in the originals, are reported at
their place in the YAML.

Exit codes: 0 converted without findings, 1 findings, 2 couldn't run.")]
pub struct StackpulseArguments {
    /// YAML files, or folders that contain them.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write each playbook to its own file in this folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "report")]
    pub output_dir: Option<PathBuf>,
    /// With --output-dir: overwrite existing files.
    #[arg(long, requires = "output_dir")]
    pub force: bool,
    /// Report what can be converted and what is wrong, without writing playbooks.
    #[arg(long)]
    pub report: bool,
    /// Output format.
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

The name after the colon can also be a task.

Exit codes: 0 success, 1 the file has errors, 2 couldn't run.")]
pub struct GraphArguments {
    /// A file or folder, and the playbook in it.
    #[arg(value_name = "PATH[:PLAYBOOK]")]
    pub target: Target,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: GraphFormat,
}

/// How a graph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// An outline in plain text.
    Text,
    /// A Graphviz diagram.
    Dot,
    /// A Mermaid diagram, which GitHub and GitLab render in Markdown.
    Mermaid,
    /// One JSON document: docs/formats/graph.md.
    Json,
}

/// Arguments of `quell dry-run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell dry-run checkout_latency.quell
  quell dry-run playbooks:checkout_latency --scenario \"the last deploy is slow\"
  quell dry-run rollback.quell --input organization=acme
  quell dry-run crash_loop.quell --input 'alert={ labels: { namespace: \"shop\" } }'
  quell dry-run crash_loop.quell --input alert=@alert.json
  quell dry-run checkout_latency.quell --seed 7          random durations and failures
  quell dry-run checkout_latency.quell --explain scaled  why the step ran or waited
  quell dry-run checkout_latency.quell --plan            what would change
  quell dry-run checkout_latency.quell --who             who is told or asked what
  quell dry-run checkout_latency.quell --html run.html   an HTML report
  quell dry-run failover.quell --interactive --pace 60   a drill: you decide

Nothing is called and no message is sent. Without a scenario, values come from
the actions' `simulate` blocks, and people answer after one minute: yes, the
first option, approved. The alert is a sample with the labels that your alert
rules name; --input sets others.

Exit codes: 0 success, 1 the file has errors or an expectation of the scenario
doesn't hold, 2 couldn't run.")]
pub struct DryRunArguments {
    /// A file or folder, and the playbook in it.
    #[arg(value_name = "PATH[:PLAYBOOK]")]
    pub target: Target,
    /// The value of an input, or of the event that starts the playbook: a Quell
    /// literal, JSON, or @FILE with either; repeatable.
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub inputs: Vec<(String, String)>,
    /// The scenario to run: its title, or a unique part of it.
    #[arg(long, value_name = "TITLE")]
    pub scenario: Option<String>,
    /// Draw durations and failures at random from this seed, instead of the medians.
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Explain why a step ran, waited or was skipped, with the values it depended on.
    #[arg(long, value_name = "STEP", group = "view")]
    pub explain: Option<String>,
    /// Show only what would change.
    #[arg(long, group = "view")]
    pub plan: bool,
    /// Show who is told or asked what, when and through which channel, at each severity.
    #[arg(long, group = "view")]
    pub who: bool,
    /// Write an HTML report: step graph, timeline, messages, changes. Works offline.
    #[arg(long, value_name = "FILE", group = "view")]
    pub html: Option<PathBuf>,
    /// Run a drill: answer questions and approvals yourself while the clock runs.
    #[arg(long, group = "view", conflicts_with = "seed")]
    pub interactive: bool,
    /// Show the steps inside of tasks in the log.
    #[arg(long, short = 'v')]
    pub verbose: bool,
    /// How many times faster than real time a drill runs, or `step` for step by step.
    #[arg(long, value_name = "PACE", default_value = "10", requires = "interactive")]
    pub pace: Pace,
    /// Save your decisions in a drill as a scenario, in its own file.
    #[arg(long, value_name = "FILE", requires = "interactive")]
    pub save: Option<PathBuf>,
    /// With --html or --save: overwrite a file that Quell didn't write.
    #[arg(long)]
    pub force: bool,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "human", conflicts_with = "view")]
    pub output_format: RunFormat,
}

/// How a run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunFormat {
    /// An incident log.
    Human,
    /// The trace, one JSON document: docs/formats/trace.md.
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

Editors start the server themselves and talk to it over standard input and
output. To set up your editor, see docs/editors.md.

Exit codes: 0 shut down by the editor, 1 the editor disconnected without a
shutdown request, 2 couldn't run.")]
pub struct LspArguments {
    /// Use standard input and output. This is the default; some editors pass it.
    #[arg(long)]
    pub stdio: bool,
}

/// Arguments of `quell postmortem`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell postmortem trace.json > draft.md  from `dry-run --output-format json`
  quell dry-run checkout_latency.quell --output-format json | quell postmortem -

The draft is Markdown. A pen marks what the trace can't know and people fill in.

Exit codes: 0 success, 2 couldn't run.")]
pub struct PostmortemArguments {
    /// A trace from `quell dry-run --output-format json`; `-` reads standard input.
    #[arg(value_name = "TRACE")]
    pub trace: PathBuf,
}

/// Arguments of `quell completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  quell completions bash > ~/.local/share/bash-completion/completions/quell
  quell completions zsh > ~/.zfunc/_quell       a folder in your fpath
  quell completions fish > ~/.config/fish/completions/quell.fish

Then open a new shell.

Exit codes: 0 success, 2 couldn't write the output.")]
pub struct CompletionsArguments {
    /// The shell to generate completions for.
    pub shell: clap_complete::Shell,
}
