//! A task or action says that it gives a value and returns none, or the other way round.
//!
//! ## Why
//!
//! Callers rely on the type behind `->`.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Float {
//! //             ^^^^^
//!   step up = prometheus.value("up")
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Float {
//!   step up = prometheus.value("up")
//!   return up
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "missing-return";

/// The task `name` has a type at `result` and no `return`.
pub fn report(name: &Ident, result: Span) -> Diagnostic {
    Diagnostic::error(CODE, result, format!("the task `{}` returns nothing", name.text))
        .help("end it with `return ...`, or remove `->` and the type")
}

/// The task `name` returns something at `returned` and has no type.
pub fn no_type(name: &Ident, returned: Span) -> Diagnostic {
    let keyword = Span { end: returned.end.min(returned.start + "return".len() as u32), ..returned };
    Diagnostic::error(CODE, keyword, format!("the task `{}` doesn't say what it returns", name.text))
        .help("write `-> TYPE` behind its parameters")
}

/// The action `name` has a type at `result`, and its binding no `return`.
pub fn binding(name: &Ident, result: Span) -> Diagnostic {
    Diagnostic::error(CODE, result, format!("the binding of the action `{}` returns nothing", name.text))
        .help("end it with `return ...`, or remove `->` and the type")
}

/// The action `name` has a type at `result`, and its simulation no `return`.
pub fn simulation(name: &Ident, result: Span) -> Diagnostic {
    Diagnostic::error(CODE, result, format!("the simulation of the action `{}` returns nothing", name.text))
        .help("add `return ...` to `simulate`, or remove `->` and the type")
}

/// The action `name` returns something at `returned` and has no type.
pub fn no_action_type(name: &Ident, returned: Span) -> Diagnostic {
    Diagnostic::error(CODE, returned, format!("the action `{}` doesn't say what it returns", name.text))
        .help("write `-> TYPE` behind its parameters")
}
