//! `resolve within` shorter than the worst case.
//!
//! ## Why
//!
//! `resolve within` is checked against the worst case: every call times out, and every retry and poll is used
//! up, while people respond instantly. If that takes longer than promised, the promise breaks when everything
//! is slow, which is exactly during an incident.
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
//!   resolve within 10m
//! //               ^^^
//!
//!   remediate {
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
//! let shop: Workload = Workload(name: "shop", image: "ghcr.io/example/shop")
//!
//! /// Adds pods.
//! playbook more_pods {
//!   owner Team(name: "ops", lead: kim, on_call: [kim])
//!   resolve within 20m
//!
//!   remediate {
//!     step rolled_out = kubernetes.rollout(shop)
//!       timeout 15m
//!     resolved after rolled_out
//!   }
//! }
//! ```

use super::duration_text;
use crate::{
    diagnostic::{Diagnostic, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "resolve-within-exceeded";

/// A part of the longest way to the end.
#[derive(Debug, Clone)]
pub struct Leg {
    /// What it is: `` `moved` ``.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// How long it takes.
    pub length: i64,
    /// When it is over, since the start.
    pub end: i64,
}

/// The run may take `worst` until it is resolved, and `promised` stands at `span`.
pub fn finding(span: Span, promised: i64, worst: i64, path: &[Leg]) -> Diagnostic {
    let (promised, worst) = (duration_text(promised), duration_text(worst));
    let message = format!("worst case to resolution is {worst}, even with instant human responses");
    with_path(Diagnostic::new(CODE, Level::Error, span, message), path)
        .at(format!("promises {promised}"))
        .note("in the worst case each call times out, and all retries and polls are used up")
        .help(format!("shorten a limit on the longest path, or promise `resolve within {worst}`"))
}

/// Shows the way that takes longest: its longest legs in the source, all of it in a note.
pub(super) fn with_path(mut finding: Diagnostic, path: &[Leg]) -> Diagnostic {
    let mut longest: Vec<_> = path.iter().collect();
    longest.sort_by_key(|leg| (std::cmp::Reverse(leg.length), leg.end));
    longest.truncate(4);
    longest.sort_by_key(|leg| leg.end);
    for leg in longest {
        let (length, end) = (duration_text(leg.length), duration_text(leg.end));
        finding = finding.label(leg.span, format!("takes up to {length}, finishing {end} into the run"));
    }
    let legs: Vec<_> = path.iter().map(|leg| format!("{} {}", leg.name, duration_text(leg.length))).collect();
    finding.note(format!("longest path: {}", legs.join(", ")))
}
