//! The command on the outside: arguments, exit codes, output, files. Runs the real binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod alerts;
mod bad_input;
mod bounds;
mod check;
mod completions;
mod coverage;
mod doc;
mod drill;
mod dry_run;
mod dry_run_log;
mod dry_run_start;
mod dry_run_views;
mod exit_codes;
mod explain;
mod fence;
mod fix;
mod fmt;
mod given;
mod graph;
mod hostile;
mod import;
mod lint;
mod lint_project;
mod new;
mod output;
mod page;
mod postmortem;
mod projects;
mod sandbox;
mod simulate;
mod test;
mod test_snapshot;
mod written;
