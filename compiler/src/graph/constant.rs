//! Values known before any run: the bounds of steps (rule 29).
//!
//! The limits of steps consist of literals, the module's own and imported `let`s, fields of records among
//! these, and arithmetic. Functions aren't evaluated.

use std::sync::Arc;

use super::{Meaning, Nanoseconds};
use crate::{
    hir::{BinaryOp, ExprId, ExprKind, ItemKind, Literal, UnaryOp},
    names::{Def, ItemId},
    source::{FileId, Span},
    types::{ArgumentValue, Callee, Member, Type},
};

/// A value known before any run.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Constant {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// `5%` is `Percent(5.0)`.
    Percent(f64),
    /// In nanoseconds.
    Duration(Nanoseconds),
    /// In bytes.
    Size(i64),
    Text(Arc<str>),
    /// A record as the call that builds it; fields are evaluated on demand.
    Record(FileId, ExprId),
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotConstant {
    /// It depends on the run.
    Depends(Span),
    /// It overflows, or divides by zero.
    Fails(Span),
    /// It contains an error that is already reported.
    Reported,
}

/// The maximum depth of constants that refer to each other. A `let` that refers to itself is another
/// finding.
const DEPTH: u32 = 200;

/// The value of an expression of a module.
pub fn evaluate(meaning: &Meaning<'_>, file: FileId, expr: ExprId) -> Result<Constant, NotConstant> {
    at(meaning, file, expr, DEPTH)
}

fn at(meaning: &Meaning<'_>, file: FileId, expr: ExprId, depth: u32) -> Result<Constant, NotConstant> {
    let module = meaning.module(file).ok_or(NotConstant::Reported)?;
    let span = module.span(expr);
    let depth = depth.checked_sub(1).ok_or(NotConstant::Reported)?;
    // Broken code has no type; reporting that it isn't constant would be a second message.
    let depends = match module.types.of(expr) {
        Type::Unknown => NotConstant::Reported,
        _ => NotConstant::Depends(span),
    };
    match &module.hir.exprs[expr].kind {
        ExprKind::Missing => Err(NotConstant::Reported),
        ExprKind::Literal(literal) => Ok(literal_value(literal)),
        ExprKind::Name(_) => match module.def(expr) {
            Some(Def::Item(item)) => item_value(meaning, item, depth).unwrap_or(Err(depends)),
            None => Err(NotConstant::Reported),
            Some(_) => Err(depends),
        },
        ExprKind::Field { receiver, .. } => match (module.def(expr), module.types.members.get(expr)) {
            (Some(Def::Item(item)), _) => item_value(meaning, item, depth).unwrap_or(Err(depends)),
            (None, Some(Member::Field(record, field))) => {
                match at(meaning, file, *receiver, depth)? {
                    Constant::Record(file, call) => {
                        field_value(meaning, *record, *field, (file, call), depth).unwrap_or(Err(depends))
                    }
                    // `none?.field`.
                    Constant::None => Ok(Constant::None),
                    _ => Err(NotConstant::Reported),
                }
            }
            _ => Err(depends),
        },
        ExprKind::Call { .. } | ExprKind::Map(_) => match module.call(expr).map(|call| call.callee) {
            Some(Callee::Record(_)) => Ok(Constant::Record(file, expr)),
            _ => Err(depends),
        },
        ExprKind::Unary(operator, operand) => {
            unary(*operator, at(meaning, file, *operand, depth)?).ok_or(NotConstant::Fails(span))
        }
        ExprKind::Binary(BinaryOp::Coalesce, left, right) => match at(meaning, file, *left, depth)? {
            Constant::None => at(meaning, file, *right, depth),
            there => Ok(there),
        },
        ExprKind::Binary(operator, left, right) => {
            let (left, right) = (at(meaning, file, *left, depth)?, at(meaning, file, *right, depth)?);
            binary(*operator, left, right).unwrap_or(Err(NotConstant::Fails(span)))
        }
        ExprKind::If { branches, otherwise } => {
            for (condition, value) in branches {
                match at(meaning, file, *condition, depth)? {
                    Constant::Bool(true) => return at(meaning, file, *value, depth),
                    Constant::Bool(false) => {}
                    _ => return Err(NotConstant::Reported),
                }
            }
            at(meaning, file, *otherwise, depth)
        }
        ExprKind::Text(_)
        | ExprKind::Index { .. }
        | ExprKind::Cast { .. }
        | ExprKind::List(_)
        | ExprKind::Lambda { .. }
        | ExprKind::Match { .. } => Err(depends),
    }
}

/// The value of a module's `let`; `None` for other items.
fn item_value(meaning: &Meaning<'_>, item: ItemId, depth: u32) -> Option<Result<Constant, NotConstant>> {
    match &meaning.item(item)?.kind {
        ItemKind::Let(item_let) => Some(at(meaning, item.file, item_let.value, depth)),
        _ => None,
    }
}

