//! Expressions, patterns and written types.

use std::sync::Arc;

use super::{ExprId, Ident, LocalId};
use crate::source::Span;

/// An expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: ExprKind,
}

/// What an expression says.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A hole or a broken text, already reported: its type is unknown.
    Missing,
    /// A literal without interpolation.
    Literal(Literal),
    /// A text with interpolations.
    Text(Vec<TextPart>),
    /// A plain name.
    Name(Arc<str>),
    /// `receiver.name`: a member of a value, or of a module or enum.
    Field {
        /// What it is taken from.
        receiver: ExprId,
        /// The member.
        name: Ident,
        /// `.` or `?.`.
        access: Access,
    },
    /// `receiver[index]`.
    Index {
        /// The list, map or Json.
        receiver: ExprId,
        /// Which.
        index: ExprId,
    },
    /// `callee(arguments)`.
    Call {
        /// A name or a field: function, method, record, action, task.
        callee: ExprId,
        /// In source order.
        arguments: Vec<Argument>,
    },
    /// `value as Type`.
    Cast {
        /// A Json value.
        value: ExprId,
        /// What it shall be.
        to: TypeExpr,
    },
    /// `-x`, `not x`.
    Unary(UnaryOp, ExprId),
    /// `a + b`.
    Binary(BinaryOp, ExprId, ExprId),
    /// `[a, b]`.
    List(Vec<ExprId>),
    /// `{ key: value }`.
    Map(Vec<(Ident, ExprId)>),
    /// `x => body`, `(x, y) => body`.
    Lambda {
        /// The parameters.
        parameters: Vec<LocalId>,
        /// The body.
        body: ExprId,
    },
    /// `if a then b else if c then d else e`.
    If {
        /// Conditions with their values, in order: at least one.
        branches: Vec<(ExprId, ExprId)>,
        /// The value where none holds.
        otherwise: ExprId,
    },
    /// `match subject { patterns => value, ... }`.
    Match {
        /// What is looked at.
        subject: ExprId,
        /// Tried in order.
        arms: Vec<Arm>,
    },
}

/// `.` or `?.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The receiver must be there.
    Plain,
    /// `none` where the receiver is `none`.
    IfPresent,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The parameter's name, if it is said.
    pub name: Option<Ident>,
    /// The value.
    pub value: ExprId,
}

/// A part of a text.
#[derive(Debug, Clone)]
pub enum TextPart {
    /// Characters as meant: escapes resolved, indentation of text blocks removed.
    Literal(String),
    /// `${...}`.
    Value(ExprId),
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `none`.
    None,
    /// `true`, `false`.
    Bool(bool),
    /// `12`, `1_000`.
    Int(i64),
    /// `1.5`.
    Float(f64),
    /// `5%` is `Percent(5.0)`.
    Percent(f64),
    /// `5m`, in nanoseconds.
    Duration(i64),
    /// `512MiB`, in bytes.
    Size(i64),
    /// `"text"`.
    Text(String),
}

/// A prefix operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum UnaryOp {
    Negate,
    Not,
}

/// An infix operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    Coalesce,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl BinaryOp {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Or => "or",
            BinaryOp::And => "and",
            BinaryOp::Equal => "==",
            BinaryOp::NotEqual => "!=",
            BinaryOp::Less => "<",
            BinaryOp::LessEqual => "<=",
            BinaryOp::Greater => ">",
            BinaryOp::GreaterEqual => ">=",
            BinaryOp::In => "in",
            BinaryOp::Coalesce => "??",
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
        }
    }
}

/// An arm of a `match`.
#[derive(Debug, Clone)]
pub struct Arm {
    /// The whole arm.
    pub span: Span,
    /// It is taken if one of them fits.
    pub patterns: Vec<Pattern>,
    /// Its value.
    pub body: ExprId,
}

/// A pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: PatternKind,
}

/// What a pattern says.
#[derive(Debug, Clone)]
pub enum PatternKind {
    /// Broken, already reported: fits whatever the others leave.
    Missing,
    /// `else`.
    Else,
    /// `> 20%`.
    Compare(BinaryOp, Literal),
    /// `5`, `"text"`, `true`, `none`.
    Literal(Literal),
    /// `1 to 5`: both ends are in it.
    Range(Literal, Literal),
    /// A variant (`critical`, `Severity.critical`), or a single name that binds the value of an
    /// optional.
    Name {
        /// The parts of the path.
        path: Vec<Ident>,
        /// What a single name binds if it is no variant.
        binding: Option<LocalId>,
    },
}

/// A type as written.
#[derive(Debug, Clone)]
pub struct TypeExpr {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: TypeExprKind,
}

/// What a written type says.
#[derive(Debug, Clone)]
pub enum TypeExprKind {
    /// A hole, already reported.
    Missing,
    /// `Text`, `people.Person`, `List<Pod>`.
    Path {
        /// The parts of the name.
        path: Vec<Ident>,
        /// What stands between `<` and `>`.
        arguments: Vec<TypeExpr>,
    },
    /// `T?`.
    Optional(Box<TypeExpr>),
}
