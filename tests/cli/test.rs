//! `quell test`: what it runs, what it says of what doesn't hold, and its forms for programs.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

const GREET: &str = "\
let lin: Person = Person(id: \"lin\", name: \"Lin Aoki\", email: \"lin@example.com\")

let web: Team = Team(name: \"web\", lead: lin, on_call: [lin])

/// Says hello.
playbook greet {
  owner web
  input host: Text

  communicate {
    step hello: Text = ask(run.starter, \"Greet ${host}?\", within: 5m)
  }
}

scenario \"nobody answers\" for greet {
  given host = \"a\"
  expect hello skipped
}
";

const FAILING: &str = "
scenario \"they greet each other\" for greet {
  given host = \"b\"
  expect hello attempted
  expect completed within 1m
  expect hello == \"yes\"
}

scenario \"a host that nobody has named, and a title that needs more than one row\" for greet {
  expect completed
}
";

fn with_failures() -> Sandbox {
    let sandbox = Sandbox::new([]);
    sandbox.write("greet.quell", format!("{GREET}{FAILING}"));
    sandbox
}

/// What differs from run to run is taken out: how long it took.
fn without_times(text: &str) -> String {
    let mut parts = text.split(" time=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + " time=\"…\"" + part.split_once('"').unwrap().1)
}

#[test]
fn all_hold() {
    assert_snapshot!(Sandbox::new([("greet.quell", GREET)]).quell("test"));
}

#[test]
fn what_does_not_hold_is_explained() {
    assert_snapshot!(with_failures().quell("test greet.quell"));
}