/// A field of a record that a call builds.
fn field_value(
    meaning: &Meaning<'_>,
    record: ItemId,
    field: u32,
    (file, call): (FileId, ExprId),
    depth: u32,
) -> Option<Result<Constant, NotConstant>> {
    match meaning.module(file)?.call(call)?.arguments.get(field as usize)? {
        ArgumentValue::Given(value) => Some(at(meaning, file, *value, depth)),
        ArgumentValue::Default => {
            let ItemKind::Record(declared) = &meaning.item(record)?.kind else { return None };
            let value = declared.fields.get(field as usize)?.default?;
            Some(at(meaning, record.file, value, depth))
        }
        ArgumentValue::Missing => Some(Err(NotConstant::Reported)),
    }
}

fn literal_value(literal: &Literal) -> Constant {
    match literal {
        Literal::None => Constant::None,
        Literal::Bool(value) => Constant::Bool(*value),
        Literal::Int(value) => Constant::Int(*value),
        Literal::Float(value) => Constant::Float(*value),
        Literal::Percent(value) => Constant::Percent(*value),
        Literal::Duration(value) => Constant::Duration(*value),
        Literal::Size(value) => Constant::Size(*value),
        Literal::Text(value) => Constant::Text(value.as_str().into()),
    }
}

fn unary(operator: UnaryOp, operand: Constant) -> Option<Constant> {
    match (operator, operand) {
        (UnaryOp::Not, Constant::Bool(value)) => Some(Constant::Bool(!value)),
        (UnaryOp::Negate, Constant::Int(value)) => value.checked_neg().map(Constant::Int),
        (UnaryOp::Negate, Constant::Duration(value)) => value.checked_neg().map(Constant::Duration),
        (UnaryOp::Negate, Constant::Size(value)) => value.checked_neg().map(Constant::Size),
        (UnaryOp::Negate, Constant::Float(value)) => Some(Constant::Float(-value)),
        (UnaryOp::Negate, Constant::Percent(value)) => Some(Constant::Percent(-value)),
        _ => None,
    }
}

/// `None` if the operation fails; an error if the operands don't match (already reported).
fn binary(operator: BinaryOp, left: Constant, right: Constant) -> Option<Result<Constant, NotConstant>> {
    use BinaryOp::{
        Add, And, Divide, Equal, Greater, GreaterEqual, Less, LessEqual, Multiply, NotEqual, Or, Subtract,
    };
    use Constant::{Bool, Duration, Float, Int, Size};
    let whole = |left: i64, right: i64| match operator {
        Add => left.checked_add(right),
        Subtract => left.checked_sub(right),
        Multiply => left.checked_mul(right),
        Divide => left.checked_div(right),
        _ => None,
    };
    let value = match (operator, left, right) {
        (And, Bool(left), Bool(right)) => Bool(left && right),
        (Or, Bool(left), Bool(right)) => Bool(left || right),
        (Equal, left, right) => Bool(left == right),
        (NotEqual, left, right) => Bool(left != right),
        (Less | LessEqual | Greater | GreaterEqual, Int(left), Int(right))
        | (Less | LessEqual | Greater | GreaterEqual, Duration(left), Duration(right))
        | (Less | LessEqual | Greater | GreaterEqual, Size(left), Size(right)) => Bool(match operator {
            Less => left < right,
            LessEqual => left <= right,
            Greater => left > right,
            _ => left >= right,
        }),
        (Add | Subtract | Multiply | Divide, Int(left), Int(right)) => Int(whole(left, right)?),
        (Add | Subtract, Duration(left), Duration(right)) => Duration(whole(left, right)?),
        (Add | Subtract, Size(left), Size(right)) => Size(whole(left, right)?),
        (Multiply, Duration(length), Int(count)) | (Multiply, Int(count), Duration(length)) => {
            Duration(length.checked_mul(count)?)
        }
        (Multiply, Size(size), Int(count)) | (Multiply, Int(count), Size(size)) => {
            Size(size.checked_mul(count)?)
        }
        (Divide, Duration(length), Int(count)) => Duration(length.checked_div(count)?),
        (Divide, Size(size), Int(count)) => Size(size.checked_div(count)?),
        (Multiply, Duration(length), Float(factor)) | (Multiply, Float(factor), Duration(length)) => {
            Duration(scaled(length, factor)?)
        }
        (Divide, Duration(length), Float(factor)) => Duration(scaled(length, 1.0 / factor)?),
        (Divide, Duration(left), Duration(right)) | (Divide, Size(left), Size(right)) if right != 0 => {
            Float(left as f64 / right as f64)
        }
        (Divide, Duration(_), Duration(_)) | (Divide, Size(_), Size(_)) => return None,
        (Add, Float(left), Float(right)) => Float(left + right),
        (Subtract, Float(left), Float(right)) => Float(left - right),
        (Multiply, Float(left), Float(right)) => Float(left * right),
        (Divide, Float(left), Float(right)) if right != 0.0 => Float(left / right),
        (Divide, Float(_), Float(_)) => return None,
        _ => return Some(Err(NotConstant::Reported)),
    };
    Some(Ok(value))
}

fn scaled(length: Nanoseconds, factor: f64) -> Option<Nanoseconds> {
    let product = (length as f64 * factor).round();
    // 2^63 as a float: anything less fits.
    (product.abs() < 9.223_372_036_854_776e18).then_some(product as i64)
}
