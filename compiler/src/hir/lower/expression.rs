//! Expressions and types.

use super::Lowering;
use crate::{
    hir::{
        Access, Argument, BinaryOp, ExprId, ExprKind, Ident, Literal, LocalId, LocalKind, TypeExpr,
        TypeExprKind, UnaryOp,
    },
    source::Span,
    syntax::{
        SyntaxKind, SyntaxToken,
        ast::{self, AstNode, Expr},
    },
};

impl Lowering {
    /// An expression that should stand in `owner`; a hole at its end if it doesn't.
    pub(super) fn required(&mut self, expr: Option<Expr>, owner: &impl AstNode) -> ExprId {
        match expr {
            Some(expr) => self.expr(&expr),
            None => {
                let span = self.span(owner).at_end();
                self.push(span, ExprKind::Missing)
            }
        }
    }

    pub(super) fn optional(&mut self, expr: Option<Expr>) -> Option<ExprId> {
        expr.map(|expr| self.expr(&expr))
    }

    pub(super) fn list(&mut self, exprs: impl Iterator<Item = Expr>) -> Vec<ExprId> {
        exprs.map(|expr| self.expr(&expr)).collect()
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> ExprId {
        let span = self.span(expr);
        let kind = match expr {
            // Brackets have done their work in the tree.
            Expr::Paren(paren) => return self.required(paren.inner(), paren),
            Expr::Reference(reference) => match reference.name() {
                Some(name) => ExprKind::Name(name.text().into()),
                None => ExprKind::Missing,
            },
            Expr::Literal(literal) => {
                match literal.token().and_then(|token| self.literal(&token, Sign::Plus)) {
                    Some(literal) => ExprKind::Literal(literal),
                    None => ExprKind::Missing,
                }
            }
            Expr::String(text) => self.text(text.pieces()),
            Expr::TextBlock(block) => self.text_block(block),
            Expr::List(list) => ExprKind::List(self.list(list.elements())),
            Expr::Map(map) => ExprKind::Map(map.entries().map(|entry| self.map_entry(&entry)).collect()),
            Expr::Lambda(lambda) => {
                let parameters = lambda.params().map(|param| self.lambda_parameter(&param)).collect();
                ExprKind::Lambda { parameters, body: self.required(lambda.body(), lambda) }
            }
            Expr::If(choice) => self.if_expr(choice),
            Expr::Match(choice) => ExprKind::Match {
                subject: self.required(choice.subject(), choice),
                arms: choice.arms().map(|arm| self.arm(&arm)).collect(),
            },
            Expr::Call(call) => {
                let callee = self.required(call.callee(), call);
                let arguments = call.args().map(|arg| self.argument(&arg)).collect();
                let is_whole = call.arg_list().is_some_and(|list| list.is_whole());
                // Whether the arguments fit can't be told where some of them can't be read.
                let callee = if is_whole { callee } else { self.push(span, ExprKind::Missing) };
                ExprKind::Call { callee, arguments }
            }
            Expr::Field(field) => ExprKind::Field {
                receiver: self.required(field.receiver(), field),
                name: self.ident(field.name(), field),
                access: match field.question_dot_token() {
                    Some(_) => Access::IfPresent,
                    None => Access::Plain,
                },
            },
            Expr::Index(index) => ExprKind::Index {
                receiver: self.required(index.receiver(), index),
                index: self.required(index.index(), index),
            },
            Expr::Cast(cast) => ExprKind::Cast {
                value: self.required(cast.value(), cast),
                to: self.required_type(cast.ty(), cast),
            },
            Expr::Unary(unary) => self.unary(unary),
            Expr::Binary(binary) => self.binary(binary, span),
        };
        self.push(span, kind)
    }

    fn map_entry(&mut self, entry: &ast::MapEntry) -> (Ident, ExprId) {
        let key = match entry.text() {
            Some(text) => {
                let span = self.span(&text);
                Ident { text: self.plain_text(text.pieces(), "a key").into(), span }
            }
            None => self.ident(entry.name(), entry),
        };
        (key, self.required(entry.value(), entry))
    }

    fn lambda_parameter(&mut self, param: &ast::LambdaParam) -> LocalId {
        let name = self.ident(param.name(), param);
        self.local(name, LocalKind::Lambda)
    }

    fn argument(&mut self, arg: &ast::Arg) -> Argument {
        Argument { name: arg.name().map(|name| self.name(&name)), value: self.required(arg.value(), arg) }
    }

    fn if_expr(&mut self, choice: &ast::IfExpr) -> ExprKind {
        let branches = choice.branches().into_iter();
        let branches = branches
            .map(|branch| (self.required(branch.condition, choice), self.required(branch.body, choice)))
            .collect();
        ExprKind::If { branches, otherwise: self.required(choice.otherwise(), choice) }
    }

    fn unary(&mut self, unary: &ast::Unary) -> ExprKind {
        let minus = unary.operator().is_some_and(|operator| operator.kind() == SyntaxKind::OpMinus);
        if minus
            && let Some(Expr::Literal(literal)) = unary.operand()
            && let Some(token) = literal.token()
            && !matches!(token.kind(), SyntaxKind::Bool | SyntaxKind::NoneWord)
        {
            // The least Int has no positive twin, so the sign belongs to the literal.
            let value = self.literal(&token, Sign::Minus);
            return value.map_or(ExprKind::Missing, ExprKind::Literal);
        }
        let operand = self.required(unary.operand(), unary);
        ExprKind::Unary(if minus { UnaryOp::Negate } else { UnaryOp::Not }, operand)
    }

    fn binary(&mut self, binary: &ast::Binary, span: Span) -> ExprKind {
        let left = self.required(binary.left(), binary);
        let right = self.required(binary.right(), binary);
        let Some(operator) = binary.operator() else { return ExprKind::Missing };
        // `a < b < c`: the syntax has said that this means nothing.
        let chained = |side: Option<Expr>| match side {
            Some(Expr::Binary(side)) => side.operator().is_some_and(|inner| compares(&inner)),
            _ => false,
        };
        if compares(&operator) && (chained(binary.left()) || chained(binary.right())) {
            return ExprKind::Missing;
        }
        let kind = ExprKind::Binary(binary_op(&operator), left, right);
        if operator.kind() == SyntaxKind::OpIn && operator.text().starts_with("not") {
            let within = self.push(span, kind);
            return ExprKind::Unary(UnaryOp::Not, within);
        }
        kind
    }

    pub(super) fn required_type(&mut self, ty: Option<ast::TypeExpr>, owner: &impl AstNode) -> TypeExpr {
        match ty {
            Some(ty) => self.type_expr(&ty),
            None => TypeExpr { span: self.span(owner).at_end(), kind: TypeExprKind::Missing },
        }
    }

    pub(super) fn optional_type(&mut self, ty: Option<ast::TypeExpr>) -> Option<TypeExpr> {
        ty.map(|ty| self.type_expr(&ty))
    }

    fn type_expr(&mut self, ty: &ast::TypeExpr) -> TypeExpr {
        let span = self.span(ty);
        let path = self.path(ty.path());
        let arguments = ty.arguments().map(|argument| self.type_expr(&argument)).collect();
        let kind =
            if path.is_empty() { TypeExprKind::Missing } else { TypeExprKind::Path { path, arguments } };
        let Some(question) = ty.question_token() else { return TypeExpr { span, kind } };
        let inner = Span { end: self.span_of(&question).start, ..span };
        TypeExpr { span, kind: TypeExprKind::Optional(Box::new(TypeExpr { span: inner, kind })) }
    }

    /// The value of a literal's token; `None` if it has none, which is reported.
    pub(super) fn literal(&mut self, token: &SyntaxToken, sign: Sign) -> Option<Literal> {
        match token.kind() {
            SyntaxKind::NoneWord => Some(Literal::None),
            SyntaxKind::Bool => Some(Literal::Bool(token.text() == "true")),
            _ => self.number(token, sign),
        }
    }
}

/// The sign in front of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

/// Whether the operator is a comparison: of these there is no chain.
fn compares(operator: &SyntaxToken) -> bool {
    use BinaryOp::{Equal, Greater, GreaterEqual, In, Less, LessEqual, NotEqual};
    matches!(binary_op(operator), Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual | In)
}

/// The operator of a binary node; `not in` counts as `in` here.
pub(super) fn binary_op(operator: &SyntaxToken) -> BinaryOp {
    match operator.text() {
        "or" => BinaryOp::Or,
        "and" => BinaryOp::And,
        "==" => BinaryOp::Equal,
        "!=" => BinaryOp::NotEqual,
        "<" => BinaryOp::Less,
        "<=" => BinaryOp::LessEqual,
        ">" => BinaryOp::Greater,
        ">=" => BinaryOp::GreaterEqual,
        "??" => BinaryOp::Coalesce,
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Subtract,
        "*" => BinaryOp::Multiply,
        "/" => BinaryOp::Divide,
        _ => BinaryOp::In,
    }
}