#[test]
fn patterns_choose_by_name_in_either_case() {
    let sandbox = with_failures();
    let run = sandbox.quell_with(&["test", "-k", "NOBODY ANSWERS"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.out.ends_with("\n1 scenario: 1 passed (2 filtered out)\n"), "{run}");
    let run = sandbox.quell_with(&["test", "-k", "greet: they", "-k", "greet: nobody"]);
    assert!(run.out.ends_with("\n2 scenarios: 1 passed, 1 failed (1 filtered out)\n"), "{run}");
}

#[test]
fn a_pattern_that_fits_nothing_is_a_slip() {
    let sandbox = with_failures();
    assert_snapshot!(sandbox.quell_with(&["test", "-k", "greet", "-k", "noboby"]));
}

#[test]
fn files_without_scenarios() {
    let sandbox = Sandbox::new([("people.quell", "let answer: Int = 42\n")]);
    assert_snapshot!(sandbox.quell("test"));
}

#[test]
fn files_with_errors_do_not_run() {
    let sandbox = Sandbox::new([]);
    sandbox.write("greet.quell", GREET.replace("expect hello skipped", "expect helo skipped"));
    assert_snapshot!(sandbox.quell("test --output-format json"));
}

#[test]
fn results_as_json() {
    assert_snapshot!(with_failures().quell("test --output-format json"));
}

#[test]
fn results_as_junit() {
    let run = with_failures().quell("test --output-format junit");
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_snapshot!(without_times(&run.out));
}

#[test]
fn a_file_for_programs_beside_the_text_for_people() {
    let sandbox = with_failures();
    let run = sandbox.quell("test --output-format junit --output-file results.xml");
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(run.out, sandbox.quell("test").out);
    let piped = sandbox.quell("test --output-format junit").out;
    assert_eq!(without_times(&sandbox.read("results.xml")), without_times(&piped));
    // Written again over the one before.
    let run = sandbox.quell("test --output-format json --output-file results.xml");
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(sandbox.read("results.xml"), sandbox.quell("test --output-format json").out);
    let nowhere = sandbox.quell("test --output-format json --output-file missing/results.json");
    assert_eq!(nowhere.code, 2, "{nowhere}");
    assert!(nowhere.err.contains("can't be written"), "{nowhere}");
}

#[test]
fn a_file_for_people_is_refused() {
    assert_snapshot!(with_failures().quell("test --output-file results.txt"));
}

#[test]
fn many_scenarios_keep_their_order() {
    let sandbox = Sandbox::new([]);
    let scenario = |number: usize| {
        format!(
            "\nscenario \"number {number}\" for greet {{\n  given host = \"h{number}\"\n  expect hello skipped\n}}\n"
        )
    };
    let scenarios: String = (0..200).map(scenario).collect();
    sandbox.write("greet.quell", format!("{GREET}{scenarios}"));
    let run = sandbox.quell("test -k number");
    let numbers: Vec<usize> = run
        .out
        .lines()
        .filter_map(|line| line.split("number ").nth(1)?.split_whitespace().next()?.parse().ok())
        .collect();
    assert_eq!(numbers, (0..200).collect::<Vec<_>>(), "{run}");
    assert!(run.out.contains("\n200 scenarios: 200 passed (1 filtered out)\n"), "{run}");
}

#[test]
fn watching_runs_again_after_a_change() {
    let sandbox = Sandbox::new([("greet.quell", GREET)]);
    let mut watching = sandbox.start(&["test", "--watch"]);
    watching.until("1 passed");
    sandbox.write("greet.quell", GREET.replace("hello skipped", "hello failed"));
    watching.until("1 failed");
    // It goes on after files that can't be run.
    sandbox.write("greet.quell", "playbook");
    watching.until_error("error[");
    sandbox.write("greet.quell", GREET);
    watching.until("1 passed");
}

#[test]
fn watching_needs_something_to_watch_and_somebody_to_write_for() {
    let sandbox = Sandbox::new([("greet.quell", GREET)]);
    for arguments in ["test --watch -", "test --watch --output-format json", "test --watch missing"] {
        let run = sandbox.quell(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments}: {run}");
    }
}

#[test]
fn coverage_says_what_is_left_out() {
    let sandbox = Sandbox::new([]);
    sandbox.write("greet.quell", COVERED);
    assert_snapshot!(sandbox.quell("test --coverage --min-coverage 90"));
    let run = sandbox.quell("test --min-coverage 40");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(sandbox.quell("test --min-coverage 101").code, 2);
}

#[test]
fn coverage_for_programs() {
    let sandbox = Sandbox::new([]);
    sandbox.write("greet.quell", COVERED);
    let run = sandbox.quell("test --coverage --output-format json --lcov coverage.info");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let document: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let coverage = &document["coverage"];
    assert_eq!(coverage["schema"], "quell.dev/coverage/1");
    assert_eq!(coverage["bodies"][0]["name"], "greet");
    assert_snapshot!(sandbox.read("coverage.info"));
    // What isn't asked for isn't there.
    assert!(!sandbox.quell("test --output-format json").out.contains("coverage"));
}

const COVERED: &str = "\
let lin: Person = Person(id: \"lin\", name: \"Lin Aoki\", email: \"lin@example.com\")

let web: Team = Team(name: \"web\", lead: lin, on_call: [lin])

/// Says hello.
playbook greet {
  owner web
  input host: Text

  enrich {
    severity = if host == \"db\" then critical else minor
  }

  communicate {
    step hello: Text = ask(run.starter, \"Greet ${host}?\", within: 5m)
    step again: Text = ask(run.starter, \"Again?\", within: 5m)
      when severity >= critical and hello != \"no\"
      on failure use \"no\"
  }
}

/// Nobody tries this one.
playbook leave {
  owner web

  communicate {
    step bye: Text = ask(run.starter, \"Go?\", within: 5m)
  }
}

scenario \"nobody answers\" for greet {
  given host = \"a\"
  expect hello skipped
}

scenario \"a database\" for greet {
  given host = \"db\"
  given lin answer hello with \"yes\" after 1m
  expect again attempted
}
";

#[test]
fn a_line_that_was_never_used_is_a_warning() {
    let sandbox = Sandbox::new([]);
    let answered = "expect hello skipped\n  given lin answer hello with \"yes\" after 6m";
    sandbox.write("greet.quell", GREET.replace("expect hello skipped", answered));
    let late = sandbox.quell("test");
    assert_eq!(late.code, 1, "{late}");
    assert!(late.out.contains("impossible-given") && !late.out.contains("unused-given"), "{late}");
    let text = GREET.replace(
        "  given host = \"a\"\n",
        "  given host = \"a\"\n  given mo answer hello with \"yes\" after 1m\n",
    );
    let mo = "let mo: Person = Person(id: \"mo\", name: \"Mo\", email: \"mo@example.com\")\n\n";
    sandbox.write("greet.quell", format!("{mo}{text}"));
    assert_snapshot!(sandbox.quell("test"));
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.quell("test --output-format json").out).unwrap();
    assert_eq!(json["scenarios"][0]["warnings"][0]["code"], "unused-given");
    assert!(sandbox.quell("test --output-format junit").out.contains("warning[unused-given]"));
}
