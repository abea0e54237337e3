//! Expressions, patterns and types.

use super::{
    ExprId, ExprKind, Ident, LocalKind, Lowering,
    literal::{literal, negated},
    nodes::{child, children, expressions, ident, idents, is_expression, mark, token, token_span, tokens},
};
use crate::{
    findings::syntax::number_out_of_range,
    hir::{Access, Argument, Arm, BinaryOp, Literal, Pattern, PatternKind, TypeExpr, TypeExprKind, UnaryOp},
    source::Span,
    syntax::{SyntaxKind, SyntaxNode, SyntaxToken},
};

impl Lowering {
    /// An expression node, or a hole in its place.
    pub(super) fn expression(&mut self, node: &SyntaxNode) -> ExprId {
        let span = self.span(node);
        let kind = match node.kind() {
            SyntaxKind::Literal => self.literal_node(node),
            SyntaxKind::StringExpr | SyntaxKind::TextBlock => return self.text(node),
            SyntaxKind::Reference => ExprKind::Name(self.name(node).text),
            SyntaxKind::Paren => match expressions(node).next() {
                Some(inner) => return self.expression(&inner),
                None => ExprKind::Missing,
            },
            SyntaxKind::List => ExprKind::List(self.expressions(node)),
            SyntaxKind::Map => self.map(node),
            SyntaxKind::Lambda => self.lambda(node),
            SyntaxKind::IfExpr => self.if_expression(node, span),
            SyntaxKind::MatchExpr => self.match_expression(node, span),
            SyntaxKind::Call => self.call(node, span),
            SyntaxKind::Field => self.field(node, span),
            SyntaxKind::Index => {
                let (receiver, index) = self.two(node, span);
                ExprKind::Index { receiver, index }
            }
            SyntaxKind::Cast => {
                let value = self.first(node, span);
                ExprKind::Cast { value, to: self.type_in(node) }
            }
            SyntaxKind::Unary => self.unary(node, span),
            SyntaxKind::Binary => self.binary(node, span),
            _ => ExprKind::Missing,
        };
        self.expr_of(span, kind)
    }

    pub(super) fn expressions(&mut self, node: &SyntaxNode) -> Vec<ExprId> {
        expressions(node).map(|expression| self.expression(&expression)).collect()
    }

    /// The first expression in `node`; a hole at `span` without one.
    pub(super) fn first(&mut self, node: &SyntaxNode, span: Span) -> ExprId {
        self.optional(expressions(node).next(), span)
    }

    /// The expression that `node` is; a hole at `span` without one.
    pub(super) fn optional(&mut self, node: Option<SyntaxNode>, span: Span) -> ExprId {
        match node {
            Some(node) => self.expression(&node),
            None => self.missing(span.at_end()),
        }
    }

    fn two(&mut self, node: &SyntaxNode, span: Span) -> (ExprId, ExprId) {
        let mut both = expressions(node);
        let first = self.optional(both.next(), span);
        let second = self.optional(both.next(), span);
        (first, second)
    }

    fn literal_node(&mut self, node: &SyntaxNode) -> ExprKind {
        let value = tokens(node).find(|token| !token.kind().is_trivia());
        value.and_then(|token| self.literal_token(&token)).map_or(ExprKind::Missing, ExprKind::Literal)
    }

    fn literal_token(&mut self, token: &SyntaxToken) -> Option<Literal> {
        let value = literal(token.kind(), token.text());
        if value.is_none() && token.kind() != SyntaxKind::BadNumber {
            let span = token_span(self.file, token);
            self.diagnostics.push(number_out_of_range::number_out_of_range(span, token.text()));
        }
        value
    }

    fn map(&mut self, node: &SyntaxNode) -> ExprKind {
        let entries = children(node, SyntaxKind::MapEntry).map(|entry| {
            let quoted =
                child(&entry, SyntaxKind::StringExpr).filter(|_| token(&entry, SyntaxKind::Name).is_none());
            let key = match &quoted {
                Some(quoted) => {
                    let inner: String = tokens(quoted)
                        .filter(|token| token.kind() == SyntaxKind::StringText)
                        .map(|token| token.text().to_owned())
                        .collect();
                    Ident { text: inner.into(), span: self.span(quoted) }
                }
                None => self.name(&entry),
            };
            let value = expressions(&entry).nth(usize::from(quoted.is_some()));
            (key, self.optional(value, self.span(&entry)))
        });
        ExprKind::Map(entries.collect())
    }

