//! Functions of templates: Go's own (<https://pkg.go.dev/text/template#hdr-Functions>), those of Sprig
//! (<https://masterminds.github.io/sprig/>), and StackPulse's (`ieq`, `ine`, `secret`, `get`).

use super::{
    access::{Value, list_of},
    book::{Meaning, Plan},
    express::{Lower, bracketed},
    known::Kind,
    model::Template,
    names::{escaped, quoted},
    template::{self, Go},
};
use crate::findings::import::{import_left_out, import_never_true};

/// A call as an expression of Quell.
pub fn call(lower: &mut Lower<'_, '_>, name: &str, arguments: &[Go]) -> Value {
    match (name, arguments) {
        ("eq" | "ne" | "ieq" | "ine", [left, right]) => equal(lower, name, left, right),
        ("eq" | "ieq", [left, several @ ..]) if several.len() > 1 => {
            let each: Vec<String> =
                several.iter().map(|right| equal(lower, name, left, right).code).collect();
            Value::loose(format!("({})", each.join(" or ")), Kind::Bool)
        }
        ("gt" | "lt" | "ge" | "le", [left, right]) => {
            let sign = match name {
                "gt" => ">",
                "lt" => "<",
                "ge" => ">=",
                _ => "<=",
            };
            let (left, right) = (number(lower, left), number(lower, right));
            Value::loose(format!("{left} {sign} {right}"), Kind::Bool)
        }
        ("and" | "or", parts) if !parts.is_empty() => {
            let each: Vec<String> = parts
                .iter()
                .map(|part| {
                    let conjuncts = lower.condition(part);
                    if conjuncts.len() > 1 {
                        format!("({})", conjuncts.join(" and "))
                    } else {
                        conjuncts.join(" and ")
                    }
                })
                .collect();
            Value::loose(format!("({})", each.join(&format!(" {name} "))), Kind::Bool)
        }
        ("not", [part]) => match part {
            Go::Call(empty, inner) if empty == "empty" && inner.len() == 1 => {
                let value = lower.argument(&inner[0]);
                Value::loose(lower.truth(value), Kind::Bool)
            }
            part => {
                let inner = lower.condition(part).join(" and ");
                Value::loose(format!("not ({inner})"), Kind::Bool)
            }
        },
        ("empty", [part]) => {
            let value = lower.argument(part);
            let truth = lower.truth(value);
            Value::loose(format!("not ({truth})"), Kind::Bool)
        }
        ("get", [Go::Text(path)]) => match template::expression(path) {
            Ok(go) => lower.argument(&go),
            Err(broken) => unsaid(lower, name, broken.why()),
        },
        ("secret", [Go::Text(secret)]) => {
            Value::tight(format!("secret({})", quoted(&secret_name(secret))), Kind::Secret)
        }
        ("secret", [part]) => match lower.argument(part) {
            value if value.kind == Kind::Secret => value,
            _ => {
                let written = match part {
                    Go::Path(path) => path.members().last().unwrap_or("secret").to_owned(),
                    _ => "secret".to_owned(),
                };
                Value::tight(format!("secret({})", quoted(&secret_name(&written))), Kind::Secret)
            }
        },
        (
            "toJson" | "toPrettyJson" | "toRawJson" | "toString" | "quote" | "squote" | "fromJson" | "raw",
            [part],
        ) => lower.argument(part),
        ("len", [part]) => length(lower, part),
        ("first", [list]) => element(lower, list, "0"),
        ("index", [list, Go::Number(at)]) => element(lower, list, at),
        ("index", [map, Go::Text(key)]) => {
            let value = lower.argument(map);
            let part = template::Part::Member(key.clone());
            super::access::member(value, &[part]).unwrap_or_else(|| Value::tight("\"\"", Kind::Text))
        }
        ("rest", [list]) => shorter(lower, list, ".drop(1)"),
        ("slice", [list, Go::Number(from), Go::Number(to)]) => {
            let count = to.parse::<u32>().unwrap_or(0).saturating_sub(from.parse().unwrap_or(0));
            let drop = if from == "0" { String::new() } else { format!(".drop({from})") };
            shorter(lower, list, &format!("{drop}.take({count})"))
        }
        ("int" | "atoi" | "int64", [part]) => Value::tight(number(lower, part), Kind::Int),
        ("add" | "sub" | "mul", [left, right]) => {
            let sign = match name {
                "add" => "+",
                "sub" => "-",
                _ => "*",
            };
            let (left, right) = (number(lower, left), number(lower, right));
            Value::loose(format!("({left} {sign} {right})"), Kind::Int)
        }
        ("default", [other, value]) => default(lower, other, value),
        ("coalesce", [value, others @ ..]) if !others.is_empty() => {
            let rest = Go::Call(name.to_owned(), others.to_vec());
            default(lower, if others.len() == 1 { &others[0] } else { &rest }, value)
        }
        ("ternary", [yes, no, condition]) => {
            let condition = lower.condition(condition).join(" and ");
            let (yes, no) = (lower.argument(yes), lower.argument(no));
            let (yes, no) = (lower.as_text(yes), lower.as_text(no));
            Value::loose(format!("(if {condition} then {yes} else {no})"), Kind::Text)
        }
        ("printf", [Go::Text(format), values @ ..]) => match printed(lower, format, values) {
            Some(text) => Value::tight(text, Kind::Text),
            None => unsaid(lower, name, "Quell has no such format"),
        },
        ("print" | "println" | "cat", parts) if !parts.is_empty() => {
            let between = if name == "print" { "" } else { " " };
            let end = if name == "println" { "\n" } else { "" };
            let format = format!("{}{end}", vec!["%v"; parts.len()].join(between));
            let text = printed(lower, &format, parts).unwrap_or_else(|| "\"\"".to_owned());
            Value::tight(text, Kind::Text)
        }
        ("list", parts) if !parts.is_empty() => {
            let texts: Vec<String> = parts
                .iter()
                .map(|part| {
                    let value = lower.argument(part);
                    lower.as_text(value)
                })
                .collect();
            Value::tight(format!("[{}]", texts.join(", ")), Kind::Texts)
        }
        ("has", [part, list]) => {
            let part = lower.argument(part);
            let part = lower.as_text(part);
            let texts = texts(lower, list);
            Value::tight(format!("{texts}.contains({part})"), Kind::Bool)
        }
        ("uniq" | "sortAlpha" | "reverse", [list]) => {
            let method = match name {
                "uniq" => "distinct",
                "sortAlpha" => "sort",
                _ => "reverse",
            };
            let texts = texts(lower, list);
            Value::tight(format!("{texts}.{method}()"), Kind::Texts)
        }
        ("join", [Go::Text(between), list]) => {
            let texts = texts(lower, list);
            Value::tight(format!("{texts}.join({})", quoted(between)), Kind::Text)
        }
        _ => text_function(lower, name, arguments),
    }
}

