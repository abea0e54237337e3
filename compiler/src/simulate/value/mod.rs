//! The values of expressions while a playbook runs.
//!
//! Values are immutable and cheap to copy: everything that can be large is shared. A secret consists of
//! its name alone, so no trace can contain more.

mod display;
mod hash;
mod json;
mod path;
mod read;
mod weight;

pub use display::{duration_for_people, literal, text, text_within};
pub use hash::ByValue;
pub use json::to_json;
pub use path::{Part, Path};
pub use read::{read_duration, read_percent, read_size, read_time};
pub use weight::{ALLOCATION, NODE, weigh, weigh_all, weigh_json};

use std::{cmp::Ordering, sync::Arc};

use indexmap::IndexMap;

use crate::{
    graph::Nanoseconds,
    names::{ItemId, VariantId},
};

/// A value.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Value {
    /// `none`; a missing member of a Json document and its `null` too.
    None,
    /// What a call gives that gives nothing.
    Unit,
    Bool(bool),
    Int(i64),
    /// Always finite.
    Float(f64),
    /// `5%` is `Percent(5.0)`; always finite.
    Percent(f64),
    Duration(Nanoseconds),
    /// In bytes.
    Size(i64),
    /// In nanoseconds since 1970 in UTC.
    Time(i64),
    /// A Text or a Public.
    Text(Arc<str>),
    /// Never `null`.
    Json(Arc<serde_json::Value>),
    /// By its name.
    Secret(Arc<str>),
    List(Arc<Vec<Value>>),
    Map(Arc<IndexMap<Arc<str>, Value>>),
    Variant(Variant),
    Record(Arc<Record>),
    /// The run itself; its members are read when they are asked for.
    Run,
    /// A cause that was decided.
    Cause(Decision),
}

/// A variant of an enum.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Which.
    pub id: VariantId,
    /// Its name.
    pub name: Arc<str>,
}

/// A record.
#[derive(Debug, Clone)]
pub struct Record {
    /// Of what kind.
    pub shape: Arc<Shape>,
    /// In the order of the declaration.
    pub fields: Vec<Value>,
}

/// What all records of a kind share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The declaration.
    pub item: ItemId,
    /// Its name.
    pub name: Arc<str>,
    /// The names of its fields.
    pub fields: Vec<Arc<str>>,
}

/// What became of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Decision {
    Suspected,
    RuledOut,
    Open,
}

impl Decision {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Decision::Suspected => "suspected",
            Decision::RuledOut => "ruled out",
            Decision::Open => "open",
        }
    }
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<Arc<str>>) -> Value {
        Value::Text(text.into())
    }

    /// A list.
    pub fn list(elements: Vec<Value>) -> Value {
        Value::List(Arc::new(elements))
    }

    /// A Json document; its `null` is `none`.
    pub fn json(document: serde_json::Value) -> Value {
        match document {
            serde_json::Value::Null => Value::None,
            document => Value::Json(Arc::new(document)),
        }
    }

    /// Whether it is `none`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// The truth value that it is.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The text that it is.
    pub fn as_text(&self) -> Option<&Arc<str>> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of the list that it is.
    pub fn as_list(&self) -> Option<&Arc<Vec<Value>>> {
        match self {
            Value::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The length of time that it is.
    pub fn as_duration(&self) -> Option<Nanoseconds> {
        match self {
            Value::Duration(value) => Some(*value),
            _ => None,
        }
    }

    /// The field of this name of the record that it is.
    pub fn field(&self, name: &str) -> Option<&Value> {
        let Value::Record(record) = self else { return None };
        let index = record.shape.fields.iter().position(|field| **field == *name)?;
        record.fields.get(index)
    }

    /// The order of two values of a type that has one.
    pub fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Int(left), Value::Int(right))
            | (Value::Duration(left), Value::Duration(right))
            | (Value::Size(left), Value::Size(right))
            | (Value::Time(left), Value::Time(right)) => Some(left.cmp(right)),
            (Value::Float(left), Value::Float(right)) | (Value::Percent(left), Value::Percent(right)) => {
                left.partial_cmp(right)
            }
            (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
            (Value::Variant(left), Value::Variant(right)) if left.id.item == right.id.item => {
                Some(left.id.index.cmp(&right.id.index))
            }
            (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) | (Value::Unit, Value::Unit) | (Value::Run, Value::Run) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Int(left), Value::Int(right))
            | (Value::Duration(left), Value::Duration(right))
            | (Value::Size(left), Value::Size(right))
            | (Value::Time(left), Value::Time(right)) => left == right,
            (Value::Float(left), Value::Float(right)) | (Value::Percent(left), Value::Percent(right)) => {
                left == right
            }
            (Value::Text(left), Value::Text(right)) | (Value::Secret(left), Value::Secret(right)) => {
                left == right
            }
            (Value::Json(left), Value::Json(right)) => left == right,
            (Value::List(left), Value::List(right)) => left == right,
            (Value::Map(left), Value::Map(right)) => left == right,
            (Value::Variant(left), Value::Variant(right)) => left.id == right.id,
            (Value::Record(left), Value::Record(right)) => {
                left.shape.item == right.shape.item && left.fields == right.fields
            }
            (Value::Cause(left), Value::Cause(right)) => left == right,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sent_between_threads_and_stay_small() {
        fn sendable<T: Send + Sync>() {}
        sendable::<Value>();
        assert!(size_of::<Value>() <= 40, "{}", size_of::<Value>());
    }

    #[test]
    fn only_values_of_one_type_are_equal_or_in_order() {
        assert_eq!(Value::text("a"), Value::text("a"));
        assert_ne!(Value::Int(1), Value::Float(1.0));
        assert_eq!(Value::Duration(1).order(&Value::Duration(2)), Some(Ordering::Less));
        assert_eq!(Value::Duration(1).order(&Value::Int(2)), None);
        assert_eq!(Value::list(vec![Value::Int(1)]), Value::list(vec![Value::Int(1)]));
    }
}
