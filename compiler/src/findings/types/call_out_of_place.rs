//! Action, task or question called outside a step.
//!
//! ## Why
//!
//! Everything that acts on the outside world should be easy to find: such calls come right after the `=` of a
//! step, after `undo` or after `on failure run`, and nowhere else. All other expressions only compute.
//!
//! ## Bad
//!
//! ```quell
//! use std.prometheus
//!
//! task scan() -> Bool {
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
//! task scan() -> Bool {
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
        return Diagnostic::error(CODE, span, message)
            .note("a trigger is only used after the `on` of a playbook");
    }
    Diagnostic::error(CODE, span, message)
        .note("a call that acts on the outside world has to be a separate step")
        .help(format!("add `step NAME = {name}(...)` above, and use `NAME` here"))
}
