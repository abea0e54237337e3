//! Rules 8 to 16: clauses, from the outside in.

use quell_compiler::simulate::{
    trace::{EventKind, GateOutcome},
    value::literal,
};

use crate::lab::run;

const GATED: &str = r#"
playbook p {
  owner crew
  remediate {
    step c = change(1)
      approve by 2 of [ana, dana], [bo, chidi] within 10m
  }
}
"#;

#[test]
fn rule_09_the_starter_does_not_count_and_grants_add_up() {
    let lab = run(&format!(
        "{GATED}\nscenario \"s\" for p {{\n  given approval of c by dana, ana after 1m\n  given approval of c by bo after 12m\n}}\n"
    ));
    assert_eq!(lab.attempts("c"), [720_000], "{}", lab.told());
}

#[test]
fn rule_09_a_refusal_closes_and_the_last_group_ends_it() {
    let refused = run(&format!(
        "{GATED}\nscenario \"s\" for p {{\n  given approval of c refused by ana after 1m\n}}\n"
    ));
    assert_eq!(refused.end("c"), "failed: Ana refused");
    assert_eq!(refused.ended("c"), 60_000);
    let late = run(&format!("{GATED}\nscenario \"s\" for p {{\n  expect c failed\n}}\n"));
    assert_eq!(late.end("c"), "failed: not approved in time");
    assert_eq!(late.ended("c"), 1_200_000);
}

/// An answer's reason not to count, as the log says it.
fn disregarded(lab: &crate::lab::Lab) -> Vec<String> {
    let events = lab.run.trace.events.iter();
    let why = events.filter_map(|event| match &event.kind {
        EventKind::Disregarded { why, .. } => Some(why.to_string()),
        _ => None,
    });
    why.collect()
}

/// A response, whose run an event starts.
fn response(count: u32, scenario: &str) -> String {
    format!(
        r#"
trigger alarm(name: Text) -> Text = "it is slow"
playbook p {{
  on alarm("slow") as alert
  owner crew
  enrich {{
    severity = critical
  }}
  triage none "none"
  communicate none "none"
  remediate {{
    step c = change(1)
      approve by {count} of [ana, dana], [bo] within 10m
  }}
}}
scenario "s" for p {{
{scenario}
}}
"#
    )
}

#[test]
fn rule_09_anyone_may_approve_in_a_run_that_a_trigger_started() {
    // Dana is the first on-caller of the owner.
    let lab = run(&response(2, "  given approval of c by dana, ana after 1m\n  expect c ran"));
    assert_eq!(lab.attempts("c"), [60_000], "{}", lab.told());
    lab.passes();
}

#[test]
fn rule_09_the_log_says_why_an_answer_does_not_count() {
    let lab = run(&response(
        2,
        "  given starter = ana\n  given approval of c by ana, bo, chidi after 1m\n  given approval of c by dana, dana after 2m\n  given approval of c by bo after 11m",
    ));
    let whys = [
        "Ana started this run, and whoever starts a run can't approve it",
        "Bo hadn't been asked yet",
        "Chidi isn't an approver of this step",
    ];
    assert_eq!(disregarded(&lab), whys, "{}", lab.told());
    assert_eq!(lab.attempts("c"), [660_000], "{}", lab.told());
    // A tool is started by a person; where nobody is given, somebody stands for them.
    let lab = run(&format!("{GATED}\nscenario \"s\" for p {{\n  given approval of c by dana after 1m\n}}\n"));
    assert_eq!(
        disregarded(&lab),
        ["Dana counts as the one who started this run, and whoever starts a run can't approve it"]
    );
    let lab = run(&format!(
        "{GATED}\nscenario \"s\" for p {{\n  given starter = bo\n  given approval of c by dana, ana after 1m\n}}\n"
    ));
    assert_eq!(lab.attempts("c"), [60_000], "{}", lab.told());
}

