//! The parser that pest derives from `quell.pest`, and nothing else.
//!
//! Trees, messages and meaning are the compiler's: see its `syntax` module, the only user.

/// The derived parser. [`Rule`] names each production of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "quell.pest"]
pub struct QuellParser;
