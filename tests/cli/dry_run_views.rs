//! What `quell dry-run` shows in place of the log: `--explain`, `--plan`, `--who`.

use insta::assert_snapshot;

use crate::sandbox::{Run, Sandbox};

const PLAYBOOK: &str = r#"//! Full disks.

use std.people (on_slack)

let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com", contacts: [on_slack("U1")])

let lee: Person = Person(id: "lee", name: "Lee", email: "lee@example.com")

let hosts: Team = Team(name: "hosts", lead: kim, on_call: [kim, lee])

action used(host: Text) -> Percent reads {
  simulate {
    return 97%
    takes 2s
  }
}

action tell(people: List<Person>, text: Text) notifies {
  simulate {
    takes 1s
  }
}

action move(host: Text, to: Text) changes {
  touches host
  undo move(host, to: "home")
  simulate {
    takes 10s
  }
}

action clean(host: Text) -> Size destroys {
  touches host
  irreversible "what was cleaned is gone"
  simulate {
    return 3GiB
    takes 30s
  }
}

/// Frees disks.
playbook disk_full {
  input hosts_full: List<Text> = ["db-1", "db-2"]
  owner hosts

  enrich {
    step before = used("db-1")
    severity = if before > 95% then major else minor
  }

  communicate {
    step told = tell([kim], "${before} is used")
      when severity >= major
    step lost = tell([lee], "it failed")
      after failed
  }

  remediate {
    step moved = move(host, to: "cold")
      each host in hosts_full
    step cleaned = clean("db-1")
      when before > 90%
      approve by 1 of kim, lee within 10m
    step more = clean("db-2")
      when before > 99% and severity >= critical
      approve by 2 of hosts within 10m
    step after_it = used("db-1")
    resolved after after_it
  }
}

scenario "nobody approves" for disk_full {
  expect cleaned failed
}
"#;

fn quell(arguments: &str) -> Run {
    Sandbox::new([("disk_full.quell", PLAYBOOK)]).quell(&format!("dry-run disk_full.quell {arguments}"))
}

const REAL: &str = r#"use std.kubernetes
use std.kubernetes (Workload)

let shop: Workload = Workload(name: "shop", namespace: "web", image: "example/shop")

/// Rolls the shop back, whatever runs now.
action back(to: Int) changes = kubernetes.rollback(shop, revision: to)

action ticket(title: Text, key: Secret = secret("TRACKER")) -> Int changes {
  irreversible "tickets stay"
  http POST "https://tracker.example.com/tickets" {
    auth bearer key
    json { title: title, from: "quell" }
    return body.number as Int
  }
  simulate {
    return 7
  }
}

action close(number: Int) changes {
  irreversible "tickets stay"
  command ["tracker", "close", "--number=${number}", "--why", "it's fixed"]
}

playbook real {
  owner ops
  remediate {
    step rolled = back(41)
      undo back(42)
      approve by 1 of lee within 10m
    step opened = ticket("Shop rolled back")
    step closed = close(opened)
  }
}

let kim: Person = Person(id: "kim", name: "Kim", email: "kim@example.com")

let lee: Person = Person(id: "lee", name: "Lee", email: "lee@example.com")

let ops: Team = Team(name: "ops", lead: kim, on_call: [kim, lee])
"#;

/// What is approved, planned and told is the command or request itself, secrets by name.
#[test]
fn the_command_or_request_of_a_step() {
    let sandbox = Sandbox::new([("real.quell", REAL)]);
    let plan = sandbox.quell("dry-run real.quell --plan");
    let has = |run: &Run, text: &str| assert!(run.out.contains(text), "{text}\n{run}");
    has(&plan, "kubectl rollout undo deployment/shop --to-revision=41");
    has(&plan, "POST https://tracker.example.com/tickets");
    has(&plan, "Authorization: Bearer <secret TRACKER>");
    has(&plan, r#"{"title": "Shop rolled back", "from": "quell"}"#);
    has(&plan, r"tracker close --number=7 --why 'it'\''s fixed'");
    let log = sandbox.quell("dry-run real.quell");
    has(&log, "$ kubectl rollout undo deployment/shop --to-revision=41");
    assert!(!log.out.contains("POST https"), "{log}");
    let all = sandbox.quell("dry-run real.quell --verbose");
    has(&all, "POST https://tracker.example.com/tickets");
    assert!(all.out.lines().all(|line| line.chars().count() <= 80), "{all}");
}

#[test]
fn why_a_step_ran() {
    assert_snapshot!(quell("--explain cleaned"));
}

#[test]
fn why_a_step_was_skipped() {
    assert_snapshot!(quell("--explain more"));
}

#[test]
fn why_a_step_is_blocked() {
    assert_snapshot!(quell("--scenario nobody --explain after_it"));
}

#[test]
fn what_a_cause_looked_at() {
    let run = Sandbox::with_examples().quell("dry-run examples:regional_failover --explain region_down");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run);
}

