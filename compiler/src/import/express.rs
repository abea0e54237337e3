//! From templates to expressions of Quell.

use std::collections::BTreeMap;

use super::{
    access::{Value, known_member, list_of, member},
    book::{Book, Meaning, Plan},
    known::Kind,
    model::{Output, Template},
    names::{escaped, quoted},
    template::{Go, Node, Part, Path},
};
use crate::{
    diagnostic::Diagnostic,
    findings::import::{
        import_left_out, import_undeclared_parameter, import_unknown_reference, import_unreadable,
    },
    source::Span,
};

/// What stands for a value that can't be found.
const UNKNOWN: &str = "\"\"";

/// The longest expression that is written, in bytes.
const MOST: usize = 20_000;

/// Where the names of a template are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Within the loop around the step, if there is one.
    Within,
    /// Outside of it.
    Outside,
}

/// Writes the templates of one step.
pub struct Lower<'b, 'p> {
    /// What is known.
    pub book: &'b Book<'p>,
    /// The step.
    pub at: usize,
    /// Its conditions, as far as they are written.
    pub guards: Vec<String>,
    /// Those of all steps above.
    pub written: &'b [Vec<String>],
    /// How parameters with computed defaults are written.
    pub inputs: &'b BTreeMap<String, Value>,
    /// The step whose latest value is `it`.
    pub it: Option<usize>,
    /// The loop whose task this is written for, and what it needs from outside: names and types.
    pub task: Option<(usize, BTreeMap<String, String>)>,
    /// What `.` is, from the outside in.
    pub dots: Vec<Value>,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
    /// The expressions that templates became, and where each comes from.
    pub values: Vec<(String, Span)>,
    /// The template that is being written.
    pub span: Span,
    /// Where names are looked up: the list of a loop stands outside of it.
    pub scope: Scope,
    /// Whether it is a guard: there a step with guards of its own may be missing, whatever stands beside it.
    pub in_guard: bool,
}

impl Lower<'_, '_> {
    /// A template as a text.
    pub fn text(&mut self, template: &Template) -> String {
        self.span = template.span;
        let code = match template.value() {
            Some(go) => {
                let value = self.go(go);
                self.as_text(value)
            }
            None => self.nodes(&template.nodes),
        };
        self.values.push((code.clone(), template.span));
        code
    }

    /// A template as a value.
    pub fn value(&mut self, template: &Template) -> Value {
        self.span = template.span;
        let value = match template.value() {
            Some(go) => self.go(go),
            None => Value::tight(self.nodes(&template.nodes), Kind::Text),
        };
        self.values.push((value.code.clone(), template.span));
        value
    }

    /// Pieces as one text, in quotes.
    pub(super) fn nodes(&mut self, nodes: &[Node]) -> String {
        let mut text = String::new();
        for node in nodes {
            match node {
                Node::Text(plain) => text.push_str(&escaped(plain)),
                Node::Value(go) => {
                    let value = self.go(go);
                    let shown = self.shown(value);
                    text.push_str(&shown);
                }
                Node::If(arms, otherwise) => {
                    let mut code = String::new();
                    for (condition, then) in arms {
                        let condition = self.condition(condition).join(" and ");
                        let then = self.nodes(then);
                        code.push_str(&format!("if {condition} then {then} else "));
                    }
                    code.push_str(&self.nodes(otherwise));
                    text.push_str(&format!("${{{code}}}"));
                }
                Node::With(value, body, otherwise) => {
                    let value = self.go(value);
                    let condition = self.truth(value.clone());
                    self.dots.push(value);
                    let body = self.nodes(body);
                    self.dots.pop();
                    let otherwise = self.nodes(otherwise);
                    text.push_str(&format!("${{if {condition} then {body} else {otherwise}}}"));
                }
                Node::Range(list, body, otherwise) => {
                    let list = self.go(list);
                    let (code, element) = self.elements(list);
                    let element_name = ["e", "f", "g", "h"][self.dots.len().min(3)];
                    let is_known = code.split('.').next() != Some(UNKNOWN);
                    let element = Value::tight(if is_known { element_name } else { UNKNOWN }, element);
                    self.dots.push(element);
                    let body = self.nodes(body);
                    self.dots.pop();
                    let code = bracketed(code);
                    let all = format!("{code}.map({element_name} => {body}).join(\"\")");
                    if otherwise.is_empty() {
                        text.push_str(&format!("${{{all}}}"));
                    } else {
                        let otherwise = self.nodes(otherwise);
                        text.push_str(&format!("${{if {code}.is_empty() then {otherwise} else {all}}}"));
                    }
                }
            }
        }
        self.bounded(Value::tight(format!("\"{text}\""), Kind::Text)).code
    }

