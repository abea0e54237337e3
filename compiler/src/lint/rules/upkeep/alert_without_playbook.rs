//! Alert without a playbook.
//!
//! ## Why
//!
//! Whoever is paged for it starts from nothing. The alert rules are those under `[alerts]` in `quell.toml`.
//! An option sets which severities need a playbook; list alerts that need none in `except`. `quell coverage`
//! shows the whole picture, and `quell lint --baseline` hides the alerts that have no playbook today.
//!
//! The rule runs only if all modules of a project are checked: `quell lint ONE_FILE` skips it.
//!
//! ## Bad
//!
//! ```yaml
//! groups:
//!   - name: shop
//!     rules:
//!       - alert: CheckoutDown
//! #              ^^^^^^^^^^^^
//!         expr: sum(rate(checkout_errors[5m])) > 5
//!         labels: { severity: critical }
//!       - alert: CheckoutSlow
//!         expr: histogram_quantile(0.9, rate(checkout_seconds_bucket[5m])) > 1
//!         labels: { severity: warning }
//! ```
//!
//! ```quell
//! /// How a service is called.
//! type Service = Text
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

use std::{borrow::Cow, collections::BTreeSet};

use crate::lint::{AlertsPass, Group, OptionSpec, OptionValue, Profile, Rule, rule::finding};

/// The rule.
pub static RULE: Rule = Rule {
    profile: Profile::Strict,
    options: &[
        OptionSpec {
            name: "severities",
            default: OptionValue::Words(Cow::Borrowed(&[Cow::Borrowed("critical"), Cow::Borrowed("page")])),
            docs: "values of the label `severity` for which an alert needs a playbook; `*` means all \
                   but `none`",
        },
        OptionSpec {
            name: "except",
            default: OptionValue::Words(Cow::Borrowed(&[])),
            docs: "alerts that need no playbook",
        },
    ],
    ..Rule::of_alerts(
        "alert-without-playbook",
        Group::Upkeep,
        include_str!("alert_without_playbook.rs"),
        check,
    )
};

fn check(pass: &mut AlertsPass<'_>) {
    let (severities, except) = (pass.words("severities"), pass.words("except"));
    let alerts = pass.alerts;
    // Where a playbook may answer any alert, all may have one.
    if alerts.answers.iter().any(|answer| answer.alert.is_none()) {
        return;
    }
    let mut said_of = BTreeSet::new();
    for rule in pass.rules() {
        let severity = rule.severity();
        let counts = |wanted: &str| match (wanted, severity.as_deref()) {
            ("*", _) => rule.is_for_people(),
            (wanted, severity) => severity == Some(wanted),
        };
        let needs_one = severities.iter().any(|wanted| counts(wanted));
        let has_one = alerts.answering(&rule.name).next().is_some();
        let excepted = except.iter().any(|name| **name == *rule.name);
        // Of several rules with one name the first speaks for all.
        if !needs_one || has_one || excepted || !said_of.insert(rule.name.clone()) {
            continue;
        }
        let word =
            severity.as_deref().map_or(String::new(), |severity| format!(", of severity `{severity}`,"));
        let mut said = finding(rule.span, format!("`{}`{word} has no playbook", rule.name))
            .note("whoever is paged starts from nothing");
        if let Some(summary) = &rule.summary {
            said = said.note(format!("its summary: {}", first_line(summary)));
        }
        said = said.help(format!(
            "write one that starts with `{}`, or add the alert to the rule's option `except`",
            rule.name
        ));
        pass.report(said);
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}
