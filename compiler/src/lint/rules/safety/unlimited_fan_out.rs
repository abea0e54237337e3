//! Change of all elements in parallel.
//!
//! ## Why
//!
//! If the change is wrong, it is wrong everywhere before the first failure shows. `1 at a time` stops at the
//! first failure.
//!
//! ## Bad
//!
//! ```quell
//! action reload(host: Text) changes {
//!   irreversible "sessions are lost"
//! }
//!
//! playbook repair {
//!   input hosts: List<Text>
//!
//!   remediate {
//!     step reloaded = reload(host)
//!       each host in hosts, at most 20
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action reload(host: Text) changes {
//!   irreversible "sessions are lost"
//! }
//!
//! playbook repair {
//!   input hosts: List<Text>
//!
//!   remediate {
//!     step reloaded = reload(host)
//!       each host in hosts, 2 at a time, at most 20
//!   }
//! }
//! ```

use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule =
    Rule::new("unlimited-fan-out", Group::Safety, include_str!("unlimited_fan_out.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps().iter().filter(|step| step.plan.is_change()) {
            let Some(clause) = &step.step.clauses.each else { continue };
            if clause.value.at_a_time.is_none() {
                pass.report(
                    finding(clause.span, format!("`{}` changes everything at once", step.name()))
                        .help("limit it: `1 at a time`"),
                );
            }
        }
    }
}
