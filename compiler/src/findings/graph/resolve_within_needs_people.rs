//! `resolve within` that relies on quick responses.
//!
//! ## Why
//!
//! Questions, approvals and manual work have time limits. If people use all of that time and every call is as
//! slow as it may be, the run is resolved later than promised. You may want exactly that, as a promise that
//! puts pressure on the people. The warning shows where the time goes.
//!
//! ## Bad
//!
//! ```quell
//! use std.kubernetes
//! use std.kubernetes (Workload)
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let ops: Team = Team(name: "ops", lead: kim, on_call: [kim])
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds pods.
//! playbook more_pods {
//!   owner ops
//!   resolve within 30m
//! //               ^^^
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       approve by 1 of ops within 25m
//!       undo kubernetes.scale(shop, replicas: 6)
//!     step rolled_out = kubernetes.rollout(shop)
//!       timeout 15m
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
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! let ops: Team = Team(name: "ops", lead: kim, on_call: [kim])
//!
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds pods.
//! playbook more_pods {
//!   owner ops
//!   resolve within 30m
//!
//!   remediate {
//!     step scaled = kubernetes.scale(shop, replicas: 9)
//!       approve by 1 of ops within 5m
//!       undo kubernetes.scale(shop, replicas: 6)
//!     step rolled_out = kubernetes.rollout(shop)
//!       timeout 15m
//!     resolved after rolled_out
//!   }
//! }
//! ```

use super::{
    duration_text,
    resolve_within_exceeded::{Leg, with_path},
};
use crate::{
    diagnostic::{Diagnostic, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "resolve-within-needs-people";

/// The run may take `worst` until it is resolved if people use all their time, `machines` if they act
/// at once; `promised` stands at `span`.
pub fn finding(span: Span, promised: i64, worst: i64, machines: i64, path: &[Leg]) -> Diagnostic {
    let (promised, worst, machines) =
        (duration_text(promised), duration_text(worst), duration_text(machines));
    let message = format!("worst case to resolution is {worst} if people use all their time");
    with_path(Diagnostic::new(CODE, Level::Warning, span, message), path)
        .at(format!("promises {promised}"))
        .note(format!("with instant human responses the worst case is {machines}"))
        .help(format!(
            "give people less time, shorten a limit on the longest path, or promise `resolve within {worst}`"
        ))
}