/// A list, as texts.
fn texts(lower: &mut Lower<'_, '_>, list: &Go) -> String {
    let list = lower.argument(list);
    let (code, kind) = lower.elements(list);
    match kind {
        Kind::Text if code.starts_with('[') => code,
        Kind::Text => bracketed(code),
        _ => format!("{}.map(e => \"${{e}}\")", bracketed(code)),
    }
}

/// A format of Go, where it only puts values into a text.
fn printed(lower: &mut Lower<'_, '_>, format: &str, values: &[Go]) -> Option<String> {
    let mut text = String::new();
    let mut values = values.iter();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        text.push_str(&escaped(&rest[..at]));
        let verb = rest[at + 1..].chars().next()?;
        match verb {
            '%' => text.push('%'),
            's' | 'v' | 'd' | 'q' => {
                let value = lower.argument(values.next()?);
                let shown = lower.shown(value);
                text.push_str(&if verb == 'q' { format!("\\\"{shown}\\\"") } else { shown });
            }
            _ => return None,
        }
        rest = &rest[at + 1 + verb.len_utf8()..];
    }
    text.push_str(&escaped(rest));
    values.next().is_none().then(|| format!("\"{text}\""))
}

/// Functions of one text.
fn text_function(lower: &mut Lower<'_, '_>, name: &str, arguments: &[Go]) -> Value {
    let method = |code: &str| Some(code.to_owned());
    let (chain, subject) = match (name, arguments) {
        ("lower", [text]) => (method(".lower()"), text),
        ("upper", [text]) => (method(".upper()"), text),
        ("trim", [text]) => (method(".trim()"), text),
        ("nospace", [text]) => (method(".replace(\" \", \"\")"), text),
        ("trunc", [Go::Number(count), text]) if count.parse::<u32>().is_ok() => {
            (Some(format!(".take({count})")), text)
        }
        ("kebabcase", [text]) => {
            (method(".trim().lower().replace(\" \", \"-\").replace(\"_\", \"-\")"), text)
        }
        ("snakecase", [text]) => {
            (method(".trim().lower().replace(\" \", \"_\").replace(\"-\", \"_\")"), text)
        }
        ("replace", [Go::Text(old), Go::Text(new), text]) => {
            (Some(format!(".replace({}, {})", quoted(old), quoted(new))), text)
        }
        ("contains" | "hasPrefix" | "hasSuffix", [part, text]) => {
            let part = lower.argument(part);
            let part = lower.as_text(part);
            let method = match name {
                "contains" => "contains",
                "hasPrefix" => "starts_with",
                _ => "ends_with",
            };
            let text = grouped_text(lower, text);
            return Value::tight(format!("{text}.{method}({part})"), Kind::Bool);
        }
        ("splitList" | "split", [Go::Text(between), text]) => {
            let text = grouped_text(lower, text);
            return Value::tight(format!("{text}.split({})", quoted(between)), Kind::Texts);
        }
        (_, [.., last]) => {
            let why = format!("Quell has no function `{name}`");
            lower.findings.push(import_left_out::template(lower.span, &why));
            return lower.argument(last);
        }
        _ => return unsaid(lower, name, &format!("Quell has no function `{name}`")),
    };
    let text = grouped_text(lower, subject);
    Value::tight(format!("{text}{}", chain.unwrap_or_default()), Kind::Text)
}

