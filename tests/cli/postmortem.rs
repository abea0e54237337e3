//! `quell postmortem`: the draft, and what is no trace.

use insta::assert_snapshot;

use crate::sandbox::{Run, Sandbox};

/// The draft for a scenario of an example.
fn draft(example: &str, scenario: &str) -> String {
    let sandbox = Sandbox::with_examples();
    let target = format!("examples:{example}");
    let trace = sandbox.quell_with(&["dry-run", &target, "--scenario", scenario, "--output-format", "json"]);
    assert_eq!(trace.code, 0, "{trace}");
    let run = sandbox.quell_reading("postmortem -", trace.out);
    assert_eq!(run.code, 0, "{run}");
    run.out
}

#[test]
fn a_failover() {
    assert_snapshot!(draft("regional_failover", "the region is down, and Prometheus with it"));
}

#[test]
fn a_run_that_failed_with_questions_to_people() {
    assert_snapshot!(draft("deployment_rollback", "the tag has no image"));
}

#[test]
fn nobody_answers() {
    let draft = draft("deployment_rollback", "nobody answers");
    assert!(draft.contains("Why wasn't `repo` answered?"), "{draft}");
    assert!(draft.contains("Nothing that serves users was changed."), "{draft}");
}

#[test]
fn what_an_alert_says_means_nothing_to_markdown() {
    let sandbox = Sandbox::with_examples();
    let alert =
        r#"alert={"name": "x", "summary": "<img src=x onerror=alert(1)> | **bold** `code`\n# title"}"#;
    let trace = sandbox.quell_with(&[
        "dry-run",
        "examples:regional_failover",
        "--input",
        alert,
        "--output-format",
        "json",
    ]);
    assert_eq!(trace.code, 0, "{trace}");
    let run = sandbox.quell_reading("postmortem -", trace.out);
    assert_eq!(run.code, 0, "{run}");
    let plain = run.out.lines().filter(|line| !line.contains('`'));
    for line in plain {
        assert!(!line.contains("<img") || line.contains("\\<img"), "{line}");
        assert!(!line.contains(" **bold** "), "{line}");
    }
    assert!(!run.out.lines().any(|line| line.starts_with("# title")), "{run}");
    for table in run.out.lines().filter(|line| line.starts_with("| 0")) {
        let bars = table.replace("\\|", "").matches('|').count();
        assert!((4..=6).contains(&bars), "{table}");
    }
}

#[test]
fn a_file_and_standard_input_give_the_same() {
    let sandbox = Sandbox::with_examples();
    let trace = sandbox.quell("dry-run examples:war_room --output-format json").out;
    sandbox.write("trace.json", &trace);
    let by_file = sandbox.quell("postmortem trace.json");
    assert_eq!(by_file.code, 0, "{by_file}");
    assert_eq!(by_file.out, sandbox.quell_reading("postmortem -", trace).out);
}

fn reading(text: &str) -> Run {
    Sandbox::new([]).quell_reading("postmortem -", text)
}

#[test]
fn what_is_no_trace() {
    assert_snapshot!(reading(r#"{"schema": "quell.dev/graph/1"}"#));
    assert_snapshot!(reading(r#"{"schema": "quell.dev/trace/2"}"#));
    for text in
        ["", "{", "[]", "null", "playbook a {\n}\n", r#"{"schema": 1}"#, r#"{"schema": "quell.dev/trace/1"}"#]
    {
        let run = reading(text);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}: {run}");
        assert!(run.err.contains("not-a-trace"), "{text}: {run}");
    }
    let sandbox = Sandbox::new([]);
    assert_eq!(sandbox.quell("postmortem nothing.json").code, 2);
    sandbox.write("binary.json", [0xff, 0xfe, 0x00]);
    assert_eq!(sandbox.quell("postmortem binary.json").code, 2);
}

#[test]
fn traces_that_are_cut_or_changed_are_refused_or_read() {
    let sandbox = Sandbox::with_examples();
    let trace = sandbox.quell("dry-run examples:war_room --output-format json").out;
    for cut in (0..trace.len()).step_by(trace.len() / 12 + 1).filter(|cut| trace.is_char_boundary(*cut)) {
        let run = sandbox.quell_reading("postmortem -", &trace[..cut]);
        assert_eq!(run.code, 2, "cut at {cut}: {run}");
    }
    // Values that no run gives.
    let early = trace.replace("\"at\": 0,", "\"at\": -9223372036854775808,");
    assert_eq!(sandbox.quell_reading("postmortem -", early).code, 2);
    let never = trace.replace("\"start\": \"2026", "\"start\": \"x026");
    let run = sandbox.quell_reading("postmortem -", never);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_promise_is_kept_only_if_it_was_resolved_in_time() {
    let sandbox = Sandbox::with_examples();
    let told = |scenario: &str| {
        let run = |view: &[&str]| {
            let arguments = ["dry-run", "examples:checkout_latency", "--scenario", scenario];
            let run = sandbox.quell_with(&[&arguments[..], view].concat());
            assert_eq!(run.code, 0, "{run}");
            run.out
        };
        run(&["--html", "run.html", "--force"]);
        let log = run(&[]);
        let log = log.lines().find(|line| line.contains(" after ") && line.contains(", severity "));
        let draft = draft("checkout_latency", scenario);
        let draft =
            draft.lines().find(|line| line.contains("promised within") || line.contains("the promised"));
        let page = sandbox.read("run.html");
        let chip = page.split("<span class=\"chip ").find(|chip| chip.contains("promised "));
        let chip = chip.and_then(|chip| chip.split("</span>").next());
        [log, draft, chip].map(|said| said.unwrap_or_default().to_owned())
    };
    let [log, draft, chip] = told("the last deploy is slow");
    assert_eq!(log, "Resolved after 4m 16s, severity major.");
    assert!(draft.contains("**resolved after 4m 16s** (within the promised 1h)"), "{draft}");
    assert_eq!(chip, "good\">resolved within the promised 1h");

    let [log, draft, chip] = told("the rollback doesn't help");
    assert_eq!(log, "Failed after 20m 46s, severity critical, not resolved as promised.");
    assert!(draft.contains("**failed after 20m 46s** (not resolved; promised within 1h: broken)"), "{draft}");
    assert_eq!(chip, "bad\">not resolved; promised within 1h: broken");
}
