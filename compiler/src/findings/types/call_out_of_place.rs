//! An action, task or question stands where only computing is done.
//!
//! ## Why
//!
//! What touches the world is seen at first sight: it stands behind the `=` of a step, behind `undo` or
//! `on failure run`, and nowhere else. Everything else computes, and can be computed again without harm.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Bool {
//!   let up = prometheus.value("up") > 0.0
//! //         ^^^^^^^^^^^^^^^^
//!   return up
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.prometheus
//!
//! task look() -> Bool {
//!   step up = prometheus.value("up")
//!   return up > 0.0
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "call-out-of-place";

/// `name` is a `word` (action, task, question, trigger) and is called here.
pub fn report(name: &str, word: &str, span: Span) -> Diagnostic {
    let message = format!("the {word} `{name}` can't be called here");
    if word == "trigger" {
        return Diagnostic::error(CODE, span, message).note("a trigger stands behind the `on` of a playbook");
    }
    Diagnostic::error(CODE, span, message)
        .note("what touches the world stands at the head of a step")
        .help(format!("make it a step, and name its value here: `step NAME = {name}(...)`"))
}
