//! Rules 4 and 6: what a place waits for, and when a condition that reads the moment is looked at.

use crate::lab::{findings, run};

#[test]
fn rule_04_a_question_holds_no_change_that_does_not_use_its_answer() {
    let lab = run(r#"
task confirm() -> Bool {
  step go: Bool = ask(bo, "Really?", within: 20m)
  return go
}
playbook p {
  owner crew
  enrich {
    step read = look(1)
  }
  triage {
    step press: Bool = ask(ana, "Shall we tell the press?", within: 20m)
    step sure = confirm()
    step size: Int = ask(ana, "How many?", within: 20m)
  }
  remediate {
    step asked: Bool = ask(bo, "And now?", within: 20m)
    step free = change(1)
    step uses = change(size)
    step ordered = change(3)
      after asked
    step guarded = change(4)
      when press
      after started
  }
}
scenario "s" for p {
  given read returns 1 taking 3s
  given ana answer press with true after 10s
  given ana answer size with 5 after 6s
}
"#);
    // It waits for the read alone; the others for the answer that they use.
    assert_eq!(lab.attempts("free"), [3000], "{}", lab.told());
    assert_eq!(lab.attempts("uses"), [6000]);
    assert_eq!(lab.attempts("ordered"), [1_200_000]);
    assert_eq!(lab.attempts("guarded"), [10_000]);
}

#[test]
fn rule_04_what_is_after_resolved_is_skipped_when_the_run_fails() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    step good = tell(1)
      after resolved
    step long = tell(2)
  }
  remediate {
    step a = change(1)
    step check = look(1)
    resolved after check
  }
}
scenario "s" for p {
  given a fails "no" taking 2s
  given long returns 1 taking 9s
}
"#);
    assert_eq!(lab.ended("good"), 2000, "{}", lab.told());
    assert!(lab.end("good").starts_with("skipped"));
}

const CAUSES: &str = r#"
  triage {
    cause slow "it is slow" {
      step probe = look(7)
      suspect when probe > 5
    }
  }
"#;

#[test]
fn rule_06_a_condition_that_reads_the_moment_is_evaluated_when_its_place_is_decided() {
    let lab = run(&format!(
        "playbook p {{\n  owner crew\n{CAUSES}{}",
        r#"
  communicate {
    step told = tell(1)
      when not run.suspects.is_empty()
      after triaged
    step early = tell(2)
      when not run.suspects.is_empty()
    step late = tell(3)
      when run.elapsed >= 5s and told != none
      after triaged + 5s
  }
  remediate {
    step placed = change(1)
      when not run.suspects.is_empty()
    step never = change(2)
      when run.suspects.is_empty()
  }
}
"#
    ));
    assert_eq!(lab.attempts("told"), [1000], "{}", lab.told());
    // Nothing holds it: it is looked at when the run begins.
    assert_eq!(lab.ended("early"), 0);
    assert_eq!(lab.attempts("late"), [6000]);
    assert_eq!(lab.attempts("placed"), [1000]);
    // Its place is decided when the change above it is done.
    assert_eq!((lab.ended("never"), lab.attempts("never").len()), (2000, 0));
}

#[test]
fn rule_06_a_condition_that_reads_the_moment_comes_before_a_place_that_failed() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    step bad = tell(0)
    step skips = tell(1)
      when run.elapsed < 2s
      after bad
    step blocked = tell(2)
      when run.elapsed >= 2s
      after bad
  }
}
scenario "s" for p {
  given bad fails "no" taking 3s
}
"#);
    assert!(lab.end("skips").starts_with("skipped"), "{}", lab.told());
    assert_eq!(lab.end("blocked"), "blocked: bad failed");
}

#[test]
fn rule_06_a_group_is_decided_once_at_the_place_of_its_first_step() {
    let lab = run(&format!(
        "playbook p {{\n  owner crew\n{CAUSES}{}",
        r#"
  remediate {
    step first = change(1)
    if run.elapsed >= 1500ms and not run.suspects.is_empty() {
      let known = run.suspects.length()
      step inside = change(known)
      step read = look(3)
    } else {
      step other = change(4)
      step more = look(5)
    }
    if run.elapsed < 1500ms {
      step not_this = change(6)
    } else if run.elapsed < 1m {
      step this = change(7)
    } else {
      step nor_this = change(8)
    }
  }
}
"#
    ));
    // first runs from 1s to 2s.
    assert_eq!((lab.end("inside"), lab.attempts("inside")), ("ok 1".into(), vec![2000]), "{}", lab.told());
    assert_eq!(lab.attempts("read"), [3000]);
    for step in ["other", "more", "not_this", "nor_this"] {
        assert!(lab.attempts(step).is_empty(), "{step}\n{}", lab.told());
    }
    assert_eq!(lab.ended("other"), 2000);
    // It waits for the read above as well.
    assert_eq!(lab.attempts("this"), [4000]);
}

/// A `let` of the group that a change above it needs would have to be there before its own place.
#[test]
fn rule_06_a_cycle_through_a_condition_that_reads_the_moment_is_found() {
    let found = findings(
        r#"
playbook p {
  owner crew
  remediate {
    step first = change(x ?? 3)
    if run.elapsed > 1m {
      let x = 5
      step second = change(x)
    }
  }
}
"#,
    );
    assert!(found.iter().any(|found| found.starts_with("step-cycle")), "{found:?}");
}

#[test]
fn rule_23_a_task_has_no_step_that_recurs() {
    let found = findings(
        r#"
task t() -> Int {
  step a = look(1)
  if a > 5 {
    step again = tell(1)
      every 5s
  }
  return a
}
playbook p {
  owner crew
  enrich {
    step s = look(1)
  }
}
"#,
    );
    assert!(found.iter().any(|found| found.starts_with("misplaced-statement: `every`")), "{found:?}");
}
