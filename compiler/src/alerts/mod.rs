//! The alerts that monitoring can send, and which playbook responds to which.
//!
//! The rules are Prometheus' own files, so there is no second list of alerts to keep. Which alert a
//! playbook responds to is read from triggers that `provides alert`, never from their names.

mod answers;
mod coverage;
mod expression;
mod labels;
mod rules;
mod sample;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use answers::answers;
pub use coverage::{
    AlertCoverage, AlertEntry, Place, PlaybookEntry, SCHEMA, SeverityCoverage, WithoutRule, coverage,
};
pub use expression::{Others, SeriesLabels, equal_values, labels_of};
pub use labels::{AlertLabel, LABELS, LabelOrigin, LabelUse, label_uses};
pub use rules::read;
pub use sample::AlertSample;

use crate::{
    check::Checked,
    diagnostic::Diagnostic,
    hir::LocalId,
    names::ItemId,
    source::{FileId, Span},
    world::World,
};

/// An alerting rule.
/// <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/>
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRule {
    /// The name of its alerts.
    pub name: Arc<str>,
    /// Where the name stands.
    pub span: Span,
    /// The labels that the rule itself sets, sorted by name. Their values may be templates.
    pub labels: BTreeMap<String, String>,
    /// Labels that its alerts keep from its series, as far as its expression tells.
    pub series: SeriesLabels,
    /// Labels that its annotations speak of.
    pub told: BTreeSet<String>,
    /// Labels that whoever loads the rule adds to all alerts.
    pub added: &'static [&'static str],
    /// Where its labels have their values.
    pub places: BTreeMap<String, Span>,
    /// Values that its expression asks of labels.
    pub equal: BTreeMap<String, String>,
    /// Where its expression stands.
    pub expression: Span,
    /// Its annotations, in the order of the file. They may be templates.
    pub annotations: Vec<Annotation>,
    /// What its annotation `summary`, or else `description` or `message`, says.
    pub summary: Option<String>,
}

/// An annotation of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where the text stands.
    pub span: Span,
}

impl AlertRule {
    /// The label `severity`, in lower case; `templated` where a template makes it.
    pub fn severity(&self) -> Option<String> {
        let severity = self.labels.get("severity")?.trim();
        // Each of its alerts has its own.
        Some(if severity.contains("{{") { "templated".to_owned() } else { severity.to_lowercase() })
    }

    /// Whether its alerts are for people: those of severity `none` keep watch over the monitoring itself.
    pub fn is_for_people(&self) -> bool {
        self.severity().as_deref() != Some("none")
    }

    /// Whether its alerts can have this label.
    pub fn may_have(&self, label: &str) -> bool {
        label == "alertname"
            || self.labels.contains_key(label)
            || self.series.may_have(label)
            || self.told.contains(label)
            || self.added.contains(&label)
    }
}

/// An `on` of a playbook that waits for an alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The playbook.
    pub playbook: ItemId,
    /// The alert's name; none where it isn't known before a run.
    pub alert: Option<Arc<str>>,
    /// What `as` calls it in the playbook.
    pub alias: Option<LocalId>,
    /// Where the name stands.
    pub span: Span,
}

/// The rules of some projects, and what their playbooks answer.
#[derive(Debug, Clone, Default)]
pub struct Alerts {
    /// By file and place. A name can have several: one for each severity, say.
    pub rules: Vec<AlertRule>,
    /// By module and place.
    pub answers: Vec<Answer>,
    /// Labels that alerts of all rules can have, since they are added on their way.
    pub external: Vec<String>,
    /// What can't be read in the rules.
    pub diagnostics: Vec<Diagnostic>,
    /// The places in `rules`, by the name of the alert.
    by_name: BTreeMap<Arc<str>, Vec<usize>>,
    /// The places in `answers`, by the name of the alert.
    by_alert: BTreeMap<Arc<str>, Vec<usize>>,
}

/// The rules that the world has for these modules, and what their playbooks answer.
pub fn alerts(world: &dyn World, checked: &Checked, modules: &[FileId]) -> Alerts {
    let mut files: Vec<FileId> = modules.iter().flat_map(|module| world.alert_rules(*module)).collect();
    files.sort_unstable();
    files.dedup();
    let mut external: Vec<String> =
        modules.iter().flat_map(|module| world.external_labels(*module)).cloned().collect();
    external.sort();
    external.dedup();
    let mut alerts = Alerts { external, ..Alerts::default() };
    alerts.set_answers(answers(checked, modules));
    for file in files {
        let (rules, diagnostics) = read(file, &world.source(file).text);
        alerts.rules.extend(rules);
        alerts.diagnostics.extend(diagnostics);
    }
    for (index, rule) in alerts.rules.iter().enumerate() {
        alerts.by_name.entry(rule.name.clone()).or_default().push(index);
    }
    alerts
}

impl Alerts {
    /// The rules whose alerts have this name.
    pub fn of_name<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a AlertRule> {
        self.by_name.get(name).into_iter().flatten().filter_map(|index| self.rules.get(*index))
    }

    /// What answers alerts of this name.
    pub fn answering<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Answer> {
        self.by_alert.get(name).into_iter().flatten().filter_map(|index| self.answers.get(*index))
    }

    /// Takes these as the answers, which are in the order of modules.
    pub fn set_answers(&mut self, answers: Vec<Answer>) {
        self.by_alert.clear();
        for (index, answer) in answers.iter().enumerate() {
            if let Some(alert) = &answer.alert {
                self.by_alert.entry(alert.clone()).or_default().push(index);
            }
        }
        self.answers = answers;
    }

    /// Answers to alerts that no rule has. Without any rule nothing is known, and there are none.
    pub fn without_rule(&self) -> impl Iterator<Item = (&Answer, &str)> {
        self.unknown(&self.answers)
    }

    /// The same, of the playbooks of one module.
    pub fn without_rule_in(&self, file: FileId) -> impl Iterator<Item = (&Answer, &str)> {
        self.unknown(self.answers_in(file))
    }

    fn unknown<'a>(&'a self, answers: &'a [Answer]) -> impl Iterator<Item = (&'a Answer, &'a str)> {
        let known = !self.rules.is_empty();
        let answers = answers.iter().filter(move |_| known);
        answers
            .filter_map(|answer| Some((answer, answer.alert.as_deref()?)))
            .filter(|(_, name)| self.of_name(name).next().is_none())
    }
}
