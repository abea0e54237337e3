//! Operators over values. Results that a type can't hold are errors, never other values.

use std::{cmp::Ordering, sync::Arc};

use super::{ErrorKind, budget::Budget};
use crate::{
    hir::{BinaryOp, UnaryOp},
    simulate::value::{Value, to_json, weigh_json},
    types::Type,
};

type Evaluated = Result<Value, ErrorKind>;

/// A prefix operator.
pub(super) fn unary(operator: UnaryOp, operand: &Value) -> Evaluated {
    match (operator, operand) {
        (UnaryOp::Not, Value::Bool(value)) => Ok(Value::Bool(!value)),
        (UnaryOp::Negate, Value::Int(value)) => int(value.checked_neg()),
        (UnaryOp::Negate, Value::Duration(value)) => duration(value.checked_neg()),
        (UnaryOp::Negate, Value::Size(value)) => size(value.checked_neg()),
        (UnaryOp::Negate, Value::Float(value)) => Ok(Value::Float(-value)),
        (UnaryOp::Negate, Value::Percent(value)) => Ok(Value::Percent(-value)),
        _ => Err(ErrorKind::Broken),
    }
}

/// An infix operator whose sides are both looked at. `result` is the type of the whole: a Float times
/// a Percent can be either.
pub(super) fn binary(
    operator: BinaryOp,
    left: &Value,
    right: &Value,
    result: &Type,
    budget: &mut Budget,
) -> Evaluated {
    match operator {
        BinaryOp::Equal => {
            budget.look(left, 1);
            Ok(Value::Bool(left == right))
        }
        BinaryOp::NotEqual => {
            budget.look(left, 1);
            Ok(Value::Bool(left != right))
        }
        BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {
            compare(operator, left, right).map(Value::Bool).ok_or(ErrorKind::Broken)
        }
        BinaryOp::In => {
            budget.look(right, 1);
            contained(left, right)
        }
        BinaryOp::Add => joined(left, right, budget),
        BinaryOp::Subtract => subtract(left, right),
        BinaryOp::Multiply => multiply(left, right, result),
        BinaryOp::Divide => divide(left, right),
        // The right side of `and`, `or` and `??` is the value of the whole.
        BinaryOp::And | BinaryOp::Or | BinaryOp::Coalesce => Ok(right.clone()),
    }
}

/// A comparison; none where the values have no order.
pub(super) fn compare(operator: BinaryOp, left: &Value, right: &Value) -> Option<bool> {
    let order = left.order(right)?;
    Some(match operator {
        BinaryOp::Less => order == Ordering::Less,
        BinaryOp::LessEqual => order != Ordering::Greater,
        BinaryOp::Greater => order == Ordering::Greater,
        BinaryOp::GreaterEqual => order != Ordering::Less,
        BinaryOp::Equal => order == Ordering::Equal,
        BinaryOp::NotEqual => order != Ordering::Equal,
        _ => return None,
    })
}

/// `x in xs`.
fn contained(element: &Value, whole: &Value) -> Evaluated {
    match (element, whole) {
        (element, Value::List(elements)) => Ok(Value::Bool(elements.contains(element))),
        (Value::Text(key), Value::Map(entries)) => Ok(Value::Bool(entries.contains_key(key))),
        (Value::Text(part), Value::Text(text)) => Ok(Value::Bool(text.contains(&**part))),
        _ => Err(ErrorKind::Broken),
    }
}

