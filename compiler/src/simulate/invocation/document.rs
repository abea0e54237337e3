//! The document that a request sends.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::{Binder, Part};
use crate::{
    hir::{ExprId, ExprKind},
    simulate::value::{Value, to_json},
};

/// A document in which secrets are names.
///
/// It isn't plain JSON: a secret would have to be an object of some form there, and data of an alert that has the
/// same form would be sent as the secret that it names.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// Anything without secrets.
    Plain(Json),
    /// A secret, or a text of which a part isn't known yet.
    Text(Vec<Part>),
    /// `[a, b]`.
    List(Vec<Document>),
    /// `{ key: value }`.
    Map(Vec<(Arc<str>, Document)>),
}

impl Document {
    /// The document, with each part of a text that is a secret or isn't known replaced by `text`.
    pub fn with(&self, text: &dyn Fn(&Part) -> String) -> Json {
        match self {
            Document::Plain(document) => document.clone(),
            Document::Text(parts) => Json::String(parts.iter().map(text).collect()),
            Document::List(elements) => {
                Json::Array(elements.iter().map(|element| element.with(text)).collect())
            }
            Document::Map(members) => {
                let members = members.iter().map(|(name, value)| (name.to_string(), value.with(text)));
                Json::Object(Map::from_iter(members))
            }
        }
    }

    /// As it is sent; none if a part isn't known. `secret` finds the value of a secret.
    pub fn sent(&self, secret: impl Fn(&str) -> String) -> Option<Json> {
        let missing = std::cell::Cell::new(false);
        let document = self.with(&|part| match part {
            Part::Text(text) => text.clone(),
            Part::Secret(name) => secret(name),
            Part::Unknown(_) => {
                missing.set(true);
                String::new()
            }
        });
        (!missing.get()).then_some(document)
    }

    fn of(value: &Value) -> Document {
        match value {
            Value::Secret(name) => Document::Text(vec![Part::Secret(name.clone())]),
            Value::List(elements) => Document::List(elements.iter().map(Document::of).collect()),
            Value::Map(members) => Document::Map(
                members.iter().map(|(name, value)| (name.clone(), Document::of(value))).collect(),
            ),
            other => Document::Plain(to_json(other)),
        }
    }
}

impl Binder<'_, '_> {
    /// The document that an expression stands for. Only the literals of a binding may hold secrets, so these
    /// are read part by part.
    pub(super) fn document(&self, expr: ExprId) -> Document {
        match self.kind(expr) {
            Some(ExprKind::Map(members)) => Document::Map(
                members.iter().map(|(name, value)| (name.text.clone(), self.document(*value))).collect(),
            ),
            Some(ExprKind::List(elements)) => {
                Document::List(elements.iter().map(|element| self.document(*element)).collect())
            }
            Some(ExprKind::If { branches, otherwise }) => {
                for (condition, value) in branches {
                    match self.value(*condition).and_then(|holds| holds.as_bool()) {
                        Some(true) => return self.document(*value),
                        Some(false) => {}
                        None => return Document::Text(self.word(expr).0),
                    }
                }
                self.document(*otherwise)
            }
            _ => match self.value(expr) {
                Some(value) => Document::of(&value),
                None => Document::Text(self.word(expr).0),
            },
        }
    }
}
