//! Major response without a post-mortem.
//!
//! ## Why
//!
//! What isn't written down soon is forgotten, and the same incident happens again. Add a step `after
//! resolved` whose action `provides postmortem`, so that the document is started while everyone remembers.
//! The rule applies to alerts only: an incident that is declared in an incident tool gets its post-mortem
//! there.
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
//! action start_review(title: Text) notifies {
//!   provides postmortem
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
//!     step review = start_review("the checkout was down")
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
    plural: Some("can be major but never open a post-mortem"),
    profile: Profile::Strict,
    ..Rule::new("missing-postmortem", Group::Communication, include_str!("missing_postmortem.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in alert_responses(pass, MAJOR) {
        if providing(pass, &body, "postmortem").is_empty() {
            let name = &body.item.name;
            pass.report(
                finding(name.span, format!("`{}` can be major but never opens a post-mortem", name.text))
                    .note("a step whose action `provides postmortem` counts")
                    .help("add a step that opens the post-mortem document, `after resolved + 1h`"),
            );
        }
    }
}
