//! Rules 17 to 24: milestones, undo, the outcome, tasks.

use quell_compiler::simulate::{
    trace::{EventKind, Purpose},
    value::literal,
};

use crate::lab::{findings, run};

#[test]
fn rule_17_severity_is_the_highest_where_it_can_not_be_known() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
    severity = if a > 0 then minor else major
  }
}
scenario "s" for p {
  given a fails "no"
  expect severity == major
}
"#);
    lab.passes();
}

#[test]
fn rule_18_a_cause_with_contradictory_or_missing_evidence_is_open() {
    let lab = run(r#"
playbook p {
  owner crew
  triage {
    cause both "it is both" {
      step x = look(1)
      suspect when x > 0
      rule out when x < 5
    }
    cause missing "it can't be known" {
      step y = look(1)
      suspect when y > 0
    }
    cause sure "it is so" {
      step z = look(1)
      suspect when z > 5
      suspect when z > 0
    }
  }
}
scenario "s" for p {
  given y fails "no"
  expect both.open
  expect missing.open
  expect sure.suspected
}
"#);
    lab.passes();
}

#[test]
fn rule_20_a_failed_change_stops_remediate_and_undoes_the_newest_first() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    step told = tell(1)
      after failed
    step good = tell(2)
      after resolved
  }
  remediate {
    step a = change(1)
    step b = change(2)
    step c = change(3)
    step d = change(4)
    step check = look(1)
      after d
    resolved after check
  }
}
scenario "s" for p {
  given c fails "no"
  expect failed
  expect told ran
  expect good skipped
}
"#);
    lab.passes();
    assert!(lab.undos("c")[0] < lab.undos("b")[0] && lab.undos("b")[0] < lab.undos("a")[0], "{}", lab.told());
    assert!(lab.undos("d").is_empty());
}

#[test]
fn rule_21_nothing_before_an_irreversible_step_is_undone_but_always() {
    let lab = run(r#"
playbook p {
  owner crew
  remediate {
    step lock = change(1)
      undo unchange(1) always
    step before = change(2)
    step point = unchange(3)
    step behind = change(4)
    step last = change(5)
  }
}
scenario "s" for p {
  given last fails "no"
}
"#);
    assert_eq!(lab.undos("before"), Vec::<i64>::new());
    assert_eq!((lab.undos("behind").len(), lab.undos("lock").len()), (1, 1), "{}", lab.told());
}

#[test]
fn rule_22_resolved_completed_and_never_both() {
    let lab = run(r#"
playbook p {
  owner crew
  remediate {
    step a = change(1)
      undo unchange(1) always
    step check = look(1)
    resolved after check
  }
}
"#);
    assert_eq!(lab.ending().0, "resolved");
    assert_eq!(lab.undos("a").len(), 1);
}

#[test]
fn rule_23_a_task_that_fails_undoes_its_own_steps_and_fails_the_call() {
    let lab = run(r#"
task both(n: Int) -> Int {
  step one = change(n)
  step two = change(n + 1)
  return two
}
playbook p {
  owner crew
  remediate {
    step call = both(1)
      on failure continue
  }
}
scenario "s" for p {
  given call.two fails "no"
  expect completed
}
"#);
    lab.passes();
    assert_eq!(lab.end("call"), "failed, ignored: two: no");
    assert_eq!(lab.undos("call.one").len(), 1, "{}", lab.told());
}

#[test]
fn rule_19_resolved_means_that_all_its_steps_are_ok() {
    let text = |verdict: &str| {
        format!(
            r#"
playbook p {{
  owner crew
  remediate {{
    step a = look(1)
    step b = look(2)
    resolved after a, b
  }}
}}
scenario "s" for p {{
  given a returns 1 taking 9s
  given b {verdict}
}}
"#
        )
    };
    assert_eq!(run(&text("returns 1 taking 3s")).ending(), ("resolved".to_owned(), 9000));
    assert_eq!(run(&text("fails \"no\" taking 3s")).ending(), ("failed".to_owned(), 3000));
    let unsure = findings(
        r#"
playbook p {
  owner crew
  remediate {
    step a = look(1)
    step b = look(2)
      when a > 1
    resolved after b
  }
}
"#,
    );
    assert!(unsure.iter().any(|found| found.starts_with("resolved-after-unsure")), "{unsure:?}");
    let within = findings(
        r#"
playbook p {
  owner crew
  resolve within 1h
  remediate {
    step a = look(1)
  }
}
"#,
    );
    assert!(within.iter().any(|found| found.starts_with("resolve-within-unresolved")), "{within:?}");
}

#[test]
fn rule_24_cycles_go_through_severity_causes_and_milestones_too() {
    for (entry, way) in [
        (
            "enrich {\n    step a = look(if severity > minor then 1 else 2)\n    severity = if a > 1 then minor else major",
            "severity",
        ),
        (
            "triage {\n    step a = look(1)\n      when c.suspected\n    cause c \"it is so\" {\n      suspect when a != none",
            "cause `c`",
        ),
        (
            "enrich {\n    step a = look(1)\n      after assessed\n    severity = if a > 1 then minor else major",
            "assessed",
        ),
    ] {
        let closing = if way.starts_with("cause") { "    }\n  }" } else { "  }" };
        let found = findings(&format!("playbook p {{\n  owner crew\n  {entry}\n{closing}\n}}\n"));
        let cycle = found.iter().find(|found| found.starts_with("step-cycle"));
        assert!(cycle.is_some_and(|cycle| cycle.contains(way)), "{way}: {found:?}");
    }
    let found = findings(
        r#"
playbook p {
  owner crew
  communicate {
    step sorry = tell(1)
      after failed
    step more = tell(sorry)
    step other = tell(2)
      after sorry
  }
  remediate {
    step a = change(1)
  }
}
"#,
    );
    let codes: Vec<&str> = found.iter().filter_map(|found| found.split(':').next()).collect();
    assert_eq!(codes, ["needs-after-failed", "needs-after-failed"], "{found:?}");
}

/// A task that is polled does its changes again and again; the first undo is the one that puts back
/// what was there before.
#[test]
fn rule_21_what_is_polled_is_undone_once() {
    let lab = run(r#"
task both(n: Int) -> Int {
  step before = look(n)
  step one = change(before)
    undo unchange(before)
  step two = change(n + 1)
    when before > 1
  return n
}
playbook p {
  owner crew
  remediate {
    step call = both(1)
      repeat every 5s until it > 50, at most 4 times
      on failure continue
    step last = change(9)
  }
}
scenario "s" for p {
  given look returns 1, then 2
  given last fails "no"
}
"#);
    let undone: Vec<String> = lab
        .run
        .trace
        .events
        .iter()
        .filter(|event| event.work.purpose == Purpose::Undo)
        .filter_map(|event| match &event.kind {
            EventKind::Attempt(call) => Some(literal(&call.arguments[0].value)),
            _ => None,
        })
        .collect();
    assert_eq!(undone, ["9", "2", "1"], "{}", lab.told());
}

#[test]
fn rule_21_what_recurs_is_undone_once() {
    let lab = run(r#"
playbook p {
  owner crew
  remediate {
    step keep = change(1)
      every 2s
    step long = change(2)
    step last = change(3)
  }
}
scenario "s" for p {
  given long returns 1 taking 9s
  given last fails "no"
}
"#);
    assert!(lab.attempts("keep").len() > 3, "{}", lab.told());
    assert_eq!(lab.undos("keep").len(), 1, "{}", lab.told());
}
