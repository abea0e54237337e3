//! Looking into nodes: their names, docs, tokens and expressions.

use std::sync::Arc;

use super::Ident;
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken, TextRange},
};

pub(super) fn range_span(file: FileId, range: TextRange) -> Span {
    Span::new(file, range.start().into(), range.end().into())
}

/// Where a node stands, without the docs above it.
pub(super) fn node_span(file: FileId, node: &SyntaxNode) -> Span {
    let range = node.text_range();
    let tokens = node.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    let first = tokens.into_iter().find(|token| !token.kind().is_trivia());
    let start = first.map_or(range.end(), |token| token.text_range().start());
    range_span(file, TextRange::new(start, range.end()))
}

pub(super) fn token_span(file: FileId, token: &SyntaxToken) -> Span {
    range_span(file, token.text_range())
}

pub(super) fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> {
    node.children_with_tokens().filter_map(SyntaxElement::into_token)
}

/// The first token of this kind that belongs to the node itself.
pub(super) fn token(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxToken> {
    tokens(node).find(|token| token.kind() == kind)
}

/// Where the first token of this kind stands.
pub(super) fn mark(file: FileId, node: &SyntaxNode, kind: SyntaxKind) -> Option<Span> {
    token(node, kind).map(|token| token_span(file, &token))
}

/// The first child node of this kind.
pub(super) fn child(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxNode> {
    node.children().find(|child| child.kind() == kind)
}

pub(super) fn children(node: &SyntaxNode, kind: SyntaxKind) -> impl Iterator<Item = SyntaxNode> {
    node.children().filter(move |child| child.kind() == kind)
}

pub(super) fn ident(file: FileId, token: &SyntaxToken) -> Ident {
    Ident { text: Arc::from(token.text()), span: token_span(file, token) }
}

/// All names that are tokens of the node itself.
pub(super) fn idents(file: FileId, node: &SyntaxNode) -> Vec<Ident> {
    tokens(node).filter(|token| token.kind() == SyntaxKind::Name).map(|token| ident(file, &token)).collect()
}

/// The first name, or an empty one at the hole where it is missing.
pub(super) fn ident_of(file: FileId, node: &SyntaxNode) -> Ident {
    if let Some(name) = token(node, SyntaxKind::Name) {
        return ident(file, &name);
    }
    let hole = child(node, SyntaxKind::MissingName).map(|hole| range_span(file, hole.text_range()));
    Ident { text: Arc::from(""), span: hole.unwrap_or_else(|| node_span(file, node)) }
}

/// The text of the doc comments that are tokens of the node itself.
pub(super) fn docs(node: &SyntaxNode, kind: SyntaxKind, mark: &str) -> String {
    let lines = tokens(node).filter(|token| token.kind() == kind).map(|token| {
        let text = token.text().strip_prefix(mark).unwrap_or_default();
        text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a node stands where an expression does, or in its place.
pub(super) fn is_expression(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(
        kind,
        Literal
            | StringExpr
            | TextBlock
            | Reference
            | Paren
            | List
            | Map
            | Lambda
            | IfExpr
            | MatchExpr
            | Call
            | Field
            | Index
            | Cast
            | Binary
            | Unary
            | MissingExpr
            | MissingOperand
            | MissingValue
            | MissingReason
            | TooDeep
    )
}

/// The expressions that are children of the node itself, in order.
pub(super) fn expressions(node: &SyntaxNode) -> impl Iterator<Item = SyntaxNode> {
    node.children().filter(|child| is_expression(child.kind()))
}

/// The first expression behind the token of this kind.
pub(super) fn expression_after(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxNode> {
    let mut elements = node.children_with_tokens().skip_while(|element| element.kind() != kind);
    elements.find_map(|element| element.into_node().filter(|node| is_expression(node.kind())))
}
