//! `quell graph` and `quell check --durations`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::Sandbox;

const POINTS: &str = r#"
/// How many are waiting.
action waiting() -> Int reads {
  timeout 20s
  simulate {
    return 3
    takes 2s
  }
}

/// Let some of them in.
action admit(count: Int) -> Int changes {
  timeout 1m
  irreversible "they are in"
  simulate {
    return count
    takes 10s
  }
}

/// Let in as many as are waiting.
task admit_all() -> Int {
  step before = waiting()
  step admitted = admit(before)
  return admitted
}
"#;

const DOOR: &str = r#"
use points (admit_all, waiting)

let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")

/// The door is opened.
playbook door {
  owner Team(name: "door", lead: kim, on_call: [kim])

  remediate {
    step opened = admit_all()
    step empty = waiting()
      repeat every 10s until it == 0, at most 10m
    resolved after empty
  }
}
"#;

fn project() -> Sandbox {
    Sandbox::new([
        ("quell.toml", "[package]\nname = \"house\"\nversion = \"0.1.0\"\n[lint]\nprofile = \"minimal\"\n"),
        ("points.quell", POINTS),
        ("door.quell", DOOR),
    ])
}

#[test]
fn as_an_outline() {
    assert_snapshot!(project().quell("graph ."));
}

#[test]
fn of_a_task() {
    assert_snapshot!(project().quell("graph .:admit_all"));
}

#[test]
fn in_each_format() {
    let project = project();
    let dot = project.quell("graph door.quell --format dot");
    assert!(dot.out.starts_with("digraph \"door\" {\n") && dot.out.ends_with("}\n"), "{dot}");
    let mermaid = project.quell("graph door.quell:door --format mermaid");
    assert!(mermaid.out.starts_with("flowchart LR\n"), "{mermaid}");
    let json = project.quell("graph door.quell --format json");
    let document: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(document["schema"], "quell.dev/graph/1");
    assert_eq!(document["tasks"][0]["name"], "admit_all");
    assert_eq!([dot.code, mermaid.code, json.code], [0, 0, 0]);
}

#[test]
fn of_a_playbook_that_waits_for_itself() {
    let text = DOOR.replace("step opened = admit_all()", "step opened = admit_all()\n      after empty");
    let project = project();
    project.write("door.quell", text);
    assert_snapshot!(project.quell("graph door.quell"));
}

#[test]
fn of_what_is_not_there() {
    assert_snapshot!(project().quell("graph .:dor"));
}

#[test]
fn durations_as_a_table() {
    assert_snapshot!(project().quell("check . --durations"));
}

#[test]
fn durations_as_json() {
    let run = project().quell("check . --durations --output-format json");
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let door = &document["durations"][0];
    assert_eq!(door["playbook"], "door.door");
    // Twenty seconds and a minute for the task, ten minutes of polls.
    assert_eq!(door["worst"]["resolved"], 680_000_000_000_i64);
    assert_eq!(door["expected"]["resolved"], 14_000_000_000_i64);
}
