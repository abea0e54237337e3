//! `quell lsp`: the language server, on standard input and output.

use std::sync::Arc;

use quell_lsp::Ended;

use super::Outcome;
use crate::{disk::Machine, error::Failure, fence::Reach};

/// Runs the command.
pub fn run(reach: Reach) -> Result<Outcome, Failure> {
    let ended = quell_lsp::serve(Arc::new(Machine::new(reach)), env!("CARGO_PKG_VERSION"))?;
    Ok(match ended {
        Ended::Asked => Outcome::Fine,
        // What the protocol says of an end without `shutdown`.
        Ended::Unasked => Outcome::Unfinished,
    })
}
