//! Reads rule files: plain ones, and the `PrometheusRule` manifests of the Prometheus operator.
//! <https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/>
//! <https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule>

use std::collections::BTreeMap;

use super::{AlertRule, Annotation, equal_values, labels_of};
use crate::{
    diagnostic::Diagnostic,
    findings::alerts::unreadable_rules,
    source::{FileId, Span},
    yaml::{self, Node},
};

/// The alerting rules of a file, in its order, and what can't be read in it.
pub fn read(file: FileId, text: &str) -> (Vec<AlertRule>, Vec<Diagnostic>) {
    let yaml = yaml::parse(text);
    let mut reader = Reader { file, rules: Vec::new(), diagnostics: Vec::new(), groups: false };
    for document in &yaml.documents {
        reader.document(document);
    }
    if let Some(mistake) = &yaml.mistake {
        let end = text[mistake.at as usize..].chars().next().map_or(0, |letter| letter.len_utf8() as u32);
        let span = Span::new(file, mistake.at, mistake.at + end);
        let mut finding = unreadable_rules::not_yaml(span, &mistake.message);
        if text.contains("{{") {
            finding = finding
                .help("if it is a template, name what comes of it: `helm template CHART > rules.yml`, say");
        }
        reader.diagnostics.push(finding);
    } else if !reader.groups {
        reader.diagnostics.push(unreadable_rules::no_groups(Span::new(file, 0, 0)));
    }
    (reader.rules, reader.diagnostics)
}

/// What the Prometheus operator tells its servers apart by, unless it is told to call these otherwise.
/// <https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusSpec>
const ADDED_BY_OPERATOR: &[&str] = &["prometheus", "prometheus_replica"];

struct Reader {
    file: FileId,
    rules: Vec<AlertRule>,
    diagnostics: Vec<Diagnostic>,
    /// Whether any groups were found.
    groups: bool,
}

impl Reader {
    fn document(&mut self, document: &Node) {
        // A list of manifests, as `kubectl get -o yaml` prints it.
        for item in document.get("items").map_or(&[][..], Node::elements) {
            self.document(item);
        }
        let (spec, added) = match document.get("spec") {
            Some(spec) => (spec, ADDED_BY_OPERATOR),
            None => (document, &[][..]),
        };
        let Some(groups) = spec.get("groups") else { return };
        self.groups = true;
        for group in self.list(groups, "groups") {
            let Some(rules) = group.get("rules") else { continue };
            for rule in self.list(rules, "rules") {
                self.rule(rule, added);
            }
        }
    }

    fn rule(&mut self, rule: &Node, added: &'static [&'static str]) {
        let Some(alert) = rule.get("alert") else {
            // The others record new series.
            if rule.get("record").is_none() {
                self.diagnostics.push(unreadable_rules::no_rule(self.span(rule)));
            }
            return;
        };
        let Some(name) = alert.text().filter(|name| !name.is_empty()) else {
            return self.wrong_kind(alert, "alert", "a name");
        };
        let labels = self.texts(rule, "labels");
        let annotations = self.texts(rule, "annotations");
        let expression = rule.get("expr").and_then(Node::text).unwrap_or_default();
        let entries = |key: &str| rule.get(key).map(Node::entries).into_iter().flatten();
        let places =
            entries("labels").filter_map(|(name, value)| Some((name.text()?.to_owned(), self.span(value))));
        let written = entries("annotations").filter_map(|(name, value)| {
            let (name, text) = (name.text()?.to_owned(), value.text()?.trim().to_owned());
            Some(Annotation { name, text, span: self.span(value) })
        });
        let (places, written) = (places.collect(), written.collect());
        let summary = ["summary", "description", "message"].iter().find_map(|key| annotations.get(*key));
        let told = annotations.values().flat_map(|text| labels_in_template(text)).collect();
        self.rules.push(AlertRule {
            name: name.into(),
            span: self.span(alert),
            series: labels_of(expression),
            equal: equal_values(expression),
            expression: self.span(rule.get("expr").unwrap_or(alert)),
            places,
            annotations: written,
            told,
            added,
            summary: summary.map(|text| text.trim().to_owned()),
            labels,
        });
    }

    /// A mapping from names to texts. Prometheus takes numbers as texts there.
    fn texts(&mut self, rule: &Node, key: &str) -> BTreeMap<String, String> {
        let Some(node) = rule.get(key).filter(|node| !node.is_null()) else { return BTreeMap::new() };
        if !matches!(node.kind, yaml::Kind::Map(_)) {
            self.wrong_kind(node, key, "a mapping");
        }
        let mut texts = BTreeMap::new();
        for (name, value) in node.entries() {
            match (name.text(), value.text()) {
                (Some(name), Some(value)) => drop(texts.insert(name.to_owned(), value.to_owned())),
                _ => self.wrong_kind(value, name.text().unwrap_or(key), "a text"),
            }
        }
        texts
    }

    fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        if !matches!(node.kind, yaml::Kind::List(_)) && !node.is_null() {
            self.wrong_kind(node, what, "a list");
        }
        node.elements()
    }

    fn wrong_kind(&mut self, node: &Node, what: &str, wanted: &str) {
        let span = self.span(node);
        self.diagnostics.push(unreadable_rules::wrong_kind(span, what, wanted, node.word()));
    }

    fn span(&self, node: &Node) -> Span {
        Span::new(self.file, node.span.start, node.span.end)
    }
}

/// The labels that a template speaks of: `{{ $labels.instance }}`.
/// <https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>
fn labels_in_template(text: &str) -> Vec<String> {
    let names = text.split("$labels.").skip(1).map(|rest| {
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()
    });
    let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    names.sort();
    names.dedup();
    names
}
