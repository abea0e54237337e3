//! A task calls itself, directly or through others.
//!
//! ## Why
//!
//! Every playbook ends, and how long it takes at most is known before it runs. A task that calls
//! itself could go on for ever. What is to be done several times has a bound: `each` goes through a
//! list, `repeat ... at most` polls.
//!
//! ## Bad
//!
//! ```quell
//! use std.probe
//!
//! task wait_for(host: Text) -> Bool {
//!   step seen = probe.tcp(host, from: ["eu"])
//!   step again = wait_for(host)
//! //             ^^^^^^^^^^^^^^
//!   return seen.any(p => p.ok)
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.probe
//!
//! task wait_for(host: Text) -> Bool {
//!   step seen = probe.tcp(host, from: ["eu"])
//!     repeat every 10s until it.any(p => p.ok), at most 5m
//!   return seen.any(p => p.ok)
//! }
//! ```

use std::sync::Arc;

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "task-recursion";

/// A circle of tasks: each with the place of its call of the next, the last one's of the first.
pub fn task_recursion(calls: &[(Arc<str>, Span)]) -> Diagnostic {
    let names: Vec<_> = calls.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = match names.as_slice() {
        [only] => format!("the task {only} calls itself"),
        several => format!("the tasks {} call each other in a circle", several.join(", ")),
    };
    let (last, first) = (calls.len() - 1, calls[0].0.clone());
    let mut finding = Diagnostic::error(CODE, calls[last].1, message)
        .at(format!("`{}` calls `{first}` here", calls[last].0));
    for (index, (name, span)) in calls[..last].iter().enumerate() {
        finding = finding.label(*span, format!("`{name}` calls `{}` here", calls[index + 1].0));
    }
    finding
        .note("a playbook must end, so no task may lead back to itself")
        .help("go through a list with `each`, or poll with `repeat ... until ..., at most ...`")
}
