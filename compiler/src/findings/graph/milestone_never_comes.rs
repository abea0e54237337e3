//! Milestone that is never reached.
//!
//! ## Why
//!
//! `resolved` is reached when the steps of `resolved after` have succeeded; without that line there is no
//! such moment. `failed` is reached when a change or a step of `resolved after` has failed; a playbook that
//! only reads and notifies never fails. `assessed` needs a `severity`. A step that waits for a milestone that
//! is never reached never runs, and no one notices until it is needed.
//!
//! ## Bad
//!
//! ```quell
//! use std.slack
//! use std.slack (Channel)
//!
//! let ops: Channel = Channel(id: "C0OPS", name: "ops")
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! /// Tells the channel that all is well.
//! playbook announce {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step all_clear = slack.post(ops, "All is well.")
//!       after resolved
//! //          ^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.probe
//! use std.slack
//! use std.slack (Channel)
//!
//! let ops: Channel = Channel(id: "C0OPS", name: "ops")
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! /// Tells the channel when the shop can be reached.
//! playbook announce {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step all_clear = slack.post(ops, "All is well.")
//!       after resolved
//!   }
//!
//!   remediate {
//!     step reached = probe.page("https://shop.example.com", from: ["eu"])
//!       repeat every 10s until it.all(p => p.ok), at most 10m
//!     resolved after reached
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "milestone-never-comes";

/// Why a milestone never comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `resolved`, and there is no `resolved after`.
    NothingResolves,
    /// `failed`, and there is no change and no `resolved after`.
    NothingFails,
    /// `assessed`, and there is no `severity`.
    NoSeverity,
}

/// The milestone that is called `name`, at `span`, is never reached.
pub fn finding(span: Span, name: &str, reason: Reason) -> Diagnostic {
    let (note, help) = match reason {
        Reason::NothingResolves => (
            "a run is resolved when the steps of `resolved after` have succeeded, and this playbook has no such line",
            "add `resolved after STEP` at the end of remediate, with the step that verifies the recovery",
        ),
        Reason::NothingFails => (
            "a run fails when a change or a step of `resolved after` fails, and this playbook has neither",
            "to react to the failure of a step, add `on failure run ...` to that step",
        ),
        Reason::NoSeverity => (
            "a run is assessed when its severity is known, and this playbook sets none",
            "add `severity = ...` to enrich or triage",
        ),
    };
    Diagnostic::error(CODE, span, format!("`{name}` is never reached in this playbook")).note(note).help(help)
}
