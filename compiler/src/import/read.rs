//! From YAML to a playbook: what each key means, and what is wrong with it.

use super::{
    Document, Trigger,
    comments::Comments,
    keys::{FOREACH, METADATA, PARAMETER, PLAYBOOK, RETRY, SCENARIO, STEP, TRIGGER},
    model::{Loop, Output, Over, Parameter, Playbook, Said, Scenario, Step, Template},
    template,
};
use crate::{
    diagnostic::Diagnostic,
    findings::import::{import_left_out, import_unknown_key, import_unreadable, import_wrong_kind},
    source::{FileId, Span},
    yaml::{self, Kind, Node},
};

/// What a file holds.
pub fn read(file: FileId, text: &str) -> Document {
    let parsed = yaml::parse(text);
    let mut document = Document::default();
    if let Some(mistake) = &parsed.mistake {
        let at = mistake.at.min(text.len() as u32);
        let letter = text.get(at as usize..).and_then(|rest| rest.chars().next());
        let span = Span::new(file, at, at + letter.map_or(0, |letter| letter.len_utf8() as u32));
        document.diagnostics.push(import_unreadable::not_yaml(span, &mistake.message));
        document.broken = true;
        return document;
    }
    let comments = Comments::of(text, &parsed.documents);
    let mut reader = Reader { file, comments, diagnostics: Vec::new() };
    let count = parsed.documents.len();
    for (at, node) in parsed.documents.iter().enumerate() {
        let end = parsed.documents.get(at + 1).map_or(u32::MAX, |next| next.span.start);
        let kind = node.get("kind").and_then(Node::text);
        match kind {
            Some("Trigger") => document.triggers.push(reader.trigger(node)),
            Some("Playbook") => document.playbooks.push(reader.playbook(node, end)),
            None if node.get("steps").is_some() => document.playbooks.push(reader.playbook(node, end)),
            _ if count == 1 || !node.is_null() => {
                let span = reader.span(node);
                let first = Span::new(file, span.start, span.start.saturating_add(1).min(text.len() as u32));
                let first = if text.is_char_boundary(first.end as usize) {
                    first
                } else {
                    Span::new(file, span.start, span.start)
                };
                reader.diagnostics.push(import_unreadable::no_playbook(first));
            }
            _ => {}
        }
    }
    if count == 0 {
        reader.diagnostics.push(import_unreadable::no_playbook(Span::new(file, 0, 0)));
    }
    document.diagnostics = reader.diagnostics;
    document
}

struct Reader {
    file: FileId,
    comments: Comments,
    diagnostics: Vec<Diagnostic>,
}

/// What is known around a step.
#[derive(Clone, Default)]
struct Around {
    guards: Vec<Template>,
    in_loop: Option<usize>,
}

impl Reader {
    fn span(&self, node: &Node) -> Span {
        Span::new(self.file, node.span.start, node.span.end)
    }

    fn playbook(&mut self, node: &Node, end: u32) -> Playbook {
        self.keys(node, PLAYBOOK);
        let start = self.span(node).start;
        let mut playbook = Playbook {
            place: Span::new(self.file, start, start),
            name: None,
            description: String::new(),
            parameters: Vec::new(),
            steps: Vec::new(),
            loops: Vec::new(),
            scenarios: Vec::new(),
            head: self.comments.take(node.span.start),
            tail: Vec::new(),
        };
        if let Some(metadata) = self.map(node, "metadata") {
            playbook.name = self.said(metadata, "name").filter(|name| !name.text.trim().is_empty());
            playbook.place = playbook.name.as_ref().map_or(playbook.place, |name| name.span);
            self.others(metadata, METADATA, "Quell has no such setting; keep it in a comment if it matters");
            playbook.description =
                self.said(metadata, "description").map_or_else(String::new, |said| said.text);
        }
        for (list, is_steps) in [("parameters", false), ("steps", true)] {
            let Some((key, _)) = node.entries().iter().find(|(key, _)| key.text() == Some(list)) else {
                continue;
            };
            // What stands above the list's first element belongs to it.
            playbook.head.append(&mut self.comments.take(key.span.start));
            for element in self.list(node, list).iter() {
                match is_steps {
                    true => self.step(element, &Around::default(), &mut playbook),
                    false => self.parameter(element, &mut playbook),
                }
            }
        }
        playbook.tail = self.comments.take(end);
        playbook
    }

