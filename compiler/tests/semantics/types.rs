//! Rules T1 to T11: what the types promise about a run.

use quell_compiler::simulate::{Options, account::Account, trace::wire};

use crate::lab::{drawn, findings, run, run_with};

/// The codes of the errors and warnings of a playbook's text.
fn codes(text: &str) -> Vec<String> {
    let found = findings(text).into_iter();
    found.map(|found| found.split(':').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn rule_t1_a_step_that_may_not_happen_may_have_no_value() {
    let using = |clause: &str, value: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  remediate {{\n    step a = change(1)\n    step b = change(2)\n      {clause}\n    step c = look({value})\n  }}\n}}\n"
        ))
    };
    assert_eq!(using("when a > 1", "b"), ["value-may-be-missing"]);
    assert_eq!(using("on failure continue", "b"), ["value-may-be-missing"]);
    assert_eq!(using("approve by 1 of ana within 1m else skip", "b"), ["value-may-be-missing"]);
    assert_eq!(using("when a > 1", "b ?? 1"), [""; 0]);
    assert_eq!(using("approve by 1 of ana within 1m", "b"), [""; 0]);
    assert_eq!(using("each x in [1]", "b.sum()"), [""; 0]);
    assert_eq!(using("each x in [1]\n      when a > 1", "b.sum()"), ["value-may-be-missing"]);
}

#[test]
fn rule_t2_conditions_narrow_what_follows_them() {
    let using = |clause: &str, call: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  enrich {{\n    step a = look(1)\n    step b = look(2)\n      when a > 1\n    step c = look({call})\n      {clause}\n  }}\n}}\n"
        ))
    };
    assert_eq!(using("when b != none", "b"), [""; 0]);
    assert_eq!(using("when b != none and b > 2", "b"), [""; 0]);
    assert_eq!(using("when not (b == none or b < 2)", "b"), [""; 0]);
    assert_eq!(using("timeout 5s", "match b { none => 0, n => n }"), [""; 0]);
    assert_eq!(using("timeout 5s", "if b == none then 0 else b"), [""; 0]);
    assert_eq!(using("when b != none or a > 1", "b"), ["value-may-be-missing"]);
    assert_eq!(using("when b > 2", "1"), ["value-may-be-missing"]);
}

#[test]
fn rule_t3_the_steps_of_a_group_are_there_for_each_other() {
    let group = |body: &str, behind: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  enrich {{\n    step a = look(1)\n    if a > 1 {{\n      step b = look(2)\n{body}\n    }}\n{behind}\n  }}\n}}\n"
        ))
    };
    assert_eq!(group("      step c = look(b)", ""), [""; 0]);
    assert_eq!(group("", "    step c = look(b)\n      when a > 1"), [""; 0]);
    assert_eq!(group("", "    step c = look(b)\n      after b"), ["value-may-be-missing"]);
}

