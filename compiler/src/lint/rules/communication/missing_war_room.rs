//! Critical response without a war room.
//!
//! ## Why
//!
//! In a critical incident several people work at once. Without one place to talk they repeat each other's
//! work, and people who join later can't read what was found. A step counts if its action `provides
//! war_room`.
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
//!     step told = post("the checkout is down")
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
//! action open_room(topic: Text) notifies {
//!   provides war_room
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
//!     step room = open_room("checkout")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use super::{CRITICAL, providing, responses};
use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("can be critical but open no war room"),
    ..Rule::new("missing-war-room", Group::Communication, include_str!("missing_war_room.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, CRITICAL) {
        if providing(pass, &body, "war_room").is_empty() {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` can be critical but opens no war room", name.text))
                    .note("a step whose action `provides war_room` counts")
                    .help("open one in communicate, `when severity >= major`"),
            );
        }
    }
}
