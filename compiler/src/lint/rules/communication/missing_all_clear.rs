//! Incident announced without an all-clear.
//!
//! ## Why
//!
//! Customers and colleagues who were told about the outage keep working around it until they are told that
//! it is over. Add a step `after resolved` whose action `provides status_update`.
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
//! action post(text: Text) notifies {
//!   provides status_update
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
//!     step told = post("the checkout is down")
//! //       ^^^^
//!       every 30m
//!   }
//!
//!   remediate {
//!     step recovered = error_rate()
//!       repeat every 30s until it < 1%, at most 30m
//!     resolved after recovered
//!   }
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
//! action post(text: Text) notifies {
//!   provides status_update
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
//!     step told = post("the checkout is down")
//!       every 30m
//!     step all_clear = post("the checkout works again")
//!       after resolved
//!   }
//!
//!   remediate {
//!     step recovered = error_rate()
//!       repeat every 30s until it < 1%, at most 30m
//!     resolved after recovered
//!   }
//! }
//! ```

use super::{ANY, providing, responses};
use crate::{
    graph::Phase,
    lint::{Group, Pass, Rule, StepFact, rule::finding},
    names::Milestone,
};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("announce the incident, but nothing announces that it is over"),
    ..Rule::new("missing-all-clear", Group::Communication, include_str!("missing_all_clear.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, ANY) {
        let updates = providing(pass, &body, "status_update");
        let phase = |step: &StepFact<'_>| body.graph.node(step.node).phase;
        let first = updates.iter().find(|step| phase(step) == Phase::Response);
        let over = body.steps().iter().any(|step| {
            phase(step) == Phase::AfterResolved && pass.facts.provides(step.plan.callee, "status_update")
        });
        // Where nothing says when it is over, nobody can be told.
        let ends = body.graph.milestone(Milestone::Resolved).is_some();
        if let Some(first) = first.filter(|_| ends && !over) {
            pass.report(
                finding(
                    first.step.name.span,
                    format!(
                        "`{}` announces the incident, but nothing announces that it is over",
                        first.name()
                    ),
                )
                .help("add an all-clear to the same people, `after resolved`"),
            );
        }
    }
}
