//! What the rule of an alert tells of the alerts that it raises: labels, annotations and texts with values
//! that they could have, for runs that nobody gives an alert.

use std::{collections::BTreeMap, sync::Arc};

use super::{AlertRule, Alerts, labels::LABELS};
use crate::{hir::LocalId, names::ItemId, source::Span};

/// The field of an alert's record that holds its annotations, as Alertmanager calls it.
const ANNOTATIONS: &str = "annotations";

/// A part of an alert, with a value for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertSample {
    /// What `as` names the alert in the playbook.
    pub alert: LocalId,
    /// The field of its record.
    pub field: &'static str,
    /// The entry, if the field is a map.
    pub key: Option<Arc<str>>,
    /// The value.
    pub value: String,
    /// Where the rule has it.
    pub span: Span,
    /// The rule has the name only, and the value is made up.
    pub is_made_up: bool,
}

impl Alerts {
    /// What the rules tell of the alerts that a playbook answers: of each alert that `as` names, by the first
    /// rule of its name. Of labels that the rule doesn't set, those in `wanted` have a value.
    pub fn samples(&self, playbook: ItemId, wanted: &[(LocalId, Arc<str>)]) -> Vec<AlertSample> {
        let mut done: Vec<LocalId> = Vec::new();
        let mut samples = Vec::new();
        let answers = self.answers_in(playbook.file).iter().filter(|answer| answer.playbook == playbook);
        for answer in answers {
            let (Some(alert), Some(name)) = (answer.alias, &answer.alert) else { continue };
            let Some(rule) = self.of_name(name).next().filter(|_| !done.contains(&alert)) else { continue };
            done.push(alert);
            let mine = wanted.iter().filter(|(of, _)| *of == alert).map(|(_, label)| label);
            let labels = self.sample_labels(rule, mine);
            let known = |name: &str| labels.get(name).map(|(value, ..)| value.clone());
            for annotation in &rule.annotations {
                let Some(value) = filled(&annotation.text, &known) else { continue };
                let field = match &*annotation.name {
                    "summary" => Some("summary"),
                    "description" => Some("description"),
                    _ => None,
                };
                let sample = |field, key, value| {
                    let (span, is_made_up) = (annotation.span, false);
                    AlertSample { alert, field, key, value, span, is_made_up }
                };
                samples.extend(field.map(|field| sample(field, None, value.clone())));
                samples.push(sample(ANNOTATIONS, Some(annotation.name.as_str().into()), value));
            }
            samples.extend(labels.into_iter().map(|(key, (value, span, is_made_up))| AlertSample {
                alert,
                field: LABELS,
                key: Some(key),
                value,
                span,
                is_made_up,
            }));
        }
        samples
    }

    /// The labels with their values, where the rule has them, and whether the value is made up.
    fn sample_labels<'w>(
        &self,
        rule: &AlertRule,
        wanted: impl Iterator<Item = &'w Arc<str>>,
    ) -> BTreeMap<Arc<str>, (String, Span, bool)> {
        let mut labels: BTreeMap<Arc<str>, (String, Span, bool)> = BTreeMap::new();
        let external = |label: &str| self.external.iter().any(|known| known == label);
        for label in wanted.filter(|label| rule.may_have(label) || external(label)) {
            // Its trigger knows the name of the alert.
            if **label == *"alertname" || rule.labels.contains_key(&**label) {
                continue;
            }
            let sample = match rule.equal.get(&**label) {
                Some(value) => (value.clone(), rule.expression, false),
                None => (format!("example-{label}"), rule.expression, true),
            };
            labels.insert(label.clone(), sample);
        }
        let series = labels.clone();
        for (name, text) in &rule.labels {
            let value = filled(text, &|name| match series.get(name) {
                Some((value, ..)) => Some(value.clone()),
                None => rule.equal.get(name).cloned(),
            });
            let is_made_up = value.is_none();
            let value = value.unwrap_or_else(|| format!("example-{name}"));
            let span = rule.places.get(name).copied().unwrap_or(rule.span);
            labels.insert(name.as_str().into(), (value, span, is_made_up));
        }
        labels
    }
}

/// A template with its labels filled in; none if it needs more than labels.
/// <https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>
fn filled(template: &str, known: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, after) = after.split_once("}}")?;
        let label = inside.trim_matches(['-', ' ']).strip_prefix("$labels.")?;
        let is_name = label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        out.push_str(before);
        out.push_str(&known(label).or_else(|| is_name.then(|| format!("example-{label}")))?);
        rest = after;
    }
    out.push_str(rest);
    Some(out.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_labels_are_filled_and_others_are_not() {
        let known = |name: &str| (name == "pod").then(|| "web-1".to_owned());
        let cases = [
            ("plain", Some("plain")),
            ("{{ $labels.pod }} in {{$labels.zone}}", Some("web-1 in example-zone")),
            ("{{- $labels.pod -}}", Some("web-1")),
            ("{{ $value | humanize }}", None),
            ("{{ $labels.pod", None),
            ("{{ $labels.pod | toUpper }}", None),
        ];
        for (template, wanted) in cases {
            assert_eq!(filled(template, &known).as_deref(), wanted, "{template}");
        }
    }
}
