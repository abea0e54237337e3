//! Blocks and their statements: one per line, with the clauses of a step below it in a fixed order.

use super::{
    super::{
        document::Element,
        tree::{Child, NodeId},
    },
    Layout,
};
use crate::syntax::SyntaxKind;

impl Layout<'_, '_> {
    /// A head, if there is one, and the contents of its braces.
    pub(super) fn block(&mut self, node: NodeId) {
        let tree = self.tree;
        let (kind, children) = (tree.kind(Child::Node(node)), tree.children(node));
        let open = children.iter().position(|child| tree.kind(*child) == SyntaxKind::LeftBrace);
        let (Some(open), Some((Child::Token(close), _))) = (open, children.split_last()) else {
            return self.sequence(children, kind);
        };
        // The brace is on the head's line.
        self.sequence(&children[..=open], kind);
        self.mark(children[open]);
        let units = &children[open + 1..children.len() - 1];
        let last_comments = tree.own_line_comments(*close);
        if !units.is_empty() || !last_comments.is_empty() {
            self.document.push(Element::Indent);
            if !units.is_empty() {
                self.document.push(Element::HardLine);
            }
            self.units(node, units);
            self.comments_before_end(last_comments, units.is_empty());
            self.document.push(Element::Dedent);
            self.document.push(Element::HardLine);
        }
        self.token_alone(*close);
    }

    /// The contents of a file or a block, each on a line of its own.
    pub(super) fn units(&mut self, parent: NodeId, children: &[Child]) {
        match self.tree.kind(Child::Node(parent)) {
            SyntaxKind::SourceFile => self.items(children),
            SyntaxKind::PlaybookItem => self.members(children),
            _ => {
                for (at, child) in children.iter().enumerate() {
                    if at > 0 {
                        self.separate(*child, None);
                    }
                    self.unit(*child);
                }
            }
        }
    }

    /// A line or block, followed by a mark.
    pub(super) fn unit(&mut self, child: Child) {
        self.line(child, |layout| layout.child(child));
        self.mark(child);
    }

    /// What `write` writes ends with `last`, and with it a line.
    fn line(&mut self, last: Child, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.line_end, self.tree.last(last));
        write(self);
        self.line_end = around;
    }

    fn mark(&mut self, child: Child) {
        self.document.push(Element::Mark(self.tree.range(child).end));
    }

    /// The end of a line before `child`, and a blank line if there has to be one or, where that is
    /// left to the author, if there is one.
    pub(super) fn separate(&mut self, child: Child, blank: Option<bool>) {
        let blank = blank.unwrap_or_else(|| self.tree.blank_line_before(self.tree.first(child)));
        self.document.push(if blank { Element::BlankLine } else { Element::HardLine });
    }

    pub(super) fn step(&mut self, node: NodeId) {
        let tree = self.tree;
        let children = tree.children(node);
        let is_clause = |child: &Child| clause_rank(tree.kind(*child)).is_some();
        // A clause that could not be read is a clause too.
        let is_clause_like = |child: &Child| is_clause(child) || tree.kind(*child) == SyntaxKind::BadClause;
        let start = children.iter().position(is_clause_like).unwrap_or(children.len());
        let (head, clauses) = children.split_at(start);
        if let Some(last) = head.last() {
            self.line(*last, |layout| layout.sequence(head, SyntaxKind::StepStmt));
        }
        let mut clauses = clauses.to_vec();
        if clauses.iter().all(|child| matches!(child, Child::Node(_)) && is_clause(child)) {
            clauses.sort_by_key(|clause| clause_rank(tree.kind(*clause)));
        }
        if clauses.is_empty() {
            return;
        }
        self.document.push(Element::Indent);
        for clause in clauses {
            self.document.push(Element::HardLine);
            self.line(clause, |layout| layout.child(clause));
        }
        self.document.push(Element::Dedent);
    }

    pub(super) fn if_statement(&mut self, node: NodeId) {
        let tree = self.tree;
        let mut before = None;
        for child in tree.children(node) {
            if tree.kind(*child) == SyntaxKind::KwElse && !tree.comments(tree.first(*child)).is_empty() {
                // A comment between the brace and `else` keeps its line.
                self.document.push(Element::HardLine);
            } else if before.is_some() {
                self.document.text(" ");
            }
            self.child(*child);
            before = Some(*child);
        }
    }
}

/// The rank of a clause within its step.
fn clause_rank(kind: SyntaxKind) -> Option<usize> {
    use SyntaxKind::*;
    let order = [
        WhenClause,
        AfterClause,
        EachClause,
        RepeatClause,
        EveryClause,
        ApproveClause,
        TimeoutClause,
        RetryClause,
        UndoClause,
        IrreversibleClause,
        FailureClause,
    ];
    order.iter().position(|clause| *clause == kind)
}
