//! Rules 21 and 23: what holds undos back, and what is undone at every end.

use crate::lab::{Lab, run};

/// A task with an irreversible step in the middle: one, point, behind, last.
const IRREVERSIBLE: &str = r#"
task irr(n: Int) -> Int {
  step lock = change(n)
    undo unchange(n) always
  step one = change(n + 1)
  step point = change(n + 2)
    irreversible "there is no way back"
  step behind = change(n + 3)
  step last = change(n + 4)
  return last
}
task around(n: Int) -> Int {
  step own = change(n)
  step call = irr(n)
  return call
}
"#;

fn undone(lab: &Lab, steps: &[&str]) -> Vec<usize> {
    steps.iter().map(|step| lab.undos(step).len()).collect()
}

#[test]
fn rule_21_an_irreversible_step_in_a_task_that_failed_holds_back_older_undos_in_its_callers() {
    let text = |call: &str, clauses: &str, given: &str| {
        format!(
            r#"{IRREVERSIBLE}
playbook p {{
  owner crew
  remediate {{
    step before = change(100)
    step s = {call}
{clauses}
    step after_it = change(200)
    step breaks = change(300)
  }}
}}
scenario "s" for p {{
  {given}
  given breaks fails "no"
  expect failed
}}
"#
        )
    };
    let steps = |path: &str| ["lock", "one", "point", "behind"].map(|step| format!("{path}.{step}")).to_vec();
    // It failed, in each way in which that can be handled; or it went well.
    for (clauses, given, later) in [
        ("", "given s.last fails \"no\"", 0),
        ("      on failure continue", "given s.last fails \"no\"", 1),
        ("      on failure use 4", "given s.last fails \"no\"", 1),
        ("      timeout 4500ms\n      on failure continue", "given s.last returns 1 taking 9s", 1),
        ("", "", 1),
    ] {
        let lab = run(&text("irr(20)", clauses, given));
        let own = steps("s");
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        assert_eq!(undone(&lab, &own), [1, 0, 0, 1], "{clauses}\n{}", lab.told());
        assert_eq!(undone(&lab, &["before", "after_it"]), [0, later], "{clauses}\n{}", lab.told());
    }
    // In a task around the task, and in elements.
    let nested = run(&text("around(20)", "      on failure continue", "given s.call.last fails \"no\""));
    assert_eq!(undone(&nested, &["before", "s.own", "s.call.one", "s.call.lock"]), [0, 0, 0, 1]);
    let each = run(&text(
        "irr(x)",
        "      each x in [20, 30], 1 at a time\n      on failure continue",
        "given change fails \"no\" when what == 34",
    ));
    assert_eq!(undone(&each, &["before", "s.one"]), [0, 0], "{}", each.told());
    assert_eq!(undone(&each, &["s.lock"]), [2], "{}", each.told());
}

#[test]
fn rule_21_an_irreversible_step_in_a_task_that_was_stopped_holds_back_older_undos() {
    let lab = run(&format!(
        "{IRREVERSIBLE}{}",
        r#"
playbook p {
  owner crew
  remediate {
    step before = change(100)
    step s = irr(20)
    step breaks = change(300)
      after before + 3500ms
    step behind = change(400)
      after before + 3s
  }
}
scenario "s" for p {
  given breaks fails "no"
}
"#
    ));
    assert_eq!(undone(&lab, &["before", "behind", "s.one", "s.lock"]), [0, 1, 0, 1], "{}", lab.told());
}

/// The undo of the call replaces those of the task, but for what is done at every end.
#[test]
fn rule_23_the_undo_of_a_call_replaces_those_of_its_task_but_always() {
    let lab = run(r#"
task t(n: Int) -> Int {
  step lock = change(n)
    undo unchange(n) always
  step one = change(n + 1)
  return one
}
playbook p {
  owner crew
  remediate {
    step s = t(20)
      undo unchange(50)
    step breaks = change(300)
  }
}
scenario "s" for p {
  given breaks fails "no"
}
"#);
    assert_eq!(undone(&lab, &["s", "s.lock", "s.one"]), [1, 1, 0], "{}", lab.told());
}

#[test]
fn rule_21_always_is_done_when_its_part_is_over_or_at_the_end_at_the_latest() {
    let lab = run(r#"
playbook p {
  owner crew
  communicate {
    step long = tell(1)
  }
  remediate {
    step lock = change(1)
      undo unchange(1) always
    step more = change(2)
    step keeps = change(4)
      every 1s
  }
}
scenario "s" for p {
  given long returns 1 taking 9s
}
"#);
    assert_eq!(lab.undos("lock"), [2000], "{}", lab.told());
    // What begins when the run has failed is put back at the end.
    let lab = run(r#"
playbook p {
  owner crew
  remediate {
    step breaks = change(1)
    step late = change(2)
      after failed + 5s
      undo unchange(2) always
  }
}
scenario "s" for p {
  given breaks fails "no"
}
"#);
    assert_eq!(undone(&lab, &["breaks", "late"]), [1, 1], "{}", lab.told());
}

#[test]
fn rule_21_always_of_a_step_that_recurs_waits_until_it_recurs_no_more() {
    let text = |resolved: &str, given: &str| {
        format!(
            r#"
playbook p {{
  owner crew
  communicate {{
    step long = tell(3)
    step after_all = tell(4)
      after long
  }}
  remediate {{
    step renews = change(1)
      undo unchange(1) always
      every 3s
    step works = change(2)
    {resolved}
  }}
}}
scenario "s" for p {{
  given renews returns 1 taking 2s
  given long returns 3 taking 7s
{given}}}
"#
        )
    };
    // Its part is over after a second, in the middle of its first tick.
    let lab = run(&text("resolved after works", ""));
    assert_eq!(lab.undos("renews"), [2000], "{}", lab.told());
    // Nobody ends it before the end of the run: at 8 s, in a tick that is stopped then.
    let lab = run(&text("", ""));
    assert_eq!(lab.undos("renews"), [8000], "{}", lab.told());
    // After a failure it is stopped, and undone in turn with the others.
    let lab = run(&text("", "  given works fails \"no\"\n"));
    assert_eq!(lab.undos("renews"), [2000], "{}", lab.told());
}

/// Nobody undoes an undo: what its task took it gives back itself.
#[test]
fn rule_21_always_is_done_in_a_task_that_is_an_undo() {
    let lab = run(r#"
task back(n: Int) -> Int {
  step lock = change(n)
    undo unchange(n) always
  step work = change(n + 1)
  return work
}
playbook p {
  owner crew
  remediate {
    step s = change(1)
      undo back(10)
    step breaks = change(300)
  }
}
scenario "s" for p {
  given breaks fails "no"
}
"#);
    assert!(lab.told().contains("unchange(10)"), "{}", lab.told());
}