#[test]
fn a_step_of_a_task() {
    let sandbox = Sandbox::with_examples();
    let explain = |step: &str| {
        let scenario = "one region can still reach the primary";
        sandbox.quell_with(&[
            "dry-run",
            "examples:regional_failover",
            "--scenario",
            scenario,
            "--explain",
            step,
        ])
    };
    let run = explain("room.roles_posted");
    assert!(run.out.contains("room (the step around it)"), "{run}");
    // Its task never began, so that it has no place in the trace.
    let run = explain("moved.promoted");
    assert!(run.out.contains("never started: it is a step of moved"), "{run}");
    assert!(run.out.contains("region_down.suspected is false"), "{run}");
    assert_eq!(explain("moved.promotd").code, 2);
}

#[test]
fn a_misspelt_step() {
    assert_snapshot!(quell("--explain claened"));
}

#[test]
fn what_would_change() {
    assert_snapshot!(quell("--plan"));
}

#[test]
fn what_would_change_where_nobody_approves() {
    assert_snapshot!(quell("--scenario nobody --plan"));
}

#[test]
fn who_is_told_by_severity() {
    assert_snapshot!(quell("--who"));
}

#[test]
fn everything_fits_into_80_columns() {
    let sandbox = Sandbox::with_examples();
    for file in ["checkout_latency", "deployment_rollback", "regional_failover", "war_room"] {
        let mut views = vec!["--plan".to_owned(), "--who".to_owned()];
        let json = sandbox.quell(&format!("dry-run examples:{file} --output-format json"));
        let trace: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        let nodes = trace["nodes"].as_array().unwrap().iter();
        let steps = nodes.filter(|node| node["kind"] == "step" || node["kind"] == "cause");
        // Each view is a run of the program, and of a kind of step there are many.
        let some = steps.step_by(11);
        views.extend(some.map(|node| format!("--explain {}", node["id"].as_str().unwrap())));
        for view in views {
            let run = sandbox.quell(&format!("dry-run examples:{file} {view}"));
            assert_eq!(run.code, 0, "{file} {view}: {run}");
            let wide: Vec<&str> = run.out.lines().filter(|line| line.chars().count() > 80).collect();
            assert!(wide.is_empty(), "{file} {view}: {wide:#?}");
        }
    }
}

#[test]
fn one_view_at_a_time() {
    assert_eq!(quell("--plan --who").code, 2);
    assert_eq!(quell("--plan --output-format json").code, 2);
}

const BEHIND: &str = r#"use std.people (on_slack, on_pagerduty)

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com", contacts: [on_slack("U1")])
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com", contacts: [on_pagerduty("P1")])
let ops: Team = Team(name: "ops", lead: bo, on_call: [ana])

action failing() -> Bool reads {
  simulate {
    return false
  }
}

action wake(person: Person) notifies {
  provides page
  simulate {
    takes 1s
  }
}

action restart() changes {
  simulate {
    takes 1s
  }
}

task call_for_help(who: Person, ready: Bool) {
  step woken = wake(who)
    when ready
  step again = call_for_help(who, false)
}

playbook quiet {
  OWNER
  enrich {
    step broken = failing()
  }
  triage {
    cause k "it is broken" {
      suspect when broken
      rule out when not broken
    }
    step go: Bool = ask(ops, "Restart?", within: 5m)
      when k.suspected
  }
  communicate {
    step help = call_for_help(bo, broken)
  }
  remediate {
    step restarted = restart()
      when go ?? false
      irreversible "it only restarts"
      approve by 1 of ops, bo within 10m
  }
}
"#;

/// Who is asked only behind a cause, a gate or a condition on data is listed with the condition.
#[test]
fn who_can_be_contacted_though_no_run_does() {
    let text = BEHIND.replace("OWNER", "owner ops").replace("  step again = call_for_help(who, false)\n", "");
    let run = Sandbox::new([("quiet.quell", text.as_str())]).quell("dry-run quiet.quell --who");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run);
}
