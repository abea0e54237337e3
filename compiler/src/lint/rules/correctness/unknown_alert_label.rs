//! Label that the alert can't have.
//!
//! ## Why
//!
//! The value is never there, so the playbook runs without it: the query asks for all pods, the message names
//! none. Either the label is misspelled, or the alert's expression aggregates it away. In a scenario, such a
//! label tests something that never happens.
//!
//! The known labels are those that the alert rules set, that their expressions keep, and that
//! `external-labels` under `[alerts]` in `quell.toml` lists. Where an expression keeps the labels of its
//! series, as `up == 0` does, any label is possible and nothing is reported.
//!
//! The examples use these Prometheus rules:
//!
//! ```yaml
//! groups:
//!   - name: shop
//!     rules:
//!       - alert: CheckoutDown
//!         expr: sum by (pod) (rate(checkout_errors[5m])) > 5
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
//! action error_rate(pod: Text) -> Percent reads
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown") as alert
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate(alert.labels.get("pdo") ?? "all")
//! //                                            ^^^^^
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
//! action error_rate(pod: Text) -> Percent reads
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown") as alert
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate(alert.labels.get("pod") ?? "all")
//! //                                            ^^^^^
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
//! action error_rate(pod: Text) -> Percent reads
//!
//! playbook checkout_down {
//!   on alertmanager.alert("CheckoutDown") as alert
//!   owner shop
//!
//!   enrich {
//!     step errors = error_rate(alert.labels.get("pod") ?? "all")
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
    alerts::{Alerts, LabelUse, label_uses},
    diagnostic::{Diagnostic, Fix, Safety},
    findings::suggest::nearest,
    lint::{Group, Pass, Rule, rule::finding},
};

/// The rule.
pub static RULE: Rule = Rule {
    fix: Some(Safety::Unsafe),
    ..Rule::new("unknown-alert-label", Group::Correctness, include_str!("unknown_alert_label.rs"), check)
};

fn check(pass: &mut Pass<'_>) {
    let alerts = pass.facts.alerts(pass.file);
    for label in label_uses(pass.facts.checked, &pass.facts.meaning, &alerts, pass.file) {
        let bound: Vec<Option<&str>> =
            alerts.bound(label.module, label.alert).map(|answer| answer.alert.as_deref()).collect();
        // What isn't known before a run may be any alert.
        let names: Vec<&str> = bound.iter().copied().flatten().collect();
        if names.len() == bound.len() && names.iter().all(|name| !alerts.may_have(name, &label.name)) {
            pass.report(report(pass, &alerts, &label, &names));
        }
    }
}

fn report(pass: &Pass<'_>, alerts: &Alerts, label: &LabelUse, names: &[&str]) -> Diagnostic {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("{} has no label `{}`", quoted.join(" or "), label.name);
    let known = alerts.labels_of(label.module, label.alert);
    let listed: Vec<String> = known.iter().map(|known| format!("`{}`", known.name)).collect();
    let mut said = finding(label.span, message)
        .note(format!("its labels: {}", listed.join(", ")))
        .note("declare labels that are added later in `quell.toml`: `[alerts]`, `external-labels`");
    for rule in names.iter().take(1).flat_map(|name| alerts.of_name(name)).take(1) {
        said = said.label(rule.span, "the rule");
    }
    let Some(near) = nearest(&label.name, known.iter().map(|known| &*known.name)) else { return said };
    said = said.help(format!("did you mean `{near}`?"));
    let written = pass.facts.text(label.span);
    let replacement = match written.starts_with('"') {
        true => format!("{near:?}"),
        false => near.to_owned(),
    };
    // Another expression than a text can't be replaced by one.
    if written.trim_matches('"') == &*label.name {
        let title = format!("replace with `{near}`");
        said = said.fix(Fix::replace(Safety::Unsafe, title, label.span, replacement));
    }
    said
}
