//! Files and playbooks: imports sorted, headers in their order, a blank line between items and parts.

use super::{
    super::{
        document::Element,
        tree::{Child, TokenId},
    },
    Layout,
};
use crate::syntax::SyntaxKind;

impl Layout<'_, '_> {
    pub(super) fn source_file(&mut self) {
        let tree = self.tree;
        // The last child isn't an item but the end of the file.
        let items = tree.children(tree.root());
        self.items(items);
        let comments = tree.own_line_comments(tree.end());
        if items.is_empty() {
            self.comment_lines(comments, false);
        } else {
            self.comments_before_end(comments, false);
            self.document.push(Element::HardLine);
        }
    }

    /// Items, with groups of imports sorted.
    pub(super) fn items(&mut self, items: &[Child]) {
        let mut at = 0;
        while at < items.len() {
            let end = at + self.imports(&items[at..]);
            if at > 0 {
                self.separate(items[at], self.blank_between_items(items[at - 1], items[at]));
            }
            if end > at {
                self.sorted_imports(&items[at..end]);
                at = end;
            } else {
                self.unit(items[at]);
                at += 1;
            }
        }
    }

    /// The number of imports in this group: a comment with a blank line below it starts another group.
    fn imports(&self, items: &[Child]) -> usize {
        let tree = self.tree;
        let is_import =
            |child: &Child| tree.kind(*child) == SyntaxKind::UseItem && matches!(child, Child::Node(_));
        let together = items.iter().enumerate().take_while(|(at, item)| {
            is_import(item) && (*at == 0 || self.detached_comments(tree.first(**item)) == 0)
        });
        together.count()
    }

    fn sorted_imports(&mut self, imports: &[Child]) {
        let tree = self.tree;
        let first = tree.first(imports[0]);
        let detached = self.detached_comments(first);
        self.comment_lines(&tree.own_line_comments(first)[..detached], true);
        self.written.insert(first, detached);
        let mut sorted = imports.to_vec();
        sorted.sort_by_cached_key(|import| self.import_key(*import));
        for (at, import) in sorted.into_iter().enumerate() {
            if at > 0 {
                self.document.push(Element::HardLine);
            }
            self.unit(import);
        }
    }

    /// The number of comments above that belong to the whole group below them.
    fn detached_comments(&self, token: TokenId) -> usize {
        let comments = self.tree.own_line_comments(token);
        let ends = comments.iter().enumerate().rev().find(|(at, comment)| {
            let below = comments.get(at + 1);
            below.map_or(self.tree.blank_line_above(token), |below| below.after_blank_line)
                || comment.kind == SyntaxKind::FileDoc
        });
        ends.map_or(0, |(at, _)| at + 1)
    }

    /// The standard library first, then by path; the module itself before names from it.
    fn import_key(&self, import: Child) -> (bool, Vec<String>, Vec<String>) {
        let tree = self.tree;
        let Child::Node(node) = import else { return Default::default() };
        let words = |child: &Child| -> Vec<String> {
            let text = &tree.text[tree.range(*child).start as usize..tree.range(*child).end as usize];
            text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect()
        };
        let children = tree.children(node);
        let is_path = |child: &&Child| tree.kind(**child) == SyntaxKind::ModulePath;
        let path = children.iter().find(is_path).map(words).unwrap_or_default();
        let rest = children.iter().skip_while(|child| !is_path(child)).skip(1);
        let own = path.first().is_none_or(|first| first != "std");
        (own, path, rest.flat_map(words).filter(|word| !word.is_empty()).collect())
    }

    /// Whether a blank line separates two items; `None` leaves it to the author.
    fn blank_between_items(&self, above: Child, below: Child) -> Option<bool> {
        let (above_kind, below_kind) = (self.tree.kind(above), self.tree.kind(below));
        let kept = matches!(above, Child::Token(_)) || matches!(below, Child::Token(_));
        // Short definitions of the same kind may be grouped, such as a table of values.
        let table = above_kind == below_kind
            && matches!(below_kind, SyntaxKind::LetItem | SyntaxKind::TypeItem)
            && self.tree.own_line_comments(self.tree.first(below)).is_empty();
        if kept || table { None } else { Some(true) }
    }

    /// Headers in their order, then the parts.
    pub(super) fn members(&mut self, members: &[Child]) {
        let tree = self.tree;
        let mut members = members.to_vec();
        let is_header =
            |child: &Child| matches!(child, Child::Node(_)) && header_rank(tree.kind(*child)).is_some();
        for run in members.chunk_by_mut(|a, b| is_header(a) && is_header(b)) {
            run.sort_by_key(|header| header_rank(tree.kind(*header)));
        }
        for (at, member) in members.iter().enumerate() {
            if at > 0 {
                self.separate(*member, self.blank_between_members(members[at - 1], *member));
            }
            self.unit(*member);
        }
    }

    fn blank_between_members(&self, above: Child, below: Child) -> Option<bool> {
        let tree = self.tree;
        let is_header = |child: Child| header_rank(tree.kind(child)).is_some();
        let is_line = |child: Child| match child {
            Child::Node(node) => {
                is_header(child)
                    || tree.children(node).iter().any(|child| tree.kind(*child) == SyntaxKind::KwNone)
            }
            Child::Token(_) => true,
        } || tree.kind(child) == SyntaxKind::StrayStmt;
        let left_to_author = is_line(above) && is_line(below) && is_header(above) == is_header(below);
        let kept = matches!(above, Child::Token(_)) || matches!(below, Child::Token(_));
        if kept || left_to_author { None } else { Some(true) }
    }
}

/// The rank of a header line within its playbook.
fn header_rank(kind: SyntaxKind) -> Option<usize> {
    use SyntaxKind::*;
    [OnHeader, InputHeader, OwnerHeader, ResolveHeader].iter().position(|header| *header == kind)
}
