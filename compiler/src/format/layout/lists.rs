//! Lists in brackets: on one line if it fits, otherwise one element per line with a trailing comma.
//! Fields of a record and arms of a match always have lines of their own.

use super::{
    super::{
        document::{Element, GroupKind},
        tree::{Child, Comment, NodeId, TokenId},
    },
    Layout,
    expressions::Hug,
};
use crate::syntax::SyntaxKind;

/// How the elements of a list that doesn't fit on a line are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// One to a line.
    OneEach,
    /// As many to a line as fit.
    Filled,
}

/// An element with its comma.
struct Entry {
    child: Child,
    comma: Option<TokenId>,
}

impl Layout<'_, '_> {
    /// A list in brackets.
    pub(super) fn list(&mut self, node: NodeId) {
        let tree = self.tree;
        let fills = std::mem::take(&mut self.is_command);
        let kind = tree.kind(Child::Node(node));
        let (Some((open, inner)), close) = (tree.children(node).split_first(), tree.last(Child::Node(node)))
        else {
            return;
        };
        let mut entries = Vec::new();
        for child in inner {
            match (*child, tree.kind(*child)) {
                (Child::Token(comma), SyntaxKind::Comma) => {
                    if let Some(Entry { comma: behind, .. }) = entries.last_mut() {
                        *behind = Some(comma);
                    }
                }
                (Child::Token(token), _) if token == close => {}
                _ => entries.push(Entry { child: *child, comma: None }),
            }
        }
        if kind == SyntaxKind::UseList {
            entries.sort_by_key(|entry| tree.token_text(tree.first(entry.child)));
        }
        self.child(*open);
        if entries.is_empty() && tree.own_line_comments(close).is_empty() {
            return self.token_alone(close);
        }
        if let [only] = entries.as_slice()
            && self.hugs_only(kind, only, close)
        {
            self.child(only.child);
            return self.token_alone(close);
        }
        self.entries(kind, &entries, close, if fills { Lines::Filled } else { Lines::OneEach });
        self.token_alone(close);
    }

    fn entries(&mut self, kind: SyntaxKind, entries: &[Entry], close: TokenId, lines: Lines) {
        let tree = self.tree;
        let padding = if has_padding(kind) { " " } else { "" };
        let own_lines = matches!(kind, SyntaxKind::FieldList | SyntaxKind::ArmList);
        self.document.start(GroupKind::Plain);
        self.document.push(Element::Indent);
        let mut carried: &[Comment] = &[];
        for (at, entry) in entries.iter().enumerate() {
            let first = tree.first(entry.child);
            let blank = at > 0
                && match carried.first() {
                    Some(comment) => comment.after_blank_line,
                    None => tree.blank_line_before(first),
                };
            self.document.push(match (own_lines, blank, at) {
                (true, true, _) => Element::BlankLine,
                (true, false, _) => Element::HardLine,
                (false, true, _) => Element::SpacedLine(" "),
                (false, false, 0) => Element::Line(padding),
                (false, false, _) if lines == Lines::Filled => {
                    self.between_words(entries[at - 1].child, entry.child, carried)
                }
                (false, false, _) => Element::Line(" "),
            });
            // A doc comment that documented nothing must not end up documenting the next element.
            let loose = carried.last().is_some_and(|comment| comment.kind == SyntaxKind::DocComment);
            self.comment_lines(carried, loose || tree.blank_line_before(first));
            self.child(entry.child);
            if at + 1 < entries.len() {
                self.document.text(",");
            } else {
                self.document.push(Element::BreakComma);
            }
            // A comment before the comma moves after it.
            carried = entry.comma.map_or(&[], |comma| tree.own_line_comments(comma));
            if let Some(comma) = entry.comma {
                self.comment_behind(comma);
            }
        }
        self.comments_before_end(carried, entries.is_empty());
        self.comments_before_end(tree.own_line_comments(close), entries.is_empty());
        self.document.push(Element::Dedent);
        self.document.push(Element::Line(padding));
        self.document.end();
    }

    /// What stands between two words of a command. A text over several lines has lines of its own, and so
    /// has what follows a comment.
    fn between_words(&self, before: Child, word: Child, carried: &[Comment]) -> Element<'static> {
        let tree = self.tree;
        let commented = !carried.is_empty() || !tree.comments(tree.first(word)).is_empty();
        if commented || self.is_long_text(before) || self.is_long_text(word) {
            return Element::Line(" ");
        }
        let is_flag = |child| tree.token_text(tree.first(child)).starts_with("\"-");
        // `--` ends the flags, and a flag with `=` has its value.
        let flag = tree.token_text(tree.first(before));
        let takes_value = is_flag(before) && flag != "\"--\"" && !flag.contains('=');
        if takes_value && !is_flag(word) { Element::FillPair(" ") } else { Element::Fill(" ") }
    }

    /// Whether the only argument of a call has brackets of its own, so that the call's brackets hug it.
    fn hugs_only(&self, kind: SyntaxKind, only: &Entry, close: TokenId) -> bool {
        let tree = self.tree;
        let quiet = |token: TokenId| tree.comments(token).is_empty();
        kind == SyntaxKind::ArgList
            && quiet(tree.first(only.child))
            && only.comma.is_none_or(quiet)
            && quiet(close)
            && (self.hug(only.child) != Hug::No || self.is_long_text(only.child))
    }

    /// Whether it is a multi-line text, or an argument with one.
    fn is_long_text(&self, child: Child) -> bool {
        let value = match child {
            Child::Node(node) => self.tree.children(node).last().copied().unwrap_or(child),
            Child::Token(_) => child,
        };
        self.tree.kind(value) == SyntaxKind::TextBlock
            && self.tree.token_text(self.tree.first(value)).contains('\n')
    }
}

fn has_padding(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::FieldList | SyntaxKind::VariantList | SyntaxKind::Map | SyntaxKind::ArmList)
}
