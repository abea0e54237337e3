//! What the methods of the builtin types do. The table in `types` says which there are; the matches
//! here are over its ids, so that the checker can't know one that is unknown here.

use std::{cmp::Ordering, collections::HashSet, sync::Arc};

use super::{ErrorKind, budget::Budget, operators};
use crate::{
    simulate::value::{ALLOCATION, ByValue, Value, text},
    types::{MethodId, Type, utc_offset},
};

type Evaluated = Result<Value, ErrorKind>;

/// What it costs to look at the whole receiver.
pub(super) fn cost(receiver: &Value) -> u64 {
    match receiver {
        Value::List(elements) => elements.len() as u64 / 4,
        Value::Text(text) => text.len() as u64 / 32,
        _ => 0,
    }
}

/// Whether the latest value of the lambda decides the whole, so that no more elements are looked at.
pub(super) fn decides(method: MethodId, value: &Value) -> bool {
    matches!(
        (method, value),
        (MethodId::ListAny | MethodId::ListFind, Value::Bool(true)) | (MethodId::ListAll, Value::Bool(false))
    )
}

/// The value of a method with a lambda, from what that gave for the elements looked at.
pub(super) fn applied(
    method: MethodId,
    elements: &Arc<Vec<Value>>,
    results: Vec<Value>,
    budget: &mut Budget,
) -> Evaluated {
    let is_true = |value: &Value| matches!(value, Value::Bool(true));
    match method {
        MethodId::ListCount => Ok(Value::Int(results.iter().filter(|result| is_true(result)).count() as i64)),
        MethodId::ListAny => Ok(Value::Bool(results.last().is_some_and(is_true))),
        MethodId::ListAll => Ok(Value::Bool(results.last().is_none_or(is_true))),
        MethodId::ListFind => {
            let found =
                results.last().filter(|last| is_true(last)).and(elements.get(results.len().wrapping_sub(1)));
            Ok(found.cloned().unwrap_or(Value::None))
        }
        MethodId::ListFilter => {
            budget.list(results.iter().filter(|result| is_true(result)).count())?;
            let kept = elements.iter().zip(&results).filter(|(_, result)| is_true(result));
            Ok(Value::list(kept.map(|(element, _)| element.clone()).collect()))
        }
        MethodId::ListMap => {
            budget.holds(&results)?;
            Ok(Value::list(results))
        }
        MethodId::ListFlatMap => {
            let lists = results.iter().map(|result| result.as_list().ok_or(ErrorKind::Broken));
            let lists = lists.collect::<Result<Vec<_>, _>>()?;
            budget.list(lists.iter().map(|list| list.len()).sum())?;
            budget.holds(&results)?;
            Ok(Value::list(lists.into_iter().flat_map(|list| list.iter().cloned()).collect()))
        }
        MethodId::ListSortBy => {
            budget.list(elements.len())?;
            sorting(&results, budget);
            let mut pairs: Vec<(Value, Value)> = results.into_iter().zip(elements.iter().cloned()).collect();
            pairs.sort_by(|(left, _), (right, _)| ordered(left, right));
            Ok(Value::list(pairs.into_iter().map(|(_, element)| element).collect()))
        }
        MethodId::ListMinBy => {
            Ok(best(&results, Ordering::Less).map_or(Value::None, |at| elements[at].clone()))
        }
        MethodId::ListMaxBy => {
            Ok(best(&results, Ordering::Greater).map_or(Value::None, |at| elements[at].clone()))
        }
        _ => Err(ErrorKind::Broken),
    }
}

