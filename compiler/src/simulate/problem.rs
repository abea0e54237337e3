//! Why a run can't begin, or can't be run to its end.

use std::{fmt, sync::Arc};

use super::{
    bounds::Exceeded,
    evaluate::{ErrorKind, EvaluationError},
    input::EntryRead,
    value::{Value, literal},
};
use crate::{findings::suggest::nearest, source::Span};

/// Why a run can't begin, or can't be run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where; none for what was said on the command line.
    pub span: Option<Span>,
    /// What.
    pub kind: ProblemKind,
}

/// What keeps a run from beginning or ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The playbook has errors.
    Broken,
    /// There is no such scenario.
    NoScenario,
    /// The playbook has no such input.
    UnknownInput {
        /// What was said.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Inputs without a default, or parts of an event that the playbook reads.
    Unset(Vec<Unset>),
    /// A value isn't of the input's type.
    WrongInput {
        /// Its name.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// An expression of the scenario, or a default, has no value.
    NoValue {
        /// Why.
        why: String,
    },
    /// A data file can't be used.
    DataFile {
        /// Its path.
        path: String,
        /// Why.
        why: String,
    },
    /// The event that starts the playbook has no sample.
    NoSample {
        /// What it is called.
        name: String,
    },
    /// It takes more than a run may take.
    Exceeded(Exceeded),
}

/// An input that isn't set, or parts of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unset {
    /// The name of the input or event.
    pub name: String,
    /// What the playbook reads of the event: `labels.pod`; empty for an input.
    pub parts: Vec<String>,
    /// What to type for it: `alert={ labels: { pod: "example-pod" } }`.
    pub argument: String,
    /// Where it is declared or read.
    pub span: Span,
}

impl Unset {
    pub(super) fn input(name: &str, span: Span, example: String) -> Unset {
        Unset { name: name.to_owned(), parts: Vec::new(), argument: format!("{name}={example}"), span }
    }

    /// Entries of an event's maps; they are sorted by field. None if there are none.
    pub(super) fn entries(name: &str, read: &[&EntryRead]) -> Option<Unset> {
        let first = read.first()?;
        let fields: Vec<String> = read
            .chunk_by(|one, other| one.field == other.field)
            .map(|reads| {
                let keys = reads.iter().filter_map(|read| read.key.as_deref());
                let values = keys.map(|key| (key.into(), Value::text(format!("example-{key}"))));
                let map = Value::Map(Arc::new(values.collect()));
                format!("{}: {}", reads[0].field, literal(&map))
            })
            .collect();
        Some(Unset {
            name: name.to_owned(),
            parts: read.iter().map(|read| read.path()).collect(),
            argument: format!("{name}={{ {} }}", fields.join(", ")),
            span: first.span,
        })
    }
}

impl Problem {
    /// A problem at a place.
    pub fn new(span: Option<Span>, kind: ProblemKind) -> Self {
        Self { span, kind }
    }

    /// An expression that has to have a value and has none.
    pub(super) fn no_value(error: &EvaluationError) -> Self {
        let kind = match error.kind {
            ErrorKind::Exceeded(bound, limit) => ProblemKind::Exceeded(Exceeded::outside(bound, limit)),
            _ => ProblemKind::NoValue { why: error.to_string() },
        };
        Problem::new(Some(error.span), kind)
    }

    /// Whether the run was given up: not the playbook is at fault but how much it would take.
    pub fn is_exceeded(&self) -> bool {
        matches!(self.kind, ProblemKind::Exceeded(_))
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match &self.kind {
            ProblemKind::Broken => Some("run `quell check` to see them".to_owned()),
            ProblemKind::UnknownInput { name, known } => {
                match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => Some(format!("did you mean `{near}`?")),
                    None if known.is_empty() => Some("the playbook has no inputs".to_owned()),
                    None => Some(format!("the playbook has {}", quoted(known))),
                }
            }
            ProblemKind::Unset(unset) => {
                let arguments: Vec<String> = unset
                    .iter()
                    .map(|unset| format!("--input {}", shell_words::quote(&unset.argument)))
                    .collect();
                let them = if unset.len() == 1 { "it" } else { "each" };
                Some(format!("pass `{}`, or run a scenario with a `given` for {them}", arguments.join(" ")))
            }
            ProblemKind::NoSample { name } => {
                Some(format!("set it with `given {name} = ...`, or add a sample to its trigger with `= ...`"))
            }
            ProblemKind::Exceeded(exceeded) => Some(exceeded.bound.help().to_owned()),
            ProblemKind::NoScenario
            | ProblemKind::WrongInput { .. }
            | ProblemKind::NoValue { .. }
            | ProblemKind::DataFile { .. } => None,
        }
    }
}

fn write_unset(f: &mut fmt::Formatter<'_>, unset: &[Unset]) -> fmt::Result {
    let inputs: Vec<String> =
        unset.iter().filter(|it| it.parts.is_empty()).map(|it| it.name.clone()).collect();
    match inputs.as_slice() {
        [] => {}
        [one] => write!(f, "the input `{one}` isn't set")?,
        several => write!(f, "the inputs {} aren't set", quoted(several))?,
    }
    let events = unset.iter().filter(|it| !it.parts.is_empty());
    for (index, event) in events.enumerate() {
        let before = if index > 0 || !inputs.is_empty() { "; " } else { "" };
        let parts: Vec<String> = event.parts.iter().map(|part| format!("{}.{part}", event.name)).collect();
        let verb = if parts.len() == 1 { "has" } else { "have" };
        write!(f, "{before}it reads {}, which {verb} no value in the sample event", quoted(&parts))?;
    }
    Ok(())
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ProblemKind::Broken => write!(f, "the playbook has errors"),
            ProblemKind::NoScenario => write!(f, "unknown scenario"),
            ProblemKind::UnknownInput { name, .. } => write!(f, "unknown input `{name}`"),
            ProblemKind::Unset(unset) => write_unset(f, unset),
            ProblemKind::WrongInput { name, why } => write!(f, "the value of `{name}` doesn't fit: {why}"),
            ProblemKind::NoValue { why } => write!(f, "couldn't evaluate this: {why}"),
            ProblemKind::DataFile { path, why } => write!(f, "couldn't read `{path}`: {why}"),
            ProblemKind::NoSample { name } => write!(f, "`{name}` isn't set, and its trigger has no sample"),
            ProblemKind::Exceeded(exceeded) => write!(f, "{exceeded}"),
        }
    }
}
