//! The parser that pest derives from `quell.pest`, and nothing else.
//!
//! The compiler makes trees, messages and meaning: see its `syntax` module, the only user.

/// The derived parser. [`Rule`] names each production of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "quell.pest"]
pub struct QuellParser;