    fn lambda(&mut self, node: &SyntaxNode) -> ExprKind {
        let parameters = children(node, SyntaxKind::LambdaParam).map(|parameter| {
            let name = self.name(&parameter);
            self.local(&name, LocalKind::Lambda)
        });
        let parameters = parameters.collect();
        ExprKind::Lambda { parameters, body: self.first(node, self.span(node)) }
    }

    fn if_expression(&mut self, node: &SyntaxNode, span: Span) -> ExprKind {
        let mut branches = Vec::new();
        let mut condition = None;
        let mut otherwise = None;
        let mut waiting = None;
        for element in node.children_with_tokens() {
            match element.kind() {
                SyntaxKind::KwIf | SyntaxKind::KwThen | SyntaxKind::KwElse => waiting = Some(element.kind()),
                SyntaxKind::MissingThen => {
                    if let Some(condition) = condition.take() {
                        branches.push((condition, self.missing(span.at_end())));
                    }
                }
                kind if is_expression(kind) => {
                    let Some(node) = element.into_node() else { continue };
                    let value = self.expression(&node);
                    match waiting.take() {
                        Some(SyntaxKind::KwIf) => condition = Some(value),
                        Some(SyntaxKind::KwThen) => {
                            branches.extend(condition.take().map(|test| (test, value)))
                        }
                        _ => otherwise = Some(value),
                    }
                }
                _ => {}
            }
        }
        if branches.is_empty() {
            return ExprKind::Missing;
        }
        let otherwise = otherwise.unwrap_or_else(|| self.missing(span.at_end()));
        ExprKind::If { branches, otherwise }
    }

    fn match_expression(&mut self, node: &SyntaxNode, span: Span) -> ExprKind {
        let subject = self.first(node, span);
        let arms = child(node, SyntaxKind::ArmList).into_iter().flat_map(|list| list.children());
        let arms = arms.filter(|arm| arm.kind() == SyntaxKind::Arm).map(|arm| self.arm(&arm));
        ExprKind::Match { subject, arms: arms.collect() }
    }

    fn arm(&mut self, node: &SyntaxNode) -> Arm {
        let patterns = children(node, SyntaxKind::Pattern).map(|pattern| self.pattern(&pattern)).collect();
        let span = self.span(node);
        Arm { span, patterns, body: self.first(node, span) }
    }

    fn pattern(&mut self, node: &SyntaxNode) -> Pattern {
        let values: Vec<_> =
            children(node, SyntaxKind::PatternValue).map(|value| self.pattern_value(&value)).collect();
        let kind = match values.as_slice() {
            [Some(value)] => match token(node, SyntaxKind::OpCompare) {
                Some(operator) => PatternKind::Compare(comparison(operator.text()), value.clone()),
                None if child(node, SyntaxKind::MissingOperand).is_some() => PatternKind::Missing,
                None => PatternKind::Literal(value.clone()),
            },
            [Some(from), Some(to)] => PatternKind::Range(from.clone(), to.clone()),
            [] => self.plain_pattern(node),
            _ => PatternKind::Missing,
        };
        Pattern { span: self.span(node), kind }
    }

    fn plain_pattern(&mut self, node: &SyntaxNode) -> PatternKind {
        if token(node, SyntaxKind::KwElse).is_some() {
            return PatternKind::Else;
        }
        if token(node, SyntaxKind::None).is_some() {
            return PatternKind::Literal(Literal::None);
        }
        let Some(path) = child(node, SyntaxKind::Path) else { return PatternKind::Missing };
        let path = idents(self.file, &path);
        let binding = match path.as_slice() {
            [name] => Some(self.local(name, LocalKind::Pattern)),
            _ => None,
        };
        PatternKind::Name { path, binding }
    }

    fn pattern_value(&mut self, node: &SyntaxNode) -> Option<Literal> {
        if let Some(text) = child(node, SyntaxKind::StringExpr) {
            let text = self.text(&text);
            return match &self.module.exprs[text].kind {
                ExprKind::Literal(literal) => Some(literal.clone()),
                _ => None,
            };
        }
        let minus = token(node, SyntaxKind::OpMinus).is_some();
        let value =
            tokens(node).find(|token| !token.kind().is_trivia() && token.kind() != SyntaxKind::OpMinus)?;
        let value = self.literal_token(&value)?;
        if minus { negated(value) } else { Some(value) }
    }

    fn call(&mut self, node: &SyntaxNode, span: Span) -> ExprKind {
        let callee = self.first(node, span);
        let list = child(node, SyntaxKind::ArgList);
        let arguments = list.iter().flat_map(|list| children(list, SyntaxKind::Arg)).map(|node| {
            let name = token(&node, SyntaxKind::Name).map(|name| ident(self.file, &name));
            Argument { name, value: self.first(&node, self.span(&node)) }
        });
        ExprKind::Call { callee, arguments: arguments.collect() }
    }

