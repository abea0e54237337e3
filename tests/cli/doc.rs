//! `quell doc`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::Sandbox;

const CELLAR: &str = r#"//! What is done in the cellar.

let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")

let house: Team = Team(name: "house", lead: kim, on_call: [kim])

/// A pump in the cellar.
record Pump {
  name: Text,
  /// How much it moves in a minute.
  litres: Int = 40,
}

/// How high the water stands, in centimetres. https://cellar.example.com/level
action level() -> Int reads {
  timeout 20s
  provides evidence, verification
  simulate {
    return if run.elapsed < 5m then 30 else 0
    takes 2s
    fails 1%
  }
}

/// Start a pump.
action start(pump: Pump) -> Pump changes {
  timeout 1m
  idempotent
  undo stop(pump)
  touches pump
  command ["pump", "start", "--", pump.name] {
    return pump
  }
  simulate {
    return pump
    takes 10s
    fails 0.5%
  }
}

/// Stop a pump.
action stop(pump: Pump) -> Pump changes {
  timeout 1m
  idempotent
  touches pump
  command ["pump", "stop", "--", pump.name] {
    return pump
  }
  simulate {
    return pump
    takes 10s
    fails 0.5%
  }
}

private fn high(level: Int) -> Bool = level > 20

/// There is water in the cellar.
///
/// **What it does.** Pumps until it is dry.
playbook flooded {
  input pump: Pump = Pump(name: "big")
  owner house
  resolve within 1h

  enrich {
    step before = level()
    severity = if high(before) then major else minor
  }

  triage {
    step really = ask(house, "Is it water?", options: ["yes", "no"], within: 5m)
  }

  remediate {
    step pumping = start(pump)
      when really == "yes"
      approve by 1 of house when severity >= major within 5m else skip
      undo stop(pump) always
    step dry = level()
      repeat every 30s until it == 0, at most 30m
    resolved after dry
  }
}

scenario "it is water" for flooded {
  given kim answer really with "yes" after 1m
  given approval of pumping by kim after 30s
  expect resolved
}
"#;

fn project() -> Sandbox {
    Sandbox::new([
        ("quell.toml", "[package]\nname = \"house\"\nversion = \"0.1.0\"\n"),
        ("cellar.quell", CELLAR),
    ])
}

#[test]
fn a_module_with_a_playbook_on_the_terminal() {
    assert_snapshot!(project().quell("doc cellar.quell"));
}

#[test]
fn a_module_with_a_playbook_as_markdown() {
    assert_snapshot!(project().quell("doc . --output-format markdown"));
}

#[test]
fn a_folder_of_pages() {
    let project = project();
    let run = project.quell("doc . --output-dir wiki");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.err.contains("3 pages in wiki"), "{run}");
    let index = project.read("wiki/README.md");
    assert!(index.contains("| [flooded](flooded.md) | manually | `house` |"), "{index}");
    assert!(project.read("wiki/flooded.md").contains("```mermaid"));
    assert!(project.read("wiki/cellar.md").contains("### `start`"));
    let again = project.read("wiki/flooded.md");
    project.quell("doc . --output-dir wiki");
    assert_eq!(project.read("wiki/flooded.md"), again);
}

#[test]
fn as_json() {
    let run = project().quell("doc . --output-format json");
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["schema"], "quell.dev/docs/1");
    let items = document["modules"][0]["items"].as_array().unwrap();
    let names: Vec<&str> = items.iter().filter_map(|item| item["name"].as_str()).collect();
    assert_eq!(names, ["kim", "house", "Pump", "level", "start", "stop", "flooded"]);
    assert_eq!(items[6]["graph"]["schema"], "quell.dev/graph/1");
    assert_eq!(items[6]["scenarios"][0], "it is water");
}

#[test]
fn of_the_standard_library() {
    let project = project();
    assert_snapshot!(project.quell("doc std.slack.post"));
    let index = project.quell("doc std");
    assert!(index.out.contains("slack") && index.code == 0, "{index}");
    assert!(index.out.lines().all(|line| line.chars().count() <= 80), "{index}");
    let module = project.quell("doc std.redis");
    assert!(module.out.starts_with("std.redis\n=========\n"), "{module}");
}

#[test]
fn of_what_is_not_there() {
    let project = project();
    for (about, near) in [
        ("std.slak", "`std.slack`"),
        ("std.slack.pots", "`std.slack.post`"),
        ("slack.post", "`std.slack.post`"),
    ] {
        let run = project.quell(&format!("doc {about}"));
        assert_eq!(run.code, 2, "{run}");
        assert!(run.err.contains(&format!("did you mean {near}?")), "{run}");
    }
    assert_eq!(project.quell("doc nowhere").code, 2);
}

#[test]
fn of_what_has_errors() {
    let project = project();
    project.write("cellar.quell", CELLAR.replace("step dry = level()", "step dry = levle()"));
    let run = project.quell("doc .");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.err.contains("levle") && run.out.contains("Flooded"), "{run}");
}

#[test]
fn into_a_folder_that_is_a_file() {
    let run = project().quell("doc . --output-dir cellar.quell");
    assert_eq!(run.code, 2, "{run}");
}
