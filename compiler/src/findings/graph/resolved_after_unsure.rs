//! `resolved after` a step that may not run.
//!
//! ## Why
//!
//! A run is resolved when a step has verified that the service works again, no matter what was done before. A
//! step that may be skipped, or whose failure is ignored, verifies nothing.
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
    Diagnostic::error(CODE, span, format!("`{step}` doesn't verify the recovery"))
        .label(reason, format!("`{step}` {why}"))
        .note("this step must always run, and its failure must count")
        .help("use a step that checks the service and has no condition")
}

/// What is named at `span` isn't a step at all.
pub fn not_a_step(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, span, "`resolved after` takes steps, and this isn't one")
        .help("use the step that verifies that the service works again")
}