    /// Conversions say some values twice, so nested ones may double at each level: what gets longer than
    /// anything that people read is left out.
    fn bounded(&mut self, value: Value) -> Value {
        if value.code.len() <= MOST {
            return value;
        }
        self.findings.push(import_unreadable::no_expression(self.span));
        Value::tight(UNKNOWN, Kind::Text)
    }

    /// A list, and the type of its elements.
    pub fn elements(&mut self, list: Value) -> (String, Kind) {
        match list.kind {
            Kind::List(shape) if list.optional => (format!("{} ?? []", list.code), Kind::Record(shape)),
            Kind::List(shape) => (list.code, Kind::Record(shape)),
            Kind::Texts => (list.code, Kind::Text),
            Kind::Json | Kind::Jsons => (list_of(&list), Kind::Json),
            _ => {
                let text = self.as_text(list);
                (format!("{text}.split(\",\")"), Kind::Text)
            }
        }
    }

    pub(super) fn go(&mut self, go: &Go) -> Value {
        let value = self.unbounded(go);
        self.bounded(value)
    }

    fn unbounded(&mut self, go: &Go) -> Value {
        match go {
            Go::Path(path) => self.path(path),
            Go::Text(text) => Value::tight(quoted(text), Kind::Text),
            Go::Number(number) if number.parse::<i64>().is_ok() && !number.starts_with('-') => {
                Value::tight(number.clone(), Kind::Int)
            }
            Go::Number(number) => Value::tight(quoted(number), Kind::Text),
            Go::Bool(value) => Value::tight(value.to_string(), Kind::Bool),
            Go::Nil => Value::tight("\"\"", Kind::Text),
            Go::Call(name, arguments) => super::functions::call(self, name, arguments),
        }
    }

    /// An expression as a value; for functions.
    pub fn argument(&mut self, go: &Go) -> Value {
        self.go(go)
    }

    fn path(&mut self, path: &Path) -> Value {
        if let (false, Some(dot)) = (path.from_top, self.dots.last()) {
            let dot = dot.clone();
            if dot.code == UNKNOWN && !path.steps.is_empty() {
                // What isn't there has no members, which is said already.
                return dot;
            }
            let what = path.members().next().unwrap_or(&dot.code).to_owned();
            return member(dot, &path.steps).unwrap_or_else(|| self.unknown(&what));
        }
        let book = self.book;
        let meaning = match self.scope {
            Scope::Within => book.meaning(path, self.at),
            Scope::Outside => book.outside(path, self.at),
        };
        match meaning {
            Meaning::Parameter(name) => self.parameter(name),
            Meaning::Event(rest) => {
                self.capture("event", "Json".to_owned());
                let value = Value::tight("event", Kind::Json);
                member(value, rest).unwrap_or_else(|| Value::tight("\"\"", Kind::Text))
            }
            Meaning::Run(name) => self.run(name),
            Meaning::Step(step, rest) => self.step(step, rest),
            Meaning::Value(looped, rest) => {
                let entry = &book.playbook.loops[looped];
                let value =
                    Value::tight(element_name(entry), self.element_kind(looped).unwrap_or(Kind::Json));
                member(value, rest).unwrap_or_else(|| Value::tight("\"\"", Kind::Text))
            }
            Meaning::Key(looped) if book.is_mapping(looped) => Value::tight("key", Kind::Text),
            Meaning::Key(_) => {
                self.findings.push(import_left_out::at(
                    self.span,
                    "the index of the loop",
                    "elements of a loop have no index in Quell",
                ));
                Value::tight("\"\"", Kind::Text)
            }
            Meaning::Later(step) => {
                let there = book.playbook.steps[step].span;
                let name = path.members().next().unwrap_or_default();
                self.findings.push(import_unknown_reference::later(self.span, there, name));
                Value::tight("\"\"", Kind::Text)
            }
            Meaning::Unknown(name) => self.unknown(&name),
        }
    }

