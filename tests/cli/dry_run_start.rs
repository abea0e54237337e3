//! What a run starts with where no scenario gives it: samples from the alert rules, and what people type.

use serde_json::Value;

use crate::sandbox::{Run, Sandbox};

const PLAYBOOK: &str = r#"use std.alertmanager
use std.people (Contact, Person, Team)
use std.slack

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com", contacts: [Contact(by: slack, address: "U1")])
let ops: Team = Team(name: "ops", lead: ana, on_call: [ana])

/// How many restarts a pod has.
action restarts(namespace: Text, pod: Text) -> Int reads {
  simulate {
    return 3
  }
}

fn place(alert: alertmanager.Alert) -> Text = at(alert.labels)

fn at(labels: Map<Text>) -> Text = labels["namespace"]

playbook crash_loop {
  on alertmanager.alert("PodCrashLooping") as alert
  owner ops
  enrich {
    let runbook = alert.annotations.get("runbook_url") ?? "no runbook"
    step count = restarts(place(alert), need(alert.labels.get("pod"), "an alert of a pod"))
    severity = if count > 2 then major else minor
  }
  triage none "it crashes"
  communicate {
    step told = slack.direct(ana, "${alert.summary} in ${if count > 99 then alert.labels["cell"] else "a cell"}, ${runbook}")
  }
  remediate none "a person looks"
}

scenario "one pod" for crash_loop {
  given alert = alertmanager.Alert(name: "PodCrashLooping", labels: { namespace: "shop", pod: "web-1" })
  given restarts returns 5
  expect count ran
}
"#;

const RULES: &str = r#"groups:
  - name: pods
    rules:
      - alert: PodCrashLooping
        expr: |
          max by (namespace, pod) (restarts{namespace="shop", env=~"prod|dev"}) > 3
        labels:
          severity: warning
        annotations:
          summary: "{{ $labels.pod }} crashes"
          runbook_url: https://example.com/crash
          description: "{{ $value | humanize }} restarts"
"#;

fn project(rules: &str) -> Sandbox {
    let manifest = "[package]\nname = \"shop\"\n\n[alerts]\nrules = [\"rules/*.yml\"]\n";
    Sandbox::new([("quell.toml", manifest), ("rules/pods.yml", rules), ("crash_loop.quell", PLAYBOOK)])
}

fn without_rules() -> Sandbox {
    Sandbox::new([("crash_loop.quell", PLAYBOOK)])
}

/// In whose place a shell splits the line.
fn pasted(sandbox: &Sandbox, line: &str) -> Run {
    let words = shlex::split(line).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(words[0], "quell", "{line}");
    sandbox.quell_with(&words[1..])
}

#[test]
fn labels_that_the_rules_know_have_sample_values() {
    let sandbox = project(RULES);
    let run = sandbox.quell("dry-run crash_loop.quell");
    assert_eq!(run.code, 0, "{run}");
    let flat = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains(
            "Sample alert: summary = \"example-pod crashes\" (from rules/pods.yml:10), \
             annotations.runbook_url = \"https://example.com/crash\" (from rules/pods.yml:11), \
             namespace = \"shop\" (from rules/pods.yml:6), \
             pod = \"example-pod\" (made up for a label in rules/pods.yml:6)"
        ),
        "{run}"
    );
    assert!(flat.contains("example-pod crashes in a cell, https://example.com/crash"), "{run}");
    assert!(!flat.contains("FAILED") && flat.contains("Completed after"), "{run}");

    let json: Value =
        serde_json::from_str(&sandbox.quell("dry-run crash_loop.quell --output-format json").out).unwrap();
    assert_eq!(json["samples"][2]["name"], "alert.labels.namespace", "{json}");
    assert_eq!(json["inputs"][0]["value"]["labels"]["severity"], "warning", "{json}");
    assert_eq!(json["inputs"][0]["value"]["description"], "", "a template that needs more than labels");
}

