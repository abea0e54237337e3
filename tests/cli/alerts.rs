//! Alert rules as input: labels that playbooks read, and alerts that no playbook answers.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::{Run, Sandbox};

const RULES: &str = "groups:
  - name: disks
    rules:
      - alert: DiskFull
        expr: max by (host) (disk_used) > 0.9
        labels: {severity: critical}
        annotations: {summary: \"{{ $labels.host }} is full\"}
      - alert: DiskGone
        expr: disk_up == 0
        labels: {severity: page}
        annotations: {summary: \"a disk is gone\"}
      - alert: DiskSlow
        expr: disk_delay > 1
        labels: {severity: warning}
      - alert: Watchdog
        expr: vector(1)
        labels: {severity: none}
";
const PLAYBOOK: &str = "use std.alertmanager
use std.people (Person, Team)

let lin: Person = Person(id: \"lin\", name: \"Lin\", email: \"lin@example.com\", contacts: [])
let storage: Team = Team(name: \"storage\", lead: lin, on_call: [lin])

/// How full a disk is.
action fill(host: Text) -> Percent reads

playbook disk_full {
  on alertmanager.alert(\"DiskFull\") as alert
  owner storage
  enrich {
    step share = fill(alert.labels.get(\"hst\") ?? \"\")
    severity = if share > 95% then critical else minor
  }
  triage none \"it is full\"
  communicate none \"nobody cares\"
  remediate none \"people make room\"
}
";

fn project(alerts: &str, lint: &str) -> Sandbox {
    let manifest = format!(
        "[package]\nname = \"storage\"\n\n[alerts]\nrules = [\"rules/*.yml\"]\n{alerts}\n[lint]\n{lint}\n"
    );
    Sandbox::new([("quell.toml", &*manifest), ("rules/disks.yml", RULES), ("disks.quell", PLAYBOOK)])
}

const LABELS: &str = "lint . --select unknown-alert-label";
const MISSING: &str = "lint . --select alert-without-playbook";

/// The names in backticks with which the messages begin.
fn named(run: &Run) -> Vec<String> {
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|found| found["message"].as_str().unwrap().split('`').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn a_label_that_the_alert_can_not_have() {
    assert_snapshot!(project("", "").quell(LABELS));
}

#[test]
fn labels_from_outside_are_named_in_the_project_file() {
    let run = project("external-labels = [\"hst\"]", "").quell(LABELS);
    assert_eq!(run.code, 0, "{run}");
    let run = project("external-labels = [\"a-b\", 5]", "").quell(LABELS);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`a-b` can't be the name of a label"), "{run}");
    assert!(run.err.contains("`a label` can't be a number"), "{run}");
}

#[test]
fn an_alert_without_playbook_is_shown_in_its_rule_file() {
    assert_snapshot!(project("", "").quell(MISSING));
}

#[test]
fn which_alerts_need_a_playbook_is_set() {
    let of = |lint: &str| named(&project("", lint).quell(&format!("{MISSING} --output-format json")));
    let rule = |options: &str| format!("rules = {{ alert-without-playbook = {{ {options} }} }}");
    assert_eq!(of(""), ["DiskGone"]);
    assert_eq!(of(&rule("severities = [\"warning\"]")), ["DiskSlow"]);
    assert_eq!(of(&rule("severities = [\"*\"]")), ["DiskGone", "DiskSlow"]);
    assert_eq!(of(&rule("except = [\"DiskGone\"]")), [""; 0]);
    let folder = "overrides = [{ paths = [\"rules/**\"], rules = { alert-without-playbook = \
                  { severities = [\"warning\", \"page\"] } } }]";
    assert_eq!(of(folder), ["DiskGone", "DiskSlow"]);
    let run = project("", &rule("severities = \"page\"")).quell(MISSING);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`severities` can't be a text"), "{run}");
}

#[test]
fn a_part_of_a_project_says_nothing_of_its_alerts() {
    let sandbox = project("", "");
    sandbox.write("more.quell", "/// A rack.\ntype Rack = Text\n");
    let part = sandbox.quell("lint more.quell --select alert-without-playbook");
    assert_eq!(part.code, 0, "{part}");
    assert_eq!(sandbox.quell(MISSING).code, 1);
    sandbox.write("more.quell", "/// A rack.\ntype Rack = Txt\n");
    let broken = sandbox.quell(&format!("{MISSING} --output-format short"));
    assert!(!broken.out.contains("alert-without-playbook"), "what is broken may answer it: {broken}");
}

#[test]
fn a_baseline_keeps_quiet_about_them() {
    let sandbox = project("", "");
    let write = sandbox.quell(&format!("{MISSING} --baseline known.json --update-baseline"));
    assert_eq!(write.code, 0, "{write}");
    sandbox.write("rules/disks.yml", format!("# moved by a line\n{RULES}"));
    assert_eq!(sandbox.quell(&format!("{MISSING} --baseline known.json")).code, 0);
}

/// Rules that other people wrote, where they are at hand.
#[test]
fn rules_of_others() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/kube-prometheus");
    if !folder.is_dir() {
        quell_test_support::pass_over("the folder with other people's rules is not here");
        return;
    }
    let sandbox = project("", "");
    sandbox.write("quell.toml", "[package]\nname = \"k\"\n\n[alerts]\nrules = [\"rules/*.yaml\"]\n");
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let name = format!("rules/{}", path.file_name().unwrap().to_string_lossy());
            sandbox.write(&name, std::fs::read(&path).unwrap());
        }
    }
    let three = "  on alertmanager.alert(\"KubeHpaMaxedOut\") as alert
  on alertmanager.alert(\"KubeCPUOvercommit\") as burst
  on alertmanager.alert(\"AlertmanagerClusterDown\") as down";
    let labels = "alert?.labels?.get(\"pod\") ?? burst?.labels?.get(\"prometheus\") \
                  ?? burst?.labels?.get(\"pod\") ?? down?.labels?.get(\"servce\") ?? \"\"";
    let playbook = PLAYBOOK.replace("  on alertmanager.alert(\"DiskFull\") as alert", three);
    let playbook = playbook.replace("alert.labels.get(\"hst\") ?? \"\"", labels);
    sandbox.write("disks.quell", playbook);
    let run = sandbox.quell(&format!("{LABELS} --output-format short"));
    let said: Vec<&str> = run.out.lines().filter_map(|line| line.split_once("]: ")).map(|it| it.1).collect();
    let wanted =
        ["`KubeCPUOvercommit` has no label `pod`", "`AlertmanagerClusterDown` has no label `servce`"];
    assert_eq!(said, wanted, "{run}");
    let run = sandbox.quell(&format!("{MISSING} --output-format json"));
    let missing = named(&run);
    assert!(missing.len() > 20 && missing.iter().any(|name| name == "KubeAPIDown"), "{missing:?}");
    assert!(!missing.iter().any(|name| name == "AlertmanagerClusterDown"), "it has a playbook");
}
