//! Which alerts have a playbook: the published form, described in `docs/formats/alert-coverage.md`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Alerts, Answer};
use crate::{check::Checked, findings::suggest::nearest, source::Span, world::World};

/// The name and version of the format.
pub const SCHEMA: &str = "quell.dev/alert-coverage/1";

/// Which alerts have a playbook, and which playbooks wait for what no rule has.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/alert-coverage.md says it")]
pub struct AlertCoverage {
    pub schema: &'static str,
    /// The most severe first.
    pub severities: Vec<SeverityCoverage>,
    /// The most severe first, then by name.
    pub alerts: Vec<AlertEntry>,
    pub without_rule: Vec<WithoutRule>,
}

/// The alerts of one severity, counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/alert-coverage.md says it")]
pub struct SeverityCoverage {
    pub severity: Option<String>,
    pub alerts: usize,
    pub with_playbook: usize,
    pub for_people: bool,
}

/// An alert: all rules that share a name and a severity.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/alert-coverage.md says it")]
pub struct AlertEntry {
    pub name: String,
    pub severity: Option<String>,
    pub summary: Option<String>,
    pub rules: Vec<Place>,
    pub playbooks: Vec<PlaybookEntry>,
}

/// A playbook and where it names the alert.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/alert-coverage.md says it")]
pub struct PlaybookEntry {
    pub name: String,
    pub place: Place,
}

/// A playbook that waits for an alert that no rule has.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/alert-coverage.md says it")]
pub struct WithoutRule {
    pub alert: String,
    pub playbook: PlaybookEntry,
    pub did_you_mean: Option<String>,
}

/// A line in a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/formats/alert-coverage.md says it")]
pub struct Place {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

impl AlertCoverage {
    /// The share of the alerts for people that have a playbook, in percent; of none it is all.
    pub fn percent(&self) -> f64 {
        let counted = self.severities.iter().filter(|severity| severity.for_people);
        let (with, all) = counted
            .fold((0, 0), |(with, all), severity| (with + severity.with_playbook, all + severity.alerts));
        if all == 0 { 100.0 } else { 100.0 * with as f64 / all as f64 }
    }
}

/// Counts what is known.
pub fn coverage(world: &dyn World, checked: &Checked, alerts: &Alerts) -> AlertCoverage {
    let place = |span: Span| {
        let source = world.source(span.file);
        let (line, column) = source.line_column(span.start);
        Place { file: source.path().to_owned(), line, column }
    };
    let playbook = |answer: &Answer| PlaybookEntry {
        name: format!(
            "{}.{}",
            world.module_path(answer.playbook.file),
            checked.item(answer.playbook).map_or("", |item| &item.name.text)
        ),
        place: place(answer.span),
    };
    let mut entries: BTreeMap<(usize, Option<String>, &str), AlertEntry> = BTreeMap::new();
    for rule in &alerts.rules {
        let severity = rule.severity();
        let entry = entries.entry((rank(severity.as_deref()), severity.clone(), &rule.name));
        let entry = entry.or_insert_with(|| AlertEntry {
            name: rule.name.to_string(),
            severity,
            summary: rule.summary.clone(),
            rules: Vec::new(),
            playbooks: alerts.answering(&rule.name).map(playbook).collect(),
        });
        entry.rules.push(place(rule.span));
    }
    let alerts_found: Vec<AlertEntry> = entries.into_values().collect();
    let mut severities: Vec<SeverityCoverage> = Vec::new();
    for alert in &alerts_found {
        if severities.last().is_none_or(|last| last.severity != alert.severity) {
            let for_people = alert.severity.as_deref() != Some("none");
            let severity = alert.severity.clone();
            severities.push(SeverityCoverage { severity, alerts: 0, with_playbook: 0, for_people });
        }
        if let Some(last) = severities.last_mut() {
            last.alerts += 1;
            last.with_playbook += usize::from(!alert.playbooks.is_empty());
        }
    }
    let names = || alerts.rules.iter().map(|rule| &*rule.name);
    let without_rule = alerts.without_rule().map(|(answer, name)| WithoutRule {
        alert: name.to_owned(),
        playbook: playbook(answer),
        did_you_mean: nearest(name, names()).map(str::to_owned),
    });
    let without_rule = without_rule.collect();
    AlertCoverage { schema: SCHEMA, severities, alerts: alerts_found, without_rule }
}

/// The usual words, the most severe first. There is no standard for them; these are the words of the rule
/// collections that are used most.
fn rank(severity: Option<&str>) -> usize {
    const WORDS: [&str; 12] = [
        "critical",
        "page",
        "emergency",
        "disaster",
        "error",
        "high",
        "major",
        "warning",
        "ticket",
        "minor",
        "info",
        "none",
    ];
    let unknown = WORDS.len() - 2;
    severity.and_then(|severity| WORDS.iter().position(|word| *word == severity)).unwrap_or(unknown)
}
