//! Expressions: operators at the end of the line, chained calls one per line, values after `=`.

use super::{
    super::{
        document::{Element, GroupKind},
        tree::{Child, NodeId, TokenId},
    },
    Layout,
};
use crate::syntax::SyntaxKind;

/// The position of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// After other words: continuation lines are indented.
    Behind,
    /// On a line of its own, which continuation lines align with.
    OwnLine,
}

/// Whether an expression ends with brackets that can break, so that it can stay after a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hug {
    /// It doesn't.
    No,
    /// It does.
    Brackets,
    /// It ends with braces that always break.
    Always,
}

/// A part of `base.name(arguments)[index]` after its base.
enum Link {
    Member(TokenId, TokenId),
    Arguments(NodeId),
    Index(NodeId),
}

impl Layout<'_, '_> {
    pub(super) fn expression(&mut self, child: Child, place: Place) {
        use SyntaxKind::*;
        let Child::Node(node) = child else { return self.child(child) };
        self.comments(self.tree.first(child));
        match self.tree.kind(child) {
            Binary => self.binary(node, place),
            IfExpr => self.if_expression(node, place),
            Call | Field | Index => self.chain(node),
            Paren => self.paren(node),
            Lambda => self.lambda(node),
            Cast | Unary => self.sequence(self.tree.children(node), self.tree.kind(child)),
            _ => self.child(child),
        }
    }

    /// Whether an expression, or the value of a named argument, can stay after a sign.
    pub(super) fn hug(&self, child: Child) -> Hug {
        use SyntaxKind::*;
        let tree = self.tree;
        let Child::Node(node) = child else { return Hug::No };
        let filled = |node: NodeId| {
            let children = tree.children(node);
            children.len() > 2 || !tree.own_line_comments(tree.last(Child::Node(node))).is_empty()
        };
        match tree.kind(child) {
            List | Map if filled(node) => Hug::Brackets,
            MatchExpr => Hug::Always,
            Lambda | Arg => tree.children(node).last().map_or(Hug::No, |value| self.hug(*value)),
            Call => match self.links(node) {
                (_, links) if steps(&links) > 1 => Hug::No,
                (_, links) => match links.last() {
                    Some(Link::Arguments(arguments)) if filled(*arguments) => Hug::Brackets,
                    _ => Hug::No,
                },
            },
            _ => Hug::No,
        }
    }

    /// The value after `=`.
    pub(super) fn assigned(&mut self, value: Child, parent: SyntaxKind) {
        use SyntaxKind::*;
        match parent {
            Param | FieldDef | InputHeader | TypeItem => {
                self.document.text(" ");
                self.expression(value, Place::Behind);
            }
            LetItem | LetStmt | FnItem | TriggerItem | SeverityStmt | GivenValue => {
                self.value(value, GroupKind::BelowIfWhole);
            }
            _ => self.value(value, GroupKind::Behind),
        }
    }

    /// A value after a sign: on the same line, on the next line, or broken at its own brackets; `if_brackets`
    /// decides which of the last two is preferred.
    pub(super) fn value(&mut self, value: Child, if_brackets: GroupKind) {
        let commented = !self.tree.comments(self.tree.first(value)).is_empty();
        let line = if commented { Element::HardLine } else { self.line_before(value) };
        let kind = match (line, self.hug(value)) {
            (Element::HardLine, _) | (Element::Line(_), Hug::No) => GroupKind::Below,
            (Element::Line(_), Hug::Brackets) => if_brackets,
            _ => GroupKind::Behind,
        };
        self.document.start(kind);
        self.document.push(Element::Indent);
        self.document.push(line);
        self.expression(value, Place::OwnLine);
        self.document.push(Element::Dedent);
        self.document.end();
    }

    fn binary(&mut self, node: NodeId, place: Place) {
        let mut operands = Vec::new();
        let mut operators = Vec::new();
        self.operands(node, &mut operands, &mut operators);
        self.document.start(GroupKind::Plain);
        for (at, operand) in operands.into_iter().enumerate() {
            if at == 1 && place == Place::Behind {
                self.document.push(Element::Indent);
            }
            if let Some(operator) = at.checked_sub(1).map(|before| operators[before]) {
                self.document.text(" ");
                self.token_alone(operator);
                let line = self.line_before(operand);
                self.document.push(line);
                // A comment above an operator goes above the operand that follows it.
                self.comments(operator);
            }
            self.expression(operand, Place::Behind);
        }
        if place == Place::Behind {
            self.document.push(Element::Dedent);
        }
        self.document.end();
    }

    /// The operands and operators of one level of precedence, from left to right.
    fn operands(&self, node: NodeId, operands: &mut Vec<Child>, operators: &mut Vec<TokenId>) {
        let &[left, Child::Token(operator), right] = self.tree.children(node) else {
            return operands.push(Child::Node(node));
        };
        let level = self.tree.kind(Child::Token(operator));
        let same = |child: Child| match child {
            Child::Node(inner) if self.tree.kind(child) == SyntaxKind::Binary => {
                let operator = self.tree.children(inner).get(1).map(|operator| self.tree.kind(*operator));
                (operator == Some(level)).then_some(inner)
            }
            _ => None,
        };
        match same(left) {
            Some(inner) => self.operands(inner, operands, operators),
            None => operands.push(left),
        }
        operators.push(operator);
        match same(right) {
            // Only `??` is right-associative.
            Some(inner) => self.operands(inner, operands, operators),
            None => operands.push(right),
        }
    }

