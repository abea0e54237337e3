//! The text of the converted playbook, before it is formatted.

use std::collections::BTreeMap;

use super::{
    access::Value,
    blocks::blocks,
    book::Book,
    container::Containers,
    known::Kind,
    model::{Playbook, Template},
    names::{Names, quoted, snake},
    plan::{Item, Part, Planned},
    sample::sample,
};
use crate::visible::visible;

/// A type as it is written.
pub fn type_name(kind: Kind) -> String {
    match kind {
        Kind::Text => "Text".to_owned(),
        Kind::Bool => "Bool".to_owned(),
        Kind::Int => "Int".to_owned(),
        Kind::Json => "Json".to_owned(),
        Kind::Jsons => "List<Json>".to_owned(),
        Kind::Texts => "List<Text>".to_owned(),
        Kind::Person => "Person".to_owned(),
        Kind::Channel => "slack.Channel".to_owned(),
        Kind::Service => "Service".to_owned(),
        Kind::Secret => "Secret".to_owned(),
        Kind::Shown(ty) => ty.to_owned(),
        Kind::Record(shape) => shape.name.to_owned(),
        Kind::List(shape) => format!("List<{}>", shape.name),
    }
}

/// What the header says of a parameter.
pub struct Header {
    /// Its name in the original.
    pub original: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// What stands behind its type, or what a `let` computes.
    pub default: Default,
}

/// The value of a parameter that isn't given.
pub enum Default {
    /// It has to be given.
    None,
    /// A constant.
    Constant(String),
    /// It is computed where it is used.
    Computed,
    /// It is always computed.
    Let(String),
}

/// What is written.
pub struct Writing<'w, 'p> {
    /// What is known.
    pub book: &'w Book<'p>,
    /// The steps.
    pub planned: &'w Planned,
    /// The containers.
    pub containers: &'w Containers,
    /// The parameters.
    pub headers: &'w [Header],
    /// The name of the playbook.
    pub name: &'w str,
    /// The triggers: their names, and the comments and words above them.
    pub triggers: &'w [(String, Vec<String>, String)],
    /// Whether it takes an event as an input.
    pub event_input: bool,
}

/// The text.
pub fn write(writing: &Writing<'_, '_>) -> String {
    let tasks = tasks(writing);
    let body = playbook(writing, &tasks);
    let containers: String =
        writing.containers.list.iter().map(|container| format!("{}\n", container.write())).collect();
    let looks: String = writing.containers.looks.iter().map(|look| format!("{}\n", look.write())).collect();
    let scenario = scenario(writing);
    let mut helpers = String::new();
    let code = format!("{body}{tasks}");
    if code.contains("slack_channel(") {
        helpers.push_str("/// A channel by its name, with or without `#`.\nprivate fn slack_channel(name: Text) -> slack.Channel = slack.Channel(id: name, name: name)\n\n");
    }
    if code.contains("find_person(") {
        helpers.push_str("/// A person of whom only the address is known. Replace it with a person from your catalog.\nprivate fn find_person(address: Text) -> Person =\n  Person(id: address, name: address, email: address, contacts: [on_slack(address)])\n\n");
    }
    if code.contains("find_service(") || (code.contains(": Service") && !code.contains("find_service(")) {
        helpers.push_str("/// A service of which only the name is known. Replace it with a service from your catalog.\nprivate fn find_service(name: Text) -> Service = Service(\n  name: name,\n  title: \"A service\",\n  owner: responders,\n  tier: important,\n  objective: Objective(availability: 99.9%),\n  pagerduty: name,\n)\n\n");
    }
    let needs_team = code.contains("owner responders") || helpers.contains("responders");
    if needs_team {
        helpers.insert_str(0, "/// A placeholder for the on-call person: replace it with your catalog's team.\nprivate let responder: Person =\n  Person(id: \"responder\", name: \"Responder\", email: \"responder@example.com\", contacts: [on_slack(\"U00000000\")])\n\nprivate let responders: Team = Team(name: \"responders\", lead: responder, on_call: [responder])\n\n");
    }
    let mut uses = String::new();
    let all = format!("{helpers}{code}{scenario}");
    if all.contains("on_slack(") {
        uses.push_str("use std.people (on_slack)\n");
    }
    if all.contains("Objective(") {
        uses.push_str("use std.service (Objective)\n");
    }
    let bare = super::blocks::without_literals(&format!("{all}{looks}"));
    for module in super::known::modules() {
        if used_module(&bare, module) {
            uses.push_str(&format!("use std.{module}\n"));
        }
    }
    if bare.contains("markdown(") || all.contains("${markdown(") {
        uses.push_str("use std.table (markdown)\n");
    }
    let mut triggers = String::new();
    for (name, comments, words) in writing.triggers {
        comments.iter().for_each(|comment| line(&mut triggers, "//", comment));
        line(&mut triggers, "///", words);
        let event = sample(&writing.book.event, "event");
        triggers.push_str(&format!("trigger {name}() -> Json = {event}\n\n"));
    }
    let mut head = String::new();
    let about = writing.book.playbook.name.as_ref().map_or("a playbook", |name| &name.text);
    line(&mut head, "//!", &format!("Imported from the StackPulse playbook {}.", about.replace('\n', " ")));
    head.push('\n');
    format!("{head}{uses}\n{triggers}{helpers}{looks}{containers}{tasks}{body}\n{scenario}")
}

