//! Silence is never consent: which playbooks let it lead to a change, and which don't.

use crate::effects::{codes, codes_with};

const NOTHING: [&str; 0] = [];
const SILENT: [&str; 1] = ["silent-consent"];

/// A playbook: items before it, then what stands in triage and in remediate.
fn text(items: &str, triage: &str, remediate: &str) -> String {
    format!(
        "{items}\nplaybook p {{\n  owner crew\n  enrich {{\n    step l = look(\"x\")\n  }}\n  triage {{\n{triage}\n  }}\n  remediate {{\n{remediate}\n  }}\n}}\n"
    )
}

fn found(items: &str, triage: &str, remediate: &str) -> Vec<String> {
    codes(&text(items, triage, remediate))
}

/// A question with this value for silence, and `restart` with these clauses.
fn asked(instead: &str, clauses: &[&str]) -> Vec<String> {
    let instead = if instead.is_empty() { String::new() } else { format!("\n      {instead}") };
    found("", &format!("    step go: Bool = ask(ana, \"Go?\", within: 5m){instead}"), &restart(clauses))
}

fn restart(clauses: &[&str]) -> String {
    format!("    step a = restart(\"x\")\n      {}", clauses.join("\n      "))
}

#[test]
fn a_default_that_prevents_the_change_is_fine() {
    assert_eq!(asked("", &["when go"]), NOTHING);
    assert_eq!(asked("", &["when not go"]), NOTHING);
    assert_eq!(asked("on failure use false", &["when go"]), NOTHING);
    assert_eq!(asked("on failure use true", &["when not go"]), NOTHING);
    assert_eq!(asked("on failure use false", &["when go and l > 3"]), NOTHING);
    assert_eq!(asked("on failure use false", &["when l > 3"]), NOTHING);
    // Whatever the answer is, it runs.
    assert_eq!(asked("on failure use false", &["when go or not go and l > 3"]), NOTHING);
    assert_eq!(asked("on failure continue", &["when go != none and go"]), NOTHING);
    assert_eq!(asked("on failure continue", &["when go ?? false"]), NOTHING);
    let kind = "    step what = ask(ana, \"What?\", options: [\"web\", \"db\"], within: 5m)\n      on failure use \"none\"";
    assert_eq!(found("", kind, &restart(&["when what == \"web\""])), NOTHING);
    let group = "    if go {\n      step a = restart(\"x\")\n    }";
    let question = "    step go: Bool = ask(ana, \"Go?\", within: 5m)\n      on failure use false";
    assert_eq!(found("", question, group), NOTHING);
}

#[test]
fn a_default_that_leads_to_the_change_is_not() {
    assert_eq!(asked("on failure use true", &["when go"]), SILENT);
    assert_eq!(asked("on failure use false", &["when not go"]), SILENT);
    assert_eq!(asked("on failure use true", &["when go or l > 3"]), SILENT);
    assert_eq!(asked("on failure use false", &["when go == (l > 3)"]), SILENT);
    assert_eq!(asked("on failure continue", &["when go == none"]), SILENT);
    assert_eq!(asked("on failure continue", &["when go ?? true"]), SILENT);
    assert_eq!(asked("on failure use true", &["when if go then l > 1 else false"]), SILENT);
    assert_eq!(asked("on failure use true", &["when match go { true => true, false => false }"]), SILENT);
    let question = "    step go: Bool = ask(ana, \"Go?\", within: 5m)\n      on failure use false";
    let group =
        "    if go {\n      step b = tell(\"go\")\n    } else {\n      step a = restart(\"x\")\n    }";
    assert_eq!(found("", question, group), SILENT);
    let host = "    step host = ask(ana, \"Which?\", options: [\"a\", \"b\"], within: 5m)\n      on failure use \"a\"";
    assert_eq!(found("", host, "    step a = restart(host)"), SILENT);
    assert_eq!(found("", host, "    step a = restart(\"web-${host}\")"), SILENT);
    let each = "    step a = restart(x)\n      each x in [host, \"c\"]";
    assert_eq!(found("", host, each), SILENT);
}