#[test]
fn rule_t3_a_condition_has_the_steps_whose_conditions_precede_it() {
    let using = |condition: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  triage {{\n    step a = look(1)\n    step x = look(2)\n      when a > 1\n    step y: Bool = ask(ana, \"Go?\", within: 5m)\n      when x != none\n    step z: Bool = ask(ana, \"Sure?\", within: 5m)\n      when x != none and y\n    step c = look(1)\n      when {condition}\n  }}\n}}\n"
        ))
    };
    for right in [
        "x != none and y",
        "x != none and not y",
        "x != none and y and z",
        "not (x == none or y)",
        "x != none and (y or a > 5)",
    ] {
        assert_eq!(using(right), [""; 0], "{right}");
    }
    for wrong in
        ["y", "y and x != none", "x == none and y", "x != none or y", "a > 1 and y", "x != none and z"]
    {
        assert_eq!(using(wrong), ["value-may-be-missing"], "{wrong}");
    }
    // What is read at the moment may hold for one and not for the other.
    let found = codes(
        "playbook p {\n  owner crew\n  enrich {\n    step y = look(2)\n      when run.elapsed < 1m\n    step c = look(1)\n      when run.elapsed < 1m and y > 1\n  }\n}\n",
    );
    assert_eq!(found, ["value-may-be-missing"]);
    // A `let` and an `if` know it too, and in the run it is there.
    let lab = run(r#"
playbook p {
  owner crew
  triage {
    step a = look(1)
    step x = look(2)
      when a > 0
    step y: Bool = ask(ana, "Go?", within: 5m)
      when x != none
    let go = x != none and y
    step c = look(if x != none then (if y then 1 else 2) else 3)
      when x != none and y
    step d = look(4)
      when go
  }
}
scenario "s" for p {
  given ana answer y with true after 2m
}
"#);
    assert_eq!((lab.end("c"), lab.end("d")), ("ok 1".into(), "ok 4".into()), "{}", lab.told());
}

#[test]
fn rule_t4_names_and_calls_are_known_where_they_make_sense() {
    let using = |step: &str| {
        codes(&format!("playbook p {{\n  owner crew\n  enrich {{\n    step a = look(1)\n{step}\n  }}\n}}\n"))
    };
    assert_eq!(using("    step b = look(a)\n      repeat every 1s until it > 1, at most 5s"), [""; 0]);
    assert_eq!(using("    step b = look(it)"), ["unknown-name"]);
    assert_eq!(using("    step b = look(error.length())"), ["unknown-name"]);
    assert_eq!(using("    step b = look(x)\n      when x > 1\n      each x in [1]"), ["unknown-name"]);
    assert_eq!(using("    step b = look(look(1))"), ["call-out-of-place"]);
}

#[test]
fn rule_t5_the_effect_of_a_step_is_that_of_call_and_undo_together() {
    let part = |part: &str, step: &str| {
        codes(&format!("playbook p {{\n  owner crew\n  {part} {{\n    step a = {step}\n  }}\n}}\n"))
    };
    assert_eq!(part("enrich", "look(1)"), [""; 0]);
    assert_eq!(part("triage", "ask(ana, \"Which?\", options: [1, 2], within: 5m)"), [""; 0]);
    assert_eq!(part("enrich", "ask(ana, \"Which?\", options: [1, 2], within: 5m)"), ["effect-not-allowed"]);
    assert_eq!(part("triage", "tell(1)"), ["effect-not-allowed"]);
    assert_eq!(part("communicate", "change(1)"), ["effect-not-allowed"]);
    assert_eq!(part("communicate", "tell(1)\n      undo change(1)"), ["effect-not-allowed"]);
    // What is done on failure is limited on its own, in every part.
    for within in ["enrich", "triage", "communicate", "remediate"] {
        assert_eq!(part(within, "look(1)\n      on failure run tell(1)"), [""; 0]);
        assert_eq!(part(within, "look(1)\n      on failure run change(1)"), ["failure-call-not-allowed"]);
    }
    // The undo in a contract counts as a clause does, and is within what the action declares.
    let contract = "action hold(what: Int) -> Int reads {\n  undo unchange(what)\n}\n";
    let held = codes(&format!(
        "{contract}playbook p {{\n  owner crew\n  enrich {{\n    step a = hold(1)\n  }}\n}}\n"
    ));
    assert_eq!(held, ["undo-exceeds-effect", "effect-not-allowed"]);
}

#[test]
fn rule_t6_two_people_approve_what_destroys_while_severity_can_be_critical() {
    let with = |severity: &str, clauses: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  enrich {{\n    step a = look(1)\n    severity = {severity}\n  }}\n  remediate {{\n    step d = destroy(1)\n{clauses}\n  }}\n}}\n"
        ))
    };
    assert_eq!(with("if a > 1 then critical else minor", ""), ["missing-approval"]);
    assert_eq!(with("if a > 1 then major else minor", ""), [""; 0]);
    assert_eq!(with("if a > 1 then critical else minor", "      when severity < critical"), [""; 0]);
    assert_eq!(with("critical", "      approve by 2 of crew within 5m"), [""; 0]);
    assert_eq!(with("critical", "      approve by 1 of crew within 5m"), ["missing-approval"]);
    assert_eq!(with("critical", "      approve by 1 + 1 of crew within 5m"), [""; 0]);
    assert_eq!(with("critical", "      approve by 2 - 1 of crew within 5m"), ["missing-approval"]);
    let twice = "      when run.elapsed < 1m\n      approve by 2 of crew when run.elapsed < 1m within 5m";
    assert_eq!(with("critical", twice), ["missing-approval"]);
    let complement = "      when a > 5\n      approve by 2 of crew when not (a <= 5) within 5m";
    assert_eq!(with("critical", complement), [""; 0]);
    assert_eq!(
        with(
            "if a > 1 then critical else minor",
            "      approve by 2 of crew when severity == critical within 5m"
        ),
        [""; 0]
    );
}