fn unsaid(lower: &mut Lower<'_, '_>, name: &str, why: &str) -> Value {
    lower.findings.push(import_left_out::template(lower.span, why));
    Value::tight(quoted(&format!("{{{{ {name} }}}}")), Kind::Text)
}

/// The name of a secret, in capitals.
pub fn secret_name(name: &str) -> String {
    super::names::snake(name).to_uppercase()
}

/// A text before a `.`.
pub fn grouped_text(lower: &mut Lower<'_, '_>, go: &Go) -> String {
    let value = lower.argument(go);
    let code = lower.as_text(value);
    if code.contains(" ?? ") && !code.starts_with('(') && !code.starts_with('"') {
        format!("({code})")
    } else {
        code
    }
}

fn element(lower: &mut Lower<'_, '_>, list: &Go, at: &str) -> Value {
    let value = lower.argument(list);
    let part = template::Part::Element(at.parse().unwrap_or(0));
    super::access::member(value, &[part]).unwrap_or_else(|| Value::tight("\"\"", Kind::Text))
}

fn shorter(lower: &mut Lower<'_, '_>, list: &Go, chain: &str) -> Value {
    let value = lower.argument(list);
    let kind = match value.kind {
        Kind::Json => Kind::Jsons,
        kind => kind,
    };
    let (code, _) = lower.elements(value);
    Value::tight(format!("{}{chain}", bracketed(code)), kind)
}

fn length(lower: &mut Lower<'_, '_>, part: &Go) -> Value {
    let value = lower.argument(part);
    let code = match value.kind {
        Kind::Text => {
            let text = lower.as_text(value);
            format!("{text}.length()")
        }
        Kind::Json => format!("(({} as List<Json>?) ?? []).length()", value.grouped()),
        _ => format!("{}.length()", bracketed(list_of(&value))),
    };
    Value::tight(code, Kind::Int)
}