    fn field(&mut self, node: &SyntaxNode, span: Span) -> ExprKind {
        let receiver = self.first(node, span);
        let optional = mark(self.file, node, SyntaxKind::QuestionDot);
        let access = if optional.is_some() { Access::IfPresent } else { Access::Plain };
        ExprKind::Field { receiver, name: self.name(node), access }
    }

    fn unary(&mut self, node: &SyntaxNode, span: Span) -> ExprKind {
        let operand = self.first(node, span);
        if token(node, SyntaxKind::OpNot).is_some() {
            return ExprKind::Unary(UnaryOp::Not, operand);
        }
        // A minus belongs to the number behind it: `-5m` is a constant.
        if let ExprKind::Literal(value) = &self.module.exprs[operand].kind
            && let Some(value) = negated(value.clone())
        {
            return ExprKind::Literal(value);
        }
        ExprKind::Unary(UnaryOp::Negate, operand)
    }

    fn binary(&mut self, node: &SyntaxNode, span: Span) -> ExprKind {
        let (left, right) = self.two(node, span);
        let operator = tokens(node).find_map(|token| match token.kind() {
            SyntaxKind::OpOr => Some(BinaryOp::Or),
            SyntaxKind::OpAnd => Some(BinaryOp::And),
            SyntaxKind::OpIn if token.text().starts_with("not") => None,
            SyntaxKind::OpIn => Some(BinaryOp::In),
            SyntaxKind::OpCompare => Some(comparison(token.text())),
            SyntaxKind::OpCoalesce => Some(BinaryOp::Coalesce),
            SyntaxKind::OpAdd if token.text() == "+" => Some(BinaryOp::Add),
            SyntaxKind::OpAdd => Some(BinaryOp::Subtract),
            SyntaxKind::OpMultiply if token.text() == "*" => Some(BinaryOp::Multiply),
            SyntaxKind::OpMultiply => Some(BinaryOp::Divide),
            _ => None,
        });
        match operator {
            Some(operator) => ExprKind::Binary(operator, left, right),
            None => {
                // `not in` is the one operator without a node of its own.
                let inside = self.expr_of(span, ExprKind::Binary(BinaryOp::In, left, right));
                ExprKind::Unary(UnaryOp::Not, inside)
            }
        }
    }

    /// The written type in `node`; a hole where it is missing.
    pub(super) fn type_in(&mut self, node: &SyntaxNode) -> TypeExpr {
        self.optional_type(node)
            .unwrap_or_else(|| TypeExpr { span: self.span(node).at_end(), kind: TypeExprKind::Missing })
    }

    /// The written type in `node`, if one is said (or begun).
    pub(super) fn optional_type(&mut self, node: &SyntaxNode) -> Option<TypeExpr> {
        if let Some(ty) = child(node, SyntaxKind::TypeExpr) {
            return Some(self.type_expression(&ty));
        }
        let hole = child(node, SyntaxKind::MissingType)?;
        Some(TypeExpr { span: self.span(&hole), kind: TypeExprKind::Missing })
    }

    fn type_expression(&mut self, node: &SyntaxNode) -> TypeExpr {
        let span = self.span(node);
        let path = child(node, SyntaxKind::Path).map(|path| idents(self.file, &path)).unwrap_or_default();
        let arguments = child(node, SyntaxKind::TypeArgs).into_iter().flat_map(|list| list.children());
        let arguments = arguments.filter_map(|argument| match argument.kind() {
            SyntaxKind::TypeExpr => Some(self.type_expression(&argument)),
            SyntaxKind::MissingType => {
                Some(TypeExpr { span: self.span(&argument), kind: TypeExprKind::Missing })
            }
            _ => None,
        });
        let inner = TypeExpr { span, kind: TypeExprKind::Path { path, arguments: arguments.collect() } };
        // `T??` is `T?`.
        match token(node, SyntaxKind::Question) {
            Some(_) => TypeExpr { span, kind: TypeExprKind::Optional(Box::new(inner)) },
            None => inner,
        }
    }
}

/// The operator of a comparison, as the grammar has it.
pub(super) fn comparison(text: &str) -> BinaryOp {
    match text {
        "==" => BinaryOp::Equal,
        "!=" => BinaryOp::NotEqual,
        "<" => BinaryOp::Less,
        "<=" => BinaryOp::LessEqual,
        ">" => BinaryOp::Greater,
        _ => BinaryOp::GreaterEqual,
    }
}