/// The value of a method without a lambda.
/// `result` is the type of the whole: the sum of an empty list is the zero of its type.
pub(super) fn plain(
    method: MethodId,
    receiver: &Value,
    arguments: &[Value],
    result: &Type,
    budget: &mut Budget,
) -> Evaluated {
    match receiver {
        Value::List(elements) if method == MethodId::ListSum => sum(elements, result),
        Value::List(elements) => list(method, receiver, elements, arguments, budget),
        Value::Map(entries) => match (method, arguments) {
            (MethodId::MapGet, [Value::Text(key)]) => Ok(entries.get(key).cloned().unwrap_or(Value::None)),
            (MethodId::MapKeys, _) => budget
                .list(entries.len())
                .map(|()| Value::list(entries.keys().cloned().map(Value::Text).collect())),
            (MethodId::MapValues, _) => {
                budget.list(entries.len()).map(|()| Value::list(entries.values().cloned().collect()))
            }
            (MethodId::MapLength, _) => Ok(Value::Int(entries.len() as i64)),
            (MethodId::MapIsEmpty, _) => Ok(Value::Bool(entries.is_empty())),
            _ => Err(ErrorKind::Broken),
        },
        Value::Text(text) => text_method(method, text, arguments, budget),
        Value::Time(at) => match (method, arguments) {
            (MethodId::TimeToText, _) => Ok(Value::text(text(receiver))),
            (MethodId::TimeUtcOffset, [Value::Text(zone)]) => utc_offset(*at, zone)
                .map(Value::Duration)
                .ok_or_else(|| ErrorKind::Text { text: zone.clone(), wanted: "the name of a time zone" }),
            _ => Err(ErrorKind::Broken),
        },
        Value::Int(value) => match method {
            MethodId::IntAbs => value.checked_abs().map(Value::Int).ok_or(ErrorKind::Overflow),
            MethodId::IntToFloat => Ok(Value::Float(*value as f64)),
            MethodId::IntToText => Ok(Value::text(text(receiver))),
            _ => Err(ErrorKind::Broken),
        },
        Value::Float(value) => match method {
            MethodId::FloatAbs => Ok(Value::Float(value.abs())),
            MethodId::FloatRound => whole(value.round()),
            MethodId::FloatFloor => whole(value.floor()),
            MethodId::FloatCeil => whole(value.ceil()),
            MethodId::FloatToInt => whole(value.trunc()),
            MethodId::FloatToText => Ok(Value::text(text(receiver))),
            _ => Err(ErrorKind::Broken),
        },
        _ => quantity(method, receiver, budget),
    }
}

/// Methods of what has few.
fn quantity(method: MethodId, receiver: &Value, budget: &mut Budget) -> Evaluated {
    match (method, receiver) {
        (MethodId::PercentAbs, Value::Percent(value)) => Ok(Value::Percent(value.abs())),
        (MethodId::DurationAbs, Value::Duration(value)) => {
            value.checked_abs().map(Value::Duration).ok_or(ErrorKind::Overflow)
        }
        (MethodId::SizeAbs, Value::Size(value)) => {
            value.checked_abs().map(Value::Size).ok_or(ErrorKind::Overflow)
        }
        (MethodId::BoolToText, Value::Bool(_))
        | (MethodId::PercentToText, Value::Percent(_))
        | (MethodId::DurationToText, Value::Duration(_))
        | (MethodId::SizeToText, Value::Size(_))
        | (MethodId::EnumToText, Value::Variant(_)) => Ok(Value::text(text(receiver))),
        (MethodId::JsonToText, Value::Json(_)) => budget.written(receiver).map(Value::text),
        (MethodId::JsonToText, Value::None) => Ok(Value::text("null")),
        _ => Err(ErrorKind::Broken),
    }
}