    fn parameter(&mut self, node: &Node, playbook: &mut Playbook) {
        let Some(name) = self.said(node, "name") else {
            let span = self.span(node);
            return self.diagnostics.push(import_wrong_kind::at(
                span,
                "parameters",
                "a list of names",
                node.word(),
            ));
        };
        self.keys(node, PARAMETER);
        let text = |reader: &mut Self, key| reader.said(node, key).map_or_else(String::new, |said| said.text);
        let flag = |key: &str| node.get(key).and_then(Node::text);
        let mut parameter = Parameter {
            kind: text(self, "type"),
            description: text(self, "description"),
            default: self.template(node, "default").or_else(|| self.template(node, "defaultValue")),
            comments: self.comments.take(node.span.end.max(node.span.start)),
            name,
        };
        let example = text(self, "example");
        if !example.is_empty() {
            parameter.comments.push(format!("For example {example}."));
        }
        let optional = flag("optional") == Some("true") || flag("required") == Some("false");
        if optional
            && parameter.default.is_none()
            && !matches!(parameter.kind.as_str(), "secret" | "integration")
        {
            let empty = Template { nodes: Vec::new(), text: String::new(), span: parameter.name.span };
            parameter.default = Some(empty);
        }
        playbook.parameters.push(parameter);
    }

    fn step(&mut self, node: &Node, around: &Around, playbook: &mut Playbook) {
        if !matches!(node.kind, Kind::Map(_)) {
            let span = self.span(node);
            return self.diagnostics.push(import_wrong_kind::at(
                span,
                "steps",
                "a list of mappings",
                node.word(),
            ));
        }
        self.keys(node, STEP);
        let mut guards = around.guards.clone();
        guards.extend(self.template(node, "when"));
        let inner = Around { guards, in_loop: around.in_loop };
        if let Some(looped) = self.map(node, "foreach") {
            return self.foreach(node, looped, inner, playbook);
        }
        if let Some((key, _)) = node.entries().iter().find(|(key, _)| key.text() == Some("steps")) {
            let comments = self.comments.take(key.span.start);
            let before = playbook.steps.len();
            self.list(node, "steps").iter().for_each(|step| self.step(step, &inner, playbook));
            prepend(playbook, before, comments);
            return;
        }
        let Some(image) = self.said(node, "name").filter(|name| !name.text.trim().is_empty()) else {
            let span = self.span(node);
            return self.diagnostics.push(import_wrong_kind::no_image(span));
        };
        let env = self.map(node, "env").map_or_else(Vec::new, |env| self.templates(env));
        let from = self.map(node, "envFrom");
        let text_parser =
            |parser: &Node| parser.get("name").and_then(Node::text).is_some_and(|name| name.contains("raw"));
        let raw = env.iter().any(|(key, value)| key.text == "SP_FORMATTER" && value.literal() == Some("raw"));
        let parser = self.map(node, "output_parser");
        // The images of StackPulse give a document; what others give is text until a parser is named.
        if let Some(parser) = parser {
            self.others(parser, &["name"], "Quell reads outputs as JSON or as text");
            let name = parser.get("name").and_then(Node::text).unwrap_or_default();
            if !name.contains("raw") && !name.contains("json") {
                let span = self.span(parser);
                let why = "its parser is unknown: the output is read as JSON";
                self.diagnostics.push(import_left_out::at(span, "`output_parser`", why));
            }
        }
        if let Some(from) = from {
            self.others(from, &["integrationRef"], "Quell refers to secrets by name");
        }
        let foreign = parser.is_none() && !image.text.contains("stackpulse");
        let mut step = Step {
            id: self.said(node, "id").filter(|id| !id.text.is_empty()),
            image,
            span: self.span(node),
            env,
            args: self.list(node, "args").iter().filter_map(|value| self.template_of(value)).collect(),
            integration: from.and_then(|from| self.template(from, "integrationRef")),
            runner: self.template(node, "runner"),
            output: if raw || foreign || parser.is_some_and(text_parser) {
                Output::Text
            } else {
                Output::Json
            },
            guards: inner.guards,
            ignore_failure: node.get("ignoreFailure").and_then(Node::text) == Some("true"),
            timeout: self.said(node, "timeout"),
            retry: self.map(node, "retry").and_then(|node| {
                self.keys(node, RETRY);
                retry(node)
            }),
            in_loop: inner.in_loop,
            comments: self.comments.take(node.span.end),
        };
        if let Some(description) = self.said(node, "description") {
            step.comments.insert(0, description.text);
        }
        if step.retry.is_none()
            && let Some(retry) = node.get("retry")
        {
            let span = self.span(retry);
            self.diagnostics.push(import_left_out::at(
                span,
                "`retry`",
                "it has neither a `count` nor an `interval`",
            ));
        }
        playbook.steps.push(step);
    }

