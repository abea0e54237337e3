//! Rules 3, 9, 13, 15, 19, 20: what `on failure` handles, and what it doesn't.

use crate::lab::{findings, run};

#[test]
fn rule_20_a_change_that_was_not_approved_fails_the_run_whatever_on_failure_says() {
    for (clause, given) in [
        ("use 7", "given approval of a refused by bo after 10s"),
        ("continue", "given approval of a refused by bo after 10s"),
        ("use 7", ""),
        ("continue", "given bo answer asked with true"),
    ] {
        let lab = run(&format!(
            r#"
playbook p {{
  owner crew
  triage {{
    step asked: Bool = ask(bo, "Well?", within: 1m)
      on failure use true
  }}
  remediate {{
    step b = change(3)
    step a = change(4)
      approve by 1 of [bo] within 1m
      on failure {clause}
    step t = tell(a ?? 0)
  }}
}}
scenario "s" for p {{
  {given}
  expect failed
  expect a failed
  expect t cancelled or_blocked
}}
"#
        )
        .replace("  expect t cancelled or_blocked\n", "")
        .replace("a ?? 0", if clause == "continue" { "a ?? 0" } else { "a" }));
        lab.passes();
        assert_eq!(lab.undos("b").len(), 1, "{}", lab.told());
        assert!(lab.attempts("t").is_empty(), "{}", lab.told());
    }
}

#[test]
fn rule_09_too_few_people_fail_the_run_and_else_skip_does_not() {
    let text = |skip: &str| {
        format!(
            r#"
playbook p {{
  owner crew
  remediate {{
    step b = change(3)
    step a = change(4)
      approve by 2 of [bo, dana] within 1m{skip}
      on failure continue
  }}
}}
scenario "s" for p {{
}}
"#
        )
    };
    assert_eq!(run(&text("")).ending(), ("failed".to_owned(), 1000));
    assert_eq!(run(&text(" else skip")).ending().0, "completed");
}

#[test]
fn rule_20_a_blocked_change_fails_the_run_whatever_on_failure_says() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step size = look(1)
  }
  remediate {
    step first = change(1)
    step b = change(size)
      on failure continue
  }
}
scenario "s" for p {
  given size fails "no" taking 5s
  expect failed
  expect b blocked
}
"#);
    lab.passes();
}

#[test]
fn rule_15_what_is_outside_of_on_failure_is_not_handled() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step zero = look(0)
  }
  remediate {
    step many = change(x)
      each x in [1, 2, 3], at most 2
      on failure continue
  }
}
"#);
    assert_eq!(lab.ending().0, "failed");
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step zero = look(0)
  }
  remediate {
    step guarded = change(1)
      when 1 / zero > 0
      on failure continue
  }
}
"#);
    assert!(lab.end("guarded").starts_with("failed: "), "{}", lab.told());
    assert_eq!(lab.ending().0, "failed");
}

/// A change alone that goes on whatever happens can't fail a run: nothing waits for that.
#[test]
fn rule_20_a_step_that_can_not_fail_fails_no_run() {
    let text = |more: &str| {
        format!(
            r#"
playbook p {{
  owner crew
  communicate {{
    step sorry = tell(1)
      after failed
  }}
  remediate {{
    step a = change(1)
{more}      on failure continue
  }}
}}
"#
        )
    };
    let codes = |found: Vec<String>| -> Vec<String> {
        found.iter().filter_map(|found| found.split(':').next()).map(str::to_owned).collect()
    };
    assert!(codes(findings(&text(""))).contains(&"milestone-never-comes".to_owned()));
    let gated = codes(findings(&text("      approve by 1 of [bo] within 1m\n")));
    assert!(!gated.contains(&"milestone-never-comes".to_owned()), "{gated:?}");
}

