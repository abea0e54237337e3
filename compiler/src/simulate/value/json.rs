//! Values as Json: for documents that a playbook builds, and for traces.

use serde_json::{Map, Number};

use super::{Value, text};

/// The document that stands for a value. Quantities and times become texts, as they would be
/// written; a secret becomes an object that names it.
pub fn to_json(value: &Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        Value::None | Value::Unit => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(value) => Json::Number((*value).into()),
        Value::Float(value) => Number::from_f64(*value).map_or(Json::Null, Json::Number),
        Value::Json(document) => (**document).clone(),
        Value::List(elements) => Json::Array(elements.iter().map(to_json).collect()),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.to_string(), to_json(value))).collect())
        }
        Value::Record(record) => {
            let fields = record.shape.fields.iter().zip(&record.fields);
            Json::Object(fields.map(|(name, value)| (name.to_string(), to_json(value))).collect())
        }
        Value::Secret(name) => {
            Json::Object(Map::from_iter([("secret".to_owned(), Json::String(name.to_string()))]))
        }
        Value::Percent(_)
        | Value::Duration(_)
        | Value::Size(_)
        | Value::Time(_)
        | Value::Text(_)
        | Value::Variant(_)
        | Value::Run
        | Value::Cause(_) => Json::String(text(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_texts_and_secrets_are_named() {
        let value = Value::list(vec![
            Value::Duration(90_000_000_000),
            Value::Percent(5.0),
            Value::Secret("TOKEN".into()),
            Value::None,
            Value::Float(0.5),
        ]);
        assert_eq!(to_json(&value).to_string(), r#"["1m30s","5%",{"secret":"TOKEN"},null,0.5]"#);
    }
}
