//! What is found in graphs, beyond the example on each finding's page.

use crate::support::{Lab, playbook, task};

/// Message, labels and help of all findings.
fn told(text: &str) -> String {
    let lab = Lab::new(text);
    let mut out = String::new();
    for finding in &lab.findings {
        out.push_str(&format!("{}[{}]: {}\n", finding.level.word(), finding.code, finding.message));
        for label in &finding.labels {
            out.push_str(&format!("  at `{}`: {}\n", lab.text(label.span), label.message));
        }
        finding.notes.iter().for_each(|note| out.push_str(&format!("  note: {note}\n")));
        finding.help.iter().for_each(|help| out.push_str(&format!("  help: {help}\n")));
    }
    out
}

#[test]
fn a_cycle_through_a_value_a_condition_and_an_after() {
    insta::assert_snapshot!(told(&playbook(
        r#"
        communicate {
          step a = slack.post(ops, "a ${b.ts}")
          step b = slack.post(ops, "b")
            when c.ts == ""
          step c = slack.post(ops, "c")
            after a
        }
        "#,
    )));
}

#[test]
fn a_cycle_through_the_place_of_a_change() {
    insta::assert_snapshot!(told(&playbook(
        r#"
        triage {
          step rolled_out = kubernetes.rollout(shop)
            after scaled
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: 9)
            approve by 1 of team within 5m
            undo kubernetes.scale(shop, replicas: 6)
        }
        "#,
    )));
}

#[test]
fn a_cycle_through_a_join_names_only_what_is_written() {
    insta::assert_snapshot!(told(&playbook(
        r#"
        enrich {
          step a = kubernetes.deployment(shop)
          step b = kubernetes.deployment(shop)
          step c = kubernetes.deployment(shop)
          step d = kubernetes.deployment(shop)
            when scaled.replicas > 1
          step e = kubernetes.deployment(shop)
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: 9)
            undo kubernetes.scale(shop, replicas: 6)
        }
        "#,
    )));
}

#[test]
fn a_cycle_through_the_wide_condition_of_a_group() {
    let lab = Lab::new(&playbook(
        r#"
        enrich {
          step a = kubernetes.deployment(shop)
          if a.ready + a.ready + a.ready + a.ready + a.ready + a.ready + a.ready + a.ready + b.ready > 9 {
            step b = kubernetes.deployment(shop)
          }
        }
        "#,
    ));
    let labels: Vec<_> = lab.findings.iter().flat_map(|finding| &finding.labels).collect();
    assert_eq!(labels[0].message, "whether `b` runs depends on `b` itself");
    assert_eq!(lab.text(labels[0].span), "b");
}

#[test]
fn a_cycle_through_a_cause_and_a_milestone() {
    insta::assert_snapshot!(told(&playbook(
        r#"
        triage {
          cause one "one" {
            step look = kubernetes.deployment(shop)
              after triaged
            suspect when look.ready == 0
          }
        }
        "#,
    )));
}

#[test]
fn a_cycle_through_severity() {
    insta::assert_snapshot!(told(&playbook(
        r#"
        enrich {
          step look = kubernetes.deployment(shop)
            when severity >= major
          severity = if look != none then major else minor
        }
        "#,
    )));
}

#[test]
fn a_proof_that_comes_after_resolved() {
    insta::assert_snapshot!(told(&playbook(
        r#"
        remediate {
          step verified = kubernetes.rollout(shop)
            after resolved
          resolved after verified
        }
        "#,
    )));
}

#[test]
fn a_step_that_names_itself_in_until() {
    insta::assert_snapshot!(told(&task(
        r#"
        step verified = kubernetes.deployment(shop)
          repeat every 10s until verified.ready > 0, at most 5m
        return verified.tag
        "#,
    )));
}

#[test]
fn two_cycles_are_two_findings() {
    let lab = Lab::new(&playbook(
        r#"
        communicate {
          step a = slack.post(ops, "a")
            after b
          step b = slack.post(ops, "b")
            after a
          step c = slack.post(ops, "c")
            after d
          step d = slack.post(ops, "d")
            after c
        }
        "#,
    ));
    assert_eq!(lab.codes(), ["step-cycle", "step-cycle"]);
}

#[test]
fn bounds_may_be_computed_from_what_is_known_and_from_nothing_else() {
    let with = |bound: &str| {
        let lab = Lab::new(&format!(
            "let minutes: Int = 2\nlet base: Duration = 1m * minutes\n{}",
            task(&format!(
                "step a = kubernetes.rollout(shop)\n  timeout {bound}\nstep b = kubernetes.deployment(shop)\nreturn b.tag"
            ))
        ));
        lab.codes()
    };
    for fine in
        ["90s", "base", "base * 2 + 1s", "base / 2", "2 * base - 30s", "if minutes > 1 then base else 1s"]
    {
        assert_eq!(with(fine), [""; 0], "{fine}");
    }
    for bad in ["run.elapsed", "base + run.elapsed", "1m * b.ready"] {
        assert_eq!(with(bad), ["bound-not-constant"], "{bad}");
    }
    for bad in ["0s", "base - 2m", "base - 5m", "base / 0", "base * 9000000000"] {
        assert_eq!(with(bad), ["bound-out-of-range"], "{bad}");
    }
}

#[test]
fn a_hold_must_fit_under_its_bound() {
    let with = |repeat: &str| {
        Lab::new(&task(&format!(
            "step a = kubernetes.deployment(shop)\n  repeat every 10s until it.ready > 0 {repeat}\nreturn a.tag"
        )))
        .codes()
    };
    assert_eq!(with("for 2m, at most 3m"), [""; 0]);
    assert_eq!(with("for 3m, at most 3m"), ["hold-exceeds-bound"]);
    assert_eq!(with("for 1m, at most 7 times"), [""; 0]);
    assert_eq!(with("for 1m, at most 6 times"), ["hold-exceeds-bound"]);
}

#[test]
fn a_promise_that_the_machines_break_shows_where_the_time_goes() {
    insta::assert_snapshot!(told(&playbook(
        r#"
          resolve within 20m
        enrich {
          step look = kubernetes.deployment(shop)
            timeout 1m
        }
        communicate {
          step told = slack.post(ops, "We wait.")
            after started + 5m
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: 9)
            after told
            approve by 1 of team within 10m
            timeout 4m
            retry 2 times every 1m
            undo kubernetes.scale(shop, replicas: 6)
          step verified = kubernetes.deployment(shop)
            repeat every 10s until it.ready > 8, at most 10m
          resolved after verified
        }
        "#,
    )));
}

#[test]
fn a_promise_that_only_people_break_is_a_warning() {
    insta::assert_snapshot!(told(&playbook(
        r#"
          resolve within 20m
        triage {
          step go: Bool = ask(team, "Shall we?", within: 15m)
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: 9)
            when go
            undo kubernetes.scale(shop, replicas: 6)
          step verified = kubernetes.deployment(shop)
            repeat every 10s until it.ready > 8, at most 10m
          resolved after verified
        }
        "#,
    )));
}