/// `xs[i]`, `m["key"]`.
pub(super) fn index(receiver: &Value, index: &Value, budget: &mut Budget) -> Evaluated {
    match (receiver, index) {
        (Value::List(elements), Value::Int(index)) => usize::try_from(*index)
            .ok()
            .and_then(|index| elements.get(index).cloned())
            .ok_or(ErrorKind::NoElement { index: *index, length: elements.len() }),
        (Value::Map(entries), Value::Text(key)) => {
            entries.get(key).cloned().ok_or_else(|| ErrorKind::NoEntry(key.clone()))
        }
        (Value::Json(document), Value::Int(index)) => {
            let serde_json::Value::Array(elements) = &**document else { return no_list(receiver) };
            let element = usize::try_from(*index).ok().and_then(|index| elements.get(index));
            let element = element.map(|element| part(element, budget)).transpose()?;
            element.ok_or(ErrorKind::NoElement { index: *index, length: elements.len() })
        }
        (receiver @ (Value::Json(_) | Value::None), Value::Text(key)) => member(receiver, key, budget),
        (Value::None, Value::Int(index)) => Err(ErrorKind::NoElement { index: *index, length: 0 }),
        _ => Err(ErrorKind::Broken),
    }
}

fn no_list(value: &Value) -> Evaluated {
    Err(ErrorKind::Shape(super::error::Mismatch {
        path: String::new(),
        wanted: "a list".to_owned(),
        found: super::convert::kind_of(&to_json(value)),
    }))
}

/// A member of a document: `none` if an object doesn't have it.
pub(super) fn member(receiver: &Value, name: &str, budget: &mut Budget) -> Evaluated {
    match receiver {
        Value::Json(document) => match &**document {
            serde_json::Value::Object(members) => {
                members.get(name).map_or(Ok(Value::None), |member| part(member, budget))
            }
            _ => Err(ErrorKind::NoEntry(name.into())),
        },
        _ => Err(ErrorKind::NoEntry(name.into())),
    }
}

/// A part of a document, as a document of its own.
fn part(document: &serde_json::Value, budget: &mut Budget) -> Evaluated {
    budget.allocate(weigh_json(document, u64::MAX))?;
    Ok(Value::json(document.clone()))
}

/// A sum, or a text or list that holds both sides.
fn joined(left: &Value, right: &Value, budget: &mut Budget) -> Evaluated {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => budget.text(left.len().saturating_add(right.len()))?,
        (Value::List(left), Value::List(right)) => {
            budget.list(left.len() + right.len())?;
        }
        _ => {}
    }
    let sum = add(left, right)?;
    if let Value::List(elements) = &sum {
        budget.holds(elements.iter())?;
    }
    Ok(sum)
}

pub(super) fn add(left: &Value, right: &Value) -> Evaluated {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => int(left.checked_add(*right)),
        (Value::Float(left), Value::Float(right)) => float(left + right),
        (Value::Percent(left), Value::Percent(right)) => percent(left + right),
        (Value::Duration(left), Value::Duration(right)) => duration(left.checked_add(*right)),
        (Value::Size(left), Value::Size(right)) => size(left.checked_add(*right)),
        (Value::Time(left), Value::Duration(right)) => time(left.checked_add(*right)),
        (Value::Text(left), Value::Text(right)) => Ok(Value::text(format!("{left}{right}"))),
        (Value::List(left), Value::List(right)) => {
            Ok(Value::List(Arc::new(left.iter().chain(right.iter()).cloned().collect())))
        }
        _ => Err(ErrorKind::Broken),
    }
}

fn subtract(left: &Value, right: &Value) -> Evaluated {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => int(left.checked_sub(*right)),
        (Value::Float(left), Value::Float(right)) => float(left - right),
        (Value::Percent(left), Value::Percent(right)) => percent(left - right),
        (Value::Duration(left), Value::Duration(right)) => duration(left.checked_sub(*right)),
        (Value::Size(left), Value::Size(right)) => size(left.checked_sub(*right)),
        (Value::Time(left), Value::Duration(right)) => time(left.checked_sub(*right)),
        (Value::Time(left), Value::Time(right)) => duration(left.checked_sub(*right)),
        _ => Err(ErrorKind::Broken),
    }
}

