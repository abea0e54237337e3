//! Alert that no rule fires.
//!
//! ## Why
//!
//! The playbook never starts. Either the name is misspelled, or the rule was renamed and the playbook
//! wasn't. The rules are those under `[alerts]` in `quell.toml`; without any, the rule reports nothing.
//!
//! The examples use these Prometheus rules:
//!
//! ```yaml
//! groups:
//!   - name: shop
//!     rules:
//!       - alert: CheckoutDown
//!         expr: sum(rate(checkout_errors[5m])) > 5
//!         labels: { severity: critical }
//! ```
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
//!   on alertmanager.alert("CheckoutDwon")
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
//! ## Fixed
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
//! ```

use crate::{
    diagnostic::{Fix, Safety},
    findings::suggest::nearest,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    fix: Some(Safety::Unsafe),
    ..Rule::new("unknown-alert", Group::Correctness, include_str!("unknown_alert.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let alerts = pass.facts.alerts(pass.file);
    let mut found = Vec::new();
    for (answer, name) in alerts.without_rule_in(pass.file) {
        let mut said = finding(answer.span, format!("no rule fires an alert named `{name}`"))
            .note("the rules are listed in `quell.toml` under `[alerts]`");
        if let Some(near) = nearest(name, alerts.rules.iter().map(|rule| &*rule.name)) {
            said = said.help(format!("did you mean `{near}`?"));
            // Another expression than a text can't be replaced by one.
            if pass.facts.text(answer.span).starts_with('"') {
                let title = format!("replace with `{near}`");
                let fix = Fix::replace(Safety::Unsafe, title, answer.span, format!("{near:?}"));
                said = said.fix(fix);
            }
        }
        found.push(said);
    }
    found.into_iter().for_each(|said| pass.report(said));
}