/// Whatever runs a playbook starts it alike.
#[test]
fn every_view_and_command_starts_alike() {
    let views = [
        "dry-run crash_loop.quell --plan",
        "dry-run crash_loop.quell --who",
        "dry-run crash_loop.quell --explain told",
        "dry-run crash_loop.quell --html -",
        "dry-run crash_loop.quell --seed 3",
        "simulate crash_loop.quell --runs 20",
    ];
    let (known, unknown) = (project(RULES), without_rules());
    for view in views {
        let run = known.quell(view);
        assert_eq!(run.code, 0, "{run}");
        assert!(!run.out.contains("failed 100"), "{run}");
        let run = unknown.quell(view);
        assert_eq!((run.code, &*run.out), (2, ""), "{view}: {run}");
        assert!(run.err.contains("`alert.labels.namespace`, `alert.labels.pod`"), "{view}: {run}");
    }
}

#[test]
fn what_is_missing_is_said_at_once_with_a_line_to_paste() {
    let sandbox = without_rules();
    let run = sandbox.quell("dry-run crash_loop.quell:crash_loop");
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    assert!(!run.err.contains("cell"), "what is read only sometimes isn't asked for: {run}");
    let lines: Vec<&str> = run.err.lines().map(str::trim).collect();
    let line = lines.iter().find(|line| line.starts_with("quell dry-run")).unwrap();
    assert_eq!(
        *line,
        "quell dry-run crash_loop.quell:crash_loop --input 'alert={ labels: \
         { namespace: \"example-namespace\", pod: \"example-pod\" } }'"
    );
    let run = pasted(&sandbox, line);
    assert_eq!(run.code, 0, "{run}");
    assert!(!run.out.contains("Sample"), "{run}");
    let scenario = lines.iter().find(|line| line.contains("--scenario")).unwrap();
    assert_eq!(pasted(&sandbox, scenario).code, 0, "{scenario}");
}

#[test]
fn a_part_of_an_alert_is_laid_over_its_sample() {
    let sandbox = project(RULES);
    let values = [
        "alert={ labels: { namespace: \"billing\" } }",
        "alert=alertmanager.Alert(name: \"PodCrashLooping\", labels: { namespace: \"billing\" })",
        "alert={\"labels\": {\"namespace\": \"billing\"}, \"receiver\": \"what tools send besides\"}",
        "alert=@alert.json",
        "alert=@alert.quell.txt",
    ];
    sandbox.write("alert.json", "{\n  \"labels\": { \"namespace\": \"billing\" }\n}\n");
    sandbox.write("alert.quell.txt", "{\n  labels: { namespace: \"billing\" },\n}\n");
    for value in values {
        let run = sandbox.quell_with(&["dry-run", "crash_loop.quell", "--input", value]);
        assert_eq!(run.code, 0, "{value}: {run}");
        let flat = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("Sample alert:") && flat.contains("pod = \"example-pod\""), "{value}: {run}");
        assert!(!flat.contains("namespace ="), "{value}: {run}");
    }
}

/// A scenario that doesn't depend on the rules today doesn't tomorrow.
#[test]
fn scenarios_take_nothing_from_the_rules() {
    let text = PLAYBOOK.replace("  given alert = alertmanager.Alert(name: \"PodCrashLooping\", labels: { namespace: \"shop\", pod: \"web-1\" })\n", "");
    let sandbox = project(RULES);
    sandbox.write("crash_loop.quell", text);
    assert_eq!(sandbox.quell("test").code, 1);
    let run = sandbox.quell_with(&["dry-run", "crash_loop.quell", "--scenario", "one pod"]);
    assert!(run.code == 1 && !run.out.contains("Sample"), "{run}");
}

const INPUTS: &str = r#"use std.people (Person, Team)

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com", contacts: [])
let bo: Person = Person(id: "bo-1", name: "Bo", email: "bo@example.com", contacts: [])
let ops: Team = Team(name: "ops", lead: ana, on_call: [ana, bo])

enum Zone { north, south }

record Pump {
  name: Text,
  zone: Zone = north,
  limit: Percent? = none,
}

playbook all_inputs {
  input text: Text
  input count: Int
  input wait: Duration
  input share: Percent
  input size: Size
  input since: Time
  input zone: Zone
  input lead: Person
  input team: Team
  input all: List<Person>
  input pump: Pump
  input pumps: List<Pump>
  input tags: Map<Int>
  input perhaps: Text?
  input free: Json
  owner ops
  enrich none "a test"
  triage {
    step asked: Bool = ask(lead, "${text} ${count} ${wait} ${share} ${size} ${since} ${zone} ${pump} ${pumps} ${tags} ${free}", within: 5m)
  }
  communicate none "a test"
  remediate none "a test"
}
"#;