fn list(
    method: MethodId,
    receiver: &Value,
    elements: &Arc<Vec<Value>>,
    arguments: &[Value],
    budget: &mut Budget,
) -> Evaluated {
    let optional = |value: Option<&Value>| Ok(value.cloned().unwrap_or(Value::None));
    match (method, arguments) {
        (MethodId::ListLength, _) => Ok(Value::Int(elements.len() as i64)),
        (MethodId::ListIsEmpty, _) => Ok(Value::Bool(elements.is_empty())),
        (MethodId::ListFirst, _) => optional(elements.first()),
        (MethodId::ListLast, _) => optional(elements.last()),
        (MethodId::ListContains, [wanted]) => {
            budget.look(receiver, 1);
            Ok(Value::Bool(elements.contains(wanted)))
        }
        (MethodId::ListDistinct, _) => {
            budget.look(receiver, 2);
            budget.list(elements.len())?;
            let mut seen = HashSet::with_capacity(elements.len());
            Ok(Value::list(elements.iter().filter(|value| seen.insert(ByValue(value))).cloned().collect()))
        }
        (MethodId::ListReverse, _) => {
            budget.list(elements.len())?;
            Ok(Value::list(elements.iter().rev().cloned().collect()))
        }
        (MethodId::ListTake, [Value::Int(count)]) => {
            let count = count_of(*count).min(elements.len());
            budget.list(count)?;
            Ok(Value::list(elements.iter().take(count).cloned().collect()))
        }
        (MethodId::ListDrop, [Value::Int(count)]) => {
            let count = count_of(*count).min(elements.len());
            budget.list(elements.len() - count)?;
            Ok(Value::list(elements.iter().skip(count).cloned().collect()))
        }
        (MethodId::ListSort, _) => {
            budget.list(elements.len())?;
            sorting(elements, budget);
            let mut sorted = (**elements).clone();
            sorted.sort_by(ordered);
            Ok(Value::list(sorted))
        }
        (MethodId::ListMin, _) => optional(best(elements, Ordering::Less).map(|at| &elements[at])),
        (MethodId::ListMax, _) => optional(best(elements, Ordering::Greater).map(|at| &elements[at])),
        (MethodId::ListJoin, [Value::Text(separator)]) => {
            budget.text(separator.len().saturating_mul(elements.len().saturating_sub(1)))?;
            let mut out = String::new();
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push_str(separator);
                }
                out.push_str(&budget.written(element)?);
                budget.fits(out.len())?;
            }
            budget.text(out.len())?;
            Ok(Value::text(out))
        }
        _ => Err(ErrorKind::Broken),
    }
}

/// Pays for the comparisons that put values in order.
fn sorting(values: &[Value], budget: &mut Budget) {
    let rounds = u64::from(values.len().max(1).ilog2()) + 1;
    budget.spent += (values.len() as u64 / 4).saturating_mul(rounds);
    values.iter().filter(|value| value.as_text().is_some()).for_each(|text| budget.look(text, rounds));
}

fn sum(elements: &[Value], result: &Type) -> Evaluated {
    let Some((first, rest)) = elements.split_first() else {
        return match result {
            Type::Int => Ok(Value::Int(0)),
            Type::Float => Ok(Value::Float(0.0)),
            Type::Percent => Ok(Value::Percent(0.0)),
            Type::Duration => Ok(Value::Duration(0)),
            Type::Size => Ok(Value::Size(0)),
            _ => Err(ErrorKind::Broken),
        };
    };
    rest.iter().try_fold(first.clone(), |sum, element| operators::add(&sum, element))
}

fn text_method(method: MethodId, receiver: &Arc<str>, arguments: &[Value], budget: &mut Budget) -> Evaluated {
    let number = |wanted: &'static str| ErrorKind::Text { text: receiver.clone(), wanted };
    match (method, arguments) {
        (MethodId::TextLength, _) => Ok(Value::Int(receiver.chars().count() as i64)),
        (MethodId::TextIsEmpty, _) => Ok(Value::Bool(receiver.is_empty())),
        (MethodId::TextLower, _) => recased(receiver, str::to_lowercase, budget),
        (MethodId::TextUpper, _) => recased(receiver, str::to_uppercase, budget),
        (MethodId::TextTrim, _) => {
            budget.text(receiver.len())?;
            Ok(Value::text(receiver.trim()))
        }
        (MethodId::TextContains, [Value::Text(part)]) => Ok(Value::Bool(receiver.contains(&**part))),
        (MethodId::TextStartsWith, [Value::Text(part)]) => Ok(Value::Bool(receiver.starts_with(&**part))),
        (MethodId::TextEndsWith, [Value::Text(part)]) => Ok(Value::Bool(receiver.ends_with(&**part))),
        (MethodId::TextReplace, [Value::Text(old), Value::Text(new)]) => replace(receiver, old, new, budget),
        // An empty separator stands nowhere.
        (MethodId::TextSplit, [Value::Text(separator)]) if separator.is_empty() => {
            Ok(Value::list(vec![Value::Text(receiver.clone())]))
        }
        (MethodId::TextSplit, [Value::Text(separator)]) => parts(|| receiver.split(&**separator), budget),
        (MethodId::TextLines, _) => parts(|| receiver.lines(), budget),
        (MethodId::TextTake, [Value::Int(count)]) => {
            let end = receiver.char_indices().nth(count_of(*count)).map_or(receiver.len(), |(end, _)| end);
            budget.text(end)?;
            Ok(Value::text(&receiver[..end]))
        }
        (MethodId::TextToInt, _) => {
            receiver.trim().parse().map(Value::Int).map_err(|_| number("a whole number"))
        }
        (MethodId::TextToFloat, _) => {
            let value = receiver.trim().parse::<f64>().ok().filter(|value| value.is_finite());
            value.map(Value::Float).ok_or_else(|| number("a number"))
        }
        (MethodId::TextToText, _) => Ok(Value::Text(receiver.clone())),
        _ => Err(ErrorKind::Broken),
    }
}

