//! Rules 2 to 4, 6, 17 to 20 and 24, and promise 2: a test each.

use crate::support::{Lab, playbook, task};

/// What each node waits for, of the playbook with these parts.
fn edges(parts: &str) -> String {
    Lab::new(&playbook(parts)).edges("sample")
}

#[test]
fn a_step_waits_for_all_that_its_call_and_clauses_name() {
    let edges = edges(
        r#"
        enrich {
          step a = kubernetes.deployment(shop)
          step b = kubernetes.deployment(shop)
          step c = kubernetes.deployment(shop)
          step d = kubernetes.deployment(shop)
          step e = kubernetes.deployment(shop)
          let both = a.replicas + b.replicas
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: both)
            when c.ready > 1 and d.ready > 1
            after b
            approve by 1 of team when e.ready > 2 within 5m
            undo kubernetes.scale(shop, replicas: d.replicas)
        }
        "#,
    );
    insta::assert_snapshot!(edges);
}

#[test]
fn each_until_and_on_failure_are_needs_too() {
    let edges = edges(
        r#"
        enrich {
          step goal = kubernetes.deployment(shop)
          step names = kubernetes.deployment(shop)
          step other = kubernetes.deployment(shop)
          step polled = kubernetes.deployment(shop)
            each name in [names.tag]
            repeat every 10s until it.replicas == goal.replicas, at most 5m
            on failure use other
        }
        "#,
    );
    insta::assert_snapshot!(edges);
}

#[test]
fn a_step_does_not_wait_for_itself_in_its_undo() {
    let lab = Lab::new(&playbook(
        r#"
        remediate {
          step silence = alertmanager.silence("X", lasting: 1h, why: "it is known")
            undo alertmanager.expire(silence) always
        }
        "#,
    ));
    assert_eq!(lab.codes(), [""; 0]);
    assert_eq!(lab.edges("sample"), "@failed <- silence: milestone\n");
}

#[test]
fn what_is_read_at_the_moment_is_no_need() {
    let edges = edges(
        r#"
        triage {
          cause known "it is known" {
            step look = kubernetes.deployment(shop)
            suspect when look.ready == 0
          }
        }
        communicate {
          step news = slack.post(ops, "${run.suspects} ${run.open_causes} ${run.status} ${run.elapsed}")
        }
        "#,
    );
    assert!(!edges.contains("news <-"), "{edges}");
}

#[test]
fn guards_come_from_outside_in_and_each_is_a_condition() {
    let lab = Lab::new(&playbook(
        r#"
        enrich {
          step a = kubernetes.deployment(shop)
          step b = kubernetes.deployment(shop)
          step c = kubernetes.deployment(shop)
          step d = kubernetes.deployment(shop)
        }
        communicate {
          if a.ready > 0 and b.ready > 0 {
            if not (c.ready > 0 or a.ready > 1) {
              step inner = slack.post(ops, "inner")
                when d.ready > 0 and d.ready < 9
            }
          } else if c.ready > 0 {
            step middle = slack.post(ops, "middle")
          } else {
            step last = slack.post(ops, "last")
          }
        }
        "#,
    ));
    assert_eq!(
        lab.guards("sample", "inner"),
        ["a.ready > 0", "b.ready > 0", "not c.ready > 0", "not a.ready > 1", "d.ready > 0", "d.ready < 9"]
    );
    assert_eq!(lab.guards("sample", "middle"), ["not a.ready > 0 and b.ready > 0", "c.ready > 0"]);
    assert_eq!(lab.guards("sample", "last"), ["not a.ready > 0 and b.ready > 0", "not c.ready > 0"]);
    insta::assert_snapshot!(lab.edges("sample"));
}

#[test]
fn a_change_waits_for_looks_and_changes_above_and_is_waited_for_below() {
    let edges = edges(
        r#"
        enrich {
          step look = kubernetes.deployment(shop)
        }
        triage {
          step question: Bool = ask(team, "Really?", within: 5m)
        }
        communicate {
          step lookup = kubernetes.deployment(shop)
          step news = slack.post(ops, "We are on it.")
        }
        remediate {
          step first = kubernetes.scale(shop, replicas: 1)
            undo kubernetes.scale(shop, replicas: 6)
          step between = kubernetes.rollout(shop)
          step told = slack.post(ops, "Half of it is done.")
          step second = kubernetes.scale(shop, replicas: 9)
            undo kubernetes.scale(shop, replicas: 6)
          step verified = kubernetes.rollout(shop)
          resolved after verified
        }
        "#,
    );
    insta::assert_snapshot!(edges);
}

