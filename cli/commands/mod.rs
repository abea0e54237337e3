//! The commands, one file each. A command reads its arguments, writes to the console, and returns its
//! outcome; it never ends the process.

pub mod check;
pub mod completions;
pub mod coverage;
pub mod doc;
pub mod dry_run;
pub mod explain;
pub mod fmt;
pub mod graph;
pub mod import;
pub mod lsp;
pub mod new;
pub mod postmortem;
pub mod simulate;
pub mod test;

/// How a command went, where it could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine,
    /// There are findings or failed scenarios.
    Findings,
    /// An editor went away in the middle.
    Unfinished,
    /// A run was given up, since it takes more than a run may take; it was told.
    GivenUp,
}

impl Outcome {
    /// The exit code of a command that could not run.
    pub const COULD_NOT_RUN: u8 = 2;

    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Fine => 0,
            Outcome::Findings | Outcome::Unfinished => 1,
            Outcome::GivenUp => Outcome::COULD_NOT_RUN,
        }
    }
}
