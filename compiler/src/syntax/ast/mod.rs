//! Typed views of the tree.

use super::SyntaxNode;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceFile(SyntaxNode);

impl SourceFile {
    pub(crate) fn of(node: SyntaxNode) -> Self {
        Self(node)
    }
}