#[test]
fn after_replaces_the_place_and_what_recurs_or_comes_behind_the_end_holds_up_nothing() {
    let edges = edges(
        r#"
        enrich {
          step look = kubernetes.deployment(shop)
          step pulse = kubernetes.deployment(shop)
            every 1m
        }
        remediate {
          step free = kubernetes.scale(shop, replicas: 1)
            after started
            undo kubernetes.scale(shop, replicas: 6)
          step cleaned = kubernetes.scale(shop, replicas: 2)
            after resolved + 10m
            undo kubernetes.scale(shop, replicas: 6)
          step fallback = kubernetes.scale(shop, replicas: 2)
            after failed
            undo kubernetes.scale(shop, replicas: 6)
          step second = kubernetes.scale(shop, replicas: 9)
            undo kubernetes.scale(shop, replicas: 6)
          step verified = kubernetes.rollout(shop)
            after free
          resolved after verified
        }
        "#,
    );
    insta::assert_snapshot!(edges);
}

#[test]
fn in_a_task_lines_have_their_place_as_in_remediate() {
    let lab = Lab::new(&task(
        r#"
        step look = kubernetes.deployment(shop)
        step scaled = kubernetes.scale(shop, replicas: 1)
          undo kubernetes.scale(shop, replicas: 6)
        step told = slack.post(ops, "done")
        return look.tag
        "#,
    ));
    assert_eq!(
        lab.edges("sample"),
        "scaled <- look: place\ntold <- scaled: place\n@return <- look: data in value\n"
    );
}

#[test]
fn causes_wait_for_their_evidence_and_milestones_for_what_they_consist_of() {
    let edges = edges(
        r#"
        enrich {
          step running = kubernetes.deployment(shop)
          severity = if running.ready == 0 then critical else minor
        }
        triage {
          cause one "too few" {
            step usage = kubernetes.deployment(shop)
            step unnamed = kubernetes.deployment(shop)
            suspect when usage.ready < 2
            rule out when running.ready > 9
          }
          cause two "too many" {
            suspect when running.ready > 9
          }
        }
        communicate {
          step told = slack.post(ops, "It may be ${one.suspected}.")
            after triaged
          step late = slack.post(ops, "Still there.")
            after assessed + 15m, started + 1m + 30s
        }
        "#,
    );
    insta::assert_snapshot!(edges);
}

#[test]
fn a_run_fails_with_changes_that_nobody_handles_and_with_the_proof() {
    let lab = Lab::new(&playbook(
        r#"
        communicate {
          step sorry = slack.post(ops, "It failed.")
            after failed
          step thanks = slack.post(ops, "It is over.")
            after resolved
          step further = slack.post(thanks.channel, "Read the report.")
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: 9)
            undo kubernetes.scale(shop, replicas: 6)
          step tried = kubernetes.scale(shop, replicas: 9)
            undo kubernetes.scale(shop, replicas: 6)
            on failure continue
          step cleaned = kubernetes.scale(shop, replicas: 2)
            after resolved
            undo kubernetes.scale(shop, replicas: 6)
          step verified = kubernetes.rollout(shop)
          resolved after verified
        }
        "#,
    ));
    // Whatever its `on failure` says, `tried` can be blocked by `scaled`.
    assert_eq!(lab.waits_for("sample", "@failed"), ["scaled", "tried", "verified"]);
    assert_eq!(lab.waits_for("sample", "@resolved"), ["verified"]);
    let phases = ["sorry", "thanks", "further", "scaled", "cleaned"].map(|step| lab.phase("sample", step));
    assert_eq!(phases, ["after_failed", "after_resolved", "after_resolved", "response", "after_resolved"]);
}

#[test]
fn numbers_of_nodes_follow_the_source() {
    let lab = Lab::new(&playbook(
        r#"
        enrich {
          step running = kubernetes.deployment(shop)
          severity = minor
        }
        remediate {
          step scaled = kubernetes.scale(shop, replicas: 9)
            approve by 1 of team within 5m
            undo kubernetes.scale(shop, replicas: 6)
          step rolled_out = kubernetes.rollout(shop)
          resolved after rolled_out
        }
        "#,
    ));
    assert_eq!(
        lab.ids("sample"),
        [
            "@started",
            "running",
            "severity",
            "@assessed",
            "scaled.approval",
            "scaled",
            "rolled_out",
            "@triaged",
            "@resolved",
            "@failed"
        ]
    );
}

#[test]
fn an_action_may_be_declared_behind_its_callers() {
    let lab = Lab::bare(
        "task restart() -> Text {\n  step done = reboot(\"a\")\n  return done\n}\n\
         playbook sample {\n  remediate {\n    step look = ping(\"a\")\n    step done = restart()\n  }\n}\n\
         action reboot(host: Text) -> Text changes { irreversible \"it is off\" }\n\
         action ping(host: Text) -> Text reads {}\n",
    );
    assert_eq!(lab.edges("sample"), "done <- look: place\n@failed <- done: milestone\n");
}
