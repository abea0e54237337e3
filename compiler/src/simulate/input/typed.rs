//! A value as people type it: JSON or a Quell literal, read into one tree.
//!
//! What it means depends on the type that is expected; [`fit`](super::fit) decides that.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::{
    diagnostic::Level,
    hir::{self, ExprId, ExprKind, ItemKind, Literal, UnaryOp},
    simulate::value::Value,
    source::{FileId, SourceFile},
    syntax,
};

/// A part of what was typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typed {
    pub kind: Kind,
    /// Its offset in the text; none in JSON.
    pub at: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// A duration, percent or size.
    Quantity(Value),
    Text(String),
    List(Vec<Typed>),
    Map(Vec<(Arc<str>, Typed)>),
    /// `Alert(name: "x")`, `time("...")`.
    Call(Arc<str>, Vec<(Option<Arc<str>>, Typed)>),
    /// `critical`, `catalog.ana`: its last part.
    Name(Arc<str>),
}

/// What stands before the text so that it reads as a module.
const BEFORE: &str = "let input = ";

/// Reads JSON or a Quell literal.
pub(super) fn read(text: &str) -> Result<Typed, String> {
    let json = match serde_json::from_str::<Json>(text) {
        Ok(document) => return Ok(of_json(&document)),
        Err(error) => error,
    };
    quell(text).map_err(|why| match is_like_json(text) {
        true => format!("this isn't valid JSON: {json}"),
        false => why,
    })
}

fn is_like_json(text: &str) -> bool {
    let solid: String = text.chars().filter(|letter| !letter.is_whitespace()).take(3).collect();
    solid.starts_with("{\"") || solid.starts_with("[\"") || solid.starts_with("[{\"")
}

// serde_json reads 128 levels.
fn of_json(document: &Json) -> Typed {
    let kind = match document {
        Json::Null => Kind::None,
        Json::Bool(value) => Kind::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Kind::Int(value),
            None => Kind::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Kind::Text(text.clone()),
        Json::Array(elements) => Kind::List(elements.iter().map(of_json).collect()),
        Json::Object(members) => {
            Kind::Map(members.iter().map(|(key, value)| (key.as_str().into(), of_json(value))).collect())
        }
    };
    Typed { kind, at: None }
}

/// Reads a Quell literal: it is lowered as the value of a `let`, so that all of the language's spellings
/// and messages apply.
fn quell(text: &str) -> Result<Typed, String> {
    let file = FileId(0);
    let written: Arc<str> = format!("{BEFORE}{text}\n").into();
    let parse = syntax::parse(&written);
    let (module, more) = hir::lower(file, &parse);
    let mut findings = parse.diagnostics(file);
    findings.extend(more);
    findings.retain(|finding| finding.level == Level::Error);
    findings.sort_by_key(|finding| finding.span().start);
    if let Some(first) = findings.first() {
        let at = first.span().start.saturating_sub(BEFORE.len() as u32);
        return Err(format!("{}, at {}", first.message, place(text, at)));
    }
    match module.items.as_slice() {
        [item] if module.uses.is_empty() => match &item.kind {
            ItemKind::Let(declared) => Reader { text, module: &module }.value(declared.value),
            _ => Err(ONE.to_owned()),
        },
        _ => Err(ONE.to_owned()),
    }
}

const ONE: &str = "expected one value";

struct Reader<'r> {
    text: &'r str,
    module: &'r hir::Module,
}