#[test]
fn inputs_that_are_not_set_are_said_at_once_with_a_line_that_works() {
    let sandbox = Sandbox::new([("pumps.quell", INPUTS)]);
    let run = sandbox.quell("dry-run pumps.quell --input count=5");
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    assert!(!run.err.contains("`count`") && run.err.contains("`perhaps`"), "{run}");
    let line = run.err.lines().map(str::trim).find(|line| line.starts_with("quell dry-run")).unwrap();
    assert!(line.contains("--input 'team=ops'"), "{line}");
    assert!(line.contains("--input 'count=5'"), "{line}");
    let run = pasted(&sandbox, line);
    assert_eq!(run.code, 0, "{line}: {run}");
}

#[test]
fn inputs_are_quell_literals_or_json_and_wrong_ones_name_the_place() {
    let sandbox = Sandbox::new([("pumps.quell", INPUTS)]);
    let good = [
        ("text", "\"a b\""),
        ("text", "a \"b\""),
        ("count", "1_000"),
        ("count", "-3"),
        ("wait", "1h30m"),
        ("wait", "\"1h30m\""),
        ("share", "99.5%"),
        ("size", "512MiB"),
        ("since", "2026-01-02T03:04:05Z"),
        ("since", "time(\"2026-01-02T03:04:05Z\")"),
        ("zone", "south"),
        ("zone", "Zone.south"),
        ("zone", "\"south\""),
        ("lead", "ana"),
        ("lead", "bo"),
        ("lead", "bo-1"),
        ("lead", "\"bo-1\""),
        ("team", "ops"),
        ("all", "[ana, bo]"),
        ("all", "[\"ana\", \"bo-1\"]"),
        ("pump", "{ name: \"a\", limit: 5% }"),
        ("pump", "Pump(name: \"a\", zone: south)"),
        ("pump", "{\"name\": \"a\", \"zone\": \"south\"}"),
        ("pumps", "[{ name: \"a\" }, { name: \"b\" }]"),
        ("tags", "{ a: 1, \"b-c\": 2 }"),
        ("perhaps", "none"),
        ("free", "{\"a\": [1]}"),
        ("free", "{ a: [1, 5m] }"),
        ("free", "plain"),
    ];
    let bad = [
        ("count", "many", "expected an Int such as `3`, found `many`"),
        ("count", "3.5", "expected an Int such as `3`, found `3.5`"),
        ("wait", "5", "expected a Duration such as `5m`, found `5`"),
        ("wait", "5 minutes", "expected a Duration such as `5m`, found \"5 minutes\""),
        ("share", "0.5", "expected a Percent such as `5%`, found `0.5`"),
        ("zone", "nort", "expected `north` or `south`, found `nort`; did you mean `north`?"),
        ("lead", "anna", "expected a Person such as `ana`, found `anna`; did you mean `ana`?"),
        ("all", "[ana, 5]", "`[1]`: expected a Person such as `ana`, found `5`, at column 7"),
        ("pump", "{ name: 5 }", "`name`: expected a Text such as `\"example\"`, found `5`, at column 9"),
        ("pump", "{ name: \"a\", name: \"b\" }", "`name` is set twice"),
        ("pump", "Pump(\"a\", name: \"b\")", "`name` is set twice"),
        ("pump", "Pump(\"a\", south, 5%, 9)", "`Pump` has only 3 fields"),
        ("free", "{\"a\": }", "this isn't valid JSON"),
        ("pump", "{ nam: \"a\" }", "`Pump` has no field `nam`; did you mean `name`?"),
        ("pump", "{\"nam\": \"a\"}", "`name`: expected a Text such as `\"example\"`, found nothing"),
        ("pump", "a", "expected a Pump such as `{ name: \"example\" }`, found `a`"),
        ("tags", "{ a: 1, b: x }", "`b`: expected an Int such as `3`, found `x`, at column 12"),
        ("pumps", "[{\"name\": \"a\"]", "this isn't valid JSON"),
        ("pumps", "[{ name: \"a\" ", "at column"),
        ("count", "@nothing.txt", "names a file that doesn't exist"),
    ];
    let line = "quell dry-run pumps.quell --input count=5 --input text=a --input wait=1m --input share=1% \
                --input size=1KiB --input since=2026-01-02T03:04:05Z --input zone=north --input lead=ana \
                --input team=ops --input all=[] --input 'pump={ name: \"a\" }' --input pumps=[] \
                --input 'tags={}' --input perhaps=none --input free=1";
    for (name, value) in good {
        let run = pasted(
            &sandbox,
            &format!("{line} --input {}", shlex::try_quote(&format!("{name}={value}")).unwrap()),
        );
        assert_eq!(run.code, 0, "{name}={value}: {run}");
    }
    for (name, value, wanted) in bad {
        let run = pasted(
            &sandbox,
            &format!("{line} --input {}", shlex::try_quote(&format!("{name}={value}")).unwrap()),
        );
        assert_eq!((run.code, &*run.out), (2, ""), "{name}={value}: {run}");
        let flat = run.err.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(wanted), "{name}={value}: {wanted}\n{run}");
    }
}

