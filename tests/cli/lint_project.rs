//! Baselines, former names of rules, and findings that one stands for.

use crate::sandbox::Sandbox;

const PROJECT: &str = "[package]\nname = \"ops\"\nversion = \"0.1.0\"\n";
const POLLED: &str = r#"use std.slack

/// Used by nobody.
private let grace: Duration = 5m

/// How many jobs wait.
action queue_length() -> Int reads {
  provides verification
  timeout 10s
}

/// Waits until the queue is empty.
task drained() {
  step left = queue_length()
    repeat every 1s until it == 0, at most 1h
}
"#;
/// Written by the first version, whose fingerprints included messages that have been reworded since, for a
/// rule that has been renamed since.
const FIRST_VERSION: &str = r#"{
  "schema": "quell.dev/baseline/1",
  "findings": [
    { "fingerprint": "3077c042c65eeb99", "code": "unused-import", "module": "a", "message": "`slack` is imported and never used" },
    { "fingerprint": "c8c4054f23ae6984", "code": "unused-private", "module": "a", "message": "an older wording of the message" },
    { "fingerprint": "f7dbd481322209f1", "code": "short-poll", "module": "a", "message": "`left` may poll 3600 times" }
  ]
}
"#;

fn project(lint: &str, text: &str) -> Sandbox {
    Sandbox::new([("quell.toml", &*format!("{PROJECT}{lint}")), ("a.quell", text)])
}

#[test]
fn a_baseline_of_the_first_version_is_still_read() {
    let sandbox = project("", POLLED);
    sandbox.write("old.json", FIRST_VERSION);
    let run = sandbox.quell("lint --baseline old.json");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.err.contains("3 findings known to the baseline"), "{run}");
    // Each entry holds one finding, and only where it was.
    sandbox.write("a.quell", POLLED.replace("use std.slack\n", "use std.slack\nuse std.email\n"));
    let run = sandbox.quell("lint --baseline old.json --output-format short");
    assert_eq!(run.out.lines().count(), 1, "{run}");
    assert!(run.out.contains("`email`"), "{run}");
    assert_eq!(sandbox.quell("lint --baseline old.json --update-baseline").code, 0);
    assert!(sandbox.read("old.json").contains("quell.dev/baseline/2"), "{}", sandbox.read("old.json"));
}

#[test]
fn a_former_name_in_a_baseline_holds_the_same_finding() {
    let sandbox = project("", POLLED);
    sandbox.quell("lint --baseline known.json --update-baseline --select excessive-polling");
    let known = sandbox.read("known.json");
    assert!(known.contains("\"excessive-polling\""), "{known}");
    // The message isn't part of what identifies a finding.
    let reworded = known.replace("may poll", "polls up to");
    assert_ne!(reworded, known);
    sandbox.write("known.json", reworded);
    let run = sandbox.quell("lint --baseline known.json --select excessive-polling");
    assert_eq!(run.code, 0, "{run}");
    // Another definition with the same line is another finding.
    sandbox.write("a.quell", POLLED.replace("task drained()", "task emptied()"));
    assert_eq!(sandbox.quell("lint --baseline known.json --select excessive-polling").code, 1);
}

#[test]
fn former_names_work_in_settings_and_arguments() {
    let sandbox = project("[lint.rules]\nshort-poll = \"off\"\n", POLLED);
    let run = sandbox.quell("lint --output-format short");
    assert!(!run.out.contains("poll"), "{run}");
    assert!(run.err.contains("quell.toml, `short-poll` is now named `excessive-polling`"), "{run}");
    let sandbox = project("[lint.rules]\nshort-poll = { polls = 4000 }\n", POLLED);
    assert!(!sandbox.quell("lint --output-format short").out.contains("excessive-polling"));
    let sandbox = project("", POLLED);
    let run = sandbox.quell("lint --select short-poll --output-format short");
    assert_eq!((run.out.lines().count(), run.code), (1, 1), "{run}");
    assert!(run.err.contains("note: `short-poll` is now named `excessive-polling`"), "{run}");
    let run = sandbox.quell("lint --ignore short-poll --output-format short");
    assert!(!run.out.contains("excessive-polling"), "{run}");
}

#[test]
fn a_rule_can_not_be_set_under_both_names() {
    let both = "[lint.rules]\nshort-poll = \"off\"\nexcessive-polling = \"on\"\n";
    let run = project(both, POLLED).quell("lint");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`short-poll` is the former name of `excessive-polling`"), "{run}");
    assert!(run.err.contains("remove `short-poll`"), "{run}");
}

