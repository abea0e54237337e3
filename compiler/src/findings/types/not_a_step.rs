//! A step, `undo` or `on failure run` doesn't call what does something.
//!
//! ## Why
//!
//! A step calls an action, a task, `ask`, `ask_many` or `manual`. What only computes is a `let`: it needs
//! no time, no retry and no undo.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Float {
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
//! task look() -> Float {
//!   step up = prometheus.value("up")
//!   let twice = up * 2.0
//!   return twice
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span, types::Heads};

/// The code.
pub const CODE: &str = "not-a-step";

/// What stands at the head of `heads` is `name`, or no call at all.
pub fn report(heads: Heads, name: &str, span: Span) -> Diagnostic {
    let called = if name.contains('…') { "this".to_owned() } else { format!("`{name}`") };
    match heads {
        Heads::Step => Diagnostic::error(CODE, span, format!("{called} does nothing, so it is no step"))
            .note("a step calls an action, a task, `ask`, `ask_many` or `manual`")
            .help("name what is only computed with `let`"),
        Heads::Undo => Diagnostic::error(CODE, span, format!("{called} can't be an undo"))
            .note("an undo calls an action or a task, or `manual` where a person puts it back"),
        Heads::Failure => Diagnostic::error(CODE, span, format!("{called} can't be run on failure"))
            .note("`on failure run` calls an action or a task")
            .help("for another value write `on failure use`"),
        Heads::Narrowing => Diagnostic::error(CODE, span, format!("{called} is no action"))
            .note("behind its `=` an action calls another, more general action"),
    }
}
