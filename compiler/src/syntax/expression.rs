//! Gives the flat expressions of the grammar their precedence.
//!
//! From the loosest: `or`; `and`; `not`; comparisons and `in`; `??`; `+ -`; `* /`; a minus in front;
//! then `.x`, `(...)`, `[...]` and `as T`. Operators of one level group to the left, `??` to the right.

use std::sync::LazyLock;

use pest::{
    iterators::Pair,
    pratt_parser::{Assoc, Op, PrattParser},
};
use quell_grammar::Rule;

use super::{SyntaxKind, tree::TreeBuilder};

static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::op_or, Assoc::Left))
        .op(Op::infix(Rule::op_and, Assoc::Left))
        .op(Op::prefix(Rule::op_not))
        .op(Op::infix(Rule::op_compare, Assoc::Left) | Op::infix(Rule::op_in, Assoc::Left))
        .op(Op::infix(Rule::op_coalesce, Assoc::Right))
        .op(Op::infix(Rule::op_add, Assoc::Left))
        .op(Op::infix(Rule::op_multiply, Assoc::Left))
        .op(Op::prefix(Rule::op_minus))
        .op(Op::postfix(Rule::field)
            | Op::postfix(Rule::call)
            | Op::postfix(Rule::index)
            | Op::postfix(Rule::cast))
});

/// An expression's shape: which operators hold which operands.
enum Shape<'t> {
    Operand(Pair<'t, Rule>),
    Prefix(Pair<'t, Rule>, Box<Shape<'t>>),
    Postfix(Box<Shape<'t>>, Pair<'t, Rule>),
    Infix(Box<Shape<'t>>, Pair<'t, Rule>, Box<Shape<'t>>),
}

impl<'t> TreeBuilder<'t> {
    /// Adds the flat list of an `expr` as nested nodes.
    pub(crate) fn expression(&mut self, pair: Pair<'t, Rule>) {
        let end = pair.as_span().end();
        let parts = pair.into_inner();
        if levels(parts.clone()) >= self.room() {
            return self.too_deep(end);
        }
        let shape = PRECEDENCE
            .map_primary(Shape::Operand)
            .map_prefix(|operator, operand| Shape::Prefix(operator, Box::new(operand)))
            .map_postfix(|operand, tail| Shape::Postfix(Box::new(operand), tail))
            .map_infix(|left, operator, right| Shape::Infix(Box::new(left), operator, Box::new(right)))
            .parse(parts);
        self.shape(shape);
    }

    fn shape(&mut self, shape: Shape<'t>) {
        match shape {
            Shape::Operand(pair) => match SyntaxKind::of(pair.as_rule()) {
                Some(kind) if kind.is_token() => {
                    self.start(SyntaxKind::Literal);
                    self.pair(pair);
                    self.close();
                }
                _ => self.pair(pair),
            },
            Shape::Prefix(operator, operand) => {
                self.start(SyntaxKind::Unary);
                self.pair(operator);
                self.shape(*operand);
                self.close();
            }
            Shape::Infix(left, operator, right) => {
                self.start(SyntaxKind::Binary);
                if compares(operator.as_rule()) && is_comparison(&left) {
                    let span = operator.as_span();
                    self.problem(SyntaxKind::Binary, span.start(), span.end());
                }
                self.shape(*left);
                self.pair(operator);
                self.shape(*right);
                self.close();
            }
            Shape::Postfix(operand, tail) => self.tail(*operand, tail),
        }
    }

    fn tail(&mut self, operand: Shape<'t>, tail: Pair<'t, Rule>) {
        if tail.as_rule() == Rule::call {
            self.start(SyntaxKind::Call);
            self.shape(operand);
            self.pair(tail);
        } else {
            self.start(SyntaxKind::of(tail.as_rule()).unwrap_or(SyntaxKind::Field));
            self.shape(operand);
            for part in tail.into_inner() {
                self.pair(part);
            }
        }
        self.close();
    }
}

/// An upper bound of the levels that the operators of a flat list make.
fn levels<'t>(parts: impl Iterator<Item = Pair<'t, Rule>>) -> usize {
    let (mut operators, mut around, mut most) = (0, 0, 0);
    for part in parts {
        match part.as_rule() {
            Rule::op_not | Rule::op_minus | Rule::field | Rule::call | Rule::index | Rule::cast => {
                around += 1
            }
            Rule::op_or | Rule::op_and | Rule::op_compare | Rule::op_in => {
                operators += 1;
                around = 0;
            }
            Rule::op_coalesce | Rule::op_add | Rule::op_multiply => {
                operators += 1;
                around = 0;
            }
            _ => {}
        }
        most = most.max(around);
    }
    operators + most
}

fn compares(rule: Rule) -> bool {
    matches!(rule, Rule::op_compare | Rule::op_in)
}

fn is_comparison(shape: &Shape<'_>) -> bool {
    matches!(shape, Shape::Infix(_, operator, _) if compares(operator.as_rule()))
}
