//! The grammar of Quell for tree-sitter, for editors and tools written in Rust.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_quell() -> *const ();
}

/// The language, for `tree_sitter::Parser::set_language`.
// The generated parser has exactly this one function, and it gives a table that is never changed.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_quell) };

/// How the nodes are highlighted.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");
