//! Approval at any severity for a change that can be undone.
//!
//! ## Why
//!
//! An approval wakes or interrupts someone, and the repair waits for it. If the change is undone
//! automatically when the run fails, that is worth it only at high severity: `approve by 1 of shop when
//! severity >= major within 10m`.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! action error_rate() -> Percent reads
//!
//! action scale(replicas: Int) changes
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then critical else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate none "the team is small"
//!
//!   remediate {
//!     step scaled = scale(9)
//!       approve by 1 of kim, shop within 10m
//! //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//!       undo scale(3)
//!   }
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! use std.alertmanager
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
//!
//! action error_rate() -> Percent reads
//!
//! action scale(replicas: Int) changes
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then critical else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate none "the team is small"
//!
//!   remediate {
//!     step scaled = scale(9)
//!       approve by 1 of kim, shop when severity >= major within 10m
//!       undo scale(3)
//!   }
//! }
//! ```

use crate::{
    graph::NodeKind,
    hir::Effect,
    lint::{Group, Pass, Profile, Rule, conditions::at_severity, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("approval-at-low-severity", Group::Time, include_str!("approval_at_low_severity.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        // The highest two are worth waking somebody.
        let Some((range, count)) = pass.facts.severities(&body) else { continue };
        let low: Vec<u32> = range.into_iter().filter(|severity| severity + 2 < count).collect();
        for step in body.steps() {
            let (Some(gate), Some(clause)) = (step.plan.gate, &step.step.clauses.approve) else { continue };
            let NodeKind::Gate(gate) = &body.graph.node(gate).kind else { continue };
            let comes_back = step.plan.effect == Effect::Changes && step.plan.undo.is_some();
            let asked = low.iter().find(|severity| {
                let guards = step.plan.guards.iter().map(|guard| body.graph.guard(*guard));
                let mut guards = guards.map(|guard| {
                    at_severity(&body, guard.condition, **severity).is_none_or(|holds| holds == guard.wanted)
                });
                // Where something else decides too, somebody has thought about it.
                let opens = gate.when.is_none_or(|when| at_severity(&body, when, **severity) == Some(true));
                opens && guards.all(|possible| possible)
            });
            if comes_back && asked.is_some() {
                pass.report(
                    finding(clause.span, format!("`{}` waits for an approval at any severity", step.name()))
                        .note("it is undone if the run fails, so the risk is low at low severity")
                        .help("add `when severity >= major` to the approval"),
                );
            }
        }
    }
}
