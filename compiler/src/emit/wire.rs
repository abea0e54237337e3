//! The published form of a step graph: `docs/formats/graph.md` says each field in words.
//!
//! Version 1 may get further fields and further values of `kind`, `reason` and the like; a field that
//! is there keeps its meaning. Durations are whole nanoseconds; one that isn't known is `null`.

use serde::Serialize;

/// The name and version of the format.
pub const SCHEMA: &str = "quell.dev/graph/1";

/// A playbook or task with its graph, and the tasks that it calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct Document {
    pub schema: &'static str,
    pub module: String,
    pub file: String,
    pub name: String,
    pub kind: Kind,
    pub docs: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<InputWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolve_within: Option<i64>,
    pub durations: DurationsWire,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub critical_path: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartWire>,
    pub nodes: Vec<NodeWire>,
    pub edges: Vec<EdgeWire>,
    /// All tasks that are called, directly or not, each once; only in the outermost document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Document>,
}

/// What a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub enum Kind {
    Response,
    Tool,
    Task,
}

/// `input NAME: TYPE = DEFAULT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct InputWire {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// A part of a playbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct PartWire {
    pub name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none: Option<String>,
}

/// How long the whole takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct DurationsWire {
    pub worst: EndsWire,
    pub without_people: EndsWire,
    pub expected: EndsWire,
}

/// When it is resolved and when it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct EndsWire {
    pub resolved: Option<i64>,
    pub over: Option<i64>,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct SpanWire {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct NodeWire {
    pub id: String,
    #[serde(flatten)]
    pub what: WhatWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    pub phase: PhaseWire,
    pub times: TimesWire,
    pub span: SpanWire,
}

/// When in a run something can happen at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub enum PhaseWire {
    Response,
    AfterResolved,
    AfterFailed,
}

/// When a node starts and ends, since the start of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct TimesWire {
    pub worst: TimeWire,
    pub without_people: TimeWire,
    pub expected: TimeWire,
}

/// A start and an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct TimeWire {
    pub start: Option<i64>,
    pub end: Option<i64>,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub enum WhatWire {
    Step(Box<StepWire>),
    Approval(ApprovalWire),
    Let { name: String, value: String, guards: Vec<GuardWire> },
    Cause { name: String, sentence: String, suspect_when: Vec<String>, rule_out_when: Vec<String> },
    Severity { value: String },
    Milestone { name: &'static str },
    Join { joins: &'static str },
    Return { value: String },
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct StepWire {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub docs: String,
    pub call: String,
    pub callee: CalleeWire,
    pub effect: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<GuardWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<EachWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<RepeatWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<i64>,
    pub timeout: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<RetryWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<UndoWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub irreversible: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<OnFailureWire>,
}

/// What is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct CalleeWire {
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A condition of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct GuardWire {
    pub condition: String,
    pub wanted: bool,
    pub origin: &'static str,
}

/// The approval of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct ApprovalWire {
    pub step: String,
    pub count: Option<u32>,
    pub groups: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    pub within: Option<i64>,
    pub otherwise: &'static str,
}

/// `each`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct EachWire {
    pub variable: String,
    pub list: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_a_time: Option<u32>,
    pub at_most: Option<u32>,
}

/// `repeat`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct RepeatWire {
    pub every: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

/// `retry`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct RetryWire {
    pub times: Option<u32>,
    pub first_wait: Option<i64>,
    pub longest_wait: Option<i64>,
}

/// How a step is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct UndoWire {
    pub call: String,
    pub said_by: &'static str,
    pub always: bool,
    pub timeout: Option<i64>,
}

/// `on failure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub enum OnFailureWire {
    Continue,
    Use { value: String },
    Run { call: String },
}

/// An edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/graph.md says it")]
pub struct EdgeWire {
    pub from: String,
    pub to: String,
    pub reason: &'static str,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub clause: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<i64>,
    pub span: SpanWire,
}