fn number(lower: &mut Lower<'_, '_>, part: &Go) -> String {
    let value = lower.argument(part);
    match value.kind {
        Kind::Int => value.code,
        Kind::Json => format!("(({} as Int?) ?? 0)", value.grouped()),
        _ => {
            let text = lower.as_text(value);
            format!("{text}.to_int()")
        }
    }
}

fn default(lower: &mut Lower<'_, '_>, other: &Go, value: &Go) -> Value {
    let other = lower.argument(other);
    let other = lower.as_text(other);
    let value = lower.argument(value);
    match value.kind {
        Kind::Json => Value::loose(format!("(({} as Text?) ?? {other})", value.grouped()), Kind::Text),
        Kind::Text if value.optional => Value::loose(format!("({} ?? {other})", value.code), Kind::Text),
        _ => {
            let text = lower.as_text(value);
            Value::loose(format!("(if {text} != \"\" then {text} else {other})"), Kind::Text)
        }
    }
}

/// Comparisons. `ieq` and `ine` pass over capitals.
fn equal(lower: &mut Lower<'_, '_>, name: &str, left: &Go, right: &Go) -> Value {
    let (left, right) =
        if matches!(left, Go::Text(_) | Go::Number(_) | Go::Bool(_)) { (right, left) } else { (left, right) };
    let sign = if name.ends_with("ne") { "!=" } else { "==" };
    let folded = name.starts_with('i');
    let value = lower.argument(left);
    if let Go::Text(text) = right {
        if let Some(option) = answer(lower, left, text, folded) {
            return Value::loose(format!("{} {sign} {}", value.code, quoted(&option)), Kind::Bool);
        }
        let code = match (value.kind, folded) {
            (Kind::Bool, _) => {
                return Value::loose(format!("{} {sign} {}", value.code, text == "true"), Kind::Bool);
            }
            (Kind::Json, false) => format!("({} as Text?)", value.grouped()),
            (Kind::Json, true) => format!("(({} as Text?) ?? \"\").lower()", value.grouped()),
            (Kind::Text, false) => value.code,
            (_, false) => lower.as_text(value),
            (_, true) => {
                let text = lower.as_text(value);
                format!("{text}.lower()")
            }
        };
        let text = if folded { text.to_lowercase() } else { text.clone() };
        return Value::loose(format!("{code} {sign} {}", quoted(&text)), Kind::Bool);
    }
    match right {
        Go::Number(wanted) if wanted.parse::<i64>().is_ok() && value.kind != Kind::Text => {
            let code = match value.kind {
                Kind::Json => format!("({} as Int?)", value.grouped()),
                _ => value.code,
            };
            Value::loose(format!("{code} {sign} {wanted}"), Kind::Bool)
        }
        Go::Bool(wanted) => {
            let truth = lower.truth(value);
            let yes = (sign == "==") == *wanted;
            Value::loose(if yes { truth } else { format!("not ({truth})") }, Kind::Bool)
        }
        right => {
            let right = lower.argument(right);
            let (left, right) = (lower.as_text(value), lower.as_text(right));
            let fold = if folded { ".lower()" } else { "" };
            Value::loose(format!("{left}{fold} {sign} {right}{fold}"), Kind::Bool)
        }
    }
}

/// The option that is meant, where a question's answer is compared with a text.
fn answer(lower: &mut Lower<'_, '_>, left: &Go, text: &str, folded: bool) -> Option<String> {
    let Go::Path(path) = left else { return None };
    let Meaning::Step(step, _) = lower.book.meaning(path, lower.at) else { return None };
    if lower.book.plans[step] != Plan::Ask {
        return None;
    }
    let responses = lower.book.playbook.steps[step].setting("RESPONSES").and_then(Template::literal)?;
    let options: Vec<&str> = responses.split(',').map(str::trim).collect();
    let fits = |option: &&&str| if folded { option.eq_ignore_ascii_case(text) } else { **option == text };
    match options.iter().find(fits) {
        Some(option) => Some((*option).to_owned()),
        None => {
            if !text.is_empty() {
                lower.findings.push(import_never_true::no_such_answer(lower.span, text, &options));
            }
            Some(text.to_owned())
        }
    }
}
