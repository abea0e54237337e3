//! Page below major, at any hour.
//!
//! ## Why
//!
//! The step checks the severity, but it also pages below major, even at four in the morning. What can wait
//! until people are awake should wait: use `when severity >= major`, or check the time as well, as in
//! `awake(shop.on_call, run.now)`.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! action error_rate() -> Percent reads
//!
//! action page(team: Team, text: Text) notifies {
//!   provides page
//! }
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then major else if errors > 2% then minor else info
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is slow")
//! //       ^^^^^^
//!       when severity >= minor
//!   }
//!
//!   remediate none "people repair it"
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
//! action error_rate() -> Percent reads
//!
//! action page(team: Team, text: Text) notifies {
//!   provides page
//! }
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then major else if errors > 2% then minor else info
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is slow")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use std::collections::BTreeSet;

use super::{ANY, MAJOR, is_delayed, providing, responses};
use crate::{
    graph::{DataUse, NodeKind, Phase, Reason},
    hir::{ExprId, descendants},
    lint::{Body, Group, Pass, Rule, StepFact, conditions::at_severity, rule::finding},
    names::Def,
    types::{Member, RunMember, Type},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("page-in-quiet-hours", Group::Communication, include_str!("page_in_quiet_hours.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, ANY) {
        let Some((range, count)) = pass.facts.severities(&body) else { continue };
        let low: Vec<u32> = range.into_iter().filter(|severity| severity + MAJOR + 1 < count).collect();
        for step in providing(pass, &body, "page") {
            if body.graph.node(step.node).phase != Phase::Response || is_delayed(&body, step.node) {
                continue;
            }
            if lets_through(&body, &step, &low)
                && !hears_of_severity(&body, &step)
                && !asks_the_time(pass, &body, &step)
            {
                pass.report(
                    finding(step.step.name.span, format!("`{}` pages below major, at any hour", step.name()))
                        .note("don't wake people for what can wait until morning")
                        .help("page from major up, or check the time too: `awake(people, run.now)`"),
                );
            }
        }
    }
}

/// Whether a condition speaks of the severity, and one of these meets all conditions.
fn lets_through(body: &Body<'_>, step: &StepFact<'_>, low: &[u32]) -> bool {
    low.iter().any(|severity| {
        let guards = step.plan.guards.iter().map(|guard| body.graph.guard(*guard));
        let decided: Vec<Option<bool>> = guards
            .map(|guard| at_severity(body, guard.condition, *severity).map(|holds| holds == guard.wanted))
            .collect();
        decided.contains(&Some(true)) && !decided.contains(&Some(false))
    })
}

/// Whether what is called gets the severity, and can decide itself.
fn hears_of_severity(body: &Body<'_>, step: &StepFact<'_>) -> bool {
    let edges = body.graph.incoming(body.graph.entry(step.node)).iter().map(|edge| body.graph.edge(*edge));
    let mut values = edges.filter(|edge| edge.reason == Reason::Data(DataUse::Value));
    values.any(|edge| Some(edge.from) == body.graph.severity())
}

/// Whether the time has a say in the conditions or in who is called, through `let`s as well.
fn asks_the_time(pass: &Pass<'_>, body: &Body<'_>, step: &StepFact<'_>) -> bool {
    let mut seen: BTreeSet<ExprId> = BTreeSet::new();
    let mut work: Vec<ExprId> =
        step.plan.guards.iter().map(|guard| body.graph.guard(*guard).condition).collect();
    work.push(step.plan.call);
    while let Some(root) = work.pop() {
        if !seen.insert(root) {
            continue;
        }
        for expr in descendants(&pass.hir().exprs, root) {
            let now = matches!(pass.module.types.members.get(expr), Some(Member::Run(RunMember::Now)));
            if now || *pass.module.types.of(expr) == Type::Time {
                return true;
            }
            if let Some(Def::Local(local)) = pass.module.def(expr)
                && let Some(NodeKind::Let(named)) =
                    body.graph.node_of_local(local).map(|node| &body.graph.node(node).kind)
            {
                work.push(named.value);
            }
        }
    }
    false
}
