//! Rules 10, 12, 16: what time-outs and bounds cut, and what they don't.

use quell_compiler::graph::{Measure, Schedules};

use crate::lab::{Lab, run};

/// When the run is over, in milliseconds, and when it is at the latest.
#[track_caller]
fn within_the_worst_case(lab: &Lab) -> i64 {
    let over = lab.run.ending.as_ref().expect("the run began").over;
    let worst = Schedules::new(&lab.checked.graphs)
        .get(lab.run.trace.header.playbook, Measure::Worst)
        .and_then(|schedule| schedule.total);
    assert!(worst.is_some_and(|worst| over <= worst), "{over} {worst:?}\n{}", lab.told());
    over / 1_000_000
}

/// A message that outlasts a failure beside it.
const DRAINS: &str = r#"
task t() -> Int {
  step a = look(1)
  step b = tell(1)
    timeout 30s
  return a
}
"#;

#[test]
fn rule_10_a_timeout_cuts_what_is_let_finish_after_a_failure() {
    let lab = run(&format!(
        "{DRAINS}{}",
        r#"
playbook p {
  owner crew
  resolve within 7s
  remediate {
    step s = t()
      timeout 5s
      on failure continue
    step v = look(2)
      timeout 2s
      after s
    resolved after v
  }
}
scenario "s" for p {
  given look fails "no" once taking 4s
  given tell returns 3 taking 25s
  expect resolved within 7s
}
"#
    ));
    lab.passes();
    // It fails for what failed first.
    assert_eq!((lab.end("s").as_str(), lab.ended("s")), ("failed, ignored: a: no", 5000));
    within_the_worst_case(&lab);
}

#[test]
fn rule_12_a_bound_cuts_what_is_let_finish_after_a_failure() {
    let lab = run(&format!(
        "{DRAINS}{}",
        r#"
playbook p {
  owner crew
  communicate {
    step s = t()
      repeat every 2s until it > 5, at most 5s
      on failure continue
    step again = t()
      timeout 3s
      retry 1 times every 1s
      on failure continue
  }
}
scenario "s" for p {
  given look fails "no" taking 1s
  given tell returns 3 taking 25s
}
"#
    ));
    assert_eq!(
        (lab.end("s").as_str(), lab.ended("s")),
        ("failed, ignored: condition not met within 5s", 5000)
    );
    assert_eq!(lab.attempts("again"), [0, 4000]);
    assert_eq!(lab.ended("again"), 7000);
    within_the_worst_case(&lab);
}

#[test]
fn rule_10_a_task_that_is_cut_off_while_it_stops_undoes_what_it_did() {
    let lab = run(r#"
task t() -> Int {
  step one = change(1)
  step a = look(1)
    after one
  step slow = tell(2)
    timeout 1m
    after one
  return a
}
playbook p {
  owner crew
  remediate {
    step s = t()
      timeout 5s
      on failure continue
  }
}
scenario "s" for p {
  given look fails "no" taking 2s
  given tell returns 1 taking 40s
}
"#);
    assert_eq!(lab.end("s.slow"), "cancelled: a: no");
    assert_eq!((lab.undos("s.one"), lab.ended("s")), (vec![5000], 6000));
    within_the_worst_case(&lab);
}

/// The task around is cut while the one inside undoes: the undo that runs goes on, the next one follows,
/// and none is done twice.
#[test]
fn rule_10_an_undo_that_runs_is_never_cut() {
    let lab = run(r#"
task inner() -> Int {
  step one = change(1)
  step two = change(2)
  step bad = look(3)
    after two
  return bad
}
task outer() -> Int {
  step before = change(9)
  step call = inner()
  return call
}
playbook p {
  owner crew
  remediate {
    step s = outer()
      timeout 6s
      on failure continue
    step last = change(7)
  }
}
scenario "s" for p {
  given s.call.bad fails "no"
  given unchange returns 1 taking 5s
}
"#);
    // bad fails at 4s, two is undone from then on, and outer is cut at 6s.
    assert_eq!(lab.undos("s.call.two"), [4000], "{}", lab.told());
    assert_eq!(lab.undos("s.call.one"), [9000], "{}", lab.told());
    assert_eq!(lab.undos("s.before"), [14_000], "{}", lab.told());
    assert_eq!(lab.ended("s"), 19_000);
    assert_eq!(lab.attempts("last"), [19_000]);
    within_the_worst_case(&lab);
}

#[test]
fn rule_10_a_task_that_ends_at_exactly_the_timeout_is_in_time() {
    let lab = run(r#"
task two(n: Int) -> Int {
  step a = look(n)
  step b = look(a)
  step spare = look(5)
    when b > 100
  return b
}
task outer(n: Int) -> Int {
  step inside = two(n)
    timeout 2s
  return inside
}
task three(n: Int) -> Int {
  step a = look(n)
  step b = look(a)
  step c = change(b)
  return c
}
playbook p {
  owner crew
  remediate {
    step exact = outer(4)
      timeout 2s
    step polled = two(8)
      after started
      repeat every 1s until it > 5, at most 2s
    step late = three(4)
      after started
      timeout 2s
      on failure continue
  }
}
"#);
    assert_eq!((lab.end("exact"), lab.ended("exact")), ("ok 4".into(), 2000), "{}", lab.told());
    assert_eq!((lab.end("polled"), lab.ended("polled")), ("ok 8".into(), 2000));
    // Nothing starts any more in that instant.
    assert_eq!(lab.end("late"), "failed, ignored: not done within 2s");
    assert!(lab.attempts("late.c").is_empty(), "{}", lab.told());
}

#[test]
fn rule_12_nothing_starts_at_the_bound() {
    let lab = run(r#"
task t() -> Int {
  step many = tell(x)
    each x in [1, 2, 3], 1 at a time
  return many.length()
}
playbook p {
  owner crew
  communicate {
    step waits = look(1)
      repeat every 1s until it > 5, at most 5s
      retry 3 times every 4s
    step ends = look(2)
      repeat every 1s until it > 5, at most 5s
      retry 3 times
    step elements = t()
      timeout 2s
  }
}
scenario "s" for p {
  given waits fails "no" taking 1s
  given ends fails "no" taking 5s
}
"#);
    assert_eq!((lab.attempts("waits"), lab.ended("waits")), (vec![0], 5000));
    assert_eq!((lab.attempts("ends"), lab.ended("ends")), (vec![0], 5000));
    assert_eq!(lab.attempts("elements.many"), [0, 1000]);
    assert_eq!(lab.end("elements"), "failed: not done within 2s");
}

#[test]
fn rule_16_a_poll_that_is_stopped_is_cancelled_even_if_it_failed() {
    let lab = run(r#"
playbook p {
  owner crew
  remediate {
    step breaks = change(1)
    step polls = tell(2)
      after started
      repeat every 1s until it > 5, at most 1m
    step tries = tell(3)
      after started
      retry 5 times
  }
}
scenario "s" for p {
  given breaks fails "no" taking 3s
  given polls fails "no" taking 5s
  given tries fails "no" taking 5s
}
"#);
    assert_eq!((lab.end("polls"), lab.ended("polls")), ("cancelled: the run failed".into(), 5000));
    assert_eq!((lab.end("tries"), lab.attempts("tries")), ("failed: no".into(), vec![0]));
}
