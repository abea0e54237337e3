//! Two playbooks respond to the same alert.
//!
//! ## Why
//!
//! Both start when the alert fires. They open two war rooms and page twice, and one may undo what the other
//! repaired.
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
//!
//! playbook checkout_slow {
//!   on alertmanager.alert("CheckoutDown")
//! //                      ^^^^^^^^^^^^^^
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
//!
//! playbook checkout_slow {
//!   on alertmanager.alert("CheckoutSlow")
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

use crate::lint::{Group, Pass, Rule, rule::finding};

/// The rule.
pub static RULE: Rule =
    Rule::new("duplicate-alert", Group::Correctness, include_str!("duplicate_alert.rs"), check);

fn check(pass: &mut Pass<'_>) {
    let alerts = pass.facts.alerts(pass.file);
    let mut found = Vec::new();
    for (number, answer) in alerts.answers.iter().enumerate() {
        let Some(alert) = answer.alert.as_deref().filter(|_| answer.span.file == pass.file) else { continue };
        let before = &alerts.answers[..number];
        let first = before
            .iter()
            .find(|first| first.alert.as_deref() == Some(alert) && first.playbook != answer.playbook);
        if let Some(first) = first {
            found.push(
                finding(answer.span, format!("two playbooks respond to `{alert}`"))
                    .label(first.span, "the other one")
                    .note("both would run in parallel, and may undo each other's work")
                    .help("merge them, or turn one into a tool that a person starts"),
            );
        }
    }
    found.into_iter().for_each(|said| pass.report(said));
}
