//! Failed change that goes unnoticed.
//!
//! ## Why
//!
//! With `on failure continue` a failure becomes `none`, and nothing reads that value here: the run continues
//! as if the change had been made.
//!
//! ## Bad
//!
//! ```quell
//! action drain() changes {
//!   irreversible "connections are closed"
//! }
//!
//! action switch() changes {
//!   irreversible "writes go elsewhere"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step drained = drain()
//!       on failure continue
//! //    ^^^^^^^^^^^^^^^^^^^
//!     step switched = switch()
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action drain() changes {
//!   irreversible "connections are closed"
//! }
//!
//! action switch() changes {
//!   irreversible "writes go elsewhere"
//! }
//!
//! playbook repair {
//!   remediate {
//!     step drained = drain()
//!     step switched = switch()
//!   }
//! }
//! ```

use crate::{
    graph::OnFailurePlan,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("swallowed-failure", Group::Correctness, include_str!("swallowed_failure.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        let steps = body.steps();
        for step in &steps {
            let continues = matches!(step.plan.on_failure, Some(OnFailurePlan::Continue));
            if !continues || !step.plan.is_change() || pass.facts.is_read(pass.file, step.plan.local) {
                continue;
            }
            // Whether it helped is seen by what is looked at until it is well.
            let verified = steps.iter().any(|other| {
                let waits =
                    other.plan.repeat.is_some() || pass.facts.provides(other.plan.callee, "verification");
                waits && other.plan.is_look() && body.comes_before(step.node, other.node)
            });
            if verified {
                continue;
            }
            let clause = step.step.clauses.on_failure.as_ref().map_or(step.step.span, |clause| clause.span);
            pass.report(
                finding(clause, format!("a failure of `{}` goes unnoticed", step.name()))
                    .note("the run continues as if the change had been made")
                    .help("check its result, or remove the clause so that a failure undoes the changes"),
            );
        }
    }
}
