//! Timeout shorter than one inside it.
//!
//! ## Why
//!
//! The outer timeout always fires first, so the inner one never has an effect: a call that would have failed
//! cleanly is interrupted instead.
//!
//! ## Bad
//!
//! ```quell
//! action restart() changes {
//!   timeout 2m
//!   irreversible "what was in memory is gone"
//! }
//!
//! task restart_all() {
//!   step restarted = restart()
//! }
//!
//! playbook repair {
//!   remediate {
//!     step done = restart_all()
//!       timeout 30s
//! //    ^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! action restart() changes {
//!   timeout 2m
//!   irreversible "what was in memory is gone"
//! }
//!
//! task restart_all() {
//!   step restarted = restart()
//! }
//!
//! playbook repair {
//!   remediate {
//!     step done = restart_all()
//!       timeout 5m
//!   }
//! }
//! ```

use crate::{
    findings::duration::duration_text,
    graph::{Callee, Nanoseconds},
    lint::{Group, Pass, Rule, rule::finding},
    source::Span,
};

/// The rule.
pub static RULE: Rule =
    Rule::new("inverted-timeouts", Group::Time, include_str!("inverted_timeouts.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in pass.bodies() {
        for step in body.steps() {
            let (Some(clause), Some(outer)) = (&step.step.clauses.timeout, step.plan.timeout) else {
                continue;
            };
            let Some((inner, at)) = longest(pass, step.plan.callee, DEPTH) else { continue };
            if inner > outer {
                let (outer, inner) = (duration_text(outer), duration_text(inner));
                pass.report(
                    finding(
                        clause.span,
                        format!("`{}` times out after {outer}, before the task it calls", step.name()),
                    )
                    .label(at, format!("this may take {inner}"))
                    .help(format!("set it above {inner}, or shorten the inner one")),
                );
            }
        }
    }
}

/// How deep tasks are followed; they don't call themselves.
const DEPTH: u32 = 20;

/// The longest time-out of a single attempt below a task, and the step that has it.
fn longest(pass: &Pass<'_>, callee: Callee, depth: u32) -> Option<(Nanoseconds, Span)> {
    let Callee::Task(task) = callee else { return None };
    let depth = depth.checked_sub(1)?;
    let body = pass.facts.body(task)?;
    let steps = body.steps();
    let inner = steps.iter().filter_map(|step| match step.plan.callee {
        Callee::Task(_) => longest(pass, step.plan.callee, depth),
        _ => Some((step.plan.timeout?, step.step.name.span)),
    });
    inner.max_by_key(|(timeout, _)| *timeout)
}
