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
fn labels_that_an_expression_keeps() {
    let kept = |expression: &str| {
        let text = format!("groups:\n- rules:\n  - alert: A\n    expr: '{expression}'\n");
        let [rule] = rules(&text).try_into().unwrap();
        (!rule.other_labels).then_some(rule.series_labels)
    };
    assert_eq!(kept("sum(rate(x[5m])) by (job, pod) > 5"), Some(vec!["job".into(), "pod".into()]));
    assert_eq!(kept("max by (job) (x{a=\")\"})"), Some(vec!["job".into()]));
    assert_eq!(kept("count by () (x) != 0"), Some(vec![]));
    for unknown in ["up == 0", "sum by (job) (x) / sum by (job) (y)", "sum(x)", "sum by (job", "sum_x > 1"] {
        assert_eq!(kept(unknown), None, "{unknown}");
    }
}

#[test]
fn what_cannot_be_read_is_said_where_it_stands() {
    assert_eq!(messages("groups: [\n")[0].split(':').next(), Some("this is not YAML"));
    assert_eq!(messages("a: 1\n"), ["no groups of rules are in this file"]);
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
