//! `resolve within` only holds if people are quicker than they need be.
//!
//! ## Why
//!
//! Questions, approvals and work by hand have bounds of their own. If everybody uses all the time that
//! these give them, and all calls are as slow as they may be, the run is resolved later than promised.
//! That may be what you want: a promise that presses people. The finding shows where the time goes.
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
pub fn finding(
    span: Span,
    promised: i64,
    worst: i64,
    machines: i64,
    path: &[Leg],
) -> Diagnostic {
    let (promised, worst, machines) = (duration_text(promised), duration_text(worst), duration_text(machines));
    let message = format!("it may take {worst} until this is resolved if people use all their time");
    with_path(Diagnostic::new(CODE, Level::Warning, span, message), path)
        .at(format!("promises {promised}"))
        .note(format!("if people act at once, it takes {machines} at most"))
        .help(format!("give people less time, shorten a bound on this way, or promise `{worst}`"))
}