/// Whether a module is named, and not something that ends like it.
fn used_module(code: &str, module: &str) -> bool {
    let dotted = format!("{module}.");
    code.match_indices(&dotted).any(|(at, _)| {
        !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.')
            && code[at + dotted.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

fn line(code: &mut String, sign: &str, words: &str) {
    for part in visible(words).lines() {
        let mut current = sign.to_owned();
        for word in part.split_whitespace() {
            if current.len() + word.len() >= WIDTH && current.len() > sign.len() {
                code.push_str(&current);
                code.push('\n');
                sign.clone_into(&mut current);
            }
            current.push(' ');
            current.push_str(word);
        }
        code.push_str(&current);
        code.push('\n');
    }
}

/// Comments are wrapped, so that they fit with two indents.
const WIDTH: usize = 94;

fn playbook(writing: &Writing<'_, '_>, tasks: &str) -> String {
    let original: &Playbook = writing.book.playbook;
    let mut code = String::new();
    original.head.iter().for_each(|comment| line(&mut code, "//", comment));
    let description = original.description.trim();
    let words = if description.is_empty() {
        original.name.as_ref().map_or("Imported", |name| &name.text)
    } else {
        description
    };
    line(&mut code, "///", words);
    code.push_str(&format!("playbook {} {{\n", writing.name));
    let response = !writing.triggers.is_empty();
    let several = writing.triggers.len() > 1;
    for (at, (name, _, _)) in writing.triggers.iter().enumerate() {
        let number = if several { format!("_{}", at + 1) } else { String::new() };
        code.push_str(&format!("on {name}() as event{number}\n"));
    }
    if writing.event_input {
        code.push_str("// The event, as the original received it.\ninput event: Json\n");
    }
    for header in writing.headers {
        if let Some(parameter) = writing.book.parameter(&header.original) {
            parameter.comments.iter().for_each(|comment| line(&mut code, "//", comment));
            if !matches!(header.default, Default::Let(_)) && !parameter.description.trim().is_empty() {
                line(&mut code, "//", parameter.description.trim());
            }
        }
        let (name, ty) = (&header.name, type_name(header.kind));
        match &header.default {
            Default::None => code.push_str(&format!("input {name}: {ty}\n")),
            Default::Constant(value) => code.push_str(&format!("input {name}: {ty} = {value}\n")),
            Default::Computed => code.push_str(&format!("input {name}: {ty}? = none\n")),
            Default::Let(_) => {}
        }
    }
    let mut parts = String::new();
    for part in [Part::Enrich, Part::Triage, Part::Communicate, Part::Remediate] {
        let (word, none) = match part {
            Part::Enrich => ("enrich", ""),
            Part::Triage => ("triage", "the original asks no questions"),
            Part::Communicate => ("communicate", "the original sends no messages"),
            Part::Remediate => ("remediate", "the original changes nothing"),
        };
        let items: Vec<&Item> = writing.planned.items.iter().filter(|item| item.part == part).collect();
        let mut first = String::new();
        if part == Part::Enrich {
            for header in writing.headers {
                if let Default::Let(value) = &header.default {
                    if let Some(parameter) = writing.book.parameter(&header.original) {
                        line(&mut first, "//", parameter.description.trim());
                    }
                    first.push_str(&format!("let {} = {value}\n", header.name));
                }
            }
            if several {
                let each: Vec<String> =
                    (1..=writing.triggers.len()).map(|number| format!("event_{number}")).collect();
                first.insert_str(0, &format!("let event = {} ?? {{}}\n", each.join(" ?? ")));
            }
            if response {
                first.push_str("severity = major\n");
            }
        }
        if items.is_empty() && first.is_empty() {
            if response {
                parts.push_str(&format!("{word} none \"{none}\"\n"));
            }
            continue;
        }
        parts.push_str(&format!("{word} {{\n{first}{}}}\n", steps(&items, 4)));
    }
    // Where nobody started it, its owner's on-caller stands in for the starter.
    if response || [parts.as_str(), tasks].iter().any(|text| text.contains("run.starter")) {
        code.push_str("owner responders\n");
    }
    code.push_str(&parts);
    original.tail.iter().for_each(|comment| line(&mut code, "//", comment));
    code.push_str("}\n");
    code
}

/// Steps, those with the same conditions in groups. `indent` is where they will stand.
fn steps(items: &[&Item], indent: usize) -> String {
    let mut code = String::new();
    let mut at = 0;
    while at < items.len() {
        let same = items[at..].iter().take_while(|item| item.guards == items[at].guards).count();
        let group = same > 1 && !items[at].guards.is_empty();
        if group {
            code.push_str(&format!("if {} {{\n", items[at].guards.join(" and ")));
        }
        for item in &items[at..at + same] {
            item.comments.iter().for_each(|comment| line(&mut code, "//", comment));
            let ty =
                if item.annotation.is_empty() { String::new() } else { format!(": {}", item.annotation) };
            code.push_str(&format!(
                "step {}{ty} = {}\n",
                item.name,
                blocks(&item.call, indent + if group { 4 } else { 2 })
            ));
            if !group && !item.guards.is_empty() {
                code.push_str(&format!("when {}\n", item.guards.join(" and ")));
            }
            item.clauses.iter().for_each(|clause| code.push_str(&format!("{clause}\n")));
        }
        if group {
            code.push_str("}\n");
        }
        at += same;
    }
    code
}

fn tasks(writing: &Writing<'_, '_>) -> String {
    let mut code = String::new();
    for task in &writing.planned.tasks {
        let parameters: Vec<String> =
            task.parameters.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        let items: Vec<&Item> = task.items.iter().collect();
        code.push_str(&format!(
            "/// What the loop does for each element.\nprivate task {}({}) {{\n{}}}\n\n",
            task.name,
            parameters.join(", "),
            steps(&items, 2)
        ));
    }
    code
}

/// A scenario that gives the playbook all that it has to be given.
fn scenario(writing: &Writing<'_, '_>) -> String {
    let mut given = String::new();
    for header in writing.headers.iter().filter(|header| matches!(header.default, Default::None)) {
        let words = snake(&header.original).replace('_', " ");
        let value = match header.kind {
            Kind::Person => "Person(id: \"ana\", name: \"Ana Lopes\", email: \"ana@example.com\", contacts: [on_slack(\"U01ANA\")])".to_owned(),
            Kind::Channel => "slack.Channel(id: \"C00GENERAL\", name: \"general\")".to_owned(),
            Kind::Service => "find_service(\"checkout\")".to_owned(),
            _ => quoted(&words),
        };
        given.push_str(&format!("given {} = {value}\n", header.name));
    }
    if writing.event_input {
        given.push_str(&format!("given event = {}\n", sample(&writing.book.event, "event")));
    }
    format!("scenario \"all goes well\" for {} {{\n{given}expect not failed\n}}\n", writing.name)
}

/// The parameters' headers, and how each is written where it is used.
pub fn inputs(
    book: &Book<'_>,
    default_code: &dyn Fn(&Template, Kind) -> String,
    is_constant: &dyn Fn(&Template) -> bool,
    given: &BTreeMap<String, Template>,
    response: bool,
) -> (Vec<Header>, BTreeMap<String, Value>) {
    let mut headers = Vec::new();
    let mut values = BTreeMap::new();
    let undeclared = book.inputs.keys().filter(|name| book.parameter(name).is_none()).map(String::as_str);
    let mut seen = std::collections::BTreeSet::new();
    let declared = book.playbook.parameters.iter().map(|parameter| parameter.name.text.as_str());
    for original in declared.chain(undeclared).filter(|name| seen.insert(*name)) {
        let Some(input) = book.inputs.get(original) else { continue };
        let parameter = book.parameter(original);
        let name = input.name.clone();
        if input.kind == Kind::Secret {
            let constant =
                parameter.and_then(|parameter| parameter.default.as_ref()).and_then(Template::literal);
            let secret =
                super::functions::secret_name(constant.filter(|text| !text.is_empty()).unwrap_or(original));
            values.insert(
                original.to_owned(),
                Value::tight(format!("secret({})", quoted(&secret)), Kind::Secret),
            );
            continue;
        }
        let template =
            given.get(original).or_else(|| parameter.and_then(|parameter| parameter.default.as_ref()));
        let (default, value) = match template {
            None => (Default::None, Value::tight(&name, input.kind)),
            Some(template) if is_constant(template) => {
                (Default::Constant(default_code(template, input.kind)), Value::tight(&name, input.kind))
            }
            Some(template) if response => {
                (Default::Let(default_code(template, input.kind)), Value::tight(&name, input.kind))
            }
            Some(template) => {
                let code = format!("({name} ?? {})", default_code(template, input.kind));
                (Default::Computed, Value::tight(code, input.kind))
            }
        };
        values.insert(original.to_owned(), value);
        headers.push(Header { original: original.to_owned(), name, kind: input.kind, default });
    }
    (headers, values)
}

/// A name for the playbook that no step has.
pub fn playbook_name(playbook: &Playbook, fallback: &str) -> String {
    let words = playbook.name.as_ref().map_or(fallback, |name| &name.text);
    Names::default().give(words)
}