    /// What the elements of a loop are, where that is no document.
    pub fn element_kind(&self, looped: usize) -> Option<Kind> {
        let entry = &self.book.playbook.loops[looped];
        match &entry.over {
            super::model::Over::Literals(_) => Some(Kind::Text),
            super::model::Over::Range(..) => Some(Kind::Int),
            super::model::Over::Value(template) => {
                let path = super::book::path_of(template)?;
                let Meaning::Step(step, rest) = self.book.outside(path, self.at) else { return None };
                let (Plan::Known(known) | Plan::Look(known)) = self.book.plans[step] else { return None };
                match known_member(known, Value::tight("x", known.result), rest)?.kind {
                    Kind::List(shape) => Some(Kind::Record(shape)),
                    Kind::Texts => Some(Kind::Text),
                    _ => None,
                }
            }
        }
    }

    fn unknown(&mut self, name: &str) -> Value {
        let known: Vec<&str> = self
            .book
            .playbook
            .steps
            .iter()
            .take(self.at)
            .filter_map(|step| step.id.as_ref().map(|id| id.text.as_str()))
            .collect();
        self.findings.push(import_unknown_reference::unknown(self.span, name, &known));
        Value::tight(UNKNOWN, Kind::Text)
    }

    /// A parameter by its name in the original.
    pub fn parameter(&mut self, name: &str) -> Value {
        if self.book.parameter(name).is_none() {
            let declared: Vec<&str> =
                self.book.playbook.parameters.iter().map(|parameter| parameter.name.text.as_str()).collect();
            self.findings.push(import_undeclared_parameter::at(self.span, name, &declared));
        }
        let Some(value) = self.inputs.get(name).cloned() else { return Value::tight("\"\"", Kind::Text) };
        if let Some(input) = self.book.inputs.get(name)
            && value.kind != Kind::Secret
        {
            let optional = if value.code.contains("??") { "?" } else { "" };
            self.capture(&input.name.clone(), format!("{}{optional}", super::write::type_name(value.kind)));
            if value.code.contains("event") {
                self.capture("event", "Json".to_owned());
            }
        }
        value
    }

    fn run(&mut self, name: &str) -> Value {
        match name {
            "executionUrl" | "url" | "playbookUrl" => Value::tight("run.url", Kind::Text),
            "executionId" | "id" | "executionID" => Value::tight("run.id", Kind::Text),
            "userEmail" | "user" | "executor" => Value::tight("run.starter.email", Kind::Text),
            "playbookId" | "playbookName" | "name" => {
                let name = self.book.playbook.name.as_ref().map_or("playbook", |name| &name.text);
                Value::tight(quoted(name), Kind::Text)
            }
            other => {
                let what = format!("`metadata.{other}`");
                self.findings.push(import_left_out::at(self.span, &what, "a run in Quell has no such value"));
                Value::tight("\"\"", Kind::Text)
            }
        }
    }

    fn step(&mut self, step: usize, rest: &[Part]) -> Value {
        let book = self.book;
        let original = &book.playbook.steps[step];
        let own_loop = self.task.as_ref().map(|(looped, _)| *looped);
        let outside = own_loop != original.in_loop || own_loop.is_none();
        let mut name = book.steps[step].clone();
        let mut optional = original.ignore_failure
            || self.written.get(step).is_some_and(|guards| {
                guards.iter().any(|guard| self.in_guard || !self.guards.contains(guard))
            });
        if self.it == Some(step) {
            (name, optional) = ("it".to_owned(), false);
        }
        if let Plan::Pure(pure) = book.plans[step] {
            return pure.value(self, step);
        }
        if let Some(looped) = original.in_loop.filter(|_| outside && self.it != Some(step)) {
            let entry = &book.playbook.loops[looped];
            if entry.until.is_none() {
                let what = format!("the result of `{name}` in its loop");
                self.findings.push(import_left_out::at(
                    self.span,
                    &what,
                    "outside the loop there is one for each element",
                ));
                return Value::tight("\"\"", Kind::Text);
            }
        }
        let (kind, ty) = match book.plans[step] {
            Plan::Ask if is_many(original) => (Kind::Texts, "List<Text>".to_owned()),
            Plan::Ask => (Kind::Text, "Text".to_owned()),
            Plan::Known(known) | Plan::Look(known) => (known.result, super::write::type_name(known.result)),
            Plan::Message => (Kind::Text, "slack.Message".to_owned()),
            Plan::Container | Plan::Pure(_) => (Kind::Json, "Json".to_owned()),
        };
        if self.task.is_some() && outside {
            self.capture(&name, format!("{ty}{}", if optional { "?" } else { "" }));
        }
        let value = Value { code: name.clone(), kind, optional, tight: true };
        let found = match book.plans[step] {
            Plan::Ask => answer(value, rest),
            Plan::Known(known) | Plan::Look(known) => known_member(known, value, rest),
            Plan::Message => None,
            Plan::Container if original.output == Output::Text => match rest {
                [] => member(value, &[Part::Member("output".to_owned())]),
                rest => member(value, rest),
            },
            Plan::Container | Plan::Pure(_) => member(value, rest),
        };
        found.unwrap_or_else(|| {
            let what = format!("a member of `{name}`");
            self.findings.push(import_left_out::at(
                self.span,
                &what,
                "the library's action returns no such value",
            ));
            Value::tight("\"\"", Kind::Text)
        })
    }

