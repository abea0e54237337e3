//! Steps that only lay out or rewrite what is there already: they become expressions where they are used.

use super::{
    access::{Value, is_word},
    book::{Book, Meaning, Plan},
    express::{Lower, bracketed},
    guess::short,
    known::{Kind, OWN_SETTINGS},
    model::{Step, Template},
    names::quoted,
    template::{Go, Node, Part, Path},
};
use crate::{findings::import::import_left_out, yaml};

/// What such a step makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pure {
    /// Rows and columns.
    Table,
    /// A text with another word in place of one.
    Replaced,
}

/// A column: its key, and the words above it.
type Column = (String, String);

const OUTPUTS: &[&str] = &["tabulate_output", "output"];

impl Pure {
    /// What a step makes, if that can be said as an expression.
    pub fn of(book: &Book<'_>, at: usize) -> Option<Self> {
        let step = &book.playbook.steps[at];
        let plain = step.args.is_empty()
            && step.timeout.is_none()
            && step.retry.is_none()
            && step.runner.is_none()
            && step.integration.is_none();
        let only = |known: &[&str]| {
            let mut keys = step.env.iter().map(|(key, _)| key.text.as_str());
            keys.all(|key| known.contains(&key) || OWN_SETTINGS.contains(&key))
        };
        let made = match short(&step.image.text) {
            "parsers/tabulate" | "utils/tabulate"
                if only(&["INPUT", "HEADERS", "INCLUDE_FILTER", "COLUMN_WIDTH"]) && has_columns(book, at) =>
            {
                Self::Table
            }
            "utils/replace-string"
                if only(&["ORIGINAL_BASE64_STRING", "SUB_STR_SRC", "SUB_STR_DEST", "REGEX"])
                    && step.setting("SUB_STR_SRC").is_some()
                    && step.setting("REGEX").is_none_or(|regex| {
                        regex.literal().is_some_and(|text| text.eq_ignore_ascii_case("false"))
                    })
                    && original(step).is_some() =>
            {
                Self::Replaced
            }
            _ => return None,
        };
        let used = book.used.get(&at)?;
        let known = |rest: &Vec<Part>| matches!(rest.as_slice(), [Part::Member(name)] if OUTPUTS.contains(&name.as_str()));
        (plain && used.iter().all(known) && is_there_for_all(book, at)).then_some(made)
    }

    /// The expression, for a template of another step.
    pub fn value(self, lower: &mut Lower<'_, '_>, at: usize) -> Value {
        let (own, span) = (lower.at, lower.span);
        let dots = std::mem::take(&mut lower.dots);
        lower.at = at;
        let step = &lower.book.playbook.steps[at];
        let code = match self {
            Self::Table => table(lower, step),
            Self::Replaced => replaced(lower, step),
        };
        (lower.at, lower.span, lower.dots) = (own, span, dots);
        Value::tight(code, Kind::Text)
    }
}

/// Whether all that use a step run only if it does.
fn is_there_for_all(book: &Book<'_>, at: usize) -> bool {
    let step = &book.playbook.steps[at];
    let texts = |step: &Step| step.guards.iter().map(|guard| guard.text.clone()).collect::<Vec<_>>();
    let own = texts(step);
    let mut users = (0..book.steps.len()).filter(|user| book.names_steps[*user].contains(&at));
    users.all(|user| {
        let user = &book.playbook.steps[user];
        user.in_loop == step.in_loop && own.iter().all(|guard| texts(user).contains(guard))
    })
}

fn replaced(lower: &mut Lower<'_, '_>, step: &Step) -> String {
    let mut text = |key: &str| step.setting(key).map_or_else(|| "\"\"".to_owned(), |part| lower.text(part));
    let (old, new) = (text("SUB_STR_SRC"), text("SUB_STR_DEST"));
    let whole =
        original(step).map_or_else(|| "\"\"".to_owned(), |go| super::functions::grouped_text(lower, go));
    format!("{whole}.replace({old}, {new})")
}

/// What is rewritten. It is handed over in base 64, which Quell doesn't need.
fn original(step: &Step) -> Option<&Go> {
    match step.setting("ORIGINAL_BASE64_STRING")?.value()? {
        Go::Call(name, inner) if name == "b64enc" => inner.first(),
        _ => None,
    }
}

