//! Step after both `resolved` and `failed`.
//!
//! ## Why
//!
//! A run is either resolved or failed. A step that waits for both, itself or through the steps it uses, never
//! runs.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//! use std.slack
//! use std.slack (Channel)
//!
//! let ops: Channel = Channel(id: "C0OPS", name: "ops")
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Waits for a rollout.
//! playbook rollout {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step news = slack.post(ops, "The rollout is over.")
//! //       ^^^^
//!       after resolved, failed
//!   }
//!
//!   remediate {
//!     step rolled_out = kubernetes.rollout(shop)
//!     resolved after rolled_out
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//! use std.slack
//! use std.slack (Channel)
//!
//! let ops: Channel = Channel(id: "C0OPS", name: "ops")
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Waits for a rollout.
//! playbook rollout {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step good_news = slack.post(ops, "The rollout is done.")
//!       after resolved
//!     step bad_news = slack.post(ops, "The rollout failed.")
//!       after failed
//!   }
//!
//!   remediate {
//!     step rolled_out = kubernetes.rollout(shop)
//!     resolved after rolled_out
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "waits-for-both-ends";

/// The step called `name`, at `span`, waits for `resolved` because of what stands at `resolved`, and for
/// `failed` because of what stands at `failed`.
pub fn finding(span: Span, name: &str, resolved: Span, failed: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` waits for both `resolved` and `failed`"))
        .label(resolved, "only runs when the run is resolved")
        .label(failed, "only runs when the run has failed")
        .note("a run is never both, so this step never runs")
        .help("split it into two steps, one for each outcome")
}