    fn capture(&mut self, name: &str, ty: String) {
        if let Some((_, captures)) = &mut self.task {
            captures.insert(name.to_owned(), ty);
        }
    }

    /// A value between other text.
    pub fn shown(&mut self, value: Value) -> String {
        let direct = matches!(
            value.kind,
            Kind::Json | Kind::Int | Kind::Bool | Kind::Jsons | Kind::Texts | Kind::List(_)
        );
        if value.kind == Kind::Text
            && !value.optional
            && value.code.starts_with('"')
            && value.code.ends_with('"')
        {
            return value.code[1..value.code.len() - 1].to_owned();
        }
        if direct && (!value.optional || value.kind == Kind::Json) {
            return format!("${{{}}}", value.code);
        }
        let text = self.as_text(value);
        // Interpolation brackets by itself what `as_text` brackets for operators.
        let bare = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(" ?? \"\")"));
        match bare {
            Some(bare) => format!("${{{bare} ?? \"\"}}"),
            None => format!("${{{text}}}"),
        }
    }

    /// A value as a text.
    pub fn as_text(&mut self, value: Value) -> String {
        let missing =
            |code: String, optional: bool| if optional { format!("({code} ?? \"\")") } else { code };
        match value.kind {
            Kind::Text => missing(value.code, value.optional),
            Kind::Person => format!("{}.email", value.grouped()),
            Kind::Channel | Kind::Service => format!("{}.name", value.grouped()),
            Kind::Record(shape) => {
                let dot = if value.optional { "?." } else { "." };
                missing(format!("{}{dot}{}", value.grouped(), shape.title), value.optional)
            }
            Kind::Secret => {
                self.findings.push(import_left_out::at(
                    self.span,
                    "a secret within a text",
                    "pass the secret as a separate argument",
                ));
                "\"\"".to_owned()
            }
            Kind::List(_) | Kind::Jsons | Kind::Texts if value.optional => {
                format!("\"${{{} ?? []}}\"", value.code)
            }
            Kind::Int | Kind::Bool if value.optional => format!("\"${{{}}}\"", value.code),
            _ => format!("\"${{{}}}\"", value.code),
        }
    }
}

/// A list before a `.`: in brackets if it is more than a name or a call.
pub fn bracketed(code: String) -> String {
    if code.contains(' ') && !code.ends_with(')') || code.contains(" ?? ") || code.contains(" as ") {
        return format!("({code})");
    }
    code
}

/// The answer to a question, as the original calls it.
fn answer(value: Value, rest: &[Part]) -> Option<Value> {
    match (value.kind, rest) {
        (_, []) => Some(value),
        (Kind::Texts, [Part::Member(name), rest @ ..]) if name == "selected_responses" => member(value, rest),
        (Kind::Texts, [Part::Member(name)]) if name == "slack_response" => {
            let list = if value.optional { format!("({} ?? [])", value.code) } else { value.code };
            Some(Value::tight(format!("{list}.join(\",\")"), Kind::Text))
        }
        (Kind::Text, [Part::Member(name)]) if matches!(name.as_str(), "slack_response" | "output") => {
            Some(value)
        }
        (Kind::Text, [Part::Member(name), Part::Element(0)]) if name == "selected_responses" => Some(value),
        (Kind::Text, [Part::Member(name)]) if name == "selected_responses" => {
            let whole = if value.optional { format!("{} ?? \"\"", value.code) } else { value.code };
            Some(Value::tight(format!("[{whole}]"), Kind::Texts))
        }
        _ => None,
    }
}

/// Whether several answers can be chosen.
pub fn is_many(step: &super::model::Step) -> bool {
    step.setting("SELECTOR_TYPE").and_then(Template::literal).is_some_and(|kind| kind.contains("MULTI"))
}

/// What the element of a loop is called.
pub fn element_name(entry: &super::model::Loop) -> String {
    let name = super::names::snake(&entry.value);
    if name == "value" { "element".to_owned() } else { format!("each_{name}") }
}
