//! rowan's tree with our kinds.

use super::SyntaxKind;

/// Ties rowan's untyped tree to [`SyntaxKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quell {}

impl rowan::Language for Quell {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        // A number that no kind has can't come from our own trees.
        SyntaxKind::ALL.get(raw.0 as usize).copied().unwrap_or(SyntaxKind::ErrorText)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

/// A node of the tree.
pub type SyntaxNode = rowan::SyntaxNode<Quell>;
/// A leaf of the tree.
pub type SyntaxToken = rowan::SyntaxToken<Quell>;
/// A node or a leaf.
pub type SyntaxElement = rowan::SyntaxElement<Quell>;
