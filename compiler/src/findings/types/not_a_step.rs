//! Step that calls nothing.
//!
//! ## Why
//!
//! A step calls an action, a task, `ask`, `ask_many` or `manual`. A value that is only computed belongs in a
//! `let`: it needs no timeout, no retry and no undo.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task scan() -> Float {
//!   step up = prometheus.value("up")
//!   step twice = up * 2.0
//! //             ^^^^^^^^
//!   return twice
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
//!   let twice = up * 2.0
//!   return twice
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span, types::Heads};

/// The code.
pub const CODE: &str = "not-a-step";

/// `undo none`.
pub fn no_undo(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "`none` isn't an undo")
        .note("`undo` calls an action or a task, or `manual` if a person has to undo it")
        .help("if the change can't be undone, write `irreversible \"why\"`")
}

/// What stands at the head of `heads` is `name`, or no call at all.
pub fn report(heads: Heads, name: &str, span: Span) -> Diagnostic {
    let called = if name.contains('…') { "this".to_owned() } else { format!("`{name}`") };
    match heads {
        Heads::Step => Diagnostic::error(CODE, span, format!("{called} isn't a call, so it can't be a step"))
            .note("a step calls an action, a task, `ask`, `ask_many` or `manual`")
            .help("use `let` for a computed value"),
        Heads::Undo => Diagnostic::error(CODE, span, format!("{called} can't be an undo"))
            .note("`undo` calls an action or a task, or `manual` if a person has to undo it")
            .help("write `undo ACTION(...)`, or `undo manual(PEOPLE, \"...\", within: 30m)`"),
        Heads::Failure => Diagnostic::error(CODE, span, format!("{called} can't be run on failure"))
            .note("`on failure run` calls an action or a task")
            .help("to continue with a default value, write `on failure use VALUE`"),
        Heads::Narrowing => Diagnostic::error(CODE, span, format!("{called} isn't an action"))
            .note("after `=`, an action calls another, more general action")
            .help("put what the action does between braces: `{ http GET \"https://...\" { return body } }`"),
    }
}