#[test]
fn it_is_followed_through_values_functions_records_and_lists() {
    let question = "    step go: Bool = ask(ana, \"Go?\", within: 5m)\n      on failure use true";
    let through = |items: &str, lets: &str, condition: &str| {
        found(items, &format!("{question}\n{lets}"), &restart(&[&format!("when {condition}")]))
    };
    assert_eq!(through("", "    let fine = go", "fine"), SILENT);
    assert_eq!(through("", "    let fine = not go", "fine"), NOTHING);
    let function = "fn both(a: Bool, b: Bool) -> Bool = a and b\n";
    assert_eq!(through(function, "", "both(go, l > 1)"), SILENT);
    assert_eq!(through(function, "", "both(not go, l > 1)"), NOTHING);
    let record = "record Facts {\n  go: Bool,\n  load: Int,\n}\n";
    assert_eq!(through(record, "    let facts = Facts(go: go, load: l)", "facts.go"), SILENT);
    assert_eq!(through(record, "    let facts = Facts(go: go, load: l)", "facts.load > 3"), NOTHING);
    assert_eq!(through("", "    let all = [go, l > 3]", "all.all(x => x)"), SILENT);
    assert_eq!(through("", "    let all = [not go, l > 3]", "all.all(x => x)"), NOTHING);
    assert_eq!(through("", "", "go in [true]"), SILENT);
    assert_eq!(through("", "    let word = if go then \"yes\" else \"no\"", "word == \"yes\""), SILENT);
    let number = "    step n: Int = ask(ana, \"How many?\", within: 5m)\n      on failure use 3";
    let of_number = |condition: &str| found("", number, &restart(&[&format!("when {condition}")]));
    assert_eq!(of_number("n * 2 > 5"), SILENT);
    assert_eq!(of_number("n * 2 > 6"), NOTHING);
    assert_eq!(of_number("n + l > 6"), SILENT);
    // What it leads to in turn.
    let look = "    step n = look(\"y\")\n      when go";
    assert_eq!(through("", look, "n != none"), SILENT);
    assert_eq!(through("", look, "n == none"), NOTHING);
}

#[test]
fn it_is_followed_through_tasks() {
    let confirm = |clause: &str, result: &str| {
        format!(
            "task confirm() -> Bool {{\n  step go: Bool = ask(ana, \"Go?\", within: 5m)\n{clause}  return {result}\n}}\n"
        )
    };
    let call = |task: &str, clause: &str, condition: &str| {
        found(task, &format!("    step go = confirm()\n{clause}"), &restart(&[&format!("when {condition}")]))
    };
    assert_eq!(call(&confirm("    on failure use true\n", "go"), "", "go"), SILENT);
    assert_eq!(call(&confirm("    on failure use false\n", "go"), "", "go"), NOTHING);
    assert_eq!(call(&confirm("    on failure continue\n", "go ?? true"), "", "go"), SILENT);
    assert_eq!(call(&confirm("    on failure continue\n", "go ?? false"), "", "go"), NOTHING);
    assert_eq!(call(&confirm("", "go"), "", "go"), NOTHING);
    assert_eq!(call(&confirm("", "go"), "      on failure use true", "go"), SILENT);
    assert_eq!(call(&confirm("", "go"), "      on failure use false", "go"), NOTHING);
    assert_eq!(call(&confirm("", "go"), "      on failure continue", "go == none"), SILENT);
    assert_eq!(call(&confirm("", "go"), "      on failure continue", "go != none and go"), NOTHING);
    let deeper = format!(
        "{}task outer() -> Bool {{\n  step g = confirm()\n    on failure use true\n  return g\n}}\n",
        confirm("", "go")
    );
    assert_eq!(found(&deeper, "    step go = outer()", &restart(&["when go"])), SILENT);
    // What a task is given decides in it.
    let inner = "task t(go: Bool) {\n  step a = restart(\"x\")\n    when go\n}\n";
    let question = "    step go: Bool = ask(ana, \"Go?\", within: 5m)\n      on failure use true";
    assert_eq!(found(inner, question, "    step b = t(go)"), SILENT);
    assert_eq!(found(inner, question, "    step b = t(not go)"), NOTHING);
    assert_eq!(found(inner, question, "    step b = t(go)\n      approve by 1 of crew within 5m"), NOTHING);
    // All within one task.
    let alone = "task t() {\n  step go: Bool = ask(ana, \"Go?\", within: 5m)\n    on failure use true\n  step a = restart(\"x\")\n    when go\n}\n";
    assert_eq!(codes(alone), SILENT);
    assert_eq!(found(alone, "    step n = look(\"y\")", "    step b = t()"), SILENT);
    let module = "let kim: Person = Person(id: \"kim\", name: \"Kim\", email: \"kim@example.com\")\n\ntask confirm() -> Bool {\n  step go: Bool = ask(kim, \"Go?\", within: 5m)\n    on failure use true\n  return go\n}\n";
    let using = text("use questions (confirm)", "    step go = confirm()", &restart(&["when go"]));
    assert_eq!(codes_with(&[("questions", module)], &using), SILENT);
}