#[test]
fn rule_09_a_scenario_says_who_started_the_run() {
    use crate::lab::findings;
    use quell_compiler::simulate::unused;
    let text = |given: &str, call: &str| {
        format!(
            "playbook p {{\n  owner crew\n  triage {{\n    step a: Bool = ask({call}, \"Go?\", within: 5m)\n  }}\n}}\nscenario \"s\" for p {{\n  given starter = {given}\n  given bo answer a with true\n  expect a\n}}\n"
        )
    };
    let lab = run(&text("bo", "run.starter"));
    lab.passes();
    assert!(unused(&lab.run).is_empty());
    let unused = unused(&run(&text("ana", "bo")).run);
    assert_eq!(unused.iter().map(|found| found.code).collect::<Vec<_>>(), ["unused-given"]);
    for wrong in ["crew", "[bo]", "5", "\"bo\""] {
        let found = findings(&text(wrong, "run.starter"));
        assert!(found.iter().any(|found| found.starts_with("type-mismatch")), "{wrong}: {found:?}");
    }
    let twice = findings(&text("bo\n  given starter = ana", "run.starter"));
    assert!(twice.iter().any(|found| found.starts_with("shadowed-given")), "{twice:?}");
    // An input of that name comes first.
    let input = run(
        "playbook p {\n  owner crew\n  input starter: Int = 1\n  enrich {\n    step a = look(starter)\n  }\n}\nscenario \"s\" for p {\n  given starter = 7\n  expect a == 7\n}\n",
    );
    input.passes();
}

#[test]
fn rule_10_an_end_at_exactly_the_timeout_is_in_time() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step exact = look(1)
      timeout 5s
    step late = look(1)
      timeout 5s
  }
}
scenario "s" for p {
  given exact returns 1 taking 5s
  given late returns 1 taking 6s
}
"#);
    assert_eq!(lab.end("exact"), "ok 1");
    assert_eq!(lab.end("late"), "failed: not done within 5s");
    assert_eq!(lab.ended("late"), 5000);
}

#[test]
fn rule_11_retries_wait_from_end_to_start_and_backoff_doubles() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
      retry 4 times backoff 2s to 5s
  }
}
scenario "s" for p {
  given a fails "no" 3 times
}
"#);
    assert_eq!(lab.attempts("a"), [0, 3000, 8000, 14000]);
    assert_eq!(lab.end("a"), "ok 1");
}

#[test]
fn rule_12_polls_keep_their_beat_and_have_to_hold() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
      repeat every 10s until it > 5 for 20s, at most 5m
    step b = look(1)
      repeat every 10s until it > 5, at most 25s
    step c = look(1)
      repeat every 10s until it > 5, at most 2 times
  }
}
scenario "s" for p {
  given a returns 6, then 1, then 6
}
"#);
    assert_eq!(lab.attempts("a"), [0, 10_000, 20_000, 30_000, 40_000]);
    assert_eq!(lab.ended("a"), 41_000);
    assert_eq!(lab.end("b"), "failed: condition not met within 25s");
    assert_eq!(lab.ended("b"), 25_000);
    assert_eq!(lab.end("c"), "failed: condition not met after 2 polls");
}

#[test]
fn rule_13_each_keeps_the_order_of_the_list_and_stops_at_a_failure() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step all = look(x)
      each x in [3, 1, 4], 2 at a time
    step empty = look(x)
      each x in [1].filter(i => i > 5)
    step stops = look(x)
      each x in [1, 2, 3], 1 at a time
    step goes_on = look(x)
      each x in [1, 2, 3]
      on failure continue
    step many = look(x)
      each x in [1, 2, 3], at most 2
  }
}
scenario "s" for p {
  given look fails "no" when what == 2
}
"#);
    assert_eq!(lab.attempts("all"), [0, 0, 1000]);
    assert_eq!(lab.end("all"), "ok [3, 1, 4]");
    assert_eq!(lab.end("empty"), "ok []");
    assert_eq!(lab.end("stops"), "failed: no");
    assert_eq!(lab.attempts("stops"), [0, 1000]);
    assert!(lab.end("goes_on").starts_with("failed, ignored"));
    assert!(lab.end("many").contains("allows 2"));
    assert!(lab.attempts("many").is_empty());
}

