//! `quell lsp`: the language server, on standard input and output.

use std::sync::Arc;

use super::Outcome;
use crate::{disk::Machine, error::Failure};

/// Runs the command.
pub fn run() -> Result<Outcome, Failure> {
    quell_lsp::serve(Arc::new(Machine), env!("CARGO_PKG_VERSION"))?;
    Ok(Outcome::Fine)
}
