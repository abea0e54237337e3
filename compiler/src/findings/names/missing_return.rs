//! `return` and the declared type don't match.
//!
//! ## Why
//!
//! Callers rely on the type after `->`. A task or action that declares one returns a value, and one that
//! returns a value declares its type.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task scan() -> Float {
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
//! task scan() -> Float {
//!   step up = prometheus.value("up")
//!   return up
//! }
//! ```

use crate::{diagnostic::Diagnostic, hir::Ident, source::Span};

/// The code.
pub const CODE: &str = "missing-return";

/// The task `name` has a type at `result` and no `return`.
pub fn report(name: &Ident, result: Span) -> Diagnostic {
    Diagnostic::error(CODE, result, format!("the task `{}` declares a result but has no `return`", name.text))
        .help("add `return ...` at the end, or remove `->` and the type")
}

/// The task `name` returns something at `returned` and has no type.
pub fn no_type(name: &Ident, returned: Span) -> Diagnostic {
    let keyword = Span { end: returned.end.min(returned.start + "return".len() as u32), ..returned };
    Diagnostic::error(CODE, keyword, format!("the task `{}` returns a value but declares no type", name.text))
        .help("add `-> TYPE` after its parameters")
}

/// The action `name` has a type at `result`, and its binding no `return`.
pub fn binding(name: &Ident, result: Span) -> Diagnostic {
    Diagnostic::error(CODE, result, format!("the binding of the action `{}` has no `return`", name.text))
        .help("add `return ...` at the end, or remove `->` and the type")
}

/// The action `name` has a type at `result`, and its simulation no `return`.
pub fn simulation(name: &Ident, result: Span) -> Diagnostic {
    Diagnostic::error(
        CODE,
        result,
        format!("the `simulate` block of the action `{}` has no `return`", name.text),
    )
    .help("add `return ...` to `simulate`, or remove `->` and the type")
}

/// The action `name` returns something at `returned` and has no type.
pub fn no_action_type(name: &Ident, returned: Span) -> Diagnostic {
    Diagnostic::error(
        CODE,
        returned,
        format!("the action `{}` returns a value but declares no type", name.text),
    )
    .help("add `-> TYPE` after its parameters")
}
