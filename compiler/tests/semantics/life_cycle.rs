//! Rules 1 to 7: how a step waits, starts and ends.

use crate::lab::run;

#[test]
fn rule_01_every_step_ends_as_exactly_one_of_six() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step fine = look(1)
    step spare = look(1)
      when fine > 5
    step excused = look(2)
      on failure continue
    step broken = look(3)
    step behind = look(broken)
  }
}
scenario "s" for p {
  given excused fails "no"
  given broken fails "no"
}
"#);
    assert_eq!(lab.end("fine"), "ok 1");
    assert!(lab.end("spare").starts_with("skipped"));
    assert_eq!(lab.end("excused"), "failed, ignored: no");
    assert_eq!(lab.end("broken"), "failed: no");
    assert_eq!(lab.end("behind"), "blocked: broken failed");
}

#[test]
fn rule_03_a_step_starts_in_the_instant_in_which_all_it_names_is_there() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
    step b = look(2)
    step both = look(a + b)
    step alone = look(4)
  }
}
"#);
    assert_eq!(lab.attempts("a"), [0]);
    assert_eq!(lab.attempts("b"), [0]);
    assert_eq!(lab.attempts("alone"), [0]);
    assert_eq!(lab.attempts("both"), [1000]);
    assert_eq!(lab.end("both"), "ok 3");
}

#[test]
fn rule_04_a_change_waits_for_reads_to_end_in_any_way_and_for_changes_to_succeed() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step slow = look(1)
  }
  remediate {
    step first = change(1)
    step second = change(2)
    step third = change(3)
  }
}
scenario "s" for p {
  given slow fails "no" taking 5s
  given second fails "no"
}
"#);
    assert_eq!(lab.attempts("first"), [5000]);
    assert_eq!(lab.attempts("second"), [6000]);
    assert!(lab.attempts("third").is_empty());
}

#[test]
fn rule_04_on_failure_of_a_read_does_not_change_its_place() {
    let lab = run(r#"
task seen() -> Int {
  step found = look(3)
    on failure run tell(3)
  step done = change(8)
  return found
}
playbook p {
  owner crew
  enrich {
    step dump = look(1)
      on failure run tell(1)
  }
  remediate {
    step before = look(2)
      on failure run tell(2)
    step c = change(7)
    step t = seen()
  }
}
scenario "s" for p {
  given dump returns 1 taking 5s
  given before returns 1 taking 7s
}
"#);
    assert_eq!(lab.attempts("c"), [7000]);
    // In the task, one second for each: the change comes behind the look there, too.
    assert_eq!(lab.attempts("t"), [8000]);
    assert_eq!(lab.ended("t"), 10_000);
}

#[test]
fn rule_04_after_a_milestone_and_a_delay() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
    severity = if a > 0 then major else minor
  }
  communicate {
    step later = tell(1)
      after assessed + 10m
    step never = tell(2)
      after failed
  }
  remediate {
    step c = change(1)
  }
}
"#);
    assert_eq!(lab.attempts("later"), [601_000]);
    assert_eq!(lab.end("never"), "skipped: failed never happened");
}

#[test]
fn rule_05_what_a_name_stands_for() {
    let lab = run(r#"
playbook p {
  owner crew
  triage {
    step skipped = look(1)
      when false
    step used = look(2)
      on failure use 7
    step q: Int = ask(ana, "How many?", within: 5m)
    step needs_answer = look(q)
    step all_the_way = look(needs_answer)
    step sees_none = look(skipped ?? 9)
    step sees_seven = look(used)
  }
}
scenario "s" for p {
  given used fails "no"
}
"#);
    assert_eq!(lab.end("sees_none"), "ok 9");
    assert_eq!(lab.end("sees_seven"), "ok 7");
    assert_eq!(lab.end("q"), "skipped: not answered in time");
    assert_eq!(lab.end("needs_answer"), "skipped: q wasn't answered");
    assert_eq!(lab.end("all_the_way"), "skipped: q wasn't answered");
    assert_eq!(lab.ending().0, "completed");
}

#[test]
fn rule_06_guards_skip_early_and_the_first_false_one_decides() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step quick = look(1)
    step slow = look(2)
    step broken = look(3)
    step early = look(broken)
      when quick > 5 and slow > 5
    step blocked = look(1)
      when quick > 0 and broken > 0
  }
}
scenario "s" for p {
  given slow returns 2 taking 8s
  given broken fails "no"
}
"#);
    assert!(lab.end("early").starts_with("skipped"), "{}", lab.end("early"));
    assert_eq!(lab.ended("early"), 1000);
    assert_eq!(lab.end("blocked"), "blocked: broken failed");
}

#[test]
fn rule_07_an_evaluation_error_fails_the_step_without_retry() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step zero = look(0)
    step wrong = look(1 / zero)
      retry 3 times
    let half = 1 / zero
    step needs_half = look(half)
  }
}
"#);
    assert_eq!(lab.end("wrong"), "failed: division by zero");
    assert!(lab.attempts("wrong").is_empty());
    assert_eq!(lab.end("needs_half"), "blocked: half failed");
}

#[test]
fn rule_02_a_step_needs_all_that_its_call_and_clauses_name() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step slow = look(7)
    step branch = look(if slow > 100 then slow else 1)
    step lambda = look([1, 2].map(n => n + slow).sum())
    step polled = look(9)
      repeat every 1s until it > slow, at most 1m
    step own = look(x)
      each x in [1, 2]
      repeat every 1s until it > 0, at most 1m
      on failure run tell(error.length())
  }
  communicate {
    step status = tell(run.status.length())
  }
  remediate {
    step changed = change(1)
      undo unchange(slow)
      after own
  }
}
scenario "s" for p {
  given slow returns 7 taking 9s
}
"#);
    for waits in ["branch", "lambda", "polled", "changed"] {
        assert_eq!(lab.attempts(waits), [9000], "{waits}: {}", lab.told());
    }
    // Its own name, the element, `it`, `error` and what is read of the run at the moment hold up nothing.
    assert_eq!(lab.attempts("own"), [0, 0]);
    assert_eq!(lab.attempts("status"), [0]);
}