#[test]
fn an_approval_that_is_not_given_is_silence() {
    let gated = |clause: &str, condition: &str| {
        found(
            "",
            "",
            &format!("    step g = scale(3)\n      {clause}\n{}", restart(&[&format!("when {condition}")])),
        )
    };
    assert_eq!(gated("approve by 1 of crew within 5m else skip", "g == none"), SILENT);
    assert_eq!(gated("approve by 1 of crew within 5m else skip", "g != none"), NOTHING);
    assert_eq!(gated("approve by 1 of crew when l > 3 within 5m else skip", "g == none"), SILENT);
    let returned = |result: &str| {
        format!(
            "task t() -> Bool {{\n  step a = scale(3)\n    approve by 1 of crew within 10m else skip\n  return {result}\n}}\n"
        )
    };
    let call = |task: &str| found(task, "", &format!("    step g = t()\n{}", restart(&["when g"])));
    assert_eq!(call(&returned("a == none")), SILENT);
    assert_eq!(call(&returned("a != none")), NOTHING);
    let failing =
        "task t() -> Int {\n  step a = scale(3)\n    approve by 1 of crew within 10m\n  return a\n}\n";
    let handled = |clause: &str, condition: &str| {
        found(
            failing,
            "",
            &format!("    step g = t()\n      {clause}\n{}", restart(&[&format!("when {condition}")])),
        )
    };
    assert_eq!(handled("on failure use 7", "g == 7"), SILENT);
    assert_eq!(handled("on failure continue", "g == none"), SILENT);
    assert_eq!(handled("on failure continue", "g != none"), NOTHING);
    let by_hand = "task t() -> Int {\n  step a = manual(ana, \"Do it\", within: 5m)\n    irreversible \"done\"\n  return 1\n}\n";
    let auto = found(
        by_hand,
        "",
        &format!("    step g = t()\n      on failure use 7\n{}", restart(&["when g == 7"])),
    );
    assert_eq!(auto, SILENT);
}

#[test]
fn an_approval_of_its_own_counts_where_it_is_asked_for() {
    let gate = |instead: &str, when: &str, clause: &str| asked(instead, &[when, clause]);
    let always = "approve by 1 of crew within 10m";
    assert_eq!(gate("on failure use true", "when go", always), NOTHING);
    assert_eq!(gate("on failure use true", "when go", "approve by 1 of crew when go within 10m"), NOTHING);
    assert_eq!(gate("on failure use true", "when go", "approve by 1 of crew when l > 3 within 10m"), SILENT);
    assert_eq!(gate("on failure use true", "when go", "approve by 1 of crew when false within 10m"), SILENT);
    assert_eq!(gate("on failure use true", "when go", "approve by 1 of crew when not go within 10m"), SILENT);
    assert_eq!(
        gate("on failure use true", "when go and l > 3", "approve by 1 of crew when l > 2 within 10m"),
        NOTHING
    );
    // Silence must not be what keeps the approval from being asked for.
    assert_eq!(gate("on failure use false", "when l > 3", "approve by 1 of crew when go within 10m"), SILENT);
    assert_eq!(gate("on failure use true", "when l > 3", "approve by 1 of crew when go within 10m"), NOTHING);
    assert_eq!(
        gate("on failure continue", "when l > 3", "approve by 1 of crew when go != none within 10m"),
        SILENT
    );
}

/// A playbook whose severity hangs on a question.
fn with_severity(question: &str, severity: &str, remediate: &str) -> Vec<String> {
    codes(&format!(
        "playbook p {{\n  owner crew\n  enrich {{\n    step l = look(\"x\")\n  }}\n  triage {{\n    step bad: Bool = ask(bo, \"Is it bad?\", {question}\n    severity = {severity}\n  }}\n  remediate {{\n{remediate}\n  }}\n}}\n"
    ))
}

