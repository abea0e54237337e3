//! Rules 17 to 24: milestones, undo, the outcome, tasks.

use crate::lab::run;

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
    assert_eq!(lab.end("call"), "failed, and goes on: two: no");
    assert_eq!(lab.undos("call.one").len(), 1, "{}", lab.told());
}
