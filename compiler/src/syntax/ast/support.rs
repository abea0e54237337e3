//! What all views share: casting, finding children, docs.

use rowan::{NodeOrToken, TextRange};

use crate::{
    source::{FileId, Span, part},
    syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken},
};

/// A typed view of a node.
pub trait AstNode: Sized {
    /// Whether nodes of this kind have this view.
    fn can_cast(kind: SyntaxKind) -> bool;

    /// The view of `node`, if it is of the right kind.
    fn cast(node: SyntaxNode) -> Option<Self>;

    /// The node.
    fn syntax(&self) -> &SyntaxNode;

    /// Where it stands, without the docs above it.
    fn range(&self) -> TextRange {
        significant_range(self.syntax())
    }

    /// Where it stands in `file`, without the docs above it.
    fn span(&self, file: FileId) -> Span {
        let range = self.range();
        Span::new(file, range.start().into(), range.end().into())
    }

    /// The `///` lines above it without their marks, joined by line ends. Empty if there are none.
    fn docs(&self) -> String {
        let tokens = self.syntax().children_with_tokens().filter_map(NodeOrToken::into_token);
        let docs = tokens
            .take_while(|token| token.kind().is_trivia())
            .filter(|token| token.kind() == SyntaxKind::DocComment);
        docs.map(|token| doc_line(token.text()).to_owned()).collect::<Vec<_>>().join("\n")
    }
}

/// A `///` or `//!` line without its mark and the blank behind it.
pub(crate) fn doc_line(comment: &str) -> &str {
    let text = part(comment, 3, comment.len());
    text.strip_prefix(' ').unwrap_or(text).trim_end()
}

/// Where a node's own text is: from its first token that is neither comment nor whitespace.
pub fn significant_range(node: &SyntaxNode) -> TextRange {
    let mut elements = node.children_with_tokens();
    let first = elements.find(|element| !element.kind().is_trivia());
    let start = first.map_or(node.text_range().start(), |element| element.text_range().start());
    TextRange::new(start, node.text_range().end())
}

/// Declares the view of a node kind with the same name.
macro_rules! node {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(crate::syntax::SyntaxNode);

        impl crate::syntax::ast::AstNode for $name {
            fn can_cast(kind: crate::syntax::SyntaxKind) -> bool {
                kind == crate::syntax::SyntaxKind::$name
            }
            fn cast(node: crate::syntax::SyntaxNode) -> Option<Self> {
                Self::can_cast(node.kind()).then_some(Self(node))
            }
            fn syntax(&self) -> &crate::syntax::SyntaxNode {
                &self.0
            }
        }
    )*};
}

/// Declares a choice between views.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident($view:ident),)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the views' docs say it")]
        pub enum $name {
            $($(#[$variant_doc])* $variant($view),)*
        }

        impl crate::syntax::ast::AstNode for $name {
            fn can_cast(kind: crate::syntax::SyntaxKind) -> bool {
                $($view::can_cast(kind))||*
            }
            fn cast(node: crate::syntax::SyntaxNode) -> Option<Self> {
                $(if $view::can_cast(node.kind()) { return $view::cast(node).map($name::$variant); })*
                None
            }
            fn syntax(&self) -> &crate::syntax::SyntaxNode {
                match self { $($name::$variant(view) => view.syntax(),)* }
            }
        }
    };
}

/// The first child with this view.
pub(super) fn child<N: AstNode>(node: &SyntaxNode) -> Option<N> {
    node.children().find_map(N::cast)
}

/// All children with this view.
pub(super) fn children<N: AstNode>(node: &SyntaxNode) -> impl Iterator<Item = N> + use<N> {
    node.children().filter_map(N::cast)
}

/// The children with this view that stand directly in the child node of `kind`.
pub(super) fn children_in<N: AstNode>(
    node: &SyntaxNode,
    kind: SyntaxKind,
) -> impl Iterator<Item = N> + use<N> {
    node.children().filter(move |child| child.kind() == kind).take(1).flat_map(|list| children(&list))
}

/// The first token of this kind among the children.
pub(super) fn token(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxToken> {
    node.children_with_tokens().filter_map(NodeOrToken::into_token).find(|token| token.kind() == kind)
}

/// All tokens of this kind among the children.
pub(super) fn tokens(node: &SyntaxNode, kind: SyntaxKind) -> impl Iterator<Item = SyntaxToken> + use<> {
    let tokens = node.children_with_tokens().filter_map(NodeOrToken::into_token);
    tokens.filter(move |token| token.kind() == kind)
}

/// The first token that is no trivia.
pub(super) fn first_token(node: &SyntaxNode) -> Option<SyntaxToken> {
    let tokens = node.children_with_tokens().filter_map(NodeOrToken::into_token);
    tokens.into_iter().find(|token| !token.kind().is_trivia())
}

/// What stands right behind the first token of kind `mark`: neither trivia nor a hole.
fn behind(node: &SyntaxNode, mark: SyntaxKind) -> Option<SyntaxElement> {
    let elements = node.children_with_tokens().skip_while(|element| element.kind() != mark).skip(1);
    let next = elements.into_iter().find(|element| !element.kind().is_trivia())?;
    (!next.kind().is_missing()).then_some(next)
}

/// The node with this view right behind the first token of kind `mark`.
pub(super) fn child_behind<N: AstNode>(node: &SyntaxNode, mark: SyntaxKind) -> Option<N> {
    behind(node, mark)?.into_node().and_then(N::cast)
}

/// The name right behind the first token of kind `mark`.
pub(super) fn name_behind(node: &SyntaxNode, mark: SyntaxKind) -> Option<SyntaxToken> {
    behind(node, mark)?.into_token().filter(|token| token.kind() == SyntaxKind::Name)
}
