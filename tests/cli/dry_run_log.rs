//! What `quell dry-run` shows: the log, what a scenario expected in vain, the trace as JSON.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::Sandbox;

const PLAYBOOK: &str = r#"//! Full disks.

let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com")

let lee: Person = Person(id: "lee", name: "Lee", email: "lee@example.com")

let hosts: Team = Team(name: "hosts", lead: kim, on_call: [kim, lee])

action used(host: Text) -> Percent reads {
  simulate {
    return 97%
    takes p50 2s p95 9s
    fails 10%
  }
}

action clean(host: Text) -> Size changes {
  irreversible "what was cleaned is gone"
  simulate {
    return 3GiB
    takes 30s
  }
}

/// Frees a disk.
playbook disk_full {
  input host: Text
  input limit: Percent = 90%
  owner hosts

  enrich {
    step before = used(host)
  }

  triage {
    step go: Bool = ask(lee, "Clean ${host}?", within: 10m)
      when before > limit
  }

  remediate {
    step cleaned = clean(host)
      when before > limit and go == true
    step after_it = used(host)
      repeat every 10s until it < limit, at most 2m
    resolved after after_it
  }
}

scenario "it helps" for disk_full {
  given host = "db-1"
  given lee answer go with true after 2m
  given after_it returns 40%
  expect cleaned ran
  expect resolved within 5m
}

scenario "it doesn't help" for disk_full {
  given host = "db-1"
  given lee answer go with true after 2m
  expect cleaned ran 2 times
  expect resolved
}
"#;

fn sandbox() -> Sandbox {
    Sandbox::new([("disk_full.quell", PLAYBOOK)])
}

#[test]
fn without_a_scenario_people_agree_after_a_minute() {
    assert_snapshot!(sandbox().quell("dry-run disk_full.quell --input host=db-3"));
}

#[test]
fn a_scenario_that_passes() {
    let run = sandbox().quell("dry-run disk_full --scenario helps");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.out.contains("All expectations hold."), "{run}");
}

#[test]
fn a_scenario_that_fails_says_what_happened_instead() {
    assert_snapshot!(sandbox().quell("dry-run disk_full.quell:disk_full --scenario doesn't"));
}

#[test]
fn one_seed_gives_one_run() {
    let sandbox = sandbox();
    let run = |seed| sandbox.quell(&format!("dry-run disk_full --input host=db-3 --seed {seed}"));
    assert_eq!(run(7).out, run(7).out);
    let different: std::collections::BTreeSet<String> = (0..8).map(|seed| run(seed).out).collect();
    assert!(different.len() > 4, "only {} different runs", different.len());
}

#[test]
fn a_run_as_json() {
    let run = sandbox().quell("dry-run disk_full --input host=db-3 --output-format json");
    assert_eq!(run.code, 0, "{run}");
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["schema"], "quell.dev/trace/1");
    assert_eq!(document["inputs"][0]["value"], "db-3");
    let events = document["events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["event"] == "answered" && event["assumed"] == true), "{run}");
    assert_eq!(events.last().unwrap()["event"], "run_ended");
}

#[test]
fn an_input_that_is_missing() {
    assert_snapshot!(sandbox().quell("dry-run disk_full"));
}

#[test]
fn inputs_that_are_wrong() {
    assert_snapshot!(
        sandbox().quell("dry-run disk_full --input hots=db-3 --input host=a --input limit=most")
    );
}
