//! `resolve within` without `resolved after`.
//!
//! ## Why
//!
//! The promise is about the moment when the run is resolved. Without `resolved after` there is no such
//! moment.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds pods.
//! playbook more_pods {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!   resolve within 30m
//! //               ^^^
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
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds pods.
//! playbook more_pods {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!   resolve within 30m
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       undo kubernetes.scale(shop, replicas: 6)
//!     step rolled_out = kubernetes.rollout(shop)
//!     resolved after rolled_out
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "resolve-within-unresolved";

/// The promise at `span` has no moment that it is about.
pub fn finding(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "`resolve within` requires `resolved after`")
        .note("this playbook doesn't define when a run is resolved")
        .help("add `resolved after STEP` at the end of remediate, with the step that verifies the recovery")
}