#[test]
fn rule_03_a_step_is_blocked_as_soon_as_one_need_is_bad() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step slow = look(1)
    step bad = look(2)
    step needs = look(slow + bad)
    step skips = look(slow + bad)
      when slow > 5
  }
}
scenario "s" for p {
  given slow returns 1 taking 9s
  given bad fails "no" taking 2s
}
"#);
    assert_eq!((lab.end("needs"), lab.ended("needs")), ("blocked: bad failed".into(), 2000));
    // A condition comes first.
    assert_eq!(lab.ended("skips"), 9000);
    assert!(lab.end("skips").starts_with("skipped"), "{}", lab.told());
}

#[test]
fn rule_03_a_failure_counts_before_an_answer_that_is_missing() {
    let text = |within: &str, fails: &str| {
        format!(
            r#"
playbook p {{
  owner crew
  triage {{
    step asked: Int = ask(bo, "How many?", within: {within})
    step bad = look(2)
    step needs = look(asked + bad)
    let sum = asked + bad
    step through = look(sum)
  }}
}}
scenario "s" for p {{
  given bad fails "no" taking {fails}
}}
"#
        )
    };
    // In one instant the failure counts, whichever is named first; else what comes first.
    for (within, fails, end) in
        [("5s", "5s", "blocked: bad failed"), ("2s", "5s", "skipped"), ("5s", "2s", "blocked: bad")]
    {
        let lab = run(&text(within, fails));
        for step in ["needs", "through"] {
            assert!(lab.end(step).starts_with(end), "{within} {fails} {step}\n{}", lab.told());
        }
    }
}

#[test]
fn rule_20_what_would_start_later_in_the_instant_of_a_failure_does_not() {
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step a = look(1)
    step b = look(2)
  }
  communicate {
    step elsewhere = tell(b)
  }
  remediate {
    step blocked = change(a)
      after started
    step later = change(b)
      after started
  }
}
scenario "s" for p {
  given a fails "no" taking 5s
  given b returns 2 taking 5s
}
"#);
    assert_eq!((lab.end("blocked"), lab.ended("blocked")), ("blocked: a failed".into(), 5000));
    assert_eq!((lab.end("later"), lab.ended("later")), ("cancelled: the run failed".into(), 5000));
    assert_eq!(lab.end("elsewhere"), "ok 2");
}

#[test]
fn rule_19_what_resolves_must_not_use_another_value() {
    for clause in ["continue", "use 5"] {
        let found = findings(&format!(
            r#"
playbook p {{
  owner crew
  remediate {{
    step a = change(1)
    step b = look(2)
      on failure {clause}
    resolved after b
  }}
}}
"#
        ));
        assert!(found.iter().any(|found| found.starts_with("resolved-after-unsure")), "{clause}: {found:?}");
    }
}

/// A page that can't be sent because something has no value is easily overlooked in a long log.
#[test]
fn what_could_not_happen_is_in_the_summary() {
    use quell_compiler::simulate::timeline::timeline;
    let lab = run(r#"
playbook p {
  owner crew
  enrich {
    step zero = look(0)
    let duty = [1, 2].filter(n => n > 5)[0]
  }
  communicate {
    step woken = tell(duty)
    step divided = tell(10 / zero)
    step skipped = tell(1)
      when zero > 5
  }
  remediate {
    step put = change(duty)
  }
}
"#);
    let missed = timeline(&lab.world, &lab.run.trace).summary.missed;
    let missed: Vec<String> =
        missed.iter().map(|missed| format!("{}: {}", missed.step, missed.why)).collect();
    let duty = "duty couldn't be evaluated: the list is empty, so it has no element 0";
    assert_eq!(
        missed,
        [format!("woken: {duty}"), format!("put: {duty}"), "divided: division by zero".to_owned(),],
        "{}",
        lab.told()
    );
    let told = lab.told();
    assert!(
        told.contains("Not notified: woken (duty couldn't be evaluated")
            && told.contains("Not done: put (duty"),
        "{told}"
    );
}
