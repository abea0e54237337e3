//! `resolved after` names a step that may be skipped, or whose failure is shrugged off.
//!
//! ## Why
//!
//! A run is resolved when it has been *seen* that the service works again: whatever was done, or if
//! nothing had to be done. A step that may be skipped, or that goes on when it fails, shows nothing.
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
//!
//!   enrich {
//!     step running = kubernetes.deployment(shop)
//!   }
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       when running.replicas < 9
//!       undo kubernetes.scale(shop, replicas: running.replicas)
//!     resolved after scaled
//! //                 ^^^^^^
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
//!
//!   enrich {
//!     step running = kubernetes.deployment(shop)
//!   }
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       when running.replicas < 9
//!       undo kubernetes.scale(shop, replicas: running.replicas)
//!     step rolled_out = kubernetes.rollout(shop)
//!     resolved after rolled_out
//!   }
//! }
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "resolved-after-unsure";

/// The step named at `span` isn't sure to be done: because of what stands at `reason`.
pub fn finding(span: Span, step: &str, reason: Span, why: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{step}` doesn't show that it is over"))
        .label(reason, format!("`{step}` {why}"))
        .note("the service is checked whatever was done, so this step must always run, and count when it fails")
        .help("name a step that looks at the service and has no condition")
}

/// What is named at `span` isn't a step at all.
pub fn not_a_step(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "`resolved after` names steps, and this is none")
        .help("name the step that looks whether the service works again")
}
