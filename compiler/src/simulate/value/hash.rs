//! Values as keys, so that duplicates are found without comparing each with each.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};

use super::Value;

/// A value by what it is: equal values have equal hashes.
#[derive(Debug, Clone, Copy)]
pub struct ByValue<'v>(pub &'v Value);

impl PartialEq for ByValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

// Numbers are finite, so every value equals itself.
impl Eq for ByValue<'_> {}

impl Hash for ByValue<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self.0).hash(state);
        match self.0 {
            Value::None | Value::Unit | Value::Run => {}
            Value::Bool(value) => value.hash(state),
            Value::Int(value) | Value::Duration(value) | Value::Size(value) | Value::Time(value) => {
                value.hash(state);
            }
            // Zero has two signs and is equal to itself.
            Value::Float(value) | Value::Percent(value) => (value + 0.0).to_bits().hash(state),
            Value::Text(text) | Value::Secret(text) => text.hash(state),
            Value::Json(document) => document.hash(state),
            Value::List(elements) => elements.iter().for_each(|value| ByValue(value).hash(state)),
            // Maps are equal whatever the order of their entries.
            Value::Map(entries) => {
                let build = BuildHasherDefault::<DefaultHasher>::default();
                let entries = entries.iter().map(|(key, value)| build.hash_one((key, ByValue(value))));
                entries.fold(0_u64, u64::wrapping_add).hash(state);
            }
            Value::Variant(variant) => variant.id.hash(state),
            Value::Record(record) => {
                record.shape.item.hash(state);
                record.fields.iter().for_each(|value| ByValue(value).hash(state));
            }
            Value::Cause(decision) => decision.hash(state),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::Arc};

    use super::*;

    #[test]
    fn equal_values_are_one_key() {
        let map = |keys: [&str; 2]| {
            Value::Map(Arc::new(keys.into_iter().map(|key| (key.into(), Value::text(key))).collect()))
        };
        let same = [
            (Value::Float(0.0), Value::Float(-0.0)),
            (map(["a", "b"]), map(["b", "a"])),
            (Value::list(vec![Value::None]), Value::list(vec![Value::None])),
            (
                Value::json(serde_json::json!({ "a": 1, "b": 2 })),
                Value::json(serde_json::json!({ "b": 2, "a": 1 })),
            ),
        ];
        for (left, right) in &same {
            assert_eq!(left, right);
            assert_eq!(HashSet::from([ByValue(left), ByValue(right)]).len(), 1, "{left:?}");
        }
        let (one, other) = (Value::Int(1), Value::Duration(1));
        assert_eq!(HashSet::from([ByValue(&one), ByValue(&other)]).len(), 2);
    }
}