impl Reader<'_> {
    // The grammar bounds how deep lists, maps and calls nest; all else is taken apart in loops.
    fn value(&self, expr: ExprId) -> Result<Typed, String> {
        let written = &self.module.exprs[expr];
        let at = written.span.start.saturating_sub(BEFORE.len() as u32);
        let kind = match &written.kind {
            ExprKind::Literal(literal) => of_literal(literal),
            ExprKind::Unary(UnaryOp::Negate, operand) => match &self.module.exprs[*operand].kind {
                ExprKind::Literal(literal) => negated(literal),
                _ => None,
            },
            ExprKind::List(elements) => Some(Kind::List(
                elements.iter().map(|element| self.value(*element)).collect::<Result<_, _>>()?,
            )),
            ExprKind::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| Ok((key.text.clone(), self.value(*value)?)));
                Some(Kind::Map(entries.collect::<Result<_, String>>()?))
            }
            ExprKind::Name(_) | ExprKind::Field { .. } => self.last_name(expr).map(Kind::Name),
            ExprKind::Call { callee, arguments } => match self.last_name(*callee) {
                Some(name) => {
                    let arguments = arguments.iter().map(|argument| {
                        let name = argument.name.as_ref().map(|name| name.text.clone());
                        Ok((name, self.value(argument.value)?))
                    });
                    Some(Kind::Call(name, arguments.collect::<Result<_, String>>()?))
                }
                None => None,
            },
            ExprKind::Text(_) => {
                return Err(format!(
                    "a text here can't contain `${{...}}` (write `\\${{` for the characters), at {}",
                    place(self.text, at)
                ));
            }
            _ => None,
        };
        match kind {
            Some(kind) => Ok(Typed { kind, at: Some(at) }),
            None => Err(format!(
                "expected a value, found an expression that has to be computed, at {}",
                place(self.text, at)
            )),
        }
    }

    /// `ana`, `catalog.ana`: the last name, if there is nothing but names.
    fn last_name(&self, mut expr: ExprId) -> Option<Arc<str>> {
        let mut last = None;
        loop {
            match &self.module.exprs[expr].kind {
                ExprKind::Name(name) => return Some(last.unwrap_or_else(|| name.clone())),
                ExprKind::Field { receiver, name, access: hir::Access::Plain } => {
                    last.get_or_insert_with(|| name.text.clone());
                    expr = *receiver;
                }
                _ => return None,
            }
        }
    }
}

fn of_literal(literal: &Literal) -> Option<Kind> {
    Some(match literal {
        Literal::None => Kind::None,
        Literal::Bool(value) => Kind::Bool(*value),
        Literal::Int(value) => Kind::Int(*value),
        Literal::Float(value) => Kind::Float(*value),
        Literal::Percent(value) => Kind::Quantity(Value::Percent(*value)),
        Literal::Duration(value) => Kind::Quantity(Value::Duration(*value)),
        Literal::Size(value) => Kind::Quantity(Value::Size(*value)),
        Literal::Text(text) => Kind::Text(text.clone()),
    })
}

fn negated(literal: &Literal) -> Option<Kind> {
    Some(match literal {
        Literal::Int(value) => Kind::Int(value.checked_neg()?),
        Literal::Float(value) => Kind::Float(-value),
        Literal::Percent(value) => Kind::Quantity(Value::Percent(-value)),
        Literal::Duration(value) => Kind::Quantity(Value::Duration(value.checked_neg()?)),
        Literal::Size(value) => Kind::Quantity(Value::Size(value.checked_neg()?)),
        Literal::None | Literal::Bool(_) | Literal::Text(_) => return None,
    })
}

/// `column 14`; in a text of several lines `line 2, column 3`.
pub(super) fn place(text: &str, at: u32) -> String {
    let (line, column) = SourceFile::new("input", text).line_column(at.min(text.len() as u32));
    match text.trim_end().contains('\n') {
        true => format!("line {line}, column {column}"),
        false => format!("column {column}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quell_and_json_read_alike() {
        let both = [
            ("{ labels: { namespace: \"shop\", n: 3 } }", r#"{"labels": {"namespace": "shop", "n": 3}}"#),
            ("[1, -2, 0.5, true, none]", "[1, -2, 0.5, true, null]"),
            ("\"a\"", "\"a\""),
        ];
        fn bare(typed: Typed) -> Typed {
            let kind = match typed.kind {
                Kind::List(elements) => Kind::List(elements.into_iter().map(bare).collect()),
                Kind::Map(entries) => {
                    Kind::Map(entries.into_iter().map(|(key, value)| (key, bare(value))).collect())
                }
                kind => kind,
            };
            Typed { kind, at: None }
        }
        for (quell, json) in both {
            assert_eq!(read(quell).map(bare), read(json), "{quell}");
        }
    }

    #[test]
    fn what_is_no_value_says_where() {
        for (text, wanted) in [
            ("1 + 2", "expected a value, found an expression that has to be computed, at column 1"),
            ("{ a: x => x }", "expected a value, found an expression that has to be computed, at column 6"),
            ("1\nlet other = 2", "expected one value"),
        ] {
            assert_eq!(read(text), Err(wanted.to_owned()), "{text}");
        }
        for text in ["", "{", "{ a }", "\"a", "x y", "{\"a\": }", &"[".repeat(100_000), &"-".repeat(100_000)]
        {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read("{\"a\": }").is_err_and(|why| why.contains("JSON")));
        assert!(read("[1, \"${x}\",]").is_err_and(|why| why.contains("at column 5")));
    }
}
