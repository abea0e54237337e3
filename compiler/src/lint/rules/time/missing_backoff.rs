//! Retries without a pause.
//!
//! ## Why
//!
//! A service that refuses a call because it is overloaded refuses it again a moment later, and each attempt
//! adds load. A growing pause gives it time to recover: `retry 3 times backoff 1s to 10s`.
//!
//! ## Bad
//!
//! ```quell
//! action error_rate() -> Percent reads
//!
//! playbook look {
//!   enrich {
//!     step errors = error_rate()
//!       retry 3 times
//! //    ^^^^^^^^^^^^^
//!   }
//!
//!   communicate {
//!     step told = tell("${errors}")
//!   }
//! }
//!
//! action tell(text: Text) notifies
//! ```
//!
//! ## Good
//!
//! ```quell
//! action error_rate() -> Percent reads
//!
//! playbook look {
//!   enrich {
//!     step errors = error_rate()
//!       retry 3 times backoff 1s to 10s
//!   }
//!
//!   communicate {
//!     step told = tell("${errors}")
//!   }
//! }
//!
//! action tell(text: Text) notifies
//! ```

use crate::{
    graph::RetryWaitPlan,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule::new("missing-backoff", Group::Time, include_str!("missing_backoff.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let several = |times: Option<u32>| times.is_some_and(|times| times > 1);
            let at_once = step.plan.retry.is_some_and(|retry| {
                several(retry.times) && matches!(retry.wait, RetryWaitPlan::None | RetryWaitPlan::Every(0))
            });
            if let Some(clause) = step.step.clauses.retry.as_ref().filter(|_| at_once) {
                pass.report(
                    finding(clause.span, format!("`{}` retries without a pause", step.name()))
                        .help("add a backoff: `retry 3 times backoff 1s to 10s`"),
                );
            }
        }
    }
}