#[test]
fn it_is_followed_through_severity() {
    let usual = "if bad then critical else minor";
    let at = |question: &str, when: &str| with_severity(question, usual, &restart(&[when]));
    assert_eq!(at("within: 1m)", "when severity >= critical"), SILENT);
    assert_eq!(at("within: 1m)", "when severity < critical"), NOTHING);
    assert_eq!(at("within: 1m)\n      on failure use false", "when severity >= critical"), NOTHING);
    assert_eq!(at("within: 1m)\n      on failure use false", "when severity < critical"), SILENT);
    assert_eq!(at("within: 1m)\n      on failure use true", "when severity >= critical"), SILENT);
    // Later than two minutes severity is assumed.
    assert_eq!(at("within: 5m)\n      on failure use false", "when severity >= critical"), SILENT);
    assert_eq!(at("within: 5m)", "when l > 3"), NOTHING);
    let approved = restart(&["when severity >= critical", "approve by 1 of crew within 5m"]);
    assert_eq!(with_severity("within: 1m)", usual, &approved), NOTHING);
    let alias = format!("    let s = severity\n{}", restart(&["when s in [major, critical]"]));
    assert_eq!(with_severity("within: 1m)", usual, &alias), SILENT);
    // It needs no answer.
    assert_eq!(
        with_severity(
            "within: 1m)",
            "if l > 3 then critical else minor",
            &restart(&["when severity >= critical"])
        ),
        NOTHING
    );
    let group = "    if severity >= critical {\n      step a = restart(\"x\")\n    }";
    assert_eq!(with_severity("within: 1m)", usual, group), SILENT);
}

#[test]
fn silence_does_not_lower_four_eyes() {
    let wipe = |clauses: &str| format!("    step a = wipe(\"x\")\n      {clauses}");
    let usual = "if bad then critical else minor";
    let gate = "approve by 2 of crew when severity >= critical within 10m";
    assert_eq!(with_severity("within: 1m)\n      on failure use false", usual, &wipe(gate)), SILENT);
    assert_eq!(with_severity("within: 1m)\n      on failure use true", usual, &wipe(gate)), NOTHING);
    assert_eq!(with_severity("within: 1m)", usual, &wipe(gate)), NOTHING);
    let always = "approve by 2 of crew within 10m";
    assert_eq!(with_severity("within: 1m)\n      on failure use false", usual, &wipe(always)), NOTHING);
    // One person is asked in any case; but two would have to be.
    let task = "task t(s: Severity) {\n  step a = wipe(\"x\")\n    approve by 2 of crew when s >= critical within 10m\n}\n";
    let through = |outer: &str| {
        codes(&format!(
            "{task}playbook p {{\n  owner crew\n  triage {{\n    step bad: Bool = ask(bo, \"Is it bad?\", within: 1m)\n      on failure use false\n    severity = {usual}\n  }}\n  remediate {{\n    step b = t(severity)\n      {outer}\n  }}\n}}\n"
        ))
    };
    assert_eq!(through("approve by 1 of crew within 10m"), SILENT);
    assert_eq!(through("approve by 2 of crew within 10m"), NOTHING);
}

