//! `expect snapshot`: recorded with `--update`, compared without.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

const GREET: &str = "\
let lin: Person = Person(id: \"lin\", name: \"Lin Aoki\", email: \"lin@example.com\")

let web: Team = Team(name: \"web\", lead: lin, on_call: [lin])

/// Says hello.
playbook greet {
  owner web

  communicate {
    step hello: Text = ask(run.starter, \"Greet?\", within: 5m)
  }
}

scenario \"nobody answers\" for greet {
  expect hello skipped
  expect snapshot
}

scenario \"an answer\" for greet {
  given lin answer hello with \"yes\" after 1m
  expect snapshot
}
";

fn recorded() -> Sandbox {
    let sandbox = Sandbox::new([("greet.quell", GREET)]);
    let run = sandbox.quell("test --update");
    assert_eq!(run.code, 0, "{run}");
    sandbox
}

#[test]
fn what_was_never_recorded_is_refused() {
    let sandbox = Sandbox::new([("greet.quell", GREET)]);
    assert_snapshot!(sandbox.quell("test"));
    assert!(!sandbox.path("greet.snap").exists());
}

#[test]
fn update_records_what_people_can_review() {
    let sandbox = recorded();
    assert_snapshot!(sandbox.read("greet.snap"));
    assert_eq!(sandbox.quell("test").code, 0);
    // Once is enough.
    let again = sandbox.quell("test --update");
    assert!(!again.out.contains("recorded"), "{again}");
}

#[test]
fn a_change_is_shown_with_what_stands_around_it() {
    let sandbox = recorded();
    sandbox.write("greet.quell", GREET.replace("within: 5m", "within: 6m"));
    let before = sandbox.read("greet.snap");
    assert_snapshot!(sandbox.quell("test"));
    assert_eq!(sandbox.read("greet.snap"), before);
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.quell("test --output-format json").out).unwrap();
    assert_eq!(json["scenarios"][0]["unmet"][0]["expected"], "expect snapshot");
    assert!(sandbox.quell("test --output-format junit").out.contains("+0:00 C hello: asks"));
}

#[test]
fn a_filter_leaves_the_other_snapshots_alone() {
    let sandbox = recorded();
    sandbox.write("greet.quell", GREET.replace("within: 5m", "within: 6m"));
    let run = sandbox.quell_with(&["test", "--update", "-k", "an answer"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(sandbox.quell_with(&["test", "-k", "an answer"]).code, 0);
    assert_eq!(sandbox.quell_with(&["test", "-k", "nobody"]).code, 1);
}

#[test]
fn obsolete_snapshots_are_reported_and_taken_away() {
    let sandbox = recorded();
    sandbox.write("greet.quell", GREET.replacen("  expect snapshot\n", "", 1));
    let run = sandbox.quell("test");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run);
    assert_eq!(sandbox.quell("test --update").code, 0);
    assert!(!sandbox.read("greet.snap").contains("nobody answers"));
    sandbox.write("greet.quell", GREET.replace("expect snapshot", "expect completed"));
    assert_eq!(sandbox.quell("test --update").code, 0);
    assert!(!sandbox.path("greet.snap").exists());
}

#[test]
fn standard_input_has_no_place_for_one() {
    let run = Sandbox::new([]).quell_reading("test -", GREET);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.out.contains("snapshots can't be used with standard input"), "{run}");
}
