//! A step stands behind more conditions than anybody could follow.
//!
//! ## Why
//!
//! Each condition is looked at on its own, from left to right, so that a step can be skipped as soon as
//! one doesn't hold; each keeps the reasons for which the step waits. More than a hundred of them happen
//! in texts that a program has written, and cost more than they tell.
//!
//! ## Bad
//!
//! ```quell
//! use std.slack
//! use std.slack (Channel)
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let ops: Channel = Channel(id: "C0OPS", name: "ops")
//!
//! /// Says hello.
//! playbook hello {
//!   input b: Bool
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step said = slack.post(ops, "Hello")
//!       when b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b and b
//! //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.slack
//! use std.slack (Channel)
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let ops: Channel = Channel(id: "C0OPS", name: "ops")
//!
//! /// Says hello.
//! playbook hello {
//!   input b: Bool
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step said = slack.post(ops, "Hello")
//!       when b
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "too-many-conditions";

/// With the condition at `span` there are more than `limit` before a step.
pub fn finding(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::error(CODE, span, "too many conditions stand before this step")
        .note(format!("groups and `when` together may have {limit}, each part of an `and` counted"))
        .help("give some of them a name with `let`, or make the step a task")
}
