//! Step whose result is never used.
//!
//! ## Why
//!
//! The step costs time and quota, or a person's answer, for nothing. Often the line that should read the
//! result is missing. Steps that collect evidence are kept for the post-mortem, and a step with `repeat` or
//! `every` counts as used: a poll reads its own result.
//!
//! ## Bad
//!
//! ```quell
//! action errors() -> Int reads
//!
//! playbook look {
//!   enrich {
//!     step count = errors()
//! //       ^^^^^
//!   }
//! }
//! ```
//!
//! ## Fixed
//!
//! ```quell
//! action errors() -> Int reads
//!
//! playbook look {
//!   enrich {
//! //       ^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action errors() -> Int reads
//!
//! action tell(text: Text) notifies
//!
//! playbook look {
//!   enrich {
//!     step count = errors()
//!   }
//!
//!   communicate {
//!     step told = tell("${count} errors")
//!   }
//! }
//! ```

use crate::{
    diagnostic::{Fix, Safety},
    graph::StepPlan,
    lint::{Group, Pass, Profile, Rule, rule::finding},
    types::Type,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    fix: Some(Safety::Unsafe),
    ..Rule::new("unused-step", Group::Correctness, include_str!("unused_step.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let has_value = !matches!(pass.module.types.of_call(step.plan.step), Type::Unit | Type::Unknown);
            if !step.plan.is_look() || !has_value || pass.facts.is_read(pass.file, step.plan.local) {
                continue;
            }
            // A poll reads its own result.
            let reads_itself = step.plan.repeat.is_some() || step.step.clauses.every.is_some();
            if reads_itself || collects(pass, step.plan) {
                continue;
            }
            let lines = pass.facts.lines_of(step.step.span);
            pass.report(
                finding(step.step.name.span, format!("the result of `{}` is never used", step.name()))
                    .fix(Fix::replace(Safety::Unsafe, "remove the step", lines, "")),
            );
        }
    }
}

fn collects(pass: &Pass<'_>, plan: &StepPlan) -> bool {
    ["evidence", "verification"].iter().any(|role| pass.facts.provides(plan.callee, role))
}
