//! Why a run can't begin, or can't be run to its end.

use std::fmt;

use super::{
    bounds::Exceeded,
    evaluate::{ErrorKind, EvaluationError},
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
    /// An input without a default has no value.
    MissingInput {
        /// Its name.
        name: String,
    },
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
            ProblemKind::MissingInput { name } => Some(format!(
                "pass it with `--input {name}=...`, or set it in a scenario with `given {name} = ...`"
            )),
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

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ProblemKind::Broken => write!(f, "the playbook has errors"),
            ProblemKind::NoScenario => write!(f, "unknown scenario"),
            ProblemKind::UnknownInput { name, .. } => write!(f, "unknown input `{name}`"),
            ProblemKind::MissingInput { name } => write!(f, "the input `{name}` isn't set"),
            ProblemKind::WrongInput { name, why } => write!(f, "the value of `{name}` doesn't fit: {why}"),
            ProblemKind::NoValue { why } => write!(f, "couldn't evaluate this: {why}"),
            ProblemKind::DataFile { path, why } => write!(f, "couldn't read `{path}`: {why}"),
            ProblemKind::NoSample { name } => write!(f, "`{name}` isn't set, and its trigger has no sample"),
            ProblemKind::Exceeded(exceeded) => write!(f, "{exceeded}"),
        }
    }
}
