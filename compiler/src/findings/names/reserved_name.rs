//! Reserved name.
//!
//! ## Why
//!
//! Some names have a fixed meaning everywhere: the built-in functions and types, `run`, `it` and `error`, and
//! in playbooks also `severity` and the milestones. Reusing one would make a line mean something other than
//! what it appears to mean.
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
    let message = format!("`{}` is a built-in name and can't be redefined", name.text);
    Diagnostic::error(CODE, name.span, message).help("choose another name")
}

/// A name of a playbook or task is a word that means something there.
pub fn word(name: &Ident) -> Diagnostic {
    let message = format!("`{}` has a fixed meaning in steps and conditions", name.text);
    Diagnostic::error(CODE, name.span, message).help("choose another name")
}

/// A parameter of an action is called like what its binding knows of the answer.
pub fn binding(name: &Ident) -> Diagnostic {
    let message = format!("`{}` is the name of a value in the binding of this action", name.text);
    Diagnostic::error(CODE, name.span, message).help("rename the parameter")
}