/// In another case a letter can become three.
fn recased(receiver: &str, recase: impl Fn(&str) -> String, budget: &mut Budget) -> Evaluated {
    budget.allocate(receiver.len() as u64 * 3)?;
    let text = recase(receiver);
    budget.text(text.len())?;
    Ok(Value::text(text))
}

/// A list of the parts of a text.
fn parts<'t, I: Iterator<Item = &'t str>>(parts: impl Fn() -> I, budget: &mut Budget) -> Evaluated {
    let (count, bytes) = parts().fold((0, 0), |(count, bytes), part| (count + 1, bytes + part.len()));
    budget.list(count)?;
    budget.allocate(count as u64 * ALLOCATION + bytes as u64)?;
    Ok(Value::list(parts().map(Value::text).collect()))
}

fn replace(receiver: &Arc<str>, old: &str, new: &str, budget: &mut Budget) -> Evaluated {
    if old.is_empty() {
        return Ok(Value::Text(receiver.clone()));
    }
    let count = receiver.matches(old).count();
    let left = receiver.len() - count * old.len();
    budget.text(count.saturating_mul(new.len()).saturating_add(left))?;
    Ok(Value::text(receiver.replace(old, new)))
}

fn ordered(left: &Value, right: &Value) -> Ordering {
    left.order(right).unwrap_or(Ordering::Equal)
}

/// The place of the first least or greatest value.
fn best(values: &[Value], wanted: Ordering) -> Option<usize> {
    let mut best = None;
    for (index, value) in values.iter().enumerate() {
        match best {
            Some(at) if ordered(value, &values[at]) != wanted => {}
            _ => best = Some(index),
        }
    }
    best
}

fn count_of(count: i64) -> usize {
    usize::try_from(count.max(0)).unwrap_or(usize::MAX)
}

