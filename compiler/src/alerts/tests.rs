#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use quell_stdlib as stdlib;

use super::*;
use crate::{check::check, source::SourceFile, world::MemoryWorld};

const FILE: FileId = FileId(7);

fn rules(text: &str) -> Vec<AlertRule> {
    let (rules, diagnostics) = read(FILE, text);
    assert_eq!(diagnostics, [], "{text}");
    rules
}

fn messages(text: &str) -> Vec<String> {
    read(FILE, text).1.into_iter().map(|finding| finding.message).collect()
}

const PLAIN: &str = r#"
groups:
  - name: disks
    rules:
      - record: disk_share
        expr: disk_used / disk_size
      - alert: DiskFull
        expr: max by (host, mount) (disk_share) > 0.9
        for: 5m
        labels: {severity: Critical, rank: 1}
        annotations:
          summary: "{{ $labels.mount }} of {{ $labels.host }} is full"
  - name: empty
    rules:
"#;

#[test]
fn plain_files() {
    let text = PLAIN;
    let [rule] = rules(text).try_into().unwrap();
    assert_eq!(&text[rule.span.start as usize..rule.span.end as usize], "DiskFull");
    assert_eq!(rule.severity().as_deref(), Some("critical"));
    assert_eq!(rule.labels["rank"], "1");
    assert_eq!(rule.summary.as_deref(), Some("{{ $labels.mount }} of {{ $labels.host }} is full"));
    assert!(rule.may_have("host") && rule.may_have("alertname") && !rule.may_have("hots"));
}

#[test]
fn manifests_alone_and_in_lists() {
    let manifest =
        "kind: PrometheusRule\nspec:\n  groups:\n  - rules:\n    - alert: Down\n      expr: up == 0\n";
    assert_eq!(rules(manifest).len(), 1);
    assert!(rules(manifest)[0].may_have("anything"), "the series' labels are unknown");
    let indented = manifest.replace('\n', "\n  ");
    let list = format!("kind: List\nitems:\n- {}\n- {}\n", indented.trim_end(), indented.trim_end());
    assert_eq!(rules(&list).len(), 2);
    assert_eq!(rules(&format!("{manifest}---\n{manifest}")).len(), 2, "documents");
}

#[test]
fn what_cannot_be_read_is_said_where_it_stands() {
    assert_eq!(messages("groups: [\n")[0].split(':').next(), Some("invalid YAML"));
    assert_eq!(messages("a: 1\n"), ["this file contains no groups of rules"]);
    assert_eq!(messages("groups: 5\n"), ["`groups` should be a list, but this is a text"]);
    let labels = "groups:\n- rules:\n  - alert: A\n    expr: x\n    labels: page\n";
    assert_eq!(messages(labels), ["`labels` should be a mapping, but this is a text"]);
    assert_eq!(
        messages("groups:\n- rules:\n  - alert: []\n"),
        ["`alert` should be a name, but this is a list"]
    );
}

#[test]
fn any_text_can_be_read() {
    for (at, _) in PLAIN.char_indices() {
        let _ = (read(FILE, &PLAIN[..at]), read(FILE, &PLAIN[at..]));
    }
}

#[test]
fn answers_are_read_from_triggers_that_provide_alerts() {
    let mut world = MemoryWorld::with_modules(stdlib::modules());
    let module = world.add(
        "a",
        SourceFile::new(
            "a.quell",
            "use std.alertmanager\nlet full: Text = \"DiskFull\"\ntrigger own(text: Text) -> Text\n\
             playbook a {\n  on alertmanager.alert(full)\n  on alertmanager.alert(\"DiskFul\")\n  \
             on own(\"DiskFull\")\n}\n",
        ),
    );
    world.add_alert_rules(SourceFile::new("alerts.yml", PLAIN));
    let checked = check(&world);
    let alerts = alerts(&world, &checked, &[module]);
    let names: Vec<&str> = alerts.answers.iter().filter_map(|answer| answer.alert.as_deref()).collect();
    assert_eq!(names, ["DiskFull", "DiskFul"]);
    assert_eq!(alerts.without_rule().map(|(_, name)| name).collect::<Vec<_>>(), ["DiskFul"]);
    assert_eq!(alerts.answering("DiskFull").count(), 1);
}

const LABELLED: &str = r#"
groups:
  - name: disks
    rules:
      - alert: DiskFull
        expr: max by (host) (disk_share) > 0.9
        labels: {severity: critical}
        annotations: {summary: "{{ $labels.mount }} of {{ $labels.host }}"}
      - alert: DiskFull
        expr: max by (host) (disk_share) > 0.8
        labels: {severity: warning, team: storage}
      - alert: DiskGone
        expr: disk_up == 0
"#;

