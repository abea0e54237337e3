//! A playbook of StackPulse as its file says it, with the place of each thing.
//! <https://docs.stackpulse.io> (format `stackpulse.io/v1`)

use super::template::{Go, Node};
use crate::source::Span;

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A text with templates in it.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its pieces.
    pub nodes: Vec<Node>,
    /// The text as it is written.
    pub text: String,
    /// Its place.
    pub span: Span,
}

impl Template {
    /// The text, if there is no template in it.
    pub fn literal(&self) -> Option<&str> {
        match self.nodes.as_slice() {
            [] => Some(""),
            [Node::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether Go's language means something in it.
    pub fn is_live(&self) -> bool {
        self.nodes.iter().any(|node| !matches!(node, Node::Text(_)))
    }

    /// From here on it is the text that it is written as.
    pub fn leave_as_text(&mut self) {
        self.nodes = vec![Node::Text(self.text.clone())];
    }

    /// The value, if it is nothing but one.
    pub fn value(&self) -> Option<&Go> {
        let mut values =
            self.nodes.iter().filter(|node| !matches!(node, Node::Text(t) if t.trim().is_empty()));
        match (values.next(), values.next()) {
            (Some(Node::Value(go)), None) => Some(go),
            _ => None,
        }
    }
}

/// A playbook.
#[derive(Debug)]
pub struct Playbook {
    /// The place of its name, or where it begins.
    pub place: Span,
    /// Its name, if it has one.
    pub name: Option<Said>,
    /// What it says of itself.
    pub description: String,
    /// What it is given.
    pub parameters: Vec<Parameter>,
    /// All steps in their order, those of groups and loops too.
    pub steps: Vec<Step>,
    /// The loops.
    pub loops: Vec<Loop>,
    /// What starts it.
    pub scenarios: Vec<Scenario>,
    /// Comments above everything.
    pub head: Vec<String>,
    /// Comments below everything.
    pub tail: Vec<String>,
}

impl Playbook {
    /// All templates, wherever they are.
    pub fn templates_mut(&mut self) -> impl Iterator<Item = &mut Template> {
        let defaults = self.parameters.iter_mut().filter_map(|parameter| parameter.default.as_mut());
        let steps = self.steps.iter_mut().flat_map(Step::templates_mut);
        let loops = self.loops.iter_mut().flat_map(Loop::templates_mut);
        let given = self.scenarios.iter_mut().flat_map(|scenario| scenario.parameters.iter_mut());
        defaults.chain(steps).chain(loops).chain(given.map(|(_, value)| value))
    }
}

/// What a playbook is given.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Said,
    /// `var`, `secret`, `integration`, `spd`.
    pub kind: String,
    /// What it is for.
    pub description: String,
    /// Its value, if nothing else is said.
    pub default: Option<Template>,
    /// Comments above it.
    pub comments: Vec<String>,
}

/// A step.
#[derive(Debug)]
pub struct Step {
    /// What others call it.
    pub id: Option<Said>,
    /// The image that does it, without its tag.
    pub image: Said,
    /// All of it.
    pub span: Span,
    /// Its settings.
    pub env: Vec<(Said, Template)>,
    /// Its arguments.
    pub args: Vec<Template>,
    /// The secrets that it is given.
    pub integration: Option<Template>,
    /// Where it runs.
    pub runner: Option<Template>,
    /// Whether its output is read as one document.
    pub output: Output,
    /// Its conditions, those of groups around it first.
    pub guards: Vec<Template>,
    /// Whether it may fail.
    pub ignore_failure: bool,
    /// A duration.
    pub timeout: Option<Said>,
    /// Number of further attempts, and the time between two.
    pub retry: Option<(u32, String)>,
    /// The loop that it is in.
    pub in_loop: Option<usize>,
    /// Comments above it and in it.
    pub comments: Vec<String>,
}

/// What becomes of a step's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// The members of the document are those of the step.
    Json,
    /// The text is the member `output`.
    Text,
}

impl Step {
    /// A setting: a variable, what stands behind a `--flag`, or the third argument as `@2`.
    pub fn setting(&self, key: &str) -> Option<&Template> {
        if let Some(at) = key.strip_prefix('@').and_then(|at| at.parse::<usize>().ok()) {
            return self.args.get(at);
        }
        if key.starts_with('-') {
            let at = self.args.iter().position(|argument| argument.literal() == Some(key))?;
            return self.args.get(at + 1);
        }
        self.env.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
    }

    /// All templates of the step, its conditions first.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let env = self.env.iter().map(|(_, value)| value);
        self.guards.iter().chain(env).chain(&self.args).chain(&self.integration).chain(&self.runner)
    }

    fn templates_mut(&mut self) -> impl Iterator<Item = &mut Template> {
        let env = self.env.iter_mut().map(|(_, value)| value);
        let given = self.args.iter_mut().chain(&mut self.integration).chain(&mut self.runner);
        self.guards.iter_mut().chain(env).chain(given)
    }
}

/// Steps that are done for each element.
#[derive(Debug)]
pub struct Loop {
    /// Over what.
    pub over: Over,
    /// What the key or index is called.
    pub key: String,
    /// What the element is called.
    pub value: String,
    /// When it ends early.
    pub until: Option<Template>,
    /// All of it.
    pub span: Span,
    /// The conditions around it.
    pub guards: Vec<Template>,
}

impl Loop {
    fn templates_mut(&mut self) -> impl Iterator<Item = &mut Template> {
        let over: &mut [Template] = match &mut self.over {
            Over::Value(template) => std::slice::from_mut(template),
            Over::Literals(templates) => templates,
            Over::Range(..) => &mut [],
        };
        over.iter_mut().chain(&mut self.until).chain(&mut self.guards)
    }
}

/// What a loop goes over.
#[derive(Debug)]
pub enum Over {
    /// The elements of a value.
    Value(Template),
    /// Elements that are written down.
    Literals(Vec<Template>),
    /// Numbers, from and up to below.
    Range(i64, i64),
}

/// What starts a playbook.
#[derive(Debug)]
pub struct Scenario {
    /// Its name.
    pub name: Said,
    /// Where its events come from.
    pub integration: String,
    /// Which of them count.
    pub condition: Option<Template>,
    /// Values of parameters.
    pub parameters: Vec<(Said, Template)>,
    /// Comments above and in it.
    pub comments: Vec<String>,
}
