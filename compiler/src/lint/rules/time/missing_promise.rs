//! Response without a promised time to resolution.
//!
//! ## Why
//!
//! With `resolve within D` the compiler checks the worst case against a promise. Someone who adds a step
//! that takes too long gets an error before the next incident, and stakeholders know how long a resolution
//! may take.
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
//! playbook checkout_down {
//! //       ^^^^^^^^^^^^^
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
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!   resolve within 1h
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
//!     step recovered = error_rate()
//!       repeat every 30s until it < 1%, at most 30m
//!     resolved after recovered
//!   }
//! }
//! ```

use crate::lint::{Group, Pass, Profile, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("have no promised time to resolution"),
    profile: Profile::Strict,
    ..Rule::new("missing-promise", Group::Time, include_str!("missing_promise.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in pass.playbooks() {
        let Some(playbook) = body.playbook.filter(|playbook| !playbook.triggers.is_empty()) else { continue };
        if playbook.resolve_within.is_none() {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` has no promised time to resolution", name.text))
                    .help("add `resolve within D`; `quell check --durations` shows the worst case"),
            );
        }
    }
}
