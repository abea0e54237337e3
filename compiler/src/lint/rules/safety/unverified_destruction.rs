//! Destructive step that nothing verifies.
//!
//! ## Why
//!
//! What can't be undone should be checked immediately: the sooner someone notices that it went wrong, the
//! more can be saved.
//!
//! ## Bad
//!
//! ```quell
//! action wipe() destroys {
//!   irreversible "the queue is gone"
//! }
//!
//! playbook repair {
//!   enrich {
//!     severity = minor
//!   }
//!
//!   remediate {
//!     step wiped = wipe()
//! //       ^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action wipe() destroys {
//!   irreversible "the queue is gone"
//! }
//!
//! action length() -> Int reads {
//!   provides verification
//! }
//!
//! playbook repair {
//!   enrich {
//!     severity = minor
//!   }
//!
//!   remediate {
//!     step wiped = wipe()
//!     step left = length()
//!       repeat every 5s until it == 0, at most 1m
//!   }
//! }
//! ```

use crate::{
    hir::Effect,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("unverified-destruction", Group::Safety, include_str!("unverified_destruction.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let steps = body.steps();
        for step in steps.iter().filter(|step| step.plan.effect == Effect::Destroys) {
            let looked = steps.iter().any(|other| {
                other.plan.is_look() && body.comes_before(step.node, body.graph.entry(other.node))
            });
            if !looked {
                pass.report(
                    finding(step.step.name.span, format!("nothing verifies `{}`", step.name()))
                        .help("add a read-only step below it that polls with `repeat ... until`"),
                );
            }
        }
    }
}
