//! Missing `after failed`.
//!
//! ## Why
//!
//! A step with `after failed` doesn't run if everything goes well, and neither does a step that uses it. That
//! step needs `after failed` as well, so that a reader can see when it runs.
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
//! /// Adds pods.
//! playbook more_pods {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step bad_news = slack.post(ops, "No pods could be added.")
//!       after failed
//!     step more = slack.reply(bad_news, "Look at the quota.")
//! //                          ^^^^^^^^
//!   }
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       undo kubernetes.scale(shop, replicas: 6)
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
//! /// Adds pods.
//! playbook more_pods {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!
//!   communicate {
//!     step bad_news = slack.post(ops, "No pods could be added.")
//!       after failed
//!     step more = slack.reply(bad_news, "Look at the quota.")
//!       after failed
//!   }
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       undo kubernetes.scale(shop, replicas: 6)
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "needs-after-failed";

/// `waiting` names, at `span`, `needed`, which only happens after a failure.
pub fn finding(span: Span, waiting: &str, needed: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("{waiting} needs {needed}, which only runs after a failure"))
        .note("if the run doesn't fail, neither of them runs")
        .help(format!("add `after failed` to {waiting}, or use a different step"))
}
