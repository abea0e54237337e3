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
//!   owner Team(name: "ops", lead: kim)
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
//!   owner Team(name: "ops", lead: kim)
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

use crate::{diagnostic::Diagnostic, names::Milestone, source::Span};

/// The code.
pub const CODE: &str = "milestone-never-comes";

/// The milestone named at `span` is never reached.
pub fn finding(span: Span, milestone: Milestone) -> Diagnostic {
    let finding = Diagnostic::error(CODE, span, format!("`{}` never comes here", milestone.word()));
    match milestone {
        Milestone::Resolved => finding
            .note("a run is resolved when the steps of `resolved after` have ended well, and there is no such line")
            .help("add `resolved after` with the step that shows that it is over, at the end of remediate"),
        Milestone::Failed => finding
            .note("a run fails when a change, or a step of `resolved after`, fails, and there is neither")
            .help("to act when a step fails, give that step `on failure run ...`"),
        Milestone::Assessed => finding
            .note("a run is assessed when its severity is known, and there is none")
            .help("add `severity = ...` to enrich or triage"),
        Milestone::Started | Milestone::Triaged => finding,
    }
}
