//! Text to a lossless tree: [`parse()`], and typed views of the tree in [`ast`].
//!
//! pest parses, rowan stores the tree; no other room uses them, except for rowan's node and token types
//! under our own names. Parsing never fails: unknown text becomes an error node, missing text an
//! empty one, and both a finding. Every byte of the text is in the tree.

pub mod ast;
mod characters;
mod class;
mod conflicts;
mod expression;
mod kind;
mod language;
mod parse;
mod problem;
mod split;
mod text;
mod tree;
mod trivia;

pub use kind::SyntaxKind;
pub use language::{Quell, SyntaxElement, SyntaxNode, SyntaxToken};
pub use parse::{Parse, parse, parse_again, written};
pub use rowan::{TextRange, TextSize, TokenAtOffset, WalkEvent};
pub use split::MAX_NESTING;
pub use tree::MAX_DEPTH;
