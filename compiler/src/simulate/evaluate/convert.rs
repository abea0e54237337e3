//! Documents as values of a type (rule T11): a wrong shape, a field that isn't there or a fraction for
//! an Int is an error that says where in the document.

use std::sync::Arc;

use serde_json::Value as Json;

use super::{ErrorKind, Evaluator, Nowhere, error::Mismatch, error::shortened};
use crate::{
    names::ItemId,
    simulate::value::{Part, Path, Record, Value, read_duration, read_percent, read_size, read_time},
    types::Type,
};

/// The value that a document stands for.
pub(super) fn convert(evaluator: &Evaluator<'_>, document: &Json, ty: &Type) -> Result<Value, ErrorKind> {
    Conversion { evaluator, path: Path::default() }.value(document, ty)
}

struct Conversion<'c, 'a> {
    evaluator: &'c Evaluator<'a>,
    path: Path,
}

impl Conversion<'_, '_> {
    // Documents and types are both bounded in depth: serde_json reads 128 levels, and what a program
    // builds is as deep as its text.
    fn value(&mut self, document: &Json, ty: &Type) -> Result<Value, ErrorKind> {
        let text = document.as_str();
        let quantity = |value: Option<Value>, wanted: &str| match value {
            Some(value) => Ok(value),
            None => Err(self.mismatch(document, wanted)),
        };
        match ty {
            Type::Json => Ok(Value::json(document.clone())),
            Type::Optional(_) if document.is_null() => Ok(Value::None),
            Type::Optional(some) => self.value(document, some),
            Type::Bool => quantity(document.as_bool().map(Value::Bool), "a Bool"),
            Type::Int => quantity(whole(document).map(Value::Int), "an Int"),
            Type::Float => {
                quantity(document.as_f64().filter(|value| value.is_finite()).map(Value::Float), "a Float")
            }
            Type::Text => quantity(text.map(Value::text), "a Text"),
            Type::Duration => {
                quantity(text.and_then(read_duration).map(Value::Duration), "a Duration such as \"5m\"")
            }
            Type::Percent => {
                quantity(text.and_then(read_percent).map(Value::Percent), "a Percent such as \"5%\"")
            }
            Type::Size => quantity(text.and_then(read_size).map(Value::Size), "a Size such as \"512MiB\""),
            Type::Time => {
                quantity(text.and_then(read_time).map(Value::Time), "a Time such as \"2026-01-02T03:04:05Z\"")
            }
            Type::List(element) => match document {
                Json::Array(elements) => {
                    let mut values = Vec::with_capacity(elements.len());
                    for (index, document) in elements.iter().enumerate() {
                        self.path.enter(Part::Element(index));
                        values.push(self.value(document, element)?);
                        self.path.leave();
                    }
                    Ok(Value::list(values))
                }
                _ => Err(self.mismatch(document, "a list")),
            },
            Type::Map(element) => match document {
                Json::Object(members) => {
                    let mut values = indexmap::IndexMap::with_capacity(members.len());
                    for (key, document) in members {
                        let key: Arc<str> = key.as_str().into();
                        self.path.enter(Part::Member(key.clone()));
                        values.insert(key, self.value(document, element)?);
                        self.path.leave();
                    }
                    Ok(Value::Map(Arc::new(values)))
                }
                _ => Err(self.mismatch(document, "an object")),
            },
            Type::Record(item) => self.record(document, *item),
            Type::Enum(item) => self.variant(document, *item),
            // Public texts and secrets never come out of documents; the others have no documents.
            Type::Public
            | Type::Secret
            | Type::People
            | Type::Run
            | Type::Cause
            | Type::Function(_)
            | Type::Unit
            | Type::Never
            | Type::Unknown => Err(ErrorKind::Broken),
        }
    }

    fn record(&mut self, document: &Json, item: ItemId) -> Result<Value, ErrorKind> {
        let shape = self.evaluator.shape(item).ok_or(ErrorKind::Broken)?;
        let Json::Object(members) = document else {
            return Err(self.mismatch(document, &format!("an object for a `{}`", shape.name)));
        };
        let declared = self.evaluator.parameters(item);
        let mut fields = Vec::with_capacity(declared.len());
        for field in declared {
            self.path.enter(Part::Member(field.name.clone()));
            fields.push(match (members.get(&*field.name), field.default) {
                (Some(document), _) => self.value(document, &field.ty)?,
                (None, Some(default)) => {
                    self.evaluator.evaluate(item.file, default, &[], &Nowhere).map_err(|error| error.kind)?
                }
                (None, None) if field.ty.is_optional() => Value::None,
                (None, None) => return Err(self.missing(&field.ty)),
            });
            self.path.leave();
        }
        Ok(Value::Record(Arc::new(Record { shape, fields })))
    }

