//! An action narrows a task.
//!
//! ## Why
//!
//! `action NAME(...) EFFECT = CALL` gives an action a name of its own and fixes some of its parameters.
//! A task is more than that: steps with an order, approvals and undos of their own, and an effect that
//! follows from them. Behind an action all of this would be out of sight, and what the action declares
//! would only be a claim. Call the task where it is needed, or wrap it in another task.
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
    let finding = Diagnostic::error(CODE, span, format!("`{action}` narrows `{task}`, which is a task"));
    let finding = finding.at("only an action can be narrowed");
    let finding = match declared {
        Some(declared) => finding.label(declared, "the task"),
        None => finding,
    };
    finding
        .note("a task has steps of its own, whose approvals and undos an action would hide")
        .help(format!("make `{action}` a task that calls `{task}`"))
}
