//! Several pages at the same time.
//!
//! ## Why
//!
//! Everyone who is paged drops what they are doing, or wakes up. Page one person first, and the next one
//! only if the first doesn't respond. The rule counts steps, and `each` over several elements, that wait
//! neither for each other nor for a time.
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
//!     severity = if errors > 20% then critical else major
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//!     step also = page(shop, "please help")
//! //       ^^^^
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
//!     severity = if errors > 20% then critical else major
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//!     step escalated = page(shop, "the checkout is still down")
//!       after assessed + 15m
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use super::{ANY, is_delayed, providing, responses};
use crate::graph::Phase;
use crate::lint::{
    Body, Group, Pass, Profile, Rule, StepFact, conditions::exclude_each_other, rule::finding,
};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    ..Rule::new("pages-at-once", Group::Communication, include_str!("pages_at_once.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, ANY) {
        let pages = providing(pass, &body, "page");
        let at_once: Vec<&StepFact<'_>> = pages
            .iter()
            .filter(|step| at_first(&body, step))
            .filter(|step| !is_delayed(&body, step.node))
            .collect();
        for (number, step) in at_once.iter().enumerate() {
            let together = at_once[..number].iter().find(|other| {
                !body.comes_before(other.node, step.node) && !exclude_each_other(pass, &body, other, step)
            });
            if let Some(other) = together {
                pass.report(
                    finding(
                        step.step.name.span,
                        format!("`{}` pages at the same time as `{}`", step.name(), other.name()),
                    )
                    .label(other.step.name.span, "the other page")
                    .help("delay it: `after assessed + 10m`"),
                );
            } else if step.plan.each.as_ref().is_some_and(|each| each.at_most.is_none_or(|most| most > 1)) {
                pass.report(
                    finding(step.step.name.span, format!("`{}` pages several people at once", step.name()))
                        .help("page the on-call person first, and the others later"),
                );
            }
        }
    }
}

/// Whether a step comes before the end of the run.
fn at_first(body: &Body<'_>, step: &StepFact<'_>) -> bool {
    body.graph.node(step.node).phase == Phase::Response
}