    fn foreach(&mut self, node: &Node, looped: &Node, around: Around, playbook: &mut Playbook) {
        self.keys(looped, FOREACH);
        if around.in_loop.is_some() {
            let span = self.span(looped);
            self.diagnostics.push(import_left_out::at(
                span,
                "a loop in a loop",
                "its steps would need a task of their own",
            ));
            return;
        }
        let mut guards = around.guards;
        guards.extend(self.template(looped, "when"));
        let over = match looped.get("in") {
            Some(list) if matches!(list.kind, Kind::List(_)) => {
                Over::Literals(list.elements().iter().filter_map(|value| self.template_of(value)).collect())
            }
            Some(map) if matches!(map.kind, Kind::Map(_)) => {
                let ends: Vec<i64> = map
                    .get("range")
                    .map_or(&[][..], Node::elements)
                    .iter()
                    .filter_map(|end| end.text()?.trim().parse().ok())
                    .collect();
                match ends[..] {
                    [from, to] if to >= from && to - from <= 10_000 => Over::Range(from, to),
                    _ => {
                        let span = self.span(map);
                        self.diagnostics.push(import_wrong_kind::at(
                            span,
                            "in",
                            "a list, a value or a range",
                            "something else",
                        ));
                        return;
                    }
                }
            }
            Some(value) if value.text().is_some_and(|text| !text.contains("{{")) => {
                let span = self.span(value);
                let text = value.text().unwrap_or_default().trim();
                let way = if text.starts_with(['.', '$']) { text.to_owned() } else { format!("$.{text}") };
                match template::expression(&way) {
                    Ok(go) => Over::Value(Template {
                        nodes: vec![template::Node::Value(go)],
                        text: text.to_owned(),
                        span,
                    }),
                    Err(broken) => return self.diagnostics.push(unread(span, &broken)),
                }
            }
            Some(value) => match self.template_of(value) {
                Some(template) => Over::Value(template),
                None => return,
            },
            None => {
                let span = self.span(looped);
                return self.diagnostics.push(import_wrong_kind::at(
                    span,
                    "foreach",
                    "a mapping with `in`",
                    "one without",
                ));
            }
        };
        let name = |reader: &mut Self, key: &str| {
            reader.said(looped, key).map_or_else(|| key.to_owned(), |said| said.text)
        };
        let index = playbook.loops.len();
        let entry = Loop {
            over,
            key: name(self, "key"),
            value: name(self, "value"),
            until: self.template(looped, "break"),
            span: self.span(looped),
            guards: guards.clone(),
        };
        playbook.loops.push(entry);
        let steps = looped.entries().iter().find(|(key, _)| key.text() == Some("steps"));
        let comments = self.comments.take(steps.map_or(node.span.start, |(key, _)| key.span.start));
        let before = playbook.steps.len();
        let inner = Around { guards, in_loop: Some(index) };
        self.list(looped, "steps").iter().for_each(|step| self.step(step, &inner, playbook));
        prepend(playbook, before, comments);
    }

    fn trigger(&mut self, node: &Node) -> Trigger {
        self.keys(node, TRIGGER);
        let start = self.span(node).start;
        let off = |node: &Node| node.get("enabled").and_then(Node::text) == Some("false");
        let mut trigger = Trigger {
            place: Span::new(self.file, start, start),
            playbook: self.said(node, "playbook").map_or_else(String::new, |said| said.text),
            scenarios: Vec::new(),
        };
        for scenario in self.list(node, "scenarios").iter() {
            self.keys(scenario, SCENARIO);
            if off(node) || off(scenario) {
                let span = self.span(scenario);
                self.diagnostics.push(import_left_out::at(span, "this scenario", "it isn't `enabled`"));
                continue;
            }
            let name = self
                .said(scenario, "name")
                .unwrap_or(Said { text: "event".to_owned(), span: self.span(scenario) });
            let entry = Scenario {
                integration: self.said(scenario, "integration").map_or_else(String::new, |said| said.text),
                condition: self.template(scenario, "when"),
                parameters: self.map(scenario, "parameters").map_or_else(Vec::new, |map| self.templates(map)),
                comments: self.comments.take(scenario.span.end),
                name,
            };
            trigger.scenarios.push(entry);
        }
        let rest = self.comments.take(u32::MAX);
        if let Some(last) = trigger.scenarios.last_mut() {
            last.comments.extend(rest);
        }
        trigger
    }

