//! Too many conditions before a step.
//!
//! ## Why
//!
//! Each condition is checked separately, from left to right, so that a step can be skipped as soon as one is
//! false. More than a hundred of them only occur in generated files, and checking them costs more than it is
//! worth.
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
    Diagnostic::error(CODE, span, "this step has too many conditions")
        .note(format!("the limit is {limit} for groups and `when` together, counting each part of an `and`"))
        .help("combine some of them in a `let`, or move the step to a task")
}
