//! From the published form back, as kindly as its versions promise.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Document, SCHEMA, WhatWire};
use crate::graph::Nanoseconds;

/// No run takes longer: over 70 years, so that times can be added up.
const LONGEST: Nanoseconds = Nanoseconds::MAX / 4;

/// Why a text can't be read as a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotATrace {
    /// It is no JSON: what the parser says, with line and column.
    NotJson(String),
    /// It is JSON, and says no schema.
    NoSchema,
    /// It is something else: the schema that it says.
    OtherSchema(String),
    /// It is a trace of another version.
    OtherVersion(String),
    /// It says it is a trace, and lacks something.
    Broken(String),
}

/// Reads a trace. What it doesn't know of it is passed over, as docs/formats/trace.md promises.
pub fn read(text: &str) -> Result<Document, NotATrace> {
    let json: Json = serde_json::from_str(text).map_err(|error| NotATrace::NotJson(error.to_string()))?;
    match json.get("schema").and_then(Json::as_str) {
        Some(SCHEMA) => {}
        Some(other) if kind(other) == kind(SCHEMA) => return Err(NotATrace::OtherVersion(other.to_owned())),
        Some(other) => return Err(NotATrace::OtherSchema(other.to_owned())),
        None => return Err(NotATrace::NoSchema),
    }
    // From the text again: its errors have places.
    let document: Document =
        serde_json::from_str(text).map_err(|error| NotATrace::Broken(error.to_string()))?;
    match inconsistency(&document) {
        Some(why) => Err(NotATrace::Broken(why)),
        None => Ok(document),
    }
}

/// What no run leaves: events at places that aren't there, or out of order in time.
fn inconsistency(document: &Document) -> Option<String> {
    let places: BTreeSet<&str> = document.nodes.iter().map(|node| node.id.as_str()).collect();
    let mut now = 0;
    for event in &document.events {
        if let Some(node) = event.node.as_deref().filter(|node| !places.contains(node)) {
            return Some(format!("event {} names `{node}`, which is no node of it", event.sequence));
        }
        if !(now..=LONGEST).contains(&event.at) {
            return Some(format!("event {} is at {}, after one at {now}", event.sequence, event.at));
        }
        now = event.at;
        if let WhatWire::RunEnded { decided, over, .. } = event.what
            && !(0 <= decided && decided <= over && over <= LONGEST)
        {
            return Some(format!("event {} ends the run at {over}", event.sequence));
        }
    }
    None
}

/// `quell.dev/trace` of `quell.dev/trace/1`.
fn kind(schema: &str) -> &str {
    schema.rsplit_once('/').map_or(schema, |(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = r#"{"schema": "quell.dev/trace/1", "playbook": "p", "module": "m", "seed": 0,
        "start": "2026-01-02T03:00:00Z", "sources": [], "inputs": [], "given": [], "nodes": [], "events": []}"#;

    #[test]
    fn what_a_later_version_adds_is_passed_over() {
        let later = EMPTY.replace(
            "\"events\": []",
            "\"colour\": 1, \"events\": [{\"sequence\": 0, \"at\": 5, \"event\": \"danced\", \"partner\": \"x\"}]",
        );
        let document = read(&later).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(document.events[0].what, WhatWire::Unknown);
        assert_eq!(document.events[0].at, 5);
    }

    /// `none` is a value as well, and every number keeps its last digit.
    #[test]
    fn what_was_read_is_written_as_it_was() {
        let numbers: Vec<f64> = (0..2_000u64)
            .map(|number| f64::from_bits(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .filter(|number| number.is_finite())
            .collect();
        let values = ["null".to_owned(), "[null]".to_owned(), format!("{numbers:?}")];
        for value in values {
            let event = |what: &str| format!("{{\"sequence\": 0, \"at\": 5, {what}}}");
            let call = "\"callee\": \"a\", \"effect\": \"reads\", \"arguments\": \
                [{\"name\": \"x\", \"value\": VALUE, \"said\": true}]";
            let events = [
                "\"event\": \"let\", \"value\": VALUE".to_owned(),
                "\"event\": \"severity\", \"value\": VALUE".to_owned(),
                "\"event\": \"attempt_ended\", \"outcome\": \"gave\", \"value\": VALUE".to_owned(),
                "\"event\": \"ended\", \"end\": \"ok\", \"value\": VALUE".to_owned(),
                "\"event\": \"answered\", \"value\": VALUE, \"assumed\": false".to_owned(),
                "\"event\": \"asked\", \"people\": [], \"question\": \"q\", \"options\": VALUE, \
                    \"within\": null"
                    .to_owned(),
                format!("\"event\": \"attempt\", \"call\": {{{call}}}"),
                format!(
                    "\"event\": \"gate_opened\", \"count\": 1, \"within\": null, \"call\": {{{call}}}, \
                        \"list\": VALUE"
                ),
            ];
            let events: Vec<String> = events.iter().map(|what| event(what)).collect();
            let events = format!("\"events\": [{}]", events.join(", ")).replace("VALUE", &value);
            let text = EMPTY.replace("\"events\": []", &events);
            let document = read(&text).unwrap_or_else(|error| panic!("{error:?}"));
            let written = super::super::json(&document);
            assert_eq!(written.matches("null").count(), text.matches("null").count(), "{written}");
            let again = read(&written).unwrap_or_else(|error| panic!("{error:?}"));
            assert_eq!(super::super::json(&again), written);
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            assert!(
                plain(&written)
                    .contains(&plain(&serde_json::from_str::<Json>(&value).unwrap_or_default().to_string()))
            );
            for number in numbers.iter().filter(|_| value.len() > 9) {
                let shown = Json::from(*number).to_string();
                assert!(written.contains(&shown), "{shown} is gone");
            }
        }
    }

    #[test]
    fn what_is_no_trace_is_said_to_be_none() {
        assert!(matches!(read("{"), Err(NotATrace::NotJson(_))));
        assert_eq!(read("[]"), Err(NotATrace::NoSchema));
        assert_eq!(read("{\"schema\": 7}"), Err(NotATrace::NoSchema));
        let other = EMPTY.replace("trace/1", "graph/1");
        assert_eq!(read(&other), Err(NotATrace::OtherSchema("quell.dev/graph/1".to_owned())));
        let newer = EMPTY.replace("trace/1", "trace/2");
        assert_eq!(read(&newer), Err(NotATrace::OtherVersion("quell.dev/trace/2".to_owned())));
        assert!(matches!(read(&EMPTY.replace("\"seed\": 0,", "")), Err(NotATrace::Broken(_))));
        let lost = "\"events\": [{\"sequence\": 0, \"at\": 5, \"node\": \"n\", \"event\": \"started\"}]";
        assert!(matches!(read(&EMPTY.replace("\"events\": []", lost)), Err(NotATrace::Broken(_))));
    }
}