#[test]
fn rule_t7_silence_is_no_consent() {
    let with = |clauses: &str, change: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  triage {{\n    step go: Bool = ask(ana, \"Go?\", within: 5m)\n{clauses}\n  }}\n  remediate {{\n    step c = change(1)\n{change}\n  }}\n}}\n"
        ))
    };
    assert_eq!(with("", "      when go"), [""; 0]);
    assert_eq!(with("      on failure use true", "      when go"), ["silent-consent"]);
    // What silence only prevents is fine.
    assert_eq!(with("      on failure use false", "      when go"), [""; 0]);
    assert_eq!(with("      on failure use false", "      when not go"), ["silent-consent"]);
    assert_eq!(with("      on failure continue", "      when go == none"), ["silent-consent"]);
    // An approval counts where it is asked for.
    assert_eq!(
        with("      on failure use true", "      when go\n      approve by 1 of ana when not go within 5m"),
        ["silent-consent"]
    );
    assert_eq!(
        with("      on failure use true", "      when go\n      approve by 1 of ana within 5m"),
        [""; 0]
    );
}

#[test]
fn rule_t7_a_severity_that_is_assumed_is_no_consent() {
    let with = |clauses: &str, change: &str| {
        codes(&format!(
            "playbook p {{\n  owner crew\n  triage {{\n    step bad: Bool = ask(ana, \"Is it bad?\", within: 1m)\n{clauses}\n    severity = if bad then critical else minor\n  }}\n  remediate {{\n{change}\n  }}\n}}\n"
        ))
    };
    let change = "    step c = change(1)\n      when severity >= critical";
    assert_eq!(with("", change), ["silent-consent"]);
    assert_eq!(with("", &format!("{change}\n      approve by 1 of ana within 5m")), [""; 0]);
    assert_eq!(with("      on failure use false", change), [""; 0]);
    let destroy = "    step d = destroy(1)\n      approve by 2 of crew when severity >= critical within 5m";
    assert_eq!(with("      on failure use false", destroy), ["silent-consent"]);
    assert_eq!(with("", destroy), [""; 0]);
}

#[test]
fn rule_t8_only_what_is_idempotent_is_repeated() {
    let with = |action: &str, clause: &str| {
        codes(&format!(
            "action once(what: Int) -> Int changes {{\n  timeout 10s\n  irreversible \"it is sent\"\n}}\ntask twice(n: Int) -> Int {{\n  step a = {action}(n)\n  return a\n}}\nplaybook p {{\n  owner crew\n  remediate {{\n    step c = twice(1)\n{clause}\n  }}\n}}\n"
        ))
    };
    assert_eq!(with("once", ""), [""; 0]);
    assert_eq!(with("once", "      retry 1 times"), ["repeated-change"]);
    assert_eq!(with("once", "      repeat every 5s until it > 1, at most 1m"), ["repeated-change"]);
    assert_eq!(with("change", "      retry 1 times"), [""; 0]);
}

