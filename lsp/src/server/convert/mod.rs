//! From plain data to the protocol, one file for each kind of data.

mod completion;
mod diagnostics;
mod markup;
mod places;
mod structure;

pub use completion::{completions, signature};
pub use diagnostics::{diagnostic, diagnostics, problems};
pub use markup::Markup;
pub use places::{cursor, location, range, text_edits, workspace_edit};
pub use structure::{document_symbols, folds, selections, symbol_kind, tokens, workspace_symbols};