fn multiply(left: &Value, right: &Value, result: &Type) -> Evaluated {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => int(left.checked_mul(*right)),
        (Value::Float(left), Value::Float(right)) => float(left * right),
        (Value::Float(left), Value::Percent(right)) if *result == Type::Float => float(left * right / 100.0),
        (Value::Duration(left), Value::Percent(right)) => duration(scaled(*left, right / 100.0)),
        (Value::Size(left), Value::Percent(right)) => size(scaled(*left, right / 100.0)),
        (quantity, Value::Int(number)) | (Value::Int(number), quantity) => match quantity {
            Value::Duration(quantity) => duration(quantity.checked_mul(*number)),
            Value::Size(quantity) => size(quantity.checked_mul(*number)),
            Value::Percent(quantity) => percent(quantity * *number as f64),
            _ => Err(ErrorKind::Broken),
        },
        (quantity, Value::Float(number)) | (Value::Float(number), quantity) => match quantity {
            Value::Duration(quantity) => duration(scaled(*quantity, *number)),
            Value::Size(quantity) => size(scaled(*quantity, *number)),
            Value::Percent(quantity) => percent(quantity * number),
            _ => Err(ErrorKind::Broken),
        },
        _ => Err(ErrorKind::Broken),
    }
}

fn divide(left: &Value, right: &Value) -> Evaluated {
    let zero = match right {
        Value::Int(value) | Value::Duration(value) | Value::Size(value) => *value == 0,
        Value::Float(value) | Value::Percent(value) => *value == 0.0,
        _ => false,
    };
    if zero {
        return Err(ErrorKind::DivisionByZero);
    }
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => int(left.checked_div(*right)),
        (Value::Duration(left), Value::Int(right)) => duration(left.checked_div(*right)),
        (Value::Size(left), Value::Int(right)) => size(left.checked_div(*right)),
        (Value::Percent(left), Value::Int(right)) => percent(left / *right as f64),
        (Value::Duration(left), Value::Float(right)) => duration(scaled(*left, 1.0 / right)),
        (Value::Size(left), Value::Float(right)) => size(scaled(*left, 1.0 / right)),
        (Value::Percent(left), Value::Float(right)) => percent(left / right),
        (Value::Float(left), Value::Float(right)) | (Value::Percent(left), Value::Percent(right)) => {
            float(left / right)
        }
        (Value::Duration(left), Value::Duration(right)) | (Value::Size(left), Value::Size(right)) => {
            float(*left as f64 / *right as f64)
        }
        _ => Err(ErrorKind::Broken),
    }
}

/// The nearest whole number to `value * factor`, if it fits.
fn scaled(value: i64, factor: f64) -> Option<i64> {
    let product = (value as f64 * factor).round();
    // 2^63 as a float: all that is less fits.
    (product.abs() < 9_223_372_036_854_775_808.0).then_some(product as i64)
}

fn int(value: Option<i64>) -> Evaluated {
    value.map(Value::Int).ok_or(ErrorKind::Overflow)
}

fn duration(value: Option<i64>) -> Evaluated {
    value.map(Value::Duration).ok_or(ErrorKind::Overflow)
}

fn size(value: Option<i64>) -> Evaluated {
    value.map(Value::Size).ok_or(ErrorKind::Overflow)
}

fn time(value: Option<i64>) -> Evaluated {
    value.map(Value::Time).ok_or(ErrorKind::Overflow)
}

fn float(value: f64) -> Evaluated {
    if value.is_finite() { Ok(Value::Float(value)) } else { Err(ErrorKind::NotFinite) }
}

