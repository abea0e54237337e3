//! A step waits for a milestone that this playbook never reaches.
//!
//! ## Why
//!
//! `resolved` is reached when the steps of `resolved after` have ended well; without that line there
//! is no such moment. `failed` is reached when a change, or a step of `resolved after`, has failed; a
//! playbook that only looks and talks never fails. `assessed` needs a `severity`. A step that waits
//! for what never comes is never run, and nobody notices until it is missed.
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
            "a run is resolved when the steps of `resolved after` have ended well, and there is no such line",
            "add `resolved after` with the step that shows that it is over, at the end of remediate",
        ),
        Reason::NothingFails => (
            "a run fails when a change, or a step of `resolved after`, fails, and there is neither",
            "to act when a step fails, give that step `on failure run ...`",
        ),
        Reason::NoSeverity => (
            "a run is assessed when its severity is known, and there is none",
            "add `severity = ...` to enrich or triage",
        ),
    };
    Diagnostic::error(CODE, span, format!("`{name}` never comes here")).note(note).help(help)
}