fn whole(value: f64) -> Evaluated {
    // 2^63 as a float: all that is less fits.
    if value.abs() < 9_223_372_036_854_775_808.0 {
        Ok(Value::Int(value as i64))
    } else {
        Err(ErrorKind::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        simulate::{Bound, Bounds},
        types::{METHODS, Needs, Receiver, Shape},
    };

    fn applied(method: MethodId, elements: &Arc<Vec<Value>>, results: Vec<Value>) -> Evaluated {
        super::applied(method, elements, results, &mut Budget::new(Bounds::default()))
    }

    fn plain(method: MethodId, receiver: &Value, arguments: &[Value], result: &Type) -> Evaluated {
        super::plain(method, receiver, arguments, result, &mut Budget::new(Bounds::default()))
    }

    /// A value of a shape.
    fn sample(shape: Shape, receiver: Receiver) -> Value {
        match shape {
            Shape::Bool => Value::Bool(true),
            Shape::Int => Value::Int(1),
            Shape::Float => Value::Float(1.0),
            // The text that a time takes names a zone.
            Shape::Text if receiver == Receiver::Time => Value::text("UTC"),
            Shape::Text => Value::text("1"),
            Shape::Duration => Value::Duration(1),
            Shape::Receiver => receivers(receiver, Needs::Nothing),
            Shape::Element | Shape::Given => Value::Int(1),
            Shape::List(element) => Value::list(vec![sample(*element, receiver)]),
            Shape::Optional(some) | Shape::Function(some) => sample(*some, receiver),
        }
    }

    fn receivers(receiver: Receiver, needs: Needs) -> Value {
        match receiver {
            Receiver::List if needs == Needs::Text => Value::list(vec![Value::text("b"), Value::text("a")]),
            Receiver::List => Value::list(vec![Value::Int(2), Value::Int(1)]),
            Receiver::Map => Value::Map(Arc::new([("1".into(), Value::Int(5))].into_iter().collect())),
            Receiver::Text => Value::text("1"),
            Receiver::Bool => Value::Bool(true),
            Receiver::Int => Value::Int(-1),
            Receiver::Float => Value::Float(-1.5),
            Receiver::Percent => Value::Percent(-1.5),
            Receiver::Duration => Value::Duration(-1),
            Receiver::Size => Value::Size(-1),
            Receiver::Time => Value::Time(0),
            Receiver::Json => Value::json(serde_json::json!({ "a": 1 })),
            Receiver::Enum => Value::Variant(crate::simulate::value::Variant {
                id: crate::names::VariantId {
                    item: crate::names::ItemId::new(crate::source::FileId(0), 0),
                    index: 0,
                },
                name: "major".into(),
            }),
        }
    }

    #[test]
    fn every_method_that_the_checker_knows_gives_a_value_here() {
        for method in METHODS {
            let receiver = receivers(method.receiver, method.needs);
            let lambda = method.parameters.iter().find_map(|parameter| match parameter.shape {
                Shape::Function(result) => Some(sample(*result, method.receiver)),
                _ => None,
            });
            let value = match (&lambda, &receiver) {
                (Some(result), Value::List(elements)) => {
                    applied(method.id, elements, vec![result.clone(); elements.len()])
                }
                _ => {
                    let arguments: Vec<Value> = method
                        .parameters
                        .iter()
                        .map(|parameter| match parameter.name {
                            "zone" => Value::text("Europe/Berlin"),
                            _ => sample(parameter.shape, method.receiver),
                        })
                        .collect();
                    plain(method.id, &receiver, &arguments, &Type::Int)
                }
            };
            assert!(value.is_ok(), "{}.{}: {value:?}", method.receiver.word(), method.name);
        }
    }

    fn numbers(values: &[i64]) -> Value {
        Value::list(values.iter().copied().map(Value::Int).collect())
    }

    #[test]
    fn lists_sort_stably_and_the_first_of_equals_is_the_best() {
        let elements =
            Arc::new(vec![Value::text("bb"), Value::text("a"), Value::text("cc"), Value::text("d")]);
        let lengths = vec![Value::Int(2), Value::Int(1), Value::Int(2), Value::Int(1)];
        let texts = |names: &[&str]| Value::list(names.iter().map(|name| Value::text(*name)).collect());
        assert_eq!(
            applied(MethodId::ListSortBy, &elements, lengths.clone()),
            Ok(texts(&["a", "d", "bb", "cc"]))
        );
        assert_eq!(applied(MethodId::ListMinBy, &elements, lengths.clone()), Ok(Value::text("a")));
        assert_eq!(applied(MethodId::ListMaxBy, &elements, lengths), Ok(Value::text("bb")));
        assert_eq!(plain(MethodId::ListMax, &numbers(&[]), &[], &Type::Unknown), Ok(Value::None));
        assert_eq!(
            plain(MethodId::ListSort, &numbers(&[3, 1, 2]), &[], &Type::Unknown),
            Ok(numbers(&[1, 2, 3]))
        );
    }

    #[test]
    fn a_lambda_is_asked_no_more_often_than_needed() {
        let elements = Arc::new(vec![Value::Int(1), Value::Int(2), Value::Int(3)]);
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        assert!(decides(MethodId::ListAny, &yes) && !decides(MethodId::ListAny, &no));
        assert!(decides(MethodId::ListAll, &no) && !decides(MethodId::ListFilter, &yes));
        let looked_at = vec![no.clone(), yes];
        assert_eq!(applied(MethodId::ListFind, &elements, looked_at.clone()), Ok(Value::Int(2)));
        assert_eq!(applied(MethodId::ListAny, &elements, looked_at), Ok(Value::Bool(true)));
        assert_eq!(applied(MethodId::ListFind, &elements, vec![no; 3]), Ok(Value::None));
    }

    #[test]
    fn sums_of_nothing_are_the_zero_of_their_type() {
        assert_eq!(plain(MethodId::ListSum, &numbers(&[]), &[], &Type::Duration), Ok(Value::Duration(0)));
        assert_eq!(plain(MethodId::ListSum, &numbers(&[2, 3]), &[], &Type::Int), Ok(Value::Int(5)));
        let overflowing = numbers(&[i64::MAX, 1]);
        assert_eq!(plain(MethodId::ListSum, &overflowing, &[], &Type::Int), Err(ErrorKind::Overflow));
    }

    #[test]
    fn texts_count_characters_and_say_what_they_are_not() {
        let text = Value::text("äöü");
        assert_eq!(plain(MethodId::TextLength, &text, &[], &Type::Int), Ok(Value::Int(3)));
        assert_eq!(plain(MethodId::TextTake, &text, &[Value::Int(2)], &Type::Text), Ok(Value::text("äö")));
        assert_eq!(plain(MethodId::TextTake, &text, &[Value::Int(-2)], &Type::Text), Ok(Value::text("")));
        let error = plain(MethodId::TextToInt, &Value::text("1.5"), &[], &Type::Int);
        assert_eq!(error.map_err(|error| error.to_string()), Err("\"1.5\" isn't a whole number".to_owned()));
        assert!(plain(MethodId::TextToFloat, &Value::text("inf"), &[], &Type::Float).is_err());
    }

    #[test]
    fn floats_round_away_from_zero_and_fit() {
        let of = |method, value| plain(method, &Value::Float(value), &[], &Type::Int);
        assert_eq!(of(MethodId::FloatRound, -2.5), Ok(Value::Int(-3)));
        assert_eq!(of(MethodId::FloatFloor, -2.5), Ok(Value::Int(-3)));
        assert_eq!(of(MethodId::FloatToInt, -2.5), Ok(Value::Int(-2)));
        assert_eq!(of(MethodId::FloatCeil, 1e300), Err(ErrorKind::Overflow));
    }

    #[test]
    fn what_would_grow_too_large_is_never_built() {
        let bounds = Bounds { value: 10_000, ..Bounds::default() };
        let of = |method, receiver: &Value, arguments: &[Value]| {
            super::plain(method, receiver, arguments, &Type::Unknown, &mut Budget::new(bounds))
        };
        let too_large = Err(ErrorKind::Exceeded(Bound::Value, 10_000));
        let long = Value::text("x,".repeat(1_000));
        let nine = Value::list(vec![long.clone(); 9]);
        assert_eq!(of(MethodId::TextSplit, &long, &[Value::text(",")]), too_large);
        let replaced = of(MethodId::TextReplace, &long, &[Value::text(","), Value::text("y".repeat(10))]);
        assert_eq!(replaced, too_large);
        assert_eq!(of(MethodId::ListJoin, &nine, &[Value::text("")]), too_large);
        assert_eq!(of(MethodId::ListReverse, &Value::list(vec![Value::None; 1_000]), &[]), too_large);
        let lists = vec![Value::list(vec![Value::None; 100]); 3];
        let flat =
            super::applied(MethodId::ListFlatMap, &Arc::new(lists.clone()), lists, &mut Budget::new(bounds));
        assert_eq!(flat, too_large);
    }
}
