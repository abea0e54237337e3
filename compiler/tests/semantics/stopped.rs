//! What still runs when a run fails, and what is undone meanwhile: rules 16, 21 and 23.

use crate::lab::run;

/// A message that is under way holds up no undoing, since it changes nothing.
#[test]
fn rule_21_undoing_waits_for_changes_and_not_for_messages() {
    let lab = run(r#"
playbook p {
  owner crew
  remediate {
    step breaks = change(1)
    step slow = change(2)
      after started
    step telling = tell(3)
      after started
  }
}
scenario "s" for p {
  given slow returns 2 taking 5s
  given breaks fails "no" taking 2s
  given telling returns 3 taking 9s
}
"#);
    assert_eq!(lab.ended("telling"), 9000, "{}", lab.told());
    assert_eq!((lab.undos("slow"), lab.undos("breaks")), (vec![5000], vec![6000]), "{}", lab.told());
}

/// A task that is stopped in the instant in which its last step ends well has ended well.
#[test]
fn rule_23_a_stopped_task_ends_well_if_nothing_was_left_to_do() {
    let text = |more: &str| {
        format!(
            r#"
task announce(n: Int) -> Int {{
  step said = tell(n){more}
  return n
}}
playbook p {{
  owner crew
  remediate {{
    step call = announce(1)
    step check = look(2)
    resolved after check
  }}
}}
scenario "s" for p {{
  given check fails "no"
}}
"#
        )
    };
    let whole = run(&text(""));
    assert_eq!(whole.end("call"), "ok 1", "{}", whole.told());
    let short = run(&text("\n  step again = tell(said)"));
    assert_eq!(short.end("call"), "cancelled: the run failed", "{}", short.told());
}