    fn variant(&mut self, document: &Json, item: ItemId) -> Result<Value, ErrorKind> {
        let declared = self.evaluator.checked.interfaces.variants(item).ok_or(ErrorKind::Broken)?;
        let index = document
            .as_str()
            .and_then(|name| declared.variants.iter().position(|variant| **variant == *name));
        match index {
            Some(index) => self
                .evaluator
                .variant(crate::names::VariantId { item, index: index as u32 })
                .ok_or(ErrorKind::Broken),
            None => {
                let names: Vec<String> = declared.variants.iter().map(|name| format!("\"{name}\"")).collect();
                Err(self.mismatch(document, &names.join(" or ")))
            }
        }
    }

    fn missing(&self, ty: &Type) -> ErrorKind {
        let wanted = match ty {
            Type::List(_) => "a list",
            Type::Map(_) | Type::Record(_) => "an object",
            _ => "a value",
        };
        ErrorKind::Shape(Mismatch {
            path: self.path.to_string(),
            wanted: wanted.to_owned(),
            found: "nothing".to_owned(),
        })
    }

    fn mismatch(&self, document: &Json, wanted: &str) -> ErrorKind {
        ErrorKind::Shape(Mismatch {
            path: self.path.to_string(),
            wanted: wanted.to_owned(),
            found: kind_of(document),
        })
    }
}

/// A number without a fraction that fits.
fn whole(document: &Json) -> Option<i64> {
    document.as_i64().or_else(|| {
        let value = document.as_f64()?;
        // 2^53: beyond it a float doesn't know its ones.
        (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0).then_some(value as i64)
    })
}

/// What a document is, for a message.
pub(super) fn kind_of(document: &Json) -> String {
    match document {
        Json::Null => "nothing".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(value) => value.to_string(),
        Json::String(text) => format!("\"{}\"", shortened(text)),
        Json::Array(elements) => format!("a list of {}", elements.len()),
        Json::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::Checked;

    fn of(document: Json, ty: &Type) -> Result<Value, String> {
        let checked = Checked::default();
        convert(&Evaluator::new(&checked), &document, ty).map_err(|error| error.to_string())
    }

    #[test]
    fn numbers_are_what_is_asked_for() {
        assert_eq!(of(json!(3), &Type::Int), Ok(Value::Int(3)));
        assert_eq!(of(json!(3.0), &Type::Int), Ok(Value::Int(3)));
        assert_eq!(of(json!(3.5), &Type::Int), Err("expected an Int, found 3.5".to_owned()));
        assert_eq!(of(json!(1e300), &Type::Int), Err("expected an Int, found 1e+300".to_owned()));
        assert_eq!(of(json!(3), &Type::Float), Ok(Value::Float(3.0)));
        assert_eq!(of(json!("3"), &Type::Int), Err("expected an Int, found \"3\"".to_owned()));
    }

    #[test]
    fn quantities_are_texts_with_units() {
        assert_eq!(of(json!("5m"), &Type::Duration), Ok(Value::Duration(300_000_000_000)));
        assert_eq!(of(json!("5%"), &Type::Percent), Ok(Value::Percent(5.0)));
        assert!(of(json!(300), &Type::Duration).is_err());
    }

    #[test]
    fn what_is_missing_is_none_only_where_that_is_said() {
        let list = Type::list(Type::Text.optional());
        assert_eq!(of(json!(["a", null]), &list), Ok(Value::list(vec![Value::text("a"), Value::None])));
        assert_eq!(of(Json::Null, &Type::Text), Err("expected a Text, found nothing".to_owned()));
        assert_eq!(of(Json::Null, &Type::Json.optional()), Ok(Value::None));
    }

    #[test]
    fn an_error_says_where() {
        let ty = Type::map(Type::list(Type::Int));
        let error = of(json!({ "a": [1], "b": [1, "x"] }), &ty);
        assert_eq!(error, Err("`b[1]`: expected an Int, found \"x\"".to_owned()));
    }
}
