//! Resolution rests on an action, not on a check.
//!
//! ## Why
//!
//! A successful restart doesn't prove that the service works. Put a step in `resolved after` that shows that
//! users are served again: a read-only step, best with `repeat ... until`.
//!
//! ## Bad
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!     resolved after restarted
//! //                 ^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart() changes {
//!   irreversible "what was in memory is gone"
//! }
//!
//! action error_rate() -> Percent reads
//!
//! playbook repair {
//!   remediate {
//!     step restarted = restart()
//!     step recovered = error_rate()
//!       repeat every 15s until it < 1% for 1m, at most 10m
//!     resolved after recovered
//!   }
//! }
//! ```

use crate::{
    graph::{Callee, Reason},
    lint::{Group, Pass, Rule, rule::finding},
    names::Milestone,
};

/// The rule.
pub static RULE: Rule =
    Rule::new("unverified-resolution", Group::Safety, include_str!("unverified_resolution.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let Some(resolved) = body.graph.milestone(Milestone::Resolved) else { continue };
        let edges = body.graph.incoming(resolved).iter().map(|edge| body.graph.edge(*edge));
        let edges: Vec<_> = edges.filter(|edge| edge.reason == Reason::Milestone).collect();
        let looks = edges.iter().any(|edge| {
            // What isn't a step is none of those that only act.
            body.graph.step(edge.from).is_none_or(|plan| plan.is_look() || verifies(pass, plan.callee))
        });
        if let Some(first) = edges.first().filter(|_| !looks) {
            let name =
                body.graph.step(first.from).map_or("it", |plan| &pass.hir().locals[plan.local].name.text);
            pass.report(
                finding(first.span, format!("resolution rests on an action, `{name}`, not on a check"))
                    .help("name a read-only step that polls until the service is healthy"),
            );
        }
    }
}

/// Whether a call looks at what it did; people who work by hand do.
fn verifies(pass: &Pass<'_>, callee: Callee) -> bool {
    let inner = match callee {
        Callee::Manual => return true,
        Callee::Task(task) => pass.facts.body(task),
        _ => None,
    };
    pass.facts.provides(callee, "verification")
        || inner.is_some_and(|body| {
            body.steps().iter().any(|step| step.plan.is_look() && step.plan.repeat.is_some())
        })
}