/// What stands under a condition, or waits for something, may not be reached.
#[test]
fn what_is_read_only_under_a_condition_is_not_demanded() {
    let guarded = [
        "step told = slack.direct(ana, alert.labels[\"pod\"])\n      when alert.labels.get(\"pod\") != none",
        "if alert.labels.get(\"pod\") != none {\n      step told = slack.direct(ana, alert.labels[\"pod\"])\n    }",
        "step told = slack.direct(ana, of(alert.labels))\n      when alert.labels.get(\"pod\") != none",
        "step told = slack.direct(ana, alert.labels[\"pod\"])\n      after assessed + 10m",
    ];
    let step = "step told = slack.direct(ana, \"${alert.summary} in ${if count > 99 then alert.labels[\"cell\"] else \"a cell\"}, ${runbook}\")";
    for lines in guarded {
        let text = PLAYBOOK
            .replace(step, lines)
            .replace(
                "place(alert), need(alert.labels.get(\"pod\"), \"an alert of a pod\")",
                "\"shop\", runbook",
            )
            .replace("fn at(", "fn of(labels: Map<Text>) -> Text = labels[\"pod\"]\n\nfn at(");
        let run = Sandbox::new([("crash_loop.quell", &*text)]).quell("dry-run crash_loop.quell");
        assert_eq!(run.code, 0, "{lines}: {run}");
    }
}

#[test]
fn a_secret_that_is_typed_is_never_printed() {
    const SECRETS: &str = r#"use std.people (Contact, Person, Team)
use std.slack

let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com", contacts: [Contact(by: slack, address: "U1")])
let ops: Team = Team(name: "ops", lead: ana, on_call: [ana])

record Access {
  user: Text,
  key: Secret,
}

/// Opens the door.
playbook door {
  input token: Secret
  input more: List<Secret>
  input access: Access
  input count: Int
  owner ops
  enrich none "nothing to look up"
  triage none "nothing to find out"
  communicate {
    step told = slack.direct(ana, "${count} ${access.user}")
  }
  remediate none "a person opens it"
}
"#;
    let sandbox = Sandbox::new([("door.quell", SECRETS)]);
    let typed = [
        "--input token=hunter2 --input 'more=[\"hunter2\", \"hunter2\"]'",
        "--input token=hunter2 --input more=hunter2",
        "--input 'more=[\"hunter2' --input token=hunter2",
        "--input 'access={ user: \"ana\", key: \"hunter2\" }'",
        "--input 'access={ user: 5, key: \"hunter2\" }'",
        "--input access=hunter2",
        "--input token=hunter2 --input 'more=[\"hunter2\"]' --input 'access={ user: \"ana\", key: \"hunter2\" }' --input count=1",
    ];
    for typed in typed {
        for view in ["", " --output-format json", " --verbose"] {
            let run = pasted(&sandbox, &format!("quell dry-run door.quell {typed}{view}"));
            assert!(!run.out.contains("hunter") && !run.err.contains("hunter"), "{typed}: {run}");
            assert_eq!(run.code, if typed.contains("count=1") { 0 } else { 2 }, "{typed}: {run}");
        }
    }
}
