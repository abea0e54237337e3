//! Values and calls of the published trace in few words.

use serde_json::Value as Json;

use crate::simulate::trace::wire::{CallWire, NamedWire, ReachedWire};

/// So long a value may be within a sentence.
const TEXT: usize = 90;

/// Which value it is.
pub(super) fn brief(value: &Json) -> String {
    let shown = match value {
        Json::Null => "none".to_owned(),
        Json::String(text) => text.trim().replace("\r\n", "\n").replace('\n', "\\n").replace('\t', "\\t"),
        Json::Array(elements) => {
            let all: Vec<String> = elements.iter().map(brief).collect();
            format!("[{}]", all.join(", "))
        }
        Json::Object(fields) => {
            if let (1, Some(Json::String(name))) = (fields.len(), fields.get("secret")) {
                return format!("secret {name}");
            }
            let known = ["name", "title", "summary", "number", "id"];
            match known.iter().find_map(|name| fields.get(*name)).filter(|value| !value.is_object()) {
                Some(name) if *name != Json::String(String::new()) => brief(name),
                _ => {
                    let plain = fields.iter().filter(|(_, value)| says_something(value));
                    let all: Vec<String> =
                        plain.map(|(name, value)| format!("{name}: {}", brief(value))).collect();
                    all.join(", ")
                }
            }
        }
        other => other.to_string(),
    };
    cut(&shown, TEXT)
}

/// Whether a field is worth its place in a sentence.
fn says_something(value: &Json) -> bool {
    match value {
        Json::Null | Json::Object(_) | Json::Array(_) => false,
        Json::String(text) => !text.is_empty() && text != "0s",
        _ => true,
    }
}

/// At most so many letters.
pub(super) fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// `kubernetes.rollback(checkout, revision: 41)`: what the call says, without secrets.
pub(super) fn call(call: &CallWire) -> String {
    let is_secret =
        |value: &Json| value.as_object().is_some_and(|it| it.len() == 1 && it.contains_key("secret"));
    let said = call.arguments.iter().enumerate();
    let said = said.filter(|(_, argument)| argument.said && !is_secret(&argument.value));
    let shown: Vec<String> = said
        .map(|(index, argument)| match index {
            0 => brief(&argument.value),
            _ => format!("{}: {}", argument.name, brief(&argument.value)),
        })
        .collect();
    format!("{}({})", call.callee, shown.join(", "))
}

/// What a message says: the longest text among its arguments.
pub(super) fn message(call: &CallWire) -> Option<String> {
    let texts = call.arguments.iter().filter_map(|argument| argument.value.as_str());
    let longest = texts.max_by_key(|text| text.len())?;
    Some(longest.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `lag is 2s, severity is major`.
pub(super) fn reads(reads: &[NamedWire]) -> String {
    let shown: Vec<String> = reads
        .iter()
        .map(|read| match &read.value {
            Json::Null => format!("{} is none or not available", read.name),
            value => format!("{} is {}", read.name, brief_by(value, &read.fields)),
        })
        .collect();
    shown.join(", ")
}

/// Which value it is, with those fields of each record in it that a condition reads: what decided is one
/// of them, and the name alone wouldn't show it.
fn brief_by(value: &Json, fields: &[String]) -> String {
    match value {
        Json::Array(elements) if !fields.is_empty() => {
            let all: Vec<String> = elements.iter().map(|element| brief_by(element, fields)).collect();
            cut(&format!("[{}]", all.join(", ")), 2 * TEXT)
        }
        Json::Object(members) => {
            let name = brief(value);
            let shown: Vec<String> = fields
                .iter()
                .filter_map(|field| Some((field, brief(members.get(field)?))))
                // The field that it is named by is shown already.
                .filter(|(field, shown)| *shown != name && !name.contains(&format!("{field}: {shown}")))
                .map(|(field, shown)| format!("{field}: {shown}"))
                .collect();
            if shown.is_empty() { name } else { format!("{name} ({})", shown.join(", ")) }
        }
        other => brief(other),
    }
}

/// `Ana Lopes (slack) and Bo`.
pub(super) fn reached(people: &[ReachedWire]) -> String {
    let names: Vec<String> = people
        .iter()
        .map(|person| match &person.by {
            Some(by) => format!("{} ({by})", person.name),
            None => format!("{} (unreachable)", person.name),
        })
        .collect();
    listed(&names)
}

/// `a, b and c`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => "no one".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
