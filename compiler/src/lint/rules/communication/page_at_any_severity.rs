//! Page at any severity.
//!
//! ## Why
//!
//! A page wakes people. People who are paged for minor problems stop responding, and miss the page that
//! matters. Make the page depend on the severity, or send it only after some time.
//!
//! ## Bad
//!
//! ```quell
//! use std.alertmanager
//! use std.people (Person, Team)
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
//!     severity = if errors > 20% then critical else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//! //       ^^^^^^
//!     step escalated = page(shop, "the checkout is still down")
//!       after assessed + 15m
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
//! use std.people (Person, Team)
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
//!     severity = if errors > 20% then critical else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//!       when severity >= major
//!     step escalated = page(shop, "the checkout is still down")
//!       after assessed + 15m
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use std::collections::BTreeSet;

use super::{ANY, MAJOR, is_delayed, providing, responses};
use crate::{
    graph::{DataUse, NodeId, NodeKind, Phase, Reason},
    lint::{Body, Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule =
    Rule::new("page-at-any-severity", Group::Communication, include_str!("page_at_any_severity.rs"), check);

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, ANY) {
        if !can_be_low(pass, &body) {
            continue;
        }
        for step in providing(pass, &body, "page") {
            // Where a run has failed, somebody has to take over.
            let at_first = body.graph.node(step.node).phase == Phase::Response;
            if at_first && !is_delayed(&body, step.node) && !depends_on_severity(&body, step.node) {
                pass.report(
                    finding(step.step.name.span, format!("`{}` pages at any severity", step.name()))
                        .note("the severity of this playbook can be too low to wake anyone")
                        .help("add `when severity >= major`"),
                );
            }
        }
    }
}

/// Whether a severity below major is possible.
fn can_be_low(pass: &Pass<'_>, body: &Body<'_>) -> bool {
    pass.facts
        .severities(body)
        .is_none_or(|(range, count)| range.iter().any(|variant| variant + MAJOR + 1 < count))
}

/// Whether the severity, or what depends on it, has a say in whether a step runs.
fn depends_on_severity(body: &Body<'_>, step: NodeId) -> bool {
    let Some(severity) = body.graph.severity() else { return false };
    let mut seen = BTreeSet::new();
    let mut work = vec![body.graph.entry(step)];
    while let Some(node) = work.pop() {
        if node == severity {
            return true;
        }
        for edge in body.graph.incoming(node).iter().map(|edge| body.graph.edge(*edge)) {
            let counts = match edge.reason {
                Reason::Condition(_) | Reason::Approval => true,
                // What is called hears of the severity, and wakes nobody for a trifle. Other data of a step
                // that may be skipped is asked for in a condition.
                Reason::Data(DataUse::Value) => {
                    edge.from == severity || !matches!(body.graph.node(node).kind, NodeKind::Step(_))
                }
                _ => false,
            };
            if counts && seen.insert(edge.from) {
                work.push(if edge.from == severity { severity } else { body.graph.entry(edge.from) });
            }
        }
    }
    false
}