#[test]
fn a_former_name_in_a_suppression_works_and_is_replaced() {
    let step = "  // quell: allow(short-poll) the endpoint is made for it\n  step left";
    let sandbox = project("", &POLLED.replace("  step left", step));
    let run = sandbox.quell("lint --select time,upkeep --output-format short");
    assert_eq!(run.code, 0, "an upgrade fails nothing: {run}");
    assert!(
        run.out.contains("info[renamed-suppression]: `short-poll` is now named `excessive-polling`"),
        "{run}"
    );
    let run = sandbox.quell("lint --select time,upkeep --fix");
    assert_eq!(run.code, 0, "{run}");
    assert!(sandbox.read("a.quell").contains("// quell: allow(excessive-polling) the endpoint"), "{run}");
}

#[test]
fn explain_tells_the_current_name() {
    let run = Sandbox::new([]).quell("explain needless-after");
    assert!(run.err.contains("note: `needless-after` is now named `redundant-after`"), "{run}");
    assert_eq!(run.out, Sandbox::new([]).quell("explain redundant-after").out);
    assert!(run.out.contains("formerly named `needless-after`"), "{run}");
}

/// A response that lacks what the strict profile asks for; `more` comes above it.
fn response(name: &str, more: &str) -> String {
    format!(
        r#"use std.alertmanager
use shared (team, error_rate, tell)

/// Users see errors.
{more}playbook {name} {{
  on alertmanager.alert("{name}")
  owner team

  enrich {{
    step errors = error_rate("{name}")
    severity = if errors > 20% then critical else minor
  }}

  triage {{
    cause deploy "a deployment broke it" {{
      suspect when errors > 50%
    }}
  }}

  communicate {{
    step told = tell("${{run.suspects}}")
      when severity >= major
  }}

  remediate none "people repair it"
}}
"#
    )
}

fn ten_responses(suppressing: usize) -> Sandbox {
    let shared = r#"use std.people (Person, Team)

/// On call.
let kim: Person = Person(id: "kim", name: "Kim Park", email: "kim@example.com")
/// All of them.
let team: Team = Team(name: "team", lead: kim, on_call: [kim])

/// The share of failed requests.
action error_rate(service: Text) -> Percent reads {
  timeout 10s
}

/// Tells the team.
action tell(text: Text) notifies {
  timeout 10s
}
"#;
    let sandbox = Sandbox::new([("quell.toml", PROJECT), ("shared.quell", shared)]);
    for number in 0..10 {
        let more = if number < suppressing {
            "// quell: allow(missing-postmortem) the team reviews these once a month\n"
        } else {
            ""
        };
        let name = format!("errors_{number}");
        sandbox.write(&format!("{name}.quell"), response(&name, more));
    }
    sandbox
}

#[test]
fn what_all_responses_lack_is_reported_once() {
    let sandbox = ten_responses(0);
    let each = sandbox.quell("lint --profile strict --output-format json");
    let document: serde_json::Value = serde_json::from_str(&each.out).unwrap();
    let codes: Vec<&str> =
        document["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    let postmortems = codes.iter().filter(|code| **code == "missing-postmortem").count();
    assert_eq!(postmortems, 10, "programs get a place for each: {each}");
    let run = sandbox.quell("lint --profile strict --output-format short");
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.out.lines().filter(|line| line.contains("missing-postmortem")).collect();
    assert_eq!(lines.len(), 1, "{run}");
    assert!(
        lines[0].contains("all 10 responses of the project can be major but never open a post-mortem"),
        "{run}"
    );
    assert!(codes.len() >= 80 && run.out.lines().count() <= 20, "{} findings: {run}", codes.len());
    let run = sandbox.quell("lint --select missing-postmortem");
    assert!(run.out.contains("the responses: `errors_0`, `errors_1`"), "{run}");
    assert!(run.out.contains("one task that all of them call is enough"), "{run}");
    let run = sandbox.quell("lint errors_3.quell --select missing-postmortem --output-format short");
    assert!(run.out.contains("`errors_3` can be major"), "one playbook is told of its own: {run}");
}

#[test]
fn suppressed_responses_are_left_out_of_it() {
    let run = ten_responses(4).quell("lint --select missing-postmortem");
    assert!(run.out.contains("6 of 10 responses of the project can be major"), "{run}");
    assert!(!run.out.contains("`errors_3`") && run.out.contains("`errors_4`"), "{run}");
    let run = ten_responses(5).quell("lint --select missing-postmortem --output-format short");
    assert_eq!(run.out.lines().count(), 5, "half of them isn't most: {run}");
    let run = ten_responses(10).quell("lint --select missing-postmortem,unused-suppression");
    assert_eq!(run.code, 0, "{run}");
}
