//! Two changes of the same resource at the same time.
//!
//! ## Why
//!
//! A step with `after` no longer runs in the order of the lines. If nothing decides which of two changes to
//! the same resource happens first, the result depends on which one is slower.
//!
//! ## Bad
//!
//! ```quell
//! action scale(workload: Text, replicas: Int) changes {
//!   irreversible "pods come and go"
//!   touches workload
//! }
//!
//! playbook repair {
//!   remediate {
//!     step up = scale("checkout", replicas: 9)
//!       after started
//!     step down = scale("checkout", replicas: 0)
//! //       ^^^^
//!       after started
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action scale(workload: Text, replicas: Int) changes {
//!   irreversible "pods come and go"
//!   touches workload
//! }
//!
//! playbook repair {
//!   remediate {
//!     step down = scale("checkout", replicas: 0)
//!     step up = scale("checkout", replicas: 9)
//!   }
//! }
//! ```

use crate::{
    graph::Phase,
    lint::{Group, Pass, Rule, conditions::exclude_each_other, rule::finding},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("opposing-changes", Group::Safety, include_str!("opposing_changes.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        let changes: Vec<_> = body.steps().into_iter().filter(|step| step.plan.is_change()).collect();
        let phase = |node| body.graph.node(node).phase;
        for (index, later) in changes.iter().enumerate() {
            let touched = pass.facts.touches(pass.file, later.plan.call);
            let rival = changes[..index].iter().find(|earlier| {
                let apart = body.comes_before(earlier.node, later.node)
                    || body.comes_before(later.node, earlier.node)
                    // A run ends in one way.
                    || phase(earlier.node) != phase(later.node) && phase(later.node) != Phase::Response
                    || exclude_each_other(pass, &body, earlier, later);
                !apart && !touched.is_disjoint(&pass.facts.touches(pass.file, earlier.plan.call))
            });
            if let Some(earlier) = rival {
                let (one, other) = (earlier.name(), later.name());
                pass.report(
                    finding(
                        later.step.name.span,
                        format!("`{other}` and `{one}` may change the same resource at the same time"),
                    )
                    .label(earlier.step.name.span, "this one")
                    .help(format!("order them: `after {one}`")),
                );
            }
        }
    }
}
