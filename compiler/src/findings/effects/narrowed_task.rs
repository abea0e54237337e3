//! Action defined by a task.
//!
//! ## Why
//!
//! `action NAME(...) EFFECT = CALL` gives an existing action a new name and fixes some of its parameters. A
//! task is more than an action: it has steps in an order, with approvals and undos, and its effect follows
//! from them. Behind an action all of this would be hidden, and the declared effect couldn't be relied on.
//! Call the task directly, or wrap it in another task.
//!
//! ## Bad
//!
//! ```quell
//! action read_load(host: Text) -> Int reads
//!
//! task load_of(host: Text) -> Int {
//!   step load = read_load(host)
//!   return load
//! }
//!
//! action load_of_web() -> Int reads = load_of("web-1")
//! //                                  ^^^^^^^^^^^^^^^^
//! ```
//!
//! ## Good
//!
//! ```quell
//! action read_load(host: Text) -> Int reads
//!
//! task load_of(host: Text) -> Int {
//!   step load = read_load(host)
//!   return load
//! }
//!
//! task load_of_web() -> Int {
//!   step load = load_of("web-1")
//!   return load
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "narrowed-task";

/// `action` narrows `task`, which is `declared` there, by the call at `span`.
pub fn finding(span: Span, action: &str, task: &str, declared: Option<Span>) -> Diagnostic {
    let finding =
        Diagnostic::error(CODE, span, format!("`{action}` can't be defined by `{task}`, which is a task"));
    let finding = finding.at("has to be an action");
    let finding = match declared {
        Some(declared) => finding.label(declared, "the task"),
        None => finding,
    };
    finding
        .note("the action would hide the approvals and undos of the task's steps")
        .help(format!("declare `{action}` as a task that calls `{task}`"))
}
