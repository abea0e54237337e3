//! Approval long after the facts it is based on.
//!
//! ## Why
//!
//! People approve what they see. If they have hours to respond, or if a task waits a long time before its
//! change, the facts that the approval was based on may have changed. Ask the next group sooner, or read the
//! facts again after the approval.
//!
//! ## Bad
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action lag() -> Duration reads
//!
//! action promote() changes {
//!   irreversible "the old primary is left behind"
//! }
//!
//! playbook fail_over {
//!   enrich {
//!     step behind = lag()
//!   }
//!
//!   remediate {
//!     step promoted = promote()
//!       when behind < 10s
//!       approve by 1 of [kim, lin] within 2h
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//!
//! action lag() -> Duration reads
//!
//! action promote() changes {
//!   irreversible "the old primary is left behind"
//! }
//!
//! playbook fail_over {
//!   enrich {
//!     step behind = lag()
//!   }
//!
//!   remediate {
//!     step promoted = promote()
//!       when behind < 10s
//!       approve by 1 of kim, lin within 10m
//!   }
//! }
//! ```

use crate::{
    findings::duration::duration_text,
    graph::{Callee, DataUse, MINUTE, Measure, Nanoseconds, NodeKind, Reason},
    hir::Effect,
    lint::{Body, Group, OptionSpec, OptionValue, Pass, Rule, StepFact, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    options: &[OptionSpec {
        name: "most",
        default: OptionValue::Duration(30 * MINUTE),
        docs: "how old the facts may be when the change is made",
    }],
    ..Rule::new("stale-approval", Group::Time, include_str!("stale_approval.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let most = pass.duration("most");
    for body in pass.bodies() {
        for step in body.steps() {
            let (Some(gate), Some(clause)) = (step.plan.gate, &step.step.clauses.approve) else { continue };
            let NodeKind::Gate(gate) = &body.graph.node(gate).kind else { continue };
            let waiting = gate.within.map(|within| within.saturating_mul(gate.groups.len() as i64));
            let name = step.name();
            let said = if let Some(waiting) = waiting.filter(|waiting| *waiting > most)
                && is_decided_by_looks(&body, &step)
            {
                let waiting = duration_text(waiting);
                finding(clause.span, format!("`{name}` may be approved {waiting} after the facts were read"))
                    .note("the facts the approval was based on may have changed by then")
                    .help("shorten `within`, and add another group to ask next")
            } else if let Some(working) = first_change(pass, &step).filter(|working| *working > most) {
                let working = duration_text(working);
                finding(clause.span, format!("`{name}` may run for {working} before it makes the change"))
                    .note("the approval may be out of date by then")
                    .help("move the approval to the step inside the task that makes the change")
            } else {
                continue;
            };
            pass.report(said);
        }
    }
}

/// Whether a step's call or conditions depend on what was looked at.
fn is_decided_by_looks(body: &Body<'_>, step: &StepFact<'_>) -> bool {
    let decides = |reason| {
        matches!(
            reason,
            Reason::Condition(_) | Reason::Decides | Reason::Data(DataUse::Value | DataUse::Each)
        )
    };
    body.waits_for_by(body.graph.entry(step.node), &decides)
        .into_iter()
        .filter_map(|node| body.graph.step(node))
        .any(|plan| plan.effect == Effect::Reads)
}

/// How long a task may go on before it does what it was approved for.
fn first_change(pass: &Pass<'_>, step: &StepFact<'_>) -> Option<Nanoseconds> {
    let Callee::Task(task) = step.plan.callee else { return None };
    let (inner, schedule) = (pass.facts.body(task)?, pass.facts.schedule(task, Measure::Worst)?);
    let same = inner.steps().into_iter().filter(|inner| inner.plan.effect == step.plan.effect);
    same.filter_map(|inner| schedule.node(inner.node).start).min()
}
