//! Updates that are too frequent.
//!
//! ## Why
//!
//! People stop reading a channel that gets a message every minute, and miss the important one. Read-only
//! steps may recur as often as needed.
//!
//! ## Bad
//!
//! ```quell
//! action post(text: Text) notifies
//!
//! playbook tell {
//!   communicate {
//!     step briefing = post(run.status)
//!       every 30s
//! //    ^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action post(text: Text) notifies
//!
//! playbook tell {
//!   communicate {
//!     step briefing = post(run.status)
//!       every 10m
//!   }
//! }
//! ```

use crate::{
    findings::duration::duration_text,
    graph::MINUTE,
    hir::Effect,
    lint::{Group, OptionSpec, OptionValue, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    options: &[OptionSpec {
        name: "least",
        default: OptionValue::Duration(5 * MINUTE),
        docs: "the shortest time between two messages",
    }],
    ..Rule::new("chatty-updates", Group::Time, include_str!("chatty_updates.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let least = pass.duration("least");
    for body in pass.bodies() {
        for step in body.steps() {
            let period = step.plan.every.as_ref().and_then(|every| every.period);
            let Some(clause) = step.step.clauses.every.as_ref() else { continue };
            if let Some(period) = period.filter(|period| *period < least)
                && step.plan.effect == Effect::Notifies
            {
                let (period, least) = (duration_text(period), duration_text(least));
                pass.report(
                    finding(clause.span, format!("`{}` posts an update every {period}", step.name()))
                        .help(format!("an update every {least} is enough")),
                );
            }
        }
    }
}