    /// Reports keys that mean nothing, and those that stand twice.
    fn keys(&mut self, node: &Node, known: &[&str]) {
        for (at, (key, _)) in node.entries().iter().enumerate() {
            let Some(name) = key.text() else { continue };
            let span = self.span(key);
            let first = node.entries()[..at].iter().find(|(other, _)| other.text() == Some(name));
            if let Some((first, _)) = first {
                let first = self.span(first);
                self.diagnostics.push(import_unknown_key::twice(span, first, name));
            } else if !known.contains(&name) {
                self.diagnostics.push(import_unknown_key::at(span, name, known));
            }
        }
    }

    /// Says what was left out of a mapping: all but these keys.
    fn others(&mut self, node: &Node, known: &[&str], why: &str) {
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            if !known.contains(&name) {
                let span = Span::new(self.file, key.span.start, value.span.end.max(key.span.end));
                self.diagnostics.push(import_left_out::at(span, &format!("`{name}`"), why));
            }
        }
    }

    /// The mapping behind a key.
    fn map<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Node> {
        let value = node.get(key).filter(|value| !value.is_null())?;
        if matches!(value.kind, Kind::Map(_)) {
            return Some(value);
        }
        self.wrong(value, key, "a mapping");
        None
    }

    /// The elements of the list behind a key.
    fn list<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        let Some(value) = node.get(key).filter(|value| !value.is_null()) else { return &[] };
        if !matches!(value.kind, Kind::List(_)) {
            self.wrong(value, key, "a list");
        }
        value.elements()
    }

    fn said(&mut self, node: &Node, key: &str) -> Option<Said> {
        let value = node.get(key).filter(|value| !value.is_null())?;
        match value.text() {
            Some(text) => Some(Said { text: text.to_owned(), span: self.span(value) }),
            None => {
                self.wrong(value, key, "a text");
                None
            }
        }
    }

    fn template(&mut self, node: &Node, key: &str) -> Option<Template> {
        let value = node.get(key).filter(|value| !value.is_null())?;
        if value.text().is_none() {
            self.wrong(value, key, "a text");
        }
        self.template_of(value)
    }

    fn template_of(&mut self, node: &Node) -> Option<Template> {
        let text = node.text()?;
        let span = self.span(node);
        let nodes = template::parse(text).unwrap_or_else(|broken| {
            self.diagnostics.push(unread(span, &broken));
            vec![template::Node::Text(text.to_owned())]
        });
        Some(Template { nodes, text: text.to_owned(), span })
    }

    fn templates(&mut self, node: &Node) -> Vec<(Said, Template)> {
        let mut settings: Vec<(Said, Template)> = Vec::new();
        for (key, value) in node.entries() {
            let Some(name) = key.text() else { continue };
            let span = self.span(key);
            if let Some((first, _)) = settings.iter().find(|(said, _)| said.text == name) {
                self.diagnostics.push(import_unknown_key::twice(span, first.span, name));
            } else if let Some(template) = self.template_of(value) {
                settings.push((Said { text: name.to_owned(), span }, template));
            } else {
                self.wrong(value, name, "a text");
            }
        }
        settings
    }

    fn wrong(&mut self, value: &Node, key: &str, wanted: &str) {
        let span = self.span(value);
        self.diagnostics.push(import_wrong_kind::at(span, key, wanted, value.word()));
    }
}

/// Comments of a group belong to its first step.
fn prepend(playbook: &mut Playbook, first: usize, comments: Vec<String>) {
    match playbook.steps.get_mut(first) {
        Some(step) => step.comments.splice(0..0, comments).for_each(drop),
        None => playbook.tail.extend(comments),
    }
}

fn retry(node: &Node) -> Option<(u32, String)> {
    let text = |keys: &[&str]| keys.iter().find_map(|key| node.get(key)?.text());
    let count = text(&["count", "times", "attempts", "max", "maxAttempts", "limit"])?.trim().parse().ok()?;
    Some((count, text(&["interval", "delay", "every", "backoff", "sleep"]).unwrap_or("10s").to_owned()))
}

/// What is said of a template that can't be read.
fn unread(span: Span, broken: &template::Broken) -> Diagnostic {
    match broken {
        template::Broken::Refused(why) => import_unreadable::template(span, why),
        template::Broken::Unsupported(why) => import_left_out::template(span, why),
    }
}
