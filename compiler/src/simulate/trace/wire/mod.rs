//! The trace as JSON, as `docs/formats/trace.md` documents it.
//!
//! Separate types, so that a change of the engine can't change the format by accident.

mod read;
mod write;

pub use read::{NotATrace, read};
pub use write::{document, json};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;

/// Goes up when a reader of the form before would misread this one.
pub const SCHEMA: &str = "quell.dev/trace/1";

/// A run from its start to its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct Document {
    pub schema: String,
    pub playbook: String,
    pub module: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    pub seed: u64,
    pub start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolve_within: Option<i64>,
    pub sources: Vec<SourceWire>,
    pub inputs: Vec<NamedWire>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<SampleWire>,
    pub given: Vec<String>,
    pub nodes: Vec<NodeWire>,
    pub events: Vec<EventWire>,
}

/// A module's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct SourceWire {
    pub module: String,
    /// FNV-1a with 64 bits, in hexadecimal.
    pub hash: String,
}

/// A part of an event that nobody gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct SampleWire {
    pub name: String,
    pub value: String,
    pub from: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made_up: bool,
}

/// A value with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct NamedWire {
    pub name: String,
    pub value: Json,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// A place that events name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct NodeWire {
    pub id: String,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub place: PlaceWire,
}

/// A place in the source; line and column count from 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct PlaceWire {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct EventWire {
    pub sequence: u32,
    /// Nanoseconds since the start.
    pub at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<u32>,
    #[serde(skip_serializing_if = "is_zero", default)]
    pub attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<u32>,
    #[serde(flatten)]
    pub what: WhatWire,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A value that is said, where `null` is a value too: `none`. It would be left out otherwise.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}

/// What happened, told by `event`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub enum WhatWire {
    Milestone {
        milestone: String,
    },
    Severity {
        value: Json,
        #[serde(skip_serializing_if = "Option::is_none")]
        assumed: Option<String>,
    },
    Cause {
        decision: String,
        contradictory: bool,
        incomplete: bool,
        #[serde(default)]
        evidence: Vec<EvidenceWire>,
    },
    Let {
        #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
        value: Option<Json>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    Guard {
        condition: String,
        origin: String,
        wanted: bool,
        outcome: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        reads: Vec<NamedWire>,
    },
    Delayed {
        until: i64,
    },
    GateOpened {
        count: u32,
        within: Option<i64>,
        call: CallWire,
        #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
        list: Option<Json>,
    },
    GateAsked {
        people: Vec<ReachedWire>,
    },
    Granted {
        person: PersonWire,
        have: u32,
        need: u32,
        assumed: bool,
    },
    Disregarded {
        person: PersonWire,
        why: String,
    },
    GateClosed {
        outcome: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        person: Option<PersonWire>,
    },
    Started,
    Attempt {
        call: CallWire,
    },
    AttemptEnded {
        outcome: String,
        #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
        value: Option<Json>,
        #[serde(skip_serializing_if = "Option::is_none")]
        failure: Option<FailureWire>,
    },
    Polled {
        held: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    Asked {
        people: Vec<ReachedWire>,
        question: String,
        #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
        options: Option<Json>,
        within: Option<i64>,
    },
    Answered {
        #[serde(skip_serializing_if = "Option::is_none")]
        person: Option<PersonWire>,
        value: Json,
        assumed: bool,
    },
    Told {
        people: Vec<ReachedWire>,
        #[serde(skip_serializing_if = "Option::is_none")]
        about: Option<String>,
    },
    Ended {
        end: String,
        #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
        value: Option<Json>,
        #[serde(skip_serializing_if = "Option::is_none")]
        failure: Option<FailureWire>,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<WhyWire>,
    },
    NotUndone {
        behind: String,
        why: String,
    },
    RunEnded {
        outcome: String,
        decided: i64,
        over: i64,
        overdue: bool,
        undo_incomplete: bool,
    },
    /// Of a later version: passed over.
    #[serde(other)]
    Unknown,
}

/// A line of a cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct EvidenceWire {
    pub side: String,
    pub condition: String,
    pub held: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reads: Vec<NamedWire>,
}

/// Why a step came to nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct WhyWire {
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reads: Vec<NamedWire>,
}

/// A call with its arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct CallWire {
    pub callee: String,
    pub effect: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried_out_by: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub provides: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub touches: Vec<String>,
    pub arguments: Vec<ArgumentWire>,
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct ArgumentWire {
    pub name: String,
    pub value: Json,
    pub said: bool,
}

/// A failure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct FailureWire {
    pub kind: String,
    pub text: String,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct PersonWire {
    pub id: String,
    pub name: String,
}

/// A person and how they were reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/formats/trace.md describes the fields")]
pub struct ReachedWire {
    pub id: String,
    pub name: String,
    pub by: Option<String>,
}