/// The columns that a table shows; none are all.
pub fn columns(step: &Step) -> Option<Vec<Column>> {
    let parsed = |key: &str| {
        let text = step.setting(key).and_then(Template::literal)?;
        yaml::parse(text).documents.into_iter().next()
    };
    let headers: Vec<Column> = parsed("HEADERS").map_or_else(Vec::new, |node| match node.text() {
        Some(names) if names.contains(',') => {
            names.split(',').map(|name| (name.trim().to_owned(), name.trim().to_owned())).collect()
        }
        _ => {
            let pairs = node.entries().iter().filter_map(|(key, value)| Some((key.text()?, value.text()?)));
            pairs.map(|(key, title)| (key.to_owned(), title.to_owned())).collect()
        }
    });
    let title = |key: &str| {
        headers
            .iter()
            .find(|(known, _)| known == key)
            .map_or_else(|| key.to_owned(), |(_, title)| title.clone())
    };
    let filter: Vec<Column> = parsed("INCLUDE_FILTER").map_or_else(Vec::new, |node| {
        node.elements().iter().filter_map(|key| key.text().map(|key| (key.to_owned(), title(key)))).collect()
    });
    [filter, headers].into_iter().find(|columns| !columns.is_empty())
}

/// Whether the columns of a table are known: they are written down, or the rows are of the library.
fn has_columns(book: &Book<'_>, at: usize) -> bool {
    let step = &book.playbook.steps[at];
    let Some(ways) = step.setting("INPUT").and_then(ways) else { return false };
    let of_library = ways.iter().all(|way| match book.meaning(way, at) {
        Meaning::Step(source, rest) => match book.plans[source] {
            Plan::Known(known) => {
                let value = super::access::known_member(known, Value::tight("x", known.result), rest);
                value.is_some_and(|value| matches!(value.kind, Kind::List(_) | Kind::Text))
            }
            _ => false,
        },
        _ => false,
    });
    of_library || columns(step).is_some()
}

/// Whose rows a table shows.
pub fn ways(template: &Template) -> Option<Vec<&Path>> {
    match (template.value(), template.nodes.as_slice()) {
        (Some(go), _) => super::book::path_in(go).map(|way| vec![way]),
        (None, [Node::If(arms, otherwise)]) => {
            let branches = arms.iter().map(|(_, then)| then).chain([otherwise]);
            branches.map(|nodes| single(nodes).and_then(super::book::path_in)).collect()
        }
        _ => None,
    }
}

fn single(nodes: &[Node]) -> Option<&Go> {
    match nodes {
        [Node::Value(go)] => Some(go),
        _ => None,
    }
}

/// The rows: a value, or one of several.
fn rows(lower: &mut Lower<'_, '_>, template: &Template) -> Value {
    let [Node::If(arms, otherwise)] = template.nodes.as_slice() else { return lower.value(template) };
    lower.span = template.span;
    let (mut code, mut kind) = (String::new(), Kind::Text);
    for (condition, then) in arms {
        let condition = lower.condition(condition).join(" and ");
        let then = single(then).map_or_else(|| Value::tight("\"\"", Kind::Text), |go| lower.argument(go));
        kind = then.kind;
        code.push_str(&format!("if {condition} then {} else ", list(lower, then)));
    }
    let otherwise =
        single(otherwise).map_or_else(|| Value::tight("\"\"", Kind::Text), |go| lower.argument(go));
    code.push_str(&list(lower, otherwise));
    let kind = if kind == Kind::Json { Kind::Jsons } else { kind };
    Value::loose(code, kind)
}

fn list(lower: &mut Lower<'_, '_>, value: Value) -> String {
    match value.kind {
        Kind::Text => lower.as_text(value),
        _ => lower.elements(value).0,
    }
}

fn table(lower: &mut Lower<'_, '_>, step: &Step) -> String {
    let Some(input) = step.setting("INPUT") else { return "\"\"".to_owned() };
    let columns = columns(step);
    let rows = rows(lower, input);
    match rows.kind {
        Kind::List(shape) => {
            let rows = list(lower, rows);
            let Some(columns) = columns else { return format!("table({rows})") };
            let mut shown = Vec::new();
            for (key, _) in &columns {
                match shape.fields.iter().find(|(there, _, _)| there == key) {
                    Some((_, here, _)) => shown.push(quoted(here)),
                    None => lower.findings.push(import_left_out::at(
                        lower.span,
                        &format!("the column `{key}`"),
                        "the result of the library's action has no such field",
                    )),
                }
            }
            format!("table({rows}, columns: [{}])", shown.join(", "))
        }
        Kind::Json | Kind::Jsons => {
            let columns = columns.unwrap_or_default();
            let titles: Vec<String> = columns.iter().map(|(_, title)| quoted(title)).collect();
            let cells = columns.iter().map(|(key, _)| match is_word(key) {
                true => format!("\"${{row.{key}}}\""),
                false => format!("\"${{row[{}]}}\"", quoted(key)),
            });
            let cells: Vec<String> = cells.collect();
            let rows = bracketed(list(lower, rows));
            format!("markdown([{}], rows: {rows}.map(row => [{}]))", titles.join(", "), cells.join(", "))
        }
        _ => lower.as_text(rows),
    }
}
