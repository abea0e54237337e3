//! Poll for a condition that can never hold.
//!
//! ## Why
//!
//! The step polls until its limit and then fails, even if the repair worked. Either the condition
//! contradicts itself, or it doesn't depend on the polled value, so that no poll can change it.
//!
//! ## Bad
//!
//! ```quell
//! action length() -> Int reads {
//!   provides verification
//! }
//!
//! playbook watch {
//!   enrich {
//!     step left = length()
//!       repeat every 15s until it < 10 and it > 100, at most 10m
//! //                           ^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Bad
//!
//! ```quell
//! action length() -> Int reads {
//!   provides verification
//! }
//!
//! playbook watch {
//!   enrich {
//!     step before = length()
//!     step left = length()
//!       repeat every 15s until before < 10, at most 10m
//! //                           ^^^^^^^^^^^
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
//! playbook watch {
//!   enrich {
//!     step before = length()
//!     step left = length()
//!       repeat every 15s until it < before, at most 10m
//!   }
//! }
//! ```

use crate::{
    hir::{ExprId, descendants},
    lint::{
        Group, Pass, Profile, Rule,
        conditions::{Wanted, clash, conjuncts},
        rule::finding,
    },
    names::Def,
    types::Member,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Minimal,
    ..Rule::new(
        "impossible-verification",
        Group::Correctness,
        include_str!("impossible_verification.rs"),
        check,
    )
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let Some(until) = step.plan.repeat.as_ref().and_then(|repeat| repeat.until) else { continue };
            // That is a constant condition.
            if pass.facts.constant(pass.file, until).is_some() {
                continue;
            }
            let wanted = conjuncts(pass.facts, pass.file, [Wanted { condition: until, holds: true }]);
            let why = if let Some((one, other)) = clash(pass.facts, pass.file, &wanted) {
                let text = |expr: ExprId| pass.facts.text(pass.span(expr));
                match one == other {
                    true => format!("`{}` never holds", text(one)),
                    false => format!("`{}` and `{}` exclude each other", text(one), text(other)),
                }
            } else if !can_change(pass, until) {
                "the condition doesn't depend on `it`, so no poll can change it".to_owned()
            } else {
                continue;
            };
            pass.report(
                finding(
                    pass.span(until),
                    format!("`{}` polls for a condition that its call can't change", step.name()),
                )
                .note(why)
                .help("compare `it`, the result of each poll"),
            );
        }
    }
}

/// Whether a condition may be another at the next poll.
fn can_change(pass: &Pass<'_>, until: ExprId) -> bool {
    descendants(&pass.hir().exprs, until).any(|expr| {
        matches!(pass.module.def(expr), Some(Def::It(_) | Def::Unknown))
            || matches!(pass.module.types.members.get(expr), Some(Member::Run(_)))
    })
}
