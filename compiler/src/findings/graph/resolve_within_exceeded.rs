//! The machines alone may take longer than `resolve within` promises.
//!
//! ## Why
//!
//! `resolve within` is held against the worst case: every call runs into its time-out, every retry and
//! every poll is used up, but people answer at once. If that is longer than promised, the promise will
//! be broken on the day on which everything is slow, which is the day of the incident.
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
    let message = format!("it may take {worst} until this is resolved, even if people act at once");
    with_path(Diagnostic::new(CODE, Level::Error, span, message), path)
        .at(format!("promises {promised}"))
        .note("the worst case: each call runs into its time-out, and all retries and polls are used up")
        .help(format!("shorten a bound on this way, or promise `{worst}`"))
}

/// Shows the way that takes longest: its longest legs in the source, all of it in a note.
pub(super) fn with_path(mut finding: Diagnostic, path: &[Leg]) -> Diagnostic {
    let mut longest: Vec<_> = path.iter().collect();
    longest.sort_by_key(|leg| (std::cmp::Reverse(leg.length), leg.end));
    longest.truncate(4);
    longest.sort_by_key(|leg| leg.end);
    for leg in longest {
        let (length, end) = (duration_text(leg.length), duration_text(leg.end));
        finding = finding.label(leg.span, format!("takes up to {length}, until {end} after the start"));
    }
    let legs: Vec<_> = path.iter().map(|leg| format!("{} {}", leg.name, duration_text(leg.length))).collect();
    finding.note(format!("the longest way: {}", legs.join(", ")))
}
