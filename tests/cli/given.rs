//! What a scenario gives, and what it may leave out.

use crate::sandbox::Sandbox;

const RESPONSE: &str = r#"use std.alertmanager
use std.people (Person, Team)

let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
let ops: Team = Team(name: "ops", lead: kim, on_call: [kim])

action tell(text: Text) notifies

playbook disk_full {
  on alertmanager.alert("DiskFull") as alert
  owner ops

  enrich {
    severity = minor
  }

  triage none "the alert has the cause"

  communicate {
    step told = tell("${alert.name}: ${alert.summary} on ${alert.labels.get("host") ?? "unknown"}")
  }

  remediate none "a person cleans up"
}
"#;

fn tested(scenario: &str) -> crate::sandbox::Run {
    let text = format!("{RESPONSE}\nscenario \"one\" for disk_full {{\n{scenario}\n}}\n");
    Sandbox::new([("a.quell", &*text)]).quell("test a.quell")
}

#[test]
fn an_event_takes_what_it_leaves_out_from_its_trigger() {
    let run = tested(
        "  given alert = { summary: \"3 GiB left\", labels: { host: \"web_1\" } }\n  \
         expect tell called with text == \"DiskFull: 3 GiB left on web_1\"",
    );
    assert_eq!(run.code, 0, "{run}");
    // A field with a default keeps it, also where the sample has another value.
    let run = tested(
        "  given alert = { summary: \"full\" }\n  expect tell called with text containing \"on unknown\"",
    );
    assert_eq!(run.code, 0, "{run}");
    let run = tested(
        "  given alert = { name: \"Other\", summary: \"s\" }\n  expect tell called with text containing \"Other\"",
    );
    assert_eq!(run.code, 0, "what is given wins: {run}");
}

#[test]
fn the_same_for_a_playbook_of_another_module() {
    let scenario = "use ops (disk_full)\nuse ops\n\nscenario \"one\" for disk_full {\n  \
                    given alert = { summary: \"full\" }\n  \
                    expect ops.tell called with text containing \"DiskFull: full\"\n}\n";
    let sandbox = Sandbox::new([
        ("quell.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n"),
        ("ops.quell", RESPONSE),
        ("tried.quell", scenario),
    ]);
    let run = sandbox.quell("test tried.quell");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn without_a_sample_the_field_is_missing() {
    let own = "record Incident {\n  title: Text,\n}\n\ntrigger created() -> Incident\n";
    let text = RESPONSE
        .replace("alertmanager.alert(\"DiskFull\") as alert", "created() as incident")
        .replace(
            "${alert.name}: ${alert.summary} on ${alert.labels.get(\"host\") ?? \"unknown\"}",
            "${incident.title}",
        )
        .replace("use std.alertmanager\n", "");
    let text = format!(
        "{text}\n{own}\nscenario \"one\" for disk_full {{\n  given incident = {{}}\n  expect told ran\n}}\n"
    );
    let run = Sandbox::new([("a.quell", &*text)]).quell("test a.quell");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.err.contains("wrong-arguments") && run.err.contains("`title`"), "{run}");
}

#[test]
fn sizes_with_fractions_are_rounded_to_bytes() {
    let text = "let limit: Size = 7.9GiB\nlet whole: Size = 8482560410B\n";
    let run = Sandbox::new([("a.quell", text)]).quell("check a.quell --profile minimal");
    assert_eq!(run.code, 0, "{run}");
    let run = Sandbox::new([("a.quell", "let limit: Size = 1.5B\n")]).quell("check a.quell");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.out.contains("a Size is a whole number of bytes") && run.out.contains("write `2B`"), "{run}");
}
