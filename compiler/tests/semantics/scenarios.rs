//! Every item of the scenario language, where it holds and where it doesn't.

use quell_compiler::{
    diagnostic::Level,
    simulate::{Options, Run, Unmet, check_expectations, scenarios_of, simulate},
    source::SourceFile,
};

use crate::{
    lab::PRELUDE,
    support::{self, check_files},
};

const PLAYBOOK: &str = r#"
record Alert {
  summary: Text,
  count: Int = 1,
}

action say(to: People, text: Text) -> Text notifies {
  timeout 10s
  simulate {
    return text
    takes 1s
  }
}

playbook p {
  input alert: Alert = Alert(summary: "usual")
  owner crew
  enrich {
    step a = look(4)
    step b = look(2)
    step polled = look(3)
      repeat every 10s until it > 5, at most 1m
      on failure use 0
    step tried = look(6)
      retry 2 times every 1s
      on failure continue
    severity = if a > 5 then critical else minor
  }
  triage {
    cause slow "it is slow" {
      step seen = look(a)
      suspect when seen > 5
      rule out when seen < 2
    }
    step go: Bool = ask([ana, bo], "Go?", within: 10m)
  }
  communicate {
    step told = say(chidi, "${alert.summary}, ${alert.count}")
    step asked = say(dana, "they say go")
      when go
  }
  remediate {
    step c = change(a)
      when go
      approve by 1 of ana, bo within 5m
    step check = look(1)
    resolved after check
  }
}
"#;