#[test]
fn rule_t9_a_secret_goes_only_where_a_secret_is_wanted() {
    let using = |call: &str| {
        codes(&format!(
            "action send(what: Int, token: Secret = secret(\"TOKEN\")) -> Int notifies {{\n  timeout 10s\n}}\nplaybook p {{\n  owner crew\n  communicate {{\n    let key = secret(\"OTHER\")\n    step a = {call}\n  }}\n}}\n"
        ))
    };
    assert_eq!(using("send(1, token: key)"), [""; 0]);
    assert_eq!(using("send(\"${key}\".length(), token: key)"), ["secret-leak"]);
    assert_eq!(using("send(if key == key then 1 else 2, token: key)"), ["secret-leak"]);
}

#[test]
fn rule_t9_two_sets_of_secret_values_give_the_same_trace() {
    let text = r#"
action send(what: Int, token: Secret) -> Int notifies {
  timeout 10s
  simulate {
    return what
    takes p50 1s p95 9s
    fails 20%
  }
}
task pass(key: Secret, spare: Secret?) -> Int {
  step one = send(1, token: key)
  step two = send(2, token: spare ?? key)
    when spare != none
  return one + (two ?? 0)
}
playbook p {
  input key: Secret
  input spare: Secret?
  owner crew
  communicate {
    step a = pass(key, spare: spare)
      on failure continue
    step b = send(a ?? 5, token: key)
  }
}
"#;
    let trace = |key: &str, spare: &str, seed| {
        let inputs = [("key", key), ("spare", spare)].map(|(name, value)| (name.into(), value.into()));
        let lab = run_with(text, Options { inputs: inputs.into(), ..drawn(seed) });
        let document = wire::document(&Account::new(&lab.world, &lab.checked, &lab.run.trace));
        (wire::json(&document), lab.told())
    };
    for seed in 0..20 {
        let (one, told) = trace("hunter2", "swordfish", seed);
        assert_eq!((one.clone(), told.clone()), trace("correct horse", "battery staple", seed));
        for secret in ["hunter2", "swordfish"] {
            assert!(!one.contains(secret) && !told.contains(secret), "{told}");
        }
    }
}

#[test]
fn rule_t10_a_public_text_holds_nothing_internal() {
    let using = |text: &str| {
        codes(&format!(
            "action publish(what: Public) notifies {{\n  timeout 10s\n}}\nlet word: Public = \"slow\"\nplaybook p {{\n  owner crew\n  enrich {{\n    step a = look(1)\n    let inner = \"db-${{a}}\"\n  }}\n  communicate {{\n    step b = publish({text})\n  }}\n}}\n"
        ))
    };
    assert_eq!(using("\"we are on it\""), [""; 0]);
    assert_eq!(using("\"it is ${word}\""), [""; 0]);
    assert_eq!(using("if a > 1 then \"slow\" else word"), [""; 0]);
    assert_eq!(using("inner"), ["not-public"]);
    assert_eq!(using("\"it is ${inner}\""), ["not-public"]);
}

#[test]
fn rule_t11_json_is_converted_where_it_is_used_and_fails_there() {
    let lab = run(r#"
action document() -> Json reads {
  timeout 10s
  simulate {
    return { whole: 3, half: 3.5, text: "x" }
  }
}
playbook p {
  owner crew
  enrich {
    step found = document()
    step whole = look(found.whole as Int)
    step half = look(found.half as Int)
    step text = look(found.text as Int)
    step missing = look(found.missing as Int)
    step absent = look((found.missing as Int?) ?? 7)
  }
}
"#);
    assert_eq!((lab.end("whole"), lab.end("absent")), ("ok 3".into(), "ok 7".into()));
    for wrong in ["half", "text", "missing"] {
        assert!(lab.end(wrong).starts_with("failed: "), "{wrong}: {}", lab.told());
    }
}
