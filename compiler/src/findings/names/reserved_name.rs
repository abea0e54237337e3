//! A name that the language needs for itself.
//!
//! ## Why
//!
//! These names mean something wherever they stand: the builtin functions and types, `run`, `it` and
//! `error`, in playbooks also `severity` and the milestones. A second meaning would make a line mean
//! something else than it says.
//!
//! ## Bad
//!
//! ```quell
//! fn table(rows: List<Text>) -> Text = rows.join("\n")
//! // ^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! fn joined(rows: List<Text>) -> Text = rows.join("\n")
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "reserved-name";

/// An item or import is called like `what`: "a builtin function".
pub fn item(name: &str, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` is the name of {what}")).help("choose another name")
}

/// A name of a playbook or task is called like a builtin.
pub fn builtin(name: &Ident) -> Diagnostic {
    let message = format!("`{}` is known everywhere and can't be given another meaning", name.text);
    Diagnostic::error(CODE, name.span, message).help("choose another name")
}

/// A name of a playbook or task is a word that means something there.
pub fn word(name: &Ident) -> Diagnostic {
    let message = format!("`{}` already means something in steps and conditions", name.text);
    Diagnostic::error(CODE, name.span, message).help("choose another name")
}

/// A parameter of an action is called like what its binding knows of the answer.
pub fn binding(name: &Ident) -> Diagnostic {
    let message = format!("`{}` is what the binding of this action knows of the answer", name.text);
    Diagnostic::error(CODE, name.span, message).help("give the parameter another name")
}
