//! Critical response without an escalation.
//!
//! ## Why
//!
//! The first on-call person may be asleep, on a train, or new to the system. If nothing happens for a while,
//! the next person should be paged automatically: by a step whose action `provides page` and that waits for
//! a time, such as `after assessed + 15m`.
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
//!   communicate {
//!     step called = page(shop, "the checkout is down")
//!       when severity >= major
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

use super::{CRITICAL, is_delayed, providing, responses};
use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("can be critical but never escalate"),
    ..Rule::new("missing-escalation", Group::Communication, include_str!("missing_escalation.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, CRITICAL) {
        let pages = providing(pass, &body, "page");
        if !pages.iter().any(|step| is_delayed(&body, step.node)) {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` never escalates", name.text))
                    .note("a step that `provides page` and waits for a time counts")
                    .help("page the next level, `after assessed + 15m`"),
            );
        }
    }
}
