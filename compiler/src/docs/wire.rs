//! The published form of references: `docs/formats/docs.md` says each field in words.
//!
//! Version 1 may get further fields and further values of `kind`; a field that is there keeps its
//! meaning. Types and expressions are as written.

use serde::Serialize;

use crate::emit;

/// The name and version of the format.
pub const SCHEMA: &str = "quell.dev/docs/1";

/// What modules say of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/docs.md says it")]
pub struct Reference {
    pub schema: &'static str,
    pub modules: Vec<ModuleReference>,
}

/// What a module says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/docs.md says it")]
pub struct ModuleReference {
    pub name: String,
    pub docs: String,
    pub items: Vec<ItemReference>,
}

/// An item that others may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/docs.md says it")]
pub struct ItemReference {
    pub kind: &'static str,
    pub name: String,
    pub signature: String,
    pub docs: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberReference>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractReference>,
    /// A playbook's graph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graph: Option<Box<emit::Document>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<String>,
}

/// A parameter, field or variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/docs.md says it")]
pub struct MemberReference {
    pub name: String,
    pub docs: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// What callers of an action may rely on, and how it is carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/docs.md says it")]
pub struct ContractReference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<String>,
    pub idempotent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub irreversible: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provides: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<String>,
}
