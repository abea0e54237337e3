//! Rules 25 to 30: time, chance, scenarios, the trace.

use std::collections::BTreeSet;

use quell_compiler::simulate::{account::Account, timeline::plain, timeline::timeline, trace::wire};

use crate::lab::{drawn, run, run_with};

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
    assert_eq!(silent.end("c"), "skipped: nobody answered go");
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
