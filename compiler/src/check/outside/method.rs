//! What methods make of a value.

use super::value::{Element, Hole, Piece, Value, choice};
use crate::{hir::ExprId, types::MethodId};

/// What a method makes of its receiver; the receiver itself where nothing more is known than that.
pub(super) fn of(
    method: MethodId,
    receiver: Value,
    argument: &dyn Fn(usize) -> Option<ExprId>,
    at: &dyn Fn(ExprId) -> Value,
    apply: &dyn Fn(ExprId, Value) -> Value,
) -> Result<Value, Value> {
    match (method, receiver) {
        (
            MethodId::TextLower | MethodId::TextUpper | MethodId::TextTrim | MethodId::TextToText,
            receiver @ Value::Text(_),
        ) => Ok(receiver),
        (MethodId::TextReplace, Value::Text(pieces)) => {
            let known = |index: usize| argument(index).map(at).and_then(|value| literal(&value.pieces()));
            match (known(0), known(1)) {
                (Some(old), Some(new)) => Ok(Value::Text(replaced(pieces, &old, &new))),
                _ => Err(Value::Text(pieces)),
            }
        }
        (MethodId::TextSplit | MethodId::TextLines, Value::Text(pieces)) => {
            let Some(span) = first_hole(&pieces) else { return Err(Value::Text(pieces)) };
            let hole = Value::Text(pieces).hole(span.span, span.name);
            let part = Value::Text(vec![Piece::Hole(Hole { split: true, ..hole })]);
            Ok(Value::List(vec![Element { value: part, many: true }]))
        }
        (
            MethodId::ListFilter
            | MethodId::ListDistinct
            | MethodId::ListReverse
            | MethodId::ListSort
            | MethodId::ListSortBy
            | MethodId::ListTake
            | MethodId::ListDrop,
            receiver @ Value::List(_),
        ) => Ok(receiver),
        (MethodId::ListMap, Value::List(elements)) => match argument(0) {
            Some(lambda) => {
                let mapped = elements
                    .into_iter()
                    .map(|element| Element { value: apply(lambda, element.value), many: element.many });
                Ok(Value::List(mapped.collect()))
            }
            None => Err(Value::List(elements)),
        },
        (MethodId::ListFlatMap, Value::List(elements)) => match argument(0) {
            Some(lambda) => {
                let mapped = elements.into_iter().flat_map(|element| match apply(lambda, element.value) {
                    Value::List(inner) => inner
                        .into_iter()
                        .map(|inner| Element { many: inner.many || element.many, ..inner })
                        .collect(),
                    value => vec![Element { value, many: true }],
                });
                Ok(Value::List(mapped.collect()))
            }
            None => Err(Value::List(elements)),
        },
        (
            MethodId::ListFind
            | MethodId::ListFirst
            | MethodId::ListLast
            | MethodId::ListMin
            | MethodId::ListMax
            | MethodId::ListMinBy
            | MethodId::ListMaxBy,
            Value::List(elements),
        ) => {
            let Some(span) = elements.iter().find_map(|element| match &element.value {
                Value::Text(pieces) => first_hole(pieces).map(|hole| hole.span),
                Value::Other(hole) => Some(hole.span),
                Value::List(_) => None,
            }) else {
                return Err(Value::List(elements));
            };
            Ok(choice(elements.into_iter().map(|element| element.value).collect(), span))
        }
        (MethodId::ListJoin, Value::List(elements)) => {
            let Some(between) = argument(0).map(|separator| at(separator).pieces()) else {
                return Err(Value::List(elements));
            };
            let mut joined: Vec<Piece> = Vec::new();
            for (index, element) in elements.into_iter().enumerate() {
                if index > 0 {
                    joined.extend(between.iter().cloned());
                }
                let pieces = element.value.pieces();
                if element.many {
                    joined.extend(pieces.iter().cloned());
                    joined.extend(between.iter().cloned());
                }
                joined.extend(pieces);
            }
            Ok(Value::Text(joined))
        }
        (_, receiver) => Err(receiver),
    }
}

/// The text, if the program says all of it.
pub(super) fn literal(pieces: &[Piece]) -> Option<String> {
    let parts = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => Some(text.as_str()),
        Piece::Hole(_) | Piece::Choice(_) => None,
    });
    parts.collect::<Option<String>>()
}

fn first_hole(pieces: &[Piece]) -> Option<Hole> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Hole(hole) => Some(hole.clone()),
        Piece::Choice(all) => all.iter().find_map(|pieces| first_hole(pieces)),
    })
}

/// Each piece with the replacement. What is replaced as a single character can't be in a hole any more.
fn replaced(pieces: Vec<Piece>, old: &str, new: &str) -> Vec<Piece> {
    let mut characters = old.chars();
    let single = characters.next().filter(|_| characters.next().is_none());
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Literal(text) => Piece::Literal(text.replace(old, new)),
        Piece::Hole(mut hole) => {
            hole.escapes.extend(single);
            Piece::Hole(hole)
        }
        Piece::Choice(all) => {
            Piece::Choice(all.into_iter().map(|pieces| replaced(pieces, old, new)).collect())
        }
    });
    pieces.collect()
}
