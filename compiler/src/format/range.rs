//! Range formatting: formats only the lines and blocks that a selection touches.

use std::ops::Range;

use super::{
    layout,
    printer::{self, Printed},
    soundness::check_soundness,
    tree::{Child, Keep, NodeId, TokenId, Tree},
};
use crate::syntax::{Parse, SyntaxKind, parse_again};

/// An edit that replaces a range of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The replaced range.
    pub range: Range<u32>,
    /// The new text.
    pub text: String,
}

/// Formats what `range` touches: the innermost lines and blocks that contain it. Imports and the lines of a
/// header are sorted as a group. The edits are in the order of the text.
pub fn format_range(parse: &Parse, range: Range<u32>) -> Vec<Replacement> {
    let root = parse.syntax();
    let text = root.text().to_string();
    let tree = Tree::new(&root, &text, Keep::Lines);
    let printed = printer::print(&layout::file(&tree));
    let (before, units) = selected(&tree, &range);
    let mut replacements = Vec::new();
    let mut start =
        before.map_or((0, 0), |token| (line_end(&tree, token), line_end_in(&tree, &printed, token)));
    for run in
        units.chunk_by(|a, b| order(tree.kind(*a)).is_some() && order(tree.kind(*a)) == order(tree.kind(*b)))
    {
        let ends = run.iter().map(|unit| line_end_in(&tree, &printed, tree.last(*unit)));
        let Some(last) = run.last() else { continue };
        let end = (line_end(&tree, tree.last(*last)), ends.max().unwrap_or(start.1));
        let (from, to) =
            (&text[start.0 as usize..end.0 as usize], &printed.text[start.1..end.1.max(start.1)]);
        if from != to {
            replacements.push(Replacement { range: start.0..end.0, text: to.to_owned() });
        }
        start = end;
    }
    if is_sound(parse, &text, &replacements) { replacements } else { Vec::new() }
}

fn is_sound(before: &Parse, text: &str, replacements: &[Replacement]) -> bool {
    if replacements.is_empty() {
        return true;
    }
    let mut after = text.to_owned();
    for replacement in replacements.iter().rev() {
        let Range { start, end } = replacement.range;
        after.replace_range(start as usize..end as usize, &replacement.text);
    }
    check_soundness(before, &parse_again(&after, before)).is_ok()
}

/// The siblings that the range touches, and the last token before them.
fn selected(tree: &Tree, range: &Range<u32>) -> (Option<TokenId>, Vec<Child>) {
    let (mut before, mut units) = (None, tree.children(tree.root()));
    loop {
        let touched = |unit: &&Child| start(tree, **unit) <= range.end && range.start <= end(tree, **unit);
        let mut touching = units.iter().filter(touched);
        let inner = match (touching.next(), touching.next()) {
            (Some(Child::Node(only)), None) => inner_block(tree, *only, range),
            _ => None,
        };
        let Some((open, inside)) = inner else { break };
        (before, units) = (Some(open), inside);
    }
    let touches = |unit: &Child| start(tree, *unit) <= range.end && range.start <= end(tree, *unit);
    let Some(mut first) = units.iter().position(touches) else { return (None, Vec::new()) };
    let mut last = units.iter().rposition(touches).unwrap_or(first);
    let together = |a: Child, b: Child| {
        let order = order(tree.kind(a));
        order.is_some() && order == self::order(tree.kind(b))
    };
    while first > 0 && together(units[first - 1], units[first]) {
        first -= 1;
    }
    while last + 1 < units.len() && together(units[last], units[last + 1]) {
        last += 1;
    }
    if first > 0 {
        before = Some(tree.last(units[first - 1]));
    }
    (before, units[first..=last].to_vec())
}

/// The block in `node` that contains the whole range: its opening brace and its contents.
fn inner_block<'a>(tree: &'a Tree, node: NodeId, range: &Range<u32>) -> Option<(TokenId, &'a [Child])> {
    let children = tree.children(node);
    let open = children.iter().position(|child| tree.kind(*child) == SyntaxKind::LeftBrace);
    if let (true, Some(open)) = (is_block(tree.kind(Child::Node(node))), open) {
        let close = children.len() - 1;
        let inside = tree.range(children[open]).end..tree.range(children[close]).start;
        return (inside.start <= range.start && range.end <= inside.end && close > open + 1)
            .then(|| (tree.last(children[open]), &children[open + 1..close]));
    }
    children.iter().find_map(|child| match child {
        Child::Node(node) => inner_block(tree, *node, range),
        Child::Token(_) => None,
    })
}

fn is_block(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(kind, PlaybookItem | SimulateBlock | Block | ActionBody | BindingBody | ScenarioBody)
}

/// Lines that are sorted as a group.
fn order(kind: SyntaxKind) -> Option<u8> {
    match kind {
        SyntaxKind::UseItem => Some(0),
        SyntaxKind::OnHeader
        | SyntaxKind::InputHeader
        | SyntaxKind::OwnerHeader
        | SyntaxKind::ResolveHeader => Some(1),
        _ => None,
    }
}

/// The start of a line or block, including the comments above it.
fn start(tree: &Tree, unit: Child) -> u32 {
    let first = tree.first(unit);
    tree.own_line_comments(first).first().map_or(tree.range(unit).start, |comment| comment.range.start)
}

/// The end of a line or block, including the comment after it.
fn end(tree: &Tree, unit: Child) -> u32 {
    line_end(tree, tree.last(unit))
}

fn line_end(tree: &Tree, token: TokenId) -> u32 {
    match tree.comment_behind(token) {
        Some(comment) => comment.range.end,
        None => tree.range(Child::Token(token)).end,
    }
}

/// The end of a marked token's line in the formatted text.
fn line_end_in(tree: &Tree, printed: &Printed, token: TokenId) -> usize {
    let marked = printed.marks.get(&tree.range(Child::Token(token)).end).copied();
    let from = marked.unwrap_or(printed.text.len());
    printed.text[from..].find('\n').map_or(printed.text.len(), |length| from + length)
}
