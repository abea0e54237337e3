//! What is known of a playbook before anything is written: what its templates mean, what its parameters
//! and steps are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    guess::{OUTPUTS, short},
    known::{Kind, Known, Wanted},
    model::{Over, Parameter, Playbook, Step, Template},
    names::Names,
    pure::{self, Pure},
    template::{Go, Node, Part, Path, walk},
};

/// What a way in a template leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning<'a> {
    /// A parameter.
    Parameter(&'a str),
    /// The event that starts the playbook.
    Event(&'a [Part]),
    /// Something of the run: `executionUrl`, `id`.
    Run(&'a str),
    /// A step above, and a member of what it gave.
    Step(usize, &'a [Part]),
    /// The element of the loop around.
    Value(usize, &'a [Part]),
    /// Its key or index.
    Key(usize),
    /// A step that comes later.
    Later(usize),
    /// Nothing that is known.
    Unknown(String),
}

/// How a step is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plan {
    /// A question.
    Ask,
    /// A message, as a text that is laid out by its author or as a snippet.
    Message,
    /// An action of the library.
    Known(&'static Known),
    /// A command on another machine, which only looks: an action of its own.
    Look(&'static Known),
    /// An expression, where its output is used.
    Pure(Pure),
    /// A container.
    Container,
}

/// A parameter in Quell.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// Whether anything uses it, save as an integration.
    pub used: bool,
}

/// What is known of a playbook.
pub struct Book<'p> {
    /// The playbook.
    pub playbook: &'p Playbook,
    /// The names of its steps.
    pub steps: Vec<String>,
    /// How each is done.
    pub plans: Vec<Plan>,
    /// Its parameters, by their own names; also those that aren't declared.
    pub inputs: BTreeMap<String, Input>,
    /// The members of each step's output that are named.
    pub used: BTreeMap<usize, BTreeSet<Vec<Part>>>,
    /// What each step names, itself or by its conditions: other steps.
    pub names_steps: Vec<BTreeSet<usize>>,
    /// The members of the event that are named, with a text that each is compared with.
    pub event: BTreeSet<Vec<Part>>,
    /// All names that were given away.
    pub names: Names,
}

/// What stands behind the way to a value that is used as a number.
pub const NUMBER: &[Part] = &[Part::Element(u32::MAX)];

impl<'p> Book<'p> {
    /// Reads all templates of a playbook.
    pub fn new(playbook: &'p Playbook) -> Self {
        let mut names = Names::default();
        let steps = playbook
            .steps
            .iter()
            .map(|step| names.give(step.id.as_ref().map_or_else(|| short(&step.image.text), |id| &id.text)));
        let steps: Vec<String> = steps.collect();
        let mut book = Book {
            playbook,
            plans: vec![Plan::Container; steps.len()],
            names_steps: vec![BTreeSet::new(); steps.len()],
            steps,
            inputs: BTreeMap::new(),
            used: BTreeMap::new(),
            event: BTreeSet::new(),
            names,
        };
        for parameter in &playbook.parameters {
            book.declare(&parameter.name.text, kind_of(parameter));
        }
        for at in 0..playbook.steps.len() {
            book.read(at);
        }
        for parameter in &playbook.parameters {
            let Some(default) = &parameter.default else { continue };
            walk(&default.nodes, &mut |go| {
                if let Go::Path(path) = go
                    && let Meaning::Event(rest) = book.meaning(path, 0)
                {
                    let rest = rest.to_vec();
                    book.event.insert(rest);
                }
            });
        }
        for at in 0..playbook.steps.len() {
            book.plans[at] = book.plan(at);
        }
        for at in 0..playbook.steps.len() {
            if book.plans[at] == Plan::Pure(Pure::Table) {
                book.cells(at);
            }
        }
        book.people();
        book
    }

    fn declare(&mut self, name: &str, kind: Kind) {
        if !self.inputs.contains_key(name) {
            let given = self.names.give(name);
            self.inputs.insert(name.to_owned(), Input { name: given, kind, used: false });
        }
    }

    /// What the templates of a step name.
    fn read(&mut self, at: usize) {
        let playbook = self.playbook;
        let step = &playbook.steps[at];
        let looped = step.in_loop.map(|index| &playbook.loops[index]);
        let over = looped.and_then(|entry| match &entry.over {
            Over::Value(template) => Some(template),
            _ => None,
        });
        if let Some(template) = over {
            self.read_template(template, at, &[Part::All]);
        }
        if let Some(Over::Literals(list)) = looped.map(|entry| &entry.over) {
            list.iter().for_each(|template| self.read_template(template, at, &[]));
        }
        if let Some(until) = looped.and_then(|entry| entry.until.as_ref()) {
            self.read_template(until, at + 1, &[]);
        }
        for template in step.templates() {
            let is_integration = step.integration.as_ref().is_some_and(|own| std::ptr::eq(own, template));
            if is_integration {
                continue;
            }
            self.read_template(template, at, &[]);
        }
    }

    /// The cells of a table are parts of documents that nobody knows.
    fn cells(&mut self, at: usize) {
        let step = &self.playbook.steps[at];
        let Some(ways) = step.setting("INPUT").and_then(pure::ways) else { return };
        for way in ways {
            let unknown = matches!(self.meaning(way, at),
                Meaning::Step(source, _) if self.plans[source] == Plan::Container);
            for (key, _) in pure::columns(step).unwrap_or_default().into_iter().filter(|_| unknown) {
                self.note(way, at, &[Part::All, Part::Member(key)]);
            }
        }
    }

    /// `extra` is what is done with the value as a whole.
    fn read_template(&mut self, template: &Template, at: usize, extra: &[Part]) {
        self.read_nodes(&template.nodes, at, extra, &mut Vec::new());
    }

    fn read_nodes(&mut self, nodes: &[Node], at: usize, extra: &[Part], dots: &mut Vec<Path>) {
        for node in nodes {
            match node {
                Node::Text(_) => {}
                Node::Value(go) => self.read_go(go, at, extra, dots),
                Node::If(arms, otherwise) => {
                    for (condition, then) in arms {
                        self.read_go(condition, at, &[], dots);
                        self.read_nodes(then, at, &[], dots);
                    }
                    self.read_nodes(otherwise, at, &[], dots);
                }
                Node::With(value, body, otherwise) => {
                    self.read_go(value, at, &[], dots);
                    let inner = path_in(value).map(|path| self.full(path, dots));
                    dots.push(inner.unwrap_or(Path { from_top: true, steps: Vec::new() }));
                    self.read_nodes(body, at, &[], dots);
                    dots.pop();
                    self.read_nodes(otherwise, at, &[], dots);
                }
                Node::Range(list, body, otherwise) => {
                    self.read_go(list, at, &[Part::All], dots);
                    let element = path_in(list).map(|path| {
                        let mut path = self.full(path, dots);
                        path.steps.push(Part::All);
                        path
                    });
                    dots.push(element.unwrap_or(Path { from_top: true, steps: Vec::new() }));
                    self.read_nodes(body, at, &[], dots);
                    dots.pop();
                    self.read_nodes(otherwise, at, &[], dots);
                }
            }
        }
    }

    /// A way from the top, where `.` may be something else.
    fn full(&self, path: &Path, dots: &[Path]) -> Path {
        match dots.last() {
            Some(dot) if !path.from_top => {
                Path { from_top: true, steps: [dot.steps.as_slice(), &path.steps].concat() }
            }
            _ => path.clone(),
        }
    }

    fn read_go(&mut self, go: &Go, at: usize, extra: &[Part], dots: &mut Vec<Path>) {
        match go {
            Go::Path(path) => {
                let path = self.full(path, dots);
                self.note(&path, at, extra);
            }
            Go::Call(name, arguments) => {
                if name == "get"
                    && let [Go::Text(text)] = arguments.as_slice()
                    && let Ok(inner) = super::template::expression(text)
                {
                    return self.read_go(&inner, at, extra, dots);
                }
                let numbers = arguments.iter().any(|argument| matches!(argument, Go::Number(_)));
                let inner: &[Part] = match name.as_str() {
                    "gt" | "lt" | "ge" | "le" | "add" | "sub" | "mul" | "int" | "atoi" => NUMBER,
                    "eq" | "ne" if numbers => NUMBER,
                    "len" | "rest" | "slice" | "first" | "last" | "join" | "index" | "has" | "uniq"
                    | "reverse" | "sortAlpha" | "initial" => &[Part::All],
                    _ => &[],
                };
                arguments.iter().for_each(|argument| self.read_go(argument, at, inner, dots));
            }
            _ => {}
        }
    }

    fn note(&mut self, path: &Path, at: usize, extra: &[Part]) {
        let with = |rest: &[Part]| [rest, extra].concat();
        match self.meaning(path, at) {
            Meaning::Parameter(name) => {
                let name = name.to_owned();
                self.declare(&name, Kind::Text);
                if let Some(input) = self.inputs.get_mut(&name) {
                    input.used = true;
                }
            }
            Meaning::Event(rest) => drop(self.event.insert(with(rest))),
            Meaning::Step(step, rest) => {
                let rest = with(rest);
                self.used.entry(step).or_default().insert(rest);
                if let Some(names) = self.names_steps.get_mut(at.min(self.steps.len() - 1)) {
                    names.insert(step);
                }
            }
            Meaning::Value(looped, rest) => {
                let rest = with(rest);
                let Over::Value(template) = &self.playbook.loops[looped].over else { return };
                let Some(list) = path_of(template) else { return };
                let mut whole = list.clone();
                whole.steps.push(Part::All);
                whole.steps.extend(rest);
                if whole.steps.len() < 50 && !matches!(self.meaning(&whole, at), Meaning::Value(..)) {
                    self.note(&whole, at, &[]);
                }
            }
            _ => {}
        }
    }

    /// What a way means for step `at`.
    pub fn meaning<'a>(&self, path: &'a Path, at: usize) -> Meaning<'a> {
        let steps = &self.playbook.steps;
        let looped = steps.get(at).or(steps.last()).and_then(|step| step.in_loop);
        if let Some(index) = looped
            && let Some(Part::Member(first)) = path.steps.first()
        {
            let entry = &self.playbook.loops[index];
            match first {
                name if *name == entry.value => return Meaning::Value(index, &path.steps[1..]),
                name if *name == entry.key => return Meaning::Key(index),
                _ => {}
            }
        }
        self.outside(path, at)
    }

    /// What a way means outside of the loop around step `at`: there its element isn't known yet.
    pub fn outside<'a>(&self, path: &'a Path, at: usize) -> Meaning<'a> {
        let steps = &self.playbook.steps;
        let Some(Part::Member(first)) = path.steps.first() else { return Meaning::Unknown(".".to_owned()) };
        let rest = &path.steps[1..];
        match (first.as_str(), rest.first()) {
            ("params", Some(Part::Member(name))) => return Meaning::Parameter(name),
            ("event", _) => return Meaning::Event(rest),
            ("metadata" | "execution", Some(Part::Member(name))) => return Meaning::Run(name),
            _ => {}
        }
        let called = |step: &Step| step.id.as_ref().is_some_and(|id| id.text == *first);
        // Of two steps with one id the one in the same group is meant, else the last.
        let above = || steps.iter().enumerate().take(at).rev().filter(|(_, step)| called(step));
        let guards = steps.get(at).map(|step| texts(&step.guards)).unwrap_or_default();
        let same = above().find(|(_, step)| guards.starts_with(&texts(&step.guards)));
        if let Some((index, _)) = same.or_else(|| above().next()) {
            return Meaning::Step(index, rest);
        }
        if let Some(later) = steps.iter().position(called) {
            return Meaning::Later(later);
        }
        match self.output(first, at) {
            Some(index) => Meaning::Step(index, &path.steps),
            None => Meaning::Unknown(first.clone()),
        }
    }

    /// The last step above that has such an output.
    fn output(&self, name: &str, at: usize) -> Option<usize> {
        let above = || (0..at.min(self.playbook.steps.len())).rev();
        let outputs = |index: &usize| {
            let image = short(&self.playbook.steps[*index].image.text);
            OUTPUTS.iter().find(|(known, _)| *known == image).map(|(_, names)| *names)
        };
        let sure = above().find(|index| outputs(index).is_some_and(|names| names.contains(&name)));
        sure.or_else(|| above().find(|index| outputs(index).is_none()))
    }

    /// What parameters are, from where they go.
    fn people(&mut self) {
        let rank = |kind: Kind| match kind {
            Kind::Person => 3,
            Kind::Service => 2,
            Kind::Channel => 1,
            _ => 0,
        };
        let mut found: Vec<(String, Kind)> = Vec::new();
        let mut goes = |template: Option<&Template>, kind: Kind| {
            if let Some(Go::Path(path)) = template.and_then(Template::value)
                && let Meaning::Parameter(name) = self.meaning(path, usize::MAX)
            {
                found.push((name.to_owned(), kind));
            }
        };
        for (step, plan) in self.playbook.steps.iter().zip(&self.plans) {
            match plan {
                Plan::Ask => goes(step.setting("RECIPIENTS"), Kind::Person),
                Plan::Message => goes(step.setting("RECIPIENTS"), Kind::Channel),
                Plan::Known(known) => {
                    for argument in
                        known.arguments.iter().chain(known.then.iter().map(|further| &further.argument))
                    {
                        let kind = match argument.wanted {
                            Wanted::Person => Kind::Person,
                            Wanted::Service => Kind::Service,
                            Wanted::Channel => Kind::Channel,
                            _ => continue,
                        };
                        goes(argument.from.iter().find_map(|key| step.setting(key)), kind);
                    }
                }
                Plan::Look(_) | Plan::Pure(_) | Plan::Container => {}
            }
        }
        for (name, kind) in found {
            if let Some(input) = self.inputs.get_mut(&name)
                && input.kind != Kind::Secret
                && rank(kind) > rank(input.kind)
            {
                input.kind = kind;
            }
        }
    }

    /// The declaration of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&'p Parameter> {
        self.playbook.parameters.iter().find(|parameter| parameter.name.text == name)
    }

    /// Whether the loop's elements are the entries of a mapping: its key is named.
    pub fn is_mapping(&self, looped: usize) -> bool {
        let entry = &self.playbook.loops[looped];
        let mut found = false;
        for step in self.playbook.steps.iter().filter(|step| step.in_loop == Some(looped)) {
            for template in step.templates() {
                walk(&template.nodes, &mut |go| {
                    if let Go::Path(path) = go {
                        found |= path.members().next() == Some(entry.key.as_str());
                    }
                });
            }
        }
        found && matches!(entry.over, Over::Value(_))
    }
}

fn texts(guards: &[Template]) -> Vec<&str> {
    guards.iter().map(|guard| guard.text.as_str()).collect()
}

fn kind_of(parameter: &Parameter) -> Kind {
    match parameter.kind.as_str() {
        "secret" => Kind::Secret,
        _ => match parameter.default.as_ref().and_then(Template::value) {
            Some(Go::Path(path)) if path.members().eq(["metadata", "userEmail"]) => Kind::Person,
            _ => Kind::Text,
        },
    }
}

/// The way that a template is.
pub fn path_of(template: &Template) -> Option<&Path> {
    template.value().and_then(path_in)
}

/// The way that an expression is, maybe in `toJson` and its kind.
pub fn path_in(go: &Go) -> Option<&Path> {
    match go {
        Go::Path(path) => Some(path),
        Go::Call(name, arguments) if matches!(name.as_str(), "toJson" | "rest" | "slice") => {
            arguments.iter().find_map(path_in)
        }
        _ => None,
    }
}
