//! Rules 25 to 30: time, chance, scenarios, the trace.

use std::collections::BTreeSet;

use quell_compiler::{
    graph::{Measure, SECOND, Schedules},
    simulate::{
        account::Account,
        timeline::{plain, timeline},
        trace::{EventKind, wire},
    },
};

use crate::lab::{checked, drawn, findings, run, run_with};

const DRAWN: &str = r#"
action vary(what: Int) -> Int reads {
  timeout 30s
  simulate {
    return what
    takes p50 1s p95 5s
    fails 10%
  }
}
playbook p {
  owner crew
  enrich {
    step a = vary(1)
    step b = vary(2)
      retry 2 times
  }
}
"#;

#[test]
fn rule_26_a_step_that_is_added_does_not_shift_the_others() {
    let more = DRAWN.replace("step a =", "step before = vary(9)\n    step a =");
    for seed in 0..50 {
        let (one, other) = (run_with(DRAWN, drawn(seed)), run_with(&more, drawn(seed)));
        assert_eq!(one.ended("b"), other.ended("b"), "seed {seed}");
        assert_eq!(one.end("a"), other.end("a"), "seed {seed}");
    }
}

#[test]
fn rule_27_people_are_silent_in_scenarios_and_agree_without() {
    let text = r#"
playbook p {
  owner crew
  triage {
    step go: Bool = ask(ana, "Go?", within: 5m)
  }
  remediate {
    step c = change(1)
      when go
      approve by 1 of ana within 10m
  }
}
"#;
    let bare = run(text);
    assert_eq!(bare.attempts("c"), [120_000], "{}", bare.told());
    let silent = run(&format!("{text}\nscenario \"s\" for p {{\n  expect completed\n}}\n"));
    silent.passes();
    assert_eq!(silent.end("c"), "skipped: go wasn't answered");
}

#[test]
fn rule_28_the_closest_line_wins_and_sequences_repeat_their_last() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
    step b = look(2)
    step c = look(3)
    step d = look(4)
      repeat every 2s until it > 5, at most 5 times
  }
}
scenario "s" for p {
  given a returns 10
  given look returns 20 when what == 2
  given look returns 30
  given d returns 1, then 2, then 9
}
"#);
    assert_eq!((lab.end("a"), lab.end("b"), lab.end("c")), ("ok 10".into(), "ok 20".into(), "ok 30".into()));
    assert_eq!(lab.outcomes("d"), ["1", "2", "9"]);
}

#[test]
fn rule_30_one_seed_gives_one_trace_byte_for_byte() {
    let written = |seed| {
        let lab = run_with(DRAWN, drawn(seed));
        (
            wire::json(&wire::document(&Account::new(&lab.world, &lab.checked, &lab.run.trace))),
            plain(&timeline(&lab.world, &lab.run.trace)),
        )
    };
    for seed in 0..50 {
        assert_eq!(written(seed), written(seed));
    }
    let different: BTreeSet<_> = (0..50).map(written).collect();
    assert!(different.len() > 40);
}

#[test]
fn rule_25_one_instant_has_an_order() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step second = look(2)
    step first = look(1)
    let sum = first + second
    step behind_first = look(first)
    step behind_both = look(sum)
    severity = if sum > 2 then major else minor
  }
  communicate {
    step told = tell(1)
      when severity == major
  }
}
scenario "s" for p {
  expect told ran
}
"#);
    lab.passes();
    // At one second: both end, by their place in the source; then the `let` and severity; then steps
    // start in source order.
    let happened: Vec<String> = lab
        .run
        .trace
        .events
        .iter()
        .filter(|event| event.at == 1_000_000_000)
        .filter_map(|event| {
            let name = &event.node.map(|node| &lab.run.trace.node(node).name)?;
            match &event.kind {
                EventKind::Ended(_) => Some(format!("{name} ends")),
                EventKind::Let(_) | EventKind::Severity { .. } => Some(name.to_string()),
                EventKind::Started => Some(format!("{name} starts")),
                _ => None,
            }
        })
        .collect();
    assert_eq!(
        happened,
        [
            "second ends",
            "first ends",
            "sum",
            "severity",
            "behind_first starts",
            "behind_both starts",
            "told starts"
        ],
        "{}",
        lab.told()
    );
    // A deadline beats a grant of the same instant, and an end its own deadline.
    let late = run(r#"
playbook p {
  owner crew
  enrich {
    step exact = look(1)
      timeout 5s
  }
  remediate {
    step c = change(1)
      approve by 1 of ana within 10m
  }
}
scenario "s" for p {
  given approval of c by ana after 600s
  given exact returns 1 taking 5s
}
"#);
    assert_eq!(late.end("c"), "failed: not approved in time");
    assert_eq!(late.end("exact"), "ok 1");
}

/// The bound of a playbook with these steps in remediate, in seconds.
fn worst(steps: &str) -> i64 {
    let (_, checked, _) = checked(&format!(
        "task both(n: Int) -> Int {{\n  step one = change(n)\n  step two = change(n + 1)\n  return two\n}}\n\
         playbook p {{\n  owner crew\n  remediate {{\n{steps}\n  }}\n}}\n"
    ));
    let (playbook, _) = checked.playbooks().next().unwrap();
    let mut schedules = Schedules::new(&checked.graphs);
    schedules.get(playbook, Measure::Worst).unwrap().total.unwrap() / SECOND
}

#[test]
fn rule_29_the_worst_case_is_the_sum_of_its_parts() {
    // The actions have a timeout of 10 s each; so have their undos.
    for (steps, bound) in [
        ("step a = look(1)", 10),
        ("step a = look(1)\nstep b = look(a)", 20),
        ("step a = look(1)\nstep b = look(2)", 10),
        ("step a = look(1)\n  timeout 3s", 3),
        ("step a = look(1)\n  retry 2 times every 4s", 3 * 10 + 2 * 4),
        ("step a = look(1)\n  retry 3 times backoff 1s to 3s", 4 * 10 + 1 + 2 + 3),
        ("step a = look(1)\n  repeat every 5s until it > 3, at most 1m", 60),
        ("step a = look(1)\n  repeat every 15s until it > 3, at most 3 times", 2 * 15 + 10),
        ("step a = look(x)\n  each x in [1], 2 at a time, at most 5", 3 * 10),
        ("step a = look(x)\n  each x in [1], at most 5", 10),
        ("step a = look(1)\nstep b = look(2)\n  after a + 1m", 10 + 60 + 10),
        ("step a = look(1)\n  on failure run tell(1)", 10 + 10),
        ("step a = change(1)", 10 + 10),
        ("step a = change(1)\n  approve by 1 of ana, bo within 2m", 2 * 120 + 10 + 10),
        ("step a = change(x)\n  each x in [1], 1 at a time, at most 3", 3 * 10 + 3 * 10),
        ("step a = both(1)", 2 * 10 + 2 * 10 + 2 * 10),
        // A task that is cut off undoes what it did, and then the run may have to do so.
        ("step a = both(1)\n  timeout 15s", 15 + 2 * 10 + 2 * 10),
        ("step a = both(1)\n  repeat every 5s until it > 3, at most 1m", 60 + 2 * 10 + 2 * 10),
    ] {
        assert_eq!(worst(steps), bound, "{steps}");
    }
    let found = findings(
        "playbook p {\n  owner crew\n  enrich {\n    step a = look(1)\n    step b = look(2)\n      timeout a * 1s\n  }\n}\n",
    );
    assert!(found.iter().any(|found| found.starts_with("bound-not-constant")), "{found:?}");
}
