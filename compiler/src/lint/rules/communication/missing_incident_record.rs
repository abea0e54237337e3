//! Major response without an incident record.
//!
//! ## Why
//!
//! Weeks later, customers and auditors ask who was told, what was tried and when it was over. A step whose
//! action `provides incident_record` keeps that. The rule applies to alerts only: an incident that is
//! declared in an incident tool already has its record there.
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
//! action tell(text: Text) notifies
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
//!     step told = tell("the checkout is down")
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
//!
//! let lin: Person = Person(id: "lin", name: "Lin Aoki", email: "lin@example.com")
//! let shop: Team = Team(name: "shop", lead: lin, on_call: [lin])
//!
//! action error_rate() -> Percent reads
//!
//! action open_record(title: Text) notifies {
//!   provides incident_record
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
//!     step kept = open_record("the checkout was down")
//!       when severity >= major
//!   }
//!
//!   remediate none "people repair it"
//! }
//! ```

use super::{MAJOR, alert_responses, providing};
use crate::lint::{Group, Pass, Profile, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("can be major but keep no incident record"),
    profile: Profile::Strict,
    ..Rule::new(
        "missing-incident-record",
        Group::Communication,
        include_str!("missing_incident_record.rs"),
        check,
    )
};

fn check(pass: &mut Pass<'_>) {
    for body in alert_responses(pass, MAJOR) {
        if providing(pass, &body, "incident_record").is_empty() {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` can be major but keeps no incident record", name.text))
                    .note("a step whose action `provides incident_record` counts")
                    .help("open one in communicate"),
            );
        }
    }
}