#[test]
fn rule_14_ticks_keep_no_run_alive_and_never_overlap() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step long = look(1)
  }
  communicate {
    step tick = tell(1)
      every 2s
  }
}
scenario "s" for p {
  given long returns 1 taking 9s
  given tick returns 1 taking 3s
}
"#);
    assert_eq!(lab.attempts("tick"), [0, 4000, 8000]);
    assert_eq!(lab.ending(), ("completed".to_owned(), 9000));
}

#[test]
fn rule_15_on_failure_run_happens_and_then_the_default() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    step a = look(1)
      on failure run tell(5)
    step needs = tell(a)
    step other = tell(2)
  }
}
scenario "s" for p {
  given a fails "no"
}
"#);
    assert_eq!(lab.end("a"), "failed: no");
    assert_eq!(lab.ended("a"), 2000);
    assert_eq!(lab.end("needs"), "blocked: a failed");
    assert_eq!(lab.end("other"), "ok 2");
}

/// One gate for all that the step does: elements, attempts, undo.
#[test]
fn rule_08_a_step_has_one_gate_that_shows_the_call_and_the_list() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step free_needs_it = look(2)
  }
  remediate {
    step c = change(x)
      each x in [4, 5], 1 at a time
      approve by 1 of ana within 10m
      retry 1 times
    step free = change(6)
      approve by 1 of ana when free_needs_it > 5 within 10m
    step last = change(7)
  }
}
scenario "s" for p {
  given approval of c by ana after 1m
  given c fails "no" once
  given last fails "no"
}
"#);
    let mut opened = Vec::new();
    for event in &lab.run.trace.events {
        match &event.kind {
            EventKind::GateOpened { call, list, .. } => {
                let arguments: Vec<String> =
                    call.arguments.iter().map(|argument| literal(&argument.value)).collect();
                opened.push((arguments.join(", "), list.as_ref().map(literal)));
            }
            EventKind::GateClosed(outcome) if *outcome == GateOutcome::NotNeeded => {
                opened.push(("not needed".to_owned(), None));
            }
            _ => {}
        }
    }
    let shown = ("4".to_owned(), Some("[4, 5]".to_owned()));
    assert_eq!(opened, [shown, ("not needed".to_owned(), None)], "{}", lab.told());
    assert_eq!(lab.attempts("c").len(), 3);
    assert_eq!(lab.undos("c").len(), 2);
}

#[test]
fn rule_16_a_stopped_step_reads_no_more_and_finishes_its_change() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    step elsewhere = tell(4)
  }
  remediate {
    step breaks = change(1)
    step looking = look(2)
      after started
    step telling = tell(3)
      after started
      retry 5 times
    step several = tell(x)
      each x in [1, 2, 3], 1 at a time
      after started
    step waiting = change(5)
  }
}
scenario "s" for p {
  given breaks fails "no" taking 3s
  given looking returns 1 taking 9s
  given telling fails "no" taking 5s
  given several returns 1 taking 4s
  given elsewhere returns 1 taking 8s
}
"#);
    assert_eq!((lab.end("looking"), lab.ended("looking")), ("cancelled: the run failed".into(), 3000));
    assert_eq!((lab.attempts("telling"), lab.ended("telling")), (vec![0], 5000));
    assert_eq!((lab.attempts("several"), lab.ended("several")), (vec![0], 4000));
    assert_eq!((lab.end("waiting"), lab.ended("waiting")), ("cancelled: the run failed".into(), 3000));
    // Other parts go on.
    assert_eq!(lab.end("elsewhere"), "ok 1");
}