fn percent(value: f64) -> Evaluated {
    if value.is_finite() { Ok(Value::Percent(value)) } else { Err(ErrorKind::NotFinite) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::{Bound, Bounds};

    const MINUTE: i64 = 60_000_000_000;

    fn budget() -> Budget {
        Budget::new(Bounds::default())
    }

    fn of(operator: BinaryOp, left: Value, right: Value) -> Evaluated {
        binary(operator, &left, &right, &Type::Unknown, &mut budget())
    }

    #[test]
    fn quantities_keep_their_units() {
        use BinaryOp::{Add, Divide, Multiply, Subtract};
        use Value::{Duration, Float, Int, Percent, Size, Time};
        let all = [
            (of(Multiply, Float(1.5), Duration(MINUTE)), Duration(90_000_000_000)),
            (of(Multiply, Duration(MINUTE), Percent(50.0)), Duration(MINUTE / 2)),
            (of(Multiply, Int(3), Size(10)), Size(30)),
            (of(Divide, Duration(MINUTE), Duration(MINUTE / 4)), Float(4.0)),
            (of(Divide, Percent(5.0), Percent(10.0)), Float(0.5)),
            (of(Divide, Int(-7), Int(2)), Int(-3)),
            (of(Subtract, Time(MINUTE), Time(0)), Duration(MINUTE)),
            (of(Add, Time(0), Duration(MINUTE)), Time(MINUTE)),
            (of(Subtract, Percent(100.0), Percent(99.0)), Percent(1.0)),
        ];
        for (result, wanted) in all {
            assert_eq!(result, Ok(wanted));
        }
    }

    #[test]
    fn a_share_of_a_number_is_what_is_asked_for() {
        let (left, right) = (Value::Float(0.5), Value::Percent(10.0));
        assert_eq!(
            binary(BinaryOp::Multiply, &left, &right, &Type::Percent, &mut budget()),
            Ok(Value::Percent(5.0))
        );
        assert_eq!(
            binary(BinaryOp::Multiply, &left, &right, &Type::Float, &mut budget()),
            Ok(Value::Float(0.05))
        );
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        use BinaryOp::{Add, Divide, Multiply};
        assert_eq!(of(Add, Value::Int(i64::MAX), Value::Int(1)), Err(ErrorKind::Overflow));
        assert_eq!(of(Divide, Value::Int(i64::MIN), Value::Int(-1)), Err(ErrorKind::Overflow));
        assert_eq!(of(Divide, Value::Int(1), Value::Int(0)), Err(ErrorKind::DivisionByZero));
        assert_eq!(of(Divide, Value::Duration(1), Value::Float(0.0)), Err(ErrorKind::DivisionByZero));
        assert_eq!(of(Multiply, Value::Float(1e308), Value::Float(10.0)), Err(ErrorKind::NotFinite));
        assert_eq!(of(Multiply, Value::Duration(i64::MAX), Value::Float(2.0)), Err(ErrorKind::Overflow));
        assert_eq!(unary(UnaryOp::Negate, &Value::Int(i64::MIN)), Err(ErrorKind::Overflow));
    }

    #[test]
    fn elements_are_found_or_named() {
        let list = Value::list(vec![Value::Int(7)]);
        assert_eq!(index(&list, &Value::Int(0), &mut budget()), Ok(Value::Int(7)));
        assert_eq!(
            index(&list, &Value::Int(-1), &mut budget()),
            Err(ErrorKind::NoElement { index: -1, length: 1 })
        );
        let document = Value::json(serde_json::json!({ "a": [1, null] }));
        let inner = member(&document, "a", &mut budget());
        assert_eq!(
            inner.as_ref().map(|inner| index(inner, &Value::Int(1), &mut budget())),
            Ok(Ok(Value::None))
        );
        assert_eq!(member(&document, "b", &mut budget()), Ok(Value::None));
        assert_eq!(member(&Value::None, "b", &mut budget()), Err(ErrorKind::NoEntry("b".into())));
    }

    #[test]
    fn sums_of_texts_and_lists_are_bounded_before_they_are_made() {
        let bounds = Bounds { value: 10_000, ..Bounds::default() };
        let sum = |left: &Value, right: &Value| {
            binary(BinaryOp::Add, left, right, &Type::Unknown, &mut Budget::new(bounds))
        };
        let too_large = Err(ErrorKind::Exceeded(Bound::Value, 10_000));
        let text = Value::text("x".repeat(5_001));
        assert_eq!(sum(&text, &text), too_large);
        let list = Value::list(vec![Value::None; 126]);
        assert_eq!(sum(&list, &list), too_large);
        // Few elements, but each of them large.
        let nested = Value::list(vec![text]);
        assert_eq!(sum(&nested, &nested), too_large);
    }
}