#[test]
fn it_is_followed_through_causes() {
    let cause = |lines: &str| {
        format!(
            "    cause c \"is it\" {{\n      step bad: Bool = ask(ana, \"Is it bad?\", within: 1m)\n{lines}\n    }}"
        )
    };
    let lines = "      suspect when bad\n      rule out when not bad";
    let at = |when: &str| found("", &cause(lines), &restart(&[when]));
    assert_eq!(at("when c.open"), SILENT);
    assert_eq!(at("when not c.ruled_out"), SILENT);
    assert_eq!(at("when not c.suspected"), SILENT);
    assert_eq!(at("when c.suspected"), NOTHING);
    assert_eq!(at("when c.ruled_out"), NOTHING);
    assert_eq!(at("when c.suspected or c.open"), SILENT);
    assert_eq!(at("when run.suspects.is_empty()"), SILENT);
    assert_eq!(at("when run.open_causes.length() > 0"), SILENT);
    let other = "      step n = look(\"y\")\n      suspect when n > 3\n      rule out when n < 2";
    let read = "    cause d \"or that\" {\n      step n = look(\"y\")\n      suspect when n > 3\n    }";
    assert_eq!(found("", &format!("{}\n{read}", cause(lines)), &restart(&["when d.open"])), NOTHING);
    let mixed = cause(&format!("{other}\n      suspect when bad"));
    assert_eq!(found("", &mixed, &restart(&["when c.open"])), SILENT);
    assert_eq!(found("", &mixed, &restart(&["when c.open", "approve by 1 of crew within 5m"])), NOTHING);
    let defaulted = "    cause c \"is it\" {\n      step bad: Bool = ask(ana, \"Is it bad?\", within: 1m)\n        on failure use false\n      suspect when bad\n      rule out when not bad\n    }";
    assert_eq!(found("", defaulted, &restart(&["when c.ruled_out"])), SILENT);
    assert_eq!(found("", defaulted, &restart(&["when c.suspected"])), NOTHING);
}

#[test]
fn what_people_saw_and_approved_is_no_silence() {
    let question = "    step go: Bool = ask(ana, \"Go?\", within: 5m)\n      on failure use true";
    let chain = "    step first = scale(2)\n      when go\n      approve by 1 of crew within 5m\n    step a = restart(\"x\")\n      when first != none";
    assert_eq!(found("", question, chain), NOTHING);
    let at_times = chain.replace("of crew within", "of crew when l > 3 within");
    // The first as well as what follows from it.
    assert_eq!(found("", question, &at_times), ["silent-consent", "silent-consent"]);
}

#[test]
fn the_time_that_people_take_decides_nothing() {
    let question = "    step go: Bool = ask(ana, \"Stop?\", within: 5m)";
    assert_eq!(found("", question, &restart(&["when run.elapsed >= 5m", "after go"])), SILENT);
    assert_eq!(found("", question, &restart(&["when run.elapsed >= 5m"])), NOTHING);
    let behind = format!(
        "    step b = scale(2)\n      approve by 1 of crew within 5m else skip\n{}",
        restart(&["when run.elapsed > 4m"])
    );
    assert_eq!(found("", question, &behind), SILENT);
}

#[test]
fn broken_text_is_no_silence() {
    let question = "    step go: Bool = ask(ana, \"Go?\", within: 5m)\n      on failure use false";
    assert!(!found("", question, &restart(&["when nonesuch(3)"])).contains(&"silent-consent".to_owned()));
    assert!(!found("", question, &restart(&["when l.nonesuch"])).contains(&"silent-consent".to_owned()));
}

#[test]
fn many_questions_decide_many_changes() {
    use std::fmt::Write;
    let (mut triage, mut remediate) = (String::new(), String::new());
    for number in 0..120 {
        let instead = if number == 60 { "not " } else { "" };
        let _ = writeln!(
            triage,
            "    step q{number}: Bool = ask(ana, \"{number}?\", within: 5m)\n      on failure use false"
        );
        let _ = writeln!(
            triage,
            "    let b{number} = q{number} and {}",
            if number == 0 { "l > 1".to_owned() } else { format!("b{}", number - 1) }
        );
        let _ = writeln!(
            remediate,
            "    step c{number} = restart(\"x\")\n      when {instead}b{number} and l > {number}"
        );
    }
    // One of them runs because somebody said nothing.
    assert_eq!(found("", &triage, &remediate), SILENT);
}

#[test]
fn tasks_that_call_each_other_many_times_are_followed_as_far_as_it_helps() {
    let mut items = String::from(
        "task t0() -> Bool {\n  step go: Bool = ask(ana, \"Go?\", within: 5m)\n    on failure use false\n  return go\n}\n",
    );
    for level in 1..16 {
        let below = level - 1;
        items.push_str(&format!(
            "task t{level}() -> Bool {{\n  step a = t{below}()\n  step b = t{below}()\n  return a and b\n}}\n"
        ));
    }
    // Too many calls to follow them all: what isn't followed can be anything.
    assert_eq!(found(&items, "    step go = t15()", &restart(&["when go"])), SILENT);
    assert_eq!(found(&items, "    step go = t5()", &restart(&["when go"])), NOTHING);
}
