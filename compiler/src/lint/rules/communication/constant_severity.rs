//! Response with a constant severity.
//!
//! ## Why
//!
//! The severity decides who is paged and how often updates are posted. A constant is wrong some of the time:
//! too high, and people are woken for nothing; too low, and no one responds. Derive it from something that
//! users notice, such as the share of failed requests.
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
//!   on alertmanager.alert("CheckoutDown")
//!   owner shop
//!
//!   enrich {
//!     severity = major
//! //             ^^^^^
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
//!
//!   enrich {
//!     step errors = error_rate()
//!     severity = if errors > 20% then major else minor
//!   }
//!
//!   triage none "the alert says what it is"
//!
//!   communicate none "the team is small"
//!
//!   remediate none "people repair it"
//! }
//! ```

use super::{ANY, responses};
use crate::{
    graph::NodeKind,
    lint::{Group, Pass, Profile, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    plural: Some("have a severity that is always the same"),
    profile: Profile::Strict,
    ..Rule::new("constant-severity", Group::Communication, include_str!("constant_severity.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    for body in responses(pass, ANY) {
        let Some(NodeKind::Severity(expr)) = body.graph.severity().map(|node| &body.graph.node(node).kind)
        else {
            continue;
        };
        if pass.facts.severities(&body).is_some_and(|(range, _)| range.len() == 1) {
            let span = pass.span(*expr);
            let text = pass.facts.text(span);
            pass.report(
                finding(span, format!("the severity of `{}` is always the same", body.item.name.text))
                    .note(format!("no result can make it anything but `{text}`"))
                    .help("derive it from what users notice: `if errors > 20% then critical else minor`"),
            );
        }
    }
}
