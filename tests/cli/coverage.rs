//! `quell coverage`: which alerts have a playbook.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::Sandbox;

const RULES: &str = "groups:
  - name: disks
    rules:
      - alert: DiskFull
        expr: disk_used > 0.9
        labels: {severity: critical}
      - alert: DiskSlow
        expr: disk_delay > 1
        labels: {severity: warning}
      - alert: Watchdog
        expr: vector(1)
        labels: {severity: none}
";
const PROJECT: &str =
    "[package]\nname = \"storage\"\n\n[alerts]\nrules = [\"rules/*.yml\"]\n\n[lint]\nprofile = \"minimal\"\n";
const PLAYBOOK: &str = "use std.alertmanager

playbook disk_full {
  on alertmanager.alert(\"DiskFull\")
  on alertmanager.alert(\"DiskSlaw\")
  owner storage
  enrich none \"nothing to ask\"
  triage none \"it is full\"
  communicate none \"nobody cares\"
  remediate none \"people make room\"
}
";

fn project(rules: &str) -> Sandbox {
    let playbook = PLAYBOOK.replace("playbook disk", &format!("{}\nplaybook disk", TEAM));
    let sandbox = Sandbox::new([("quell.toml", PROJECT), ("rules/disks.yml", rules)]);
    sandbox.write("disks.quell", playbook.replace("  enrich none \"nothing to ask\"", SEVERITY));
    sandbox
}

const TEAM: &str = "use std.people (Person, Team)

let lin: Person = Person(id: \"lin\", name: \"Lin\", email: \"lin@example.com\", contacts: [])
let storage: Team = Team(name: \"storage\", lead: lin, on_call: [lin])
";
const SEVERITY: &str = "  enrich {\n    severity = minor\n  }";

#[test]
fn what_has_a_playbook_and_what_has_none() {
    assert_snapshot!(project(RULES).quell("coverage"));
}

#[test]
fn json() {
    let run = project(RULES).quell("coverage . --output-format json");
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["schema"], "quell.dev/alert-coverage/1");
    assert_eq!(document["alerts"][0]["playbooks"][0]["name"], "disks.disk_full");
    assert_eq!(document["without_rule"][0]["did_you_mean"], "DiskSlow");
}

#[test]
fn too_little_is_a_finding() {
    let sandbox = project(RULES);
    assert_eq!(sandbox.quell("coverage --min 50").code, 0);
    assert_eq!(sandbox.quell("coverage --min 51").code, 1);
    assert_eq!(sandbox.quell("coverage --min 101").code, 2);
}

#[test]
fn rules_that_cannot_be_read_are_errors_at_their_place() {
    assert_snapshot!(
        project("groups:\n  - rules:\n      - alert: DiskFull\n        labels: page\n").quell("check .")
    );
}

#[test]
fn rules_named_on_the_command_line() {
    let sandbox = Sandbox::new([("other/rules.yaml", RULES), ("a.quell", "type Host = Text\n")]);
    let run = sandbox.quell("coverage --rules other");
    assert!(run.out.contains("DiskFull"), "{run}");
    assert_eq!(sandbox.quell("coverage --rules nowhere").code, 2);
    assert_snapshot!(sandbox.quell("coverage"));
}

#[test]
fn patterns_that_name_nothing() {
    let sandbox = project(RULES);
    sandbox.write("quell.toml", PROJECT.replace("rules/*.yml", "rule/*.yml"));
    assert_snapshot!(sandbox.quell("check ."));
    sandbox.write("quell.toml", PROJECT.replace("rules/*.yml", "rules/***.yml"));
    assert_snapshot!(sandbox.quell("check ."));
}

/// Rules that other people wrote, where they are at hand.
#[test]
fn rules_of_others() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/kube-prometheus");
    if !folder.is_dir() {
        quell_test_support::pass_over("the folder with other people's rules is not here");
        return;
    }
    let sandbox = Sandbox::new([("a.quell", "type Host = Text\n")]);
    let folder = folder.to_string_lossy().into_owned();
    let run = sandbox.quell_with(&["coverage", "--output-format", "json", "--rules", &folder]);
    assert_eq!(run.code, 0, "{run}");
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let rules =
        document["alerts"].as_array().unwrap().iter().map(|alert| alert["rules"].as_array().unwrap().len());
    assert_eq!(rules.sum::<usize>(), 139);
}

#[test]
fn a_severity_from_a_template_and_a_rule_that_is_none() {
    let templated = "groups:\n  - name: a\n    rules:\n      - alert: Odd\n        expr: up == 0\n        labels:\n          severity: '{{ $labels.level }}'\n";
    let run = project(templated).quell("coverage");
    assert!(run.out.contains("templated") && !run.out.contains("{{"), "{run}");
    let nothing = "groups:\n  - name: a\n    rules:\n      - expr: up == 0\n";
    let run = project(nothing).quell("coverage");
    assert!(run.err.contains("this rule is neither an alert nor a recording rule"), "{run}");
    assert!(run.err.contains("alert: NAME"), "{run}");
}