/// What doesn't hold in a scenario of these lines.
fn unmet(lines: &str) -> (Run, Vec<Unmet>) {
    let mut world = support::world();
    let scenario = format!("scenario \"s\" for p {{\n{lines}\n}}\n");
    let text = format!("use std.slack\n{PRELUDE}{PLAYBOOK}{scenario}");
    let file = world.add("lab", SourceFile::new("lab.quell", text));
    world.add_data("alert.json", r#"{ "summary": "from a file", "count": 7 }"#);
    world.add_data("wrong.json", r#"{ "summary": 5 }"#);
    let checked = check_files(&world, &[file]);
    let errors = checked.diagnostics.iter().filter(|found| found.level == Level::Error);
    let errors: Vec<String> = errors.map(|found| support::line(&world, found)).collect();
    assert!(errors.is_empty(), "{}\n{lines}", errors.join("\n"));
    let (playbook, _) = checked.playbooks().next().unwrap();
    let scenario = scenarios_of(&checked, playbook)[0];
    let options = Options { scenario: Some(scenario), ..Options::default() };
    let run = simulate(&world, &checked, playbook, &options);
    let unmet = check_expectations(&world, &checked, &run, scenario);
    (run, unmet)
}

/// These lines hold.
#[track_caller]
fn holds(given: &str, expected: &[&str]) {
    for expected in expected {
        let (run, unmet) = unmet(&format!("{given}\nexpect {expected}"));
        assert!(run.problems.is_empty(), "{:?}", run.problems);
        assert!(unmet.is_empty(), "{given}: {unmet:?}");
    }
}

/// These don't, and this is said instead, with the part of the run that explains it.
#[track_caller]
fn fails(given: &str, expected: &[(&str, &str)]) {
    for (expected, actual) in expected {
        let (run, unmet) = unmet(&format!("{given}\nexpect {expected}"));
        assert!(run.problems.is_empty(), "{:?}", run.problems);
        let [one] = unmet.as_slice() else { panic!("{expected} holds after {given}") };
        assert_eq!(one.expected, format!("expect {expected}"));
        assert_eq!(one.actual, *actual, "{expected} after {given}");
        assert!(one.events.iter().all(|event| *event < run.trace.events.len()));
    }
}

const GO: &str = "given ana answer go with true after 1m\ngiven approval of c by ana after 2m";

#[test]
fn values_of_steps_and_actions() {
    holds("given a returns 9", &["a == 9", "severity == critical", "b == 2"]);
    fails("given a returns 9", &[("a == 4", "a is 9"), ("severity == minor", "severity is critical")]);
    holds("given look returns 9 when what == 2", &["b == 9", "a == 4"]);
    holds("given look returns 9\ngiven a returns 1", &["a == 1 and b == 9"]);
    holds(
        "given polled returns 1, then 2, then 8",
        &["polled == 8", "polled ran 3 times", "polled attempted 3 times"],
    );
    fails(
        "given polled returns 1, then 8",
        &[("polled ran 3 times", "it succeeded 2 times, finished at 11s")],
    );
}

#[test]
fn delays_and_failures() {
    holds(
        "given a returns 9 taking 5s",
        &["a attempted within 1s", "a ran within 5s", "a not ran within 4s", "seen attempted within 6s"],
    );
    holds("given b fails \"no\"", &["b failed", "b == none"]);
    fails(
        "given b fails \"no\"",
        &[
            ("b attempted 2 times", "it was attempted once, first at 0s"),
            ("b not failed", "failed: no at 1s"),
        ],
    );
    holds("given tried fails \"no\" once", &["tried attempted 2 times", "tried ran 1 times", "tried == 6"]);
    holds("given tried fails \"no\" 2 times", &["tried attempted 3 times", "tried == 6"]);
    holds(
        "given tried fails \"no\"",
        &["tried handled", "tried == none", "tried not ran", "tried attempted"],
    );
    holds("given tried fails \"no\" 100%", &["tried handled"]);
    holds("given tried fails \"no\" 0%", &["tried ran 1 times"]);
    fails("given tried fails \"no\" once", &[("tried handled", "ok: 6 at 3s")]);
}

#[test]
fn modules_that_are_down() {
    holds("given lab down", &["failed", "a failed"]);
    holds("given lab down from 3s to 1m", &["a not failed"]);
    holds(
        "given lab down from 0s to 500ms\ngiven tried returns 8",
        &["tried == 8", "tried attempted 2 times", "a failed"],
    );
    fails("given lab down", &[("not failed", "failed after 10m 1s")]);
}

#[test]
fn answers_and_approvals() {
    holds(
        GO,
        &[
            "c attempted within 3m",
            "c ran within 4m",
            "go",
            "resolved",
            "asked ran",
            "ana told",
            "bo told within 1m",
        ],
    );
    holds("given bo answer go with false after 3m", &["c skipped", "not go", "asked skipped"]);
    holds("", &["go skipped", "go unanswered", "c unanswered", "c skipped", "asked not ran", "go not ran"]);
    fails("", &[("c ran", "skipped: go wasn't answered at 10m")]);
    // Who isn't asked by then gives no answer.
    holds("given dana answer go with true after 1m", &["go skipped"]);
    holds(
        "given ana answer go with true after 1m\ngiven approval of c refused by ana after 1m",
        &["c failed", "failed"],
    );
    fails(
        "given ana answer go with true after 1m\ngiven approval of c refused by ana after 1m",
        &[("resolved", "failed after 2m"), ("c ran", "failed: Ana refused at 2m")],
    );
    holds("given ana answer go with true after 1m\ngiven approval of c by bo after 6m", &["c ran within 8m"]);
    holds("given ana answer go with true after 1m", &["c failed within 11m"]);
}

#[test]
fn what_starts_the_run() {
    holds("given alert = { summary: \"down\" }", &["say called with text containing \"down, 1\""]);
    holds("given alert from \"alert.json\"", &["say called with text == \"from a file, 7\""]);
    fails(
        "given alert from \"alert.json\"",
        &[(
            "say called with text containing \"down\"",
            "it was called once, with `text` = \"from a file, 7\"",
        )],
    );
    for wrong in ["wrong.json", "absent.json"] {
        let (run, _) = unmet(&format!("given alert from \"{wrong}\"\nexpect failed"));
        assert_eq!(run.problems.len(), 1, "{wrong}");
        assert!(run.ending.is_none());
    }
    holds("given start at time(\"2027-03-04T05:06:07Z\")", &["run.now > time(\"2027-03-04T05:06:07Z\")"]);
    fails(
        "given start at time(\"2027-03-04T05:06:07Z\")",
        &[("run.now < time(\"2027-03-04T05:06:07Z\")", "run.now is 2027-03-04T05:16:08Z")],
    );
}

#[test]
fn causes_ends_and_order() {
    holds("given seen returns 9", &["slow.suspected", "not slow.open"]);
    holds("given seen returns 1", &["slow.ruled_out"]);
    fails("given seen returns 3", &[("slow.suspected", "slow.suspected is false")]);
    holds(
        GO,
        &["a ran before seen", "seen ran before c", "c not ran before a", "c ran 1 times before check"],
    );
    fails(GO, &[("c ran before seen", "it succeeded once, finished at 3m 1s; `seen` started at 1s")]);
    holds("given a fails \"no\"", &["seen blocked", "slow.open"]);
    fails("given a fails \"no\"", &[("seen skipped", "blocked: a failed at 1s")]);
}

#[test]
fn calls_and_who_was_told() {
    holds(
        GO,
        &[
            "look called",
            "change called 1 times",
            "destroy not called",
            "change called with what == 4",
            "say called 2 times",
        ],
    );
    fails(
        GO,
        &[
            ("change called 2 times", "it was called once"),
            ("change called with what > 4", "it was called once, with `what` = 4"),
            ("say not called", "it was called 2 times"),
        ],
    );
    holds(GO, &["chidi told", "dana told within 2m", "chidi told by lab", "ana told by slack"]);
    fails(
        GO,
        &[
            ("chidi told by slack", "Chidi was first notified at 1s by lab"),
            ("chidi not told", "Chidi was first notified at 1s by lab"),
            ("dana told within 1s", "Dana was first notified at 1m 1s by lab"),
        ],
    );
}

#[test]
fn how_it_ends() {
    holds(GO, &["resolved", "resolved within 4m", "not failed", "not completed"]);
    fails(GO, &[("resolved within 1m", "resolved after 3m 2s"), ("failed", "resolved after 3m 2s")]);
    holds("given check fails \"no\"", &["failed", "not resolved", "check failed"]);
    fails("given check fails \"no\"", &[("resolved", "failed after 10m 1s")]);
}

/// What failed, was skipped, blocked or never answered can't be compared with anything but `none`, however
/// the comparison is wrapped.
#[test]
fn what_is_not_there_makes_nothing_hold_but_its_absence() {
    // A step that failed, one that is blocked by it, an unanswered question, and what it skips.
    for (given, name, value) in [
        ("given b fails \"no\"", "b", "3"),
        ("given a fails \"no\"", "seen", "3"),
        ("given tried fails \"no\"", "tried", "3"),
        ("", "go", "true"),
    ] {
        for trick in [
            format!("{name} != {value}"),
            format!("not ({name} == {value})"),
            format!("{name} == {value} or {name} != {value}"),
            format!("not ({name} == {value}) or run.elapsed < 0s"),
            format!("if {name} == {value} then false else true"),
            format!("{name} in [{value}] or not ({name} in [{value}])"),
            format!("not ({name} != none)") + &format!(" and {name} != {value}"),
        ] {
            let (run, unmet) = unmet(&format!("{given}\nexpect {trick}"));
            assert!(run.problems.is_empty(), "{:?}", run.problems);
            assert_eq!(unmet.len(), 1, "{trick} holds after {given}");
        }
        for not in ["failed", "skipped", "blocked", "handled", "cancelled"] {
            let (_, unmet) = unmet(&format!("{given}\nexpect {name} not {not}"));
            assert_eq!(unmet.len(), 1, "{name} not {not} holds after {given}");
        }
        holds(
            given,
            &[&format!("{name} == none"), &format!("not ({name} != none)"), &format!("{name} not ran")],
        );
    }
    holds("", &["a != 3", "not (a == 3)", "a != none", "a not failed", "a not skipped"]);
}

/// A failed expectation points to the events that explain it.
#[test]
fn what_fails_is_explained_by_a_part_of_the_run() {
    for (given, expected) in [
        (GO, "c ran 2 times"),
        ("given b fails \"no\"", "b attempted 2 times"),
        ("", "c ran"),
        (GO, "say called 5 times"),
        (GO, "chidi told by slack"),
        ("given check fails \"no\"", "resolved"),
    ] {
        let (_, unmet) = unmet(&format!("{given}\nexpect {expected}"));
        assert!(unmet.len() == 1 && !unmet[0].events.is_empty(), "{expected}: {unmet:?}");
    }
}
