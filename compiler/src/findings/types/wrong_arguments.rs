//! Wrong arguments.
//!
//! ## Why
//!
//! Arguments without a name fill the parameters in order; after the first named argument all others must be
//! named. A parameter without a default needs an argument.
//!
//! ## Bad
//!
//! ```quell
//! fn waits(seconds: Float, factor: Float = 2.0) -> Duration = seconds * factor * 1s
//!
//! fn patience() -> Duration = waits(facter: 3.0)
//! //                          ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn waits(seconds: Float, factor: Float = 2.0) -> Duration = seconds * factor * 1s
//!
//! fn patience() -> Duration = waits(1.5, factor: 3.0)
//! ```

use crate::{
    diagnostic::Diagnostic,
    findings::{foreign, suggest::nearest},
    hir::Ident,
    source::Span,
};

/// The code.
pub const CODE: &str = "wrong-arguments";

/// What is wrong with an argument.
#[derive(Debug, Clone)]
pub enum Problem {
    /// There are more than there are parameters.
    TooMany(Span),
    /// No parameter has this name; these are their names.
    Unknown(Ident, Vec<String>),
    /// The parameter has an argument already, there.
    Twice(Ident, Span),
    /// The parameter has none.
    Missing(String),
    /// An argument without a name stands behind one with a name.
    AfterNamed(Span),
    /// The argument has another type.
    Type {
        /// The parameter.
        parameter: String,
        /// The argument.
        span: Span,
        /// What is said of it.
        finding: Box<Diagnostic>,
    },
}

impl Problem {
    /// Where it is; a missing one is nowhere.
    fn span(&self) -> Option<Span> {
        match self {
            Problem::TooMany(span) | Problem::AfterNamed(span) | Problem::Type { span, .. } => Some(*span),
            Problem::Unknown(name, _) | Problem::Twice(name, _) => Some(name.span),
            Problem::Missing(_) => None,
        }
    }

    fn words(&self) -> String {
        match self {
            Problem::TooMany(_) => "no parameter for this argument".to_owned(),
            Problem::Unknown(name, _) => format!("no parameter `{}`", name.text),
            Problem::Twice(name, _) => format!("`{}` already has an argument", name.text),
            Problem::Missing(name) => format!("`{name}` is missing"),
            Problem::AfterNamed(_) => "after a named argument, all others must be named".to_owned(),
            Problem::Type { parameter, finding, .. } => format!("`{parameter}`: {}", finding.message),
        }
    }

    fn help(&self) -> Vec<String> {
        match self {
            Problem::Unknown(name, known) => {
                let near = nearest(&name.text, known.iter().map(String::as_str));
                match foreign::parameter(&name.text) {
                    Some(help) if near.is_none() => vec![help.to_owned()],
                    _ => near.map(|near| format!("did you mean `{near}`?")).into_iter().collect(),
                }
            }
            Problem::Type { finding, .. } => finding.help.clone(),
            Problem::Missing(name) if name != "within" => vec![format!("add `{name}: VALUE`")],
            Problem::TooMany(_) => vec!["remove the argument, or write it as `NAME: VALUE`".to_owned()],
            Problem::Twice(..) => vec!["remove one of the two".to_owned()],
            Problem::AfterNamed(_) => vec!["write it as `NAME: VALUE`".to_owned()],
            Problem::Missing(_) => {
                vec!["every wait needs a limit: add `within: 10m`".to_owned()]
            }
        }
    }
}

/// The call of `name` has these problems; `callee` is where it is named.
pub fn report(name: &str, callee: Span, problems: &[Problem], signature: &str) -> Diagnostic {
    let only = match problems {
        [only] => Some(only),
        _ => None,
    };
    let mut finding = match only {
        Some(only) => {
            let message = match only {
                Problem::Missing(parameter) => format!("`{name}` requires `{parameter}`"),
                Problem::TooMany(_) => format!("`{name}` has no parameter for this argument"),
                Problem::Unknown(parameter, _) => format!("`{name}` has no parameter `{}`", parameter.text),
                other => other.words(),
            };
            Diagnostic::error(CODE, only.span().unwrap_or(callee), message)
        }
        None => Diagnostic::error(CODE, callee, format!("the arguments don't match `{name}`")),
    };
    for problem in problems {
        if let Problem::Twice(_, first) = problem {
            finding = finding.label(*first, "first one");
        }
        match problem.span() {
            Some(span) if only.is_none() => finding = finding.label(span, problem.words()),
            None if only.is_none() => finding = finding.note(problem.words()),
            _ => {}
        }
        finding.help.extend(problem.help());
    }
    finding.note(format!("the signature is `{signature}`"))
}
