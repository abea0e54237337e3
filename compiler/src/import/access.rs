//! Members of values: from what StackPulse called them to Quell.

use super::{
    known::{Kind, Known, Shape},
    names::quoted,
    template::Part,
};

/// An expression with its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The expression. It binds at least as tight as a call, if `tight`.
    pub code: String,
    /// Its type.
    pub kind: Kind,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it needs no brackets before a `.` or an operator.
    pub tight: bool,
}

impl Value {
    /// A name, a call, a literal.
    pub fn tight(code: impl Into<String>, kind: Kind) -> Self {
        Self { code: code.into(), kind, optional: false, tight: true }
    }

    /// Anything with operators.
    pub fn loose(code: impl Into<String>, kind: Kind) -> Self {
        Self { tight: false, ..Self::tight(code, kind) }
    }

    /// The code, in brackets if it needs some.
    pub fn grouped(&self) -> String {
        if self.tight { self.code.clone() } else { format!("({})", self.code) }
    }
}

/// Whether what an action gives has the member. A record is not the document that the original showed.
pub fn gives(known: &Known, rest: &[Part]) -> bool {
    let whole_record = matches!(known.result, Kind::Record(_)) && rest.is_empty();
    !whole_record && known_member(known, Value::tight("x", known.result), rest).is_some()
}

/// The member of what an action gave.
pub fn known_member(known: &Known, value: Value, rest: &[Part]) -> Option<Value> {
    let below = known.outputs.iter().find_map(|output| below(output, rest));
    member(value, below.unwrap_or(rest))
}

/// What is left of a way below an output: of `info.Clients.blocked` below `info.Clients`.
fn below<'r>(output: &str, rest: &'r [Part]) -> Option<&'r [Part]> {
    let mut rest = rest;
    for name in output.split('.') {
        let (name, is_first) = name.strip_suffix("[0]").map_or((name, false), |name| (name, true));
        rest = match rest {
            [Part::Member(member), Part::Element(0), rest @ ..] if is_first && member == name => rest,
            [Part::Member(member), rest @ ..] if !is_first && member == name => rest,
            _ => return None,
        };
    }
    Some(rest)
}

/// A member of a value, if its type has it.
pub fn member(value: Value, rest: &[Part]) -> Option<Value> {
    let Some((first, rest)) = rest.split_first() else { return Some(value) };
    match (value.kind, first) {
        (Kind::Json | Kind::Jsons, _) => json(value, first, rest),
        (Kind::Record(shape), Part::Member(name)) => match (field(&value, shape, name), rest) {
            (Some(value), rest) => member(value, rest),
            (None, [Part::Member(inner), rest @ ..]) => {
                member(field(&value, shape, &format!("{name}.{inner}"))?, rest)
            }
            (None, _) => None,
        },
        (Kind::List(shape), Part::All) if rest.is_empty() => Some(Value { kind: Kind::List(shape), ..value }),
        (Kind::List(shape), Part::All) => {
            let inner = member(Value::tight("e", Kind::Record(shape)), rest)?;
            let list = if value.optional { format!("({} ?? [])", value.code) } else { value.grouped() };
            let texts = matches!(inner.kind, Kind::Text).then_some(Kind::Texts)?;
            Some(Value::tight(format!("{list}.map(e => {})", inner.code), texts))
        }
        (Kind::List(shape), Part::Element(at)) => {
            let list = if value.optional { format!("({} ?? [])", value.code) } else { value.grouped() };
            member(Value::tight(format!("{list}[{at}]"), Kind::Record(shape)), rest)
        }
        (Kind::Texts, Part::Element(at)) => {
            let list = if value.optional { format!("({} ?? [])", value.code) } else { value.grouped() };
            member(Value::tight(format!("{list}[{at}]"), Kind::Text), rest)
        }
        (Kind::Texts, Part::All) => member(value, rest),
        _ => None,
    }
}

fn field(value: &Value, shape: &Shape, name: &str) -> Option<Value> {
    let (_, here, kind) = shape.fields.iter().find(|(there, _, _)| *there == name)?;
    let dot = if value.optional { "?." } else { "." };
    let code = format!("{}{dot}{here}", value.grouped());
    Some(Value { code, kind: *kind, optional: value.optional, tight: true })
}

/// Members of a document are documents, whatever they are called.
fn json(value: Value, first: &Part, rest: &[Part]) -> Option<Value> {
    let next = match first {
        Part::Member(name) if is_word(name) => {
            let dot = if value.optional { "?." } else { "." };
            Value { code: format!("{}{dot}{name}", value.grouped()), tight: true, ..value }
        }
        Part::Member(name) => {
            let whole = present(&value);
            Value::tight(format!("{whole}[{}]", quoted(name)), Kind::Json)
        }
        Part::Element(at) if value.kind == Kind::Jsons => {
            Value::tight(format!("{}[{at}]", value.grouped()), Kind::Json)
        }
        Part::Element(at) => Value::tight(format!("{}[{at}]", present(&value)), Kind::Json),
        Part::All => {
            let list = list_of(&value);
            if rest.is_empty() {
                return Some(Value::loose(list, Kind::Jsons));
            }
            let inner = member(Value::tight("e", Kind::Json), rest)?;
            return Some(Value::tight(format!("({list}).map(e => {})", inner.code), Kind::Jsons));
        }
    };
    member(next, rest)
}

/// A document that is empty where it is missing.
fn present(value: &Value) -> String {
    if value.optional { format!("({} ?? {{}})", value.code) } else { value.grouped() }
}

/// A document as a list.
pub fn list_of(value: &Value) -> String {
    match (value.kind, value.optional) {
        (Kind::Json, false) => format!("{} as List<Json>", value.grouped()),
        (Kind::Json, true) => format!("({} as List<Json>?) ?? []", value.grouped()),
        (_, true) => format!("{} ?? []", value.grouped()),
        (_, false) => value.code.clone(),
    }
}

/// Whether Quell can write it behind a dot.
pub fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
