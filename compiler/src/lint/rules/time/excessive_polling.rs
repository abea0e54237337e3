//! Poll that is too frequent for its limit.
//!
//! ## Why
//!
//! Polling every second for half an hour adds load to a system that is already in trouble, and fills the log
//! with identical lines.
//!
//! ## Bad
//!
//! ```quell
//! action length() -> Int reads {
//!   provides verification
//! }
//!
//! playbook look {
//!   enrich {
//!     step left = length()
//!       repeat every 1s until it == 0, at most 1h
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action length() -> Int reads {
//!   provides verification
//! }
//!
//! playbook look {
//!   enrich {
//!     step left = length()
//!       repeat every 15s until it == 0, at most 1h
//!   }
//! }
//! ```

use crate::{
    graph::RepeatBound,
    lint::{Group, OptionSpec, OptionValue, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    former: &["short-poll"],
    options: &[OptionSpec {
        name: "polls",
        default: OptionValue::Count(500),
        docs: "how many times a step may poll",
    }],
    ..Rule::new("excessive-polling", Group::Time, include_str!("excessive_polling.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let limit = i64::from(pass.count("polls"));
    for body in pass.bodies() {
        for step in body.steps() {
            let (Some(clause), Some(repeat)) = (&step.step.clauses.repeat, &step.plan.repeat) else {
                continue;
            };
            let polls = match (repeat.bound, repeat.every) {
                (Some(RepeatBound::Time(bound)), Some(every)) if every > 0 => bound / every,
                (Some(RepeatBound::Times(times)), _) => i64::from(times),
                _ => 0,
            };
            if polls > limit {
                pass.report(
                    finding(clause.span, format!("`{}` may poll {polls} times", step.name()))
                        .help("poll less often, or shorten the limit"),
                );
            }
        }
    }
}
