//! How large values are, written out: what is shared counts as often as it is named, since logs, texts
//! and documents write it as often.

use super::Value;

/// What a value takes, its contents aside.
pub const NODE: u64 = size_of::<Value>() as u64;
/// What an allocation takes beside what it holds.
pub const ALLOCATION: u64 = 32;

/// About how many bytes a value takes. It stops looking where `most` is passed, so that a value that
/// names itself many times over, and would be endless when written out, is weighed in no time.
pub fn weigh(value: &Value, most: u64) -> u64 {
    let mut weighed = 0;
    add(value, most, &mut weighed);
    weighed
}

/// The same of several values together.
pub fn weigh_all<'v>(values: impl IntoIterator<Item = &'v Value>, most: u64) -> u64 {
    let mut weighed = 0;
    for value in values {
        add(value, most, &mut weighed);
        if weighed > most {
            break;
        }
    }
    weighed
}

/// The same of a document.
pub fn weigh_json(document: &serde_json::Value, most: u64) -> u64 {
    let mut weighed = 0;
    add_json(document, most, &mut weighed);
    weighed
}

// Values are as deep as their types, and Json as deep as its text; both are bounded.
fn add(value: &Value, most: u64, weighed: &mut u64) {
    *weighed += NODE;
    match value {
        Value::Text(text) | Value::Secret(text) => *weighed += ALLOCATION + text.len() as u64,
        Value::List(elements) => {
            *weighed += ALLOCATION;
            add_all(elements.iter(), most, weighed);
        }
        Value::Record(record) => {
            *weighed += ALLOCATION;
            add_all(record.fields.iter(), most, weighed);
        }
        Value::Map(entries) => {
            *weighed += ALLOCATION;
            for (key, value) in entries.iter() {
                *weighed += NODE + ALLOCATION + key.len() as u64;
                add(value, most, weighed);
                if *weighed > most {
                    return;
                }
            }
        }
        Value::Json(document) => add_json(document, most, weighed),
        Value::None
        | Value::Unit
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Percent(_)
        | Value::Duration(_)
        | Value::Size(_)
        | Value::Time(_)
        | Value::Variant(_)
        | Value::Run
        | Value::Cause(_) => {}
    }
}

fn add_all<'v>(values: impl Iterator<Item = &'v Value>, most: u64, weighed: &mut u64) {
    for value in values {
        add(value, most, weighed);
        if *weighed > most {
            return;
        }
    }
}

fn add_json(document: &serde_json::Value, most: u64, weighed: &mut u64) {
    *weighed += NODE;
    match document {
        serde_json::Value::String(text) => *weighed += text.len() as u64,
        serde_json::Value::Array(elements) => {
            for element in elements {
                add_json(element, most, weighed);
                if *weighed > most {
                    return;
                }
            }
        }
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                *weighed += NODE + key.len() as u64;
                add_json(member, most, weighed);
                if *weighed > most {
                    return;
                }
            }
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_counts_each_time_and_no_longer_than_it_matters() {
        let text = Value::text("x".repeat(1_000));
        let pair = Value::list(vec![text.clone(), text.clone()]);
        assert!(weigh(&pair, u64::MAX) > 2 * weigh(&text, u64::MAX));
        // 2^60 texts, in sixty lists.
        let endless = (0..60).fold(text, |value, _| Value::list(vec![value.clone(), value]));
        let most = 1 << 20;
        let weighed = weigh(&endless, most);
        assert!(weighed > most && weighed < most + 2_000, "{weighed}");
    }

    #[test]
    fn documents_weigh_what_they_hold() {
        let small = Value::json(serde_json::json!({ "a": 1 }));
        let large = Value::json(serde_json::json!({ "a": vec!["x".repeat(100); 100] }));
        assert!(weigh(&small, u64::MAX) < 200);
        assert!(weigh(&large, u64::MAX) > 10_000);
    }
}