/// A world with these rules and this module; what is known of its alerts.
fn alerts_of(rules: &str, module: &str) -> (MemoryWorld, Checked, Alerts, FileId) {
    let mut world = MemoryWorld::with_modules(stdlib::modules());
    let file = world.add("a", SourceFile::new("a.quell", module));
    world.add_alert_rules(SourceFile::new("alerts.yml", rules));
    world.set_external_labels(&["cluster"]);
    let checked = check(&world);
    let found = alerts(&world, &checked, &[file]);
    (world, checked, found, file)
}

#[test]
fn labels_of_an_alert_and_where_they_come_from() {
    let (_, _, alerts, _) = alerts_of(LABELLED, "");
    let shown = |name: &str| {
        let labels = alerts.labels(name).into_iter();
        labels.map(|label| format!("{}: {}", label.name, label.origin.words())).collect::<Vec<_>>()
    };
    let wanted = [
        "alertname: the name of the rule",
        "cluster: added on the way from Prometheus",
        "host: kept by the expression of the rule",
        "mount: named in the texts of the rule",
        "severity: set by the rule: critical, warning",
        "team: set by the rule: storage",
    ];
    assert_eq!(shown("DiskFull"), wanted);
    assert_eq!(shown("Unknown"), [""; 0]);
    let may_have = |name, label| alerts.may_have(name, label);
    assert!(may_have("DiskFull", "team") && may_have("DiskFull", "cluster") && !may_have("DiskFull", "pod"));
    assert!(may_have("DiskGone", "pod"), "its series are not known");
    assert!(may_have("Unknown", "pod"), "nor is a rule that isn't there");
}

#[test]
fn the_operator_adds_labels_of_its_own() {
    let manifest = "spec:\n  groups:\n  - rules:\n    - alert: A\n      expr: sum(x) > 1\n";
    assert!(rules(manifest)[0].may_have("prometheus"));
    let plain = "groups:\n- rules:\n  - alert: A\n    expr: sum(x) > 1\n";
    assert!(!rules(plain)[0].may_have("prometheus"));
}

#[test]
fn uses_of_labels_in_playbooks_and_scenarios() {
    let module = r#"use std.alertmanager
use std.alertmanager (Alert)
let key: Text = "team"
playbook a {
  on alertmanager.alert("DiskFull") as alert
  enrich {
    let host = alert.labels.get("host") ?? alert.labels["pod"]
    let team = alert.labels.get(key) ?? alert.annotations.get("no_label")
    severity = if host == alert.labels.get(alert.name) then critical else minor
  }
  triage none "no"
  communicate none "no"
  remediate none "no"
}
playbook b {
  on alertmanager.alert("DiskGone") as gone
  on alertmanager.alert("DiskFull") as full
  enrich {
    severity = if full?.labels?.get("rack") == none then critical else minor
  }
  triage none "no"
  communicate none "no"
  remediate none "no"
}
scenario "one" for a {
  given alert = { name: "DiskFull", labels: { mount: "/" } }
}
scenario "other" for a {
  given alert = Alert(name: "DiskFull", labels: { zone: "a" })
}
"#;
    let (_, checked, alerts, file) = alerts_of(LABELLED, module);
    let uses = label_uses(&checked, &checked.meaning(), &alerts, file);
    let names: Vec<&str> = uses.iter().map(|label| &*label.name).collect();
    assert_eq!(names, ["host", "pod", "team", "rack", "mount", "zone"]);
    let text = |span: Span| &module[span.start as usize..span.end as usize];
    let spans: Vec<&str> = uses.iter().map(|label| text(label.span)).collect();
    assert_eq!(spans, ["\"host\"", "\"pod\"", "key", "\"rack\"", "mount", "zone"]);
    let offered = alerts.labels_of(uses[0].module, uses[0].alert);
    assert_eq!(offered, alerts.labels("DiskFull"));
}

#[test]
fn templates_say_that_they_are_some() {
    let (_, found) = read(FILE, "groups:\n{{- range .Values.groups }}\n  - name: {{ .name }}\n{{- end }}\n");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].help,
        ["if it is a template, name what comes of it: `helm template CHART > rules.yml`, say"]
    );
}

#[test]
fn rules_of_other_shapes() {
    assert_eq!(rules("groups: []\n").len(), 0);
    assert_eq!(rules("groups:\n- name: a\n- name: b\n  rules: []\n").len(), 0);
    let recording = "groups:\n- name: a\n  rules:\n  - record: a:b\n    expr: sum(b)\n    labels: {c: d}\n";
    assert_eq!(rules(recording).len(), 0);
    let anchored = "common: &page {severity: page}\ngroups:\n- name: a\n  rules:\n  - {alert: A, expr: x, labels: *page}\n";
    assert_eq!(rules(anchored)[0].severity().as_deref(), Some("page"));
    let block =
        "groups:\n- rules:\n  - alert: A\n    expr: |\n      # the sum\n      sum by (a) (x)\n        > 1\n";
    assert!(!rules(block)[0].may_have("b"), "comments in expressions are read");
    let number = "groups:\n- rules:\n  - alert: A\n    expr: 1\n    labels:\n";
    assert!(!rules(number)[0].may_have("b"));
}
