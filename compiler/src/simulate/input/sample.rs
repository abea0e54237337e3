//! Samples: what a run that nobody gave an event takes for its parts.

use std::sync::Arc;

use super::{EntryRead, Unset};
use crate::simulate::value::{Record, Value};

/// A part of an event that monitoring is known to send, with a value for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What `as` names the event.
    pub event: Arc<str>,
    /// The field of its record.
    pub field: Arc<str>,
    /// The entry, if the field is a map.
    pub key: Option<Arc<str>>,
    /// The value.
    pub value: Arc<str>,
    /// Where it is known from: `rules/shop.yml:12`.
    pub from: Arc<str>,
    /// Only the name is known from there, and the value is made up.
    pub is_made_up: bool,
}

impl Sample {
    /// `alert.labels.namespace`.
    pub fn path(&self) -> String {
        let key = self.key.iter().map(|key| format!(".{key}"));
        format!("{}.{}{}", self.event, self.field, key.collect::<String>())
    }

    fn is_part_of(&self, read: &EntryRead) -> bool {
        (&self.field, &self.key) == (&read.field, &read.key)
    }
}

/// The event with its samples.
pub(super) fn fill(event: Value, name: &str, samples: &[Sample]) -> Value {
    let Value::Record(record) = &event else { return event };
    let mut fields = record.fields.clone();
    for sample in samples.iter().filter(|sample| *sample.event == *name) {
        let Some(index) = record.shape.fields.iter().position(|field| *field == sample.field) else {
            continue;
        };
        match (&mut fields[index], &sample.key) {
            (Value::Map(entries), Some(key)) => {
                Arc::make_mut(entries).insert(key.clone(), Value::Text(sample.value.clone()));
            }
            (field @ Value::Text(_), None) => *field = Value::Text(sample.value.clone()),
            _ => {}
        }
    }
    Value::Record(Arc::new(Record { shape: record.shape.clone(), fields }))
}

/// The value of a part of an event.
fn part<'v>(event: &'v Value, field: &str, key: Option<&str>) -> Option<&'v Value> {
    match (event.field(field)?, key) {
        (Value::Map(entries), Some(key)) => entries.get(key),
        (value, None) => Some(value),
        _ => None,
    }
}

/// The samples that are in the event and that the playbook reads.
pub(super) fn shown(event: &Value, name: &str, samples: &[Sample], read: &[&EntryRead]) -> Vec<Sample> {
    let is_in = |sample: &&Sample| {
        let value = part(event, &sample.field, sample.key.as_deref());
        *sample.event == *name
            && value.and_then(Value::as_text).is_some_and(|value| *value == sample.value)
            && read.iter().any(|read| sample.is_part_of(read))
    };
    samples.iter().filter(is_in).cloned().collect()
}

/// What a run would fail without.
pub(super) fn missing(event: &Value, name: &str, read: &[&EntryRead]) -> Option<Unset> {
    let is_missing = |read: &&&EntryRead| {
        let key = read.key.as_deref();
        read.required && key.is_some() && part(event, &read.field, key).is_none()
    };
    let missing: Vec<&EntryRead> = read.iter().filter(is_missing).copied().collect();
    Unset::entries(name, &missing)
}