    /// The base of a chain and its links.
    fn links(&self, node: NodeId) -> (Child, Vec<Link>) {
        let tree = self.tree;
        let mut links = Vec::new();
        let mut base = Child::Node(node);
        while let Child::Node(node) = base {
            match (tree.kind(base), tree.children(node)) {
                (SyntaxKind::Field, &[inner, Child::Token(dot), Child::Token(name)]) => {
                    links.push(Link::Member(dot, name));
                    base = inner;
                }
                (SyntaxKind::Call, &[inner, Child::Node(arguments)]) => {
                    links.push(Link::Arguments(arguments));
                    base = inner;
                }
                (SyntaxKind::Index, &[inner, ..]) => {
                    links.push(Link::Index(node));
                    base = inner;
                }
                _ => break,
            }
        }
        links.reverse();
        (base, links)
    }

    fn chain(&mut self, node: NodeId) {
        let (base, links) = self.links(node);
        if base == Child::Node(node) {
            return self.sequence(self.tree.children(node), self.tree.kind(base));
        }
        let breaks = steps(&links) > 1;
        if breaks {
            self.document.start(GroupKind::Plain);
        }
        self.expression(base, Place::Behind);
        if breaks {
            self.document.push(Element::Indent);
        }
        for (at, link) in links.iter().enumerate() {
            match link {
                Link::Member(dot, name) => {
                    if breaks && matches!(links.get(at + 1), Some(Link::Arguments(_))) {
                        self.document.push(Element::Line(""));
                    }
                    self.token(*dot);
                    self.token(*name);
                }
                Link::Arguments(arguments) => self.list(*arguments),
                Link::Index(node) => {
                    let children = self.tree.children(*node);
                    self.sequence(&children[1..], SyntaxKind::Index);
                }
            }
        }
        if breaks {
            self.document.push(Element::Dedent);
            self.document.end();
        }
    }

    fn paren(&mut self, node: NodeId) {
        let &[open, value, Child::Token(close)] = self.tree.children(node) else {
            return self.sequence(self.tree.children(node), SyntaxKind::Paren);
        };
        self.child(open);
        self.document.start(GroupKind::Plain);
        self.document.push(Element::Indent);
        self.document.push(Element::Line(""));
        self.expression(value, Place::OwnLine);
        self.comments_before_end(self.tree.own_line_comments(close), false);
        self.document.push(Element::Dedent);
        self.document.push(Element::Line(""));
        self.document.end();
        self.token_alone(close);
    }

    fn lambda(&mut self, node: NodeId) {
        let children = self.tree.children(node);
        let Some((body, head)) = children.split_last() else { return };
        self.sequence(head, SyntaxKind::Lambda);
        self.value(*body, GroupKind::Behind);
    }

    /// `if a then b else if c then d else e`: on one line, or one branch per line.
    fn if_expression(&mut self, node: NodeId, place: Place) {
        use SyntaxKind::{KwElse, KwIf, KwThen};
        self.document.start(GroupKind::Plain);
        if place == Place::Behind {
            self.document.push(Element::Indent);
        }
        let mut before = None;
        for child in self.tree.children(node) {
            let kind = self.tree.kind(*child);
            match (before, kind) {
                (_, KwElse) => {
                    self.document.push(Element::Line(" "));
                    self.child(*child);
                }
                (Some(KwThen), _) => self.value(*child, GroupKind::Behind),
                (Some(KwElse), kind) if kind != KwIf => self.value(*child, GroupKind::Behind),
                (None, _) => self.child(*child),
                _ => {
                    self.document.text(" ");
                    self.expression(*child, Place::Behind);
                }
            }
            before = Some(kind);
        }
        if place == Place::Behind {
            self.document.push(Element::Dedent);
        }
        self.document.end();
    }

    /// `pattern or pattern => value`.
    pub(super) fn arm(&mut self, node: NodeId) {
        let children = self.tree.children(node);
        let arrow = children.iter().position(|child| self.tree.kind(*child) == SyntaxKind::FatArrow);
        let (Some(arrow), Some(value)) = (arrow, children.last()) else {
            return self.sequence(children, SyntaxKind::Arm);
        };
        self.document.start(GroupKind::Plain);
        self.document.push(Element::Indent);
        for (at, child) in children[..arrow].iter().enumerate() {
            match (at, child) {
                (_, Child::Token(or)) => {
                    self.document.text(" ");
                    self.token_alone(*or);
                    self.document.push(Element::Line(" "));
                    self.comments(*or);
                }
                _ => self.child(*child),
            }
        }
        self.document.push(Element::Dedent);
        self.document.end();
        self.document.text(" ");
        self.child(children[arrow]);
        self.value(*value, GroupKind::Behind);
    }
}

/// The number of member calls in a chain.
fn steps(links: &[Link]) -> usize {
    links.windows(2).filter(|pair| matches!(pair, [Link::Member(..), Link::Arguments(_)])).count()
}
