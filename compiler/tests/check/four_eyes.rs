//! Four eyes: which playbooks are proved to ask two people, and which aren't.

use crate::{
    effects::{PRELUDE, codes, codes_with},
    support::check_text,
};

const NOTHING: [&str; 0] = [];
const MISSING: [&str; 1] = ["missing-approval"];

/// The findings of a playbook whose severity can be critical: `items` stand before it, `enrich` in it.
fn found(items: &str, enrich: &str, step: &str) -> Vec<String> {
    codes(&text(items, enrich, step))
}

fn text(items: &str, enrich: &str, step: &str) -> String {
    format!(
        "{items}\nplaybook p {{\n  owner crew\n  enrich {{\n    step l = look(\"x\")\n    step m = look(\"y\")\n    severity = if l > 3 then critical else if l > 2 then major else minor\n{enrich}\n  }}\n  remediate {{\n{step}\n  }}\n}}\n"
    )
}

/// `wipe` with these clauses.
fn wipe(clauses: &[&str]) -> String {
    format!("    step a = wipe(\"x\")\n      {}", clauses.join("\n      "))
}

fn with(clauses: &[&str]) -> Vec<String> {
    found("", "", &wipe(clauses))
}

/// The note that says on which way nobody is asked.
fn way(clauses: &[&str]) -> String {
    let (_, checked) = check_text(&format!("{PRELUDE}{}", text("", "", &wipe(clauses))));
    let finding = checked.diagnostics.iter().find(|found| found.code == "missing-approval").unwrap();
    finding.notes[0].split_once("runs without approval ").unwrap().1.to_owned()
}

#[test]
fn the_number_of_people_is_evaluated() {
    let by = |items: &str, count: &str| {
        found(items, "", &wipe(&[&format!("approve by {count} of crew within 10m")]))
    };
    assert_eq!(by("let n: Int = 1\n", "n"), MISSING);
    assert_eq!(by("let n: Int = 2\n", "n"), NOTHING);
    assert_eq!(by("let n: Int = 1\n", "n + 1"), NOTHING);
    assert_eq!(by("", "1 + 0"), MISSING);
    assert_eq!(by("", "4 - 2"), NOTHING);
    assert_eq!(by("record Rule {\n  count: Int = 1,\n}\nlet rule: Rule = Rule()\n", "rule.count"), MISSING);
    assert_eq!(by("let n: Int = if 1 > 2 then 3 else 1\n", "n"), MISSING);
    // What is known in the run only is refused by the step graph, and isn't taken for two here.
    assert_eq!(by("", "l"), ["missing-approval", "bound-not-constant"]);
    assert!(by("", "0").contains(&"bound-out-of-range".to_owned()));
    let module = "let few: Int = 1\n";
    let imported =
        format!("use rules (few)\n{}", text("", "", &wipe(&["approve by few of crew within 10m"])));
    assert_eq!(codes_with(&[("rules", module)], &imported), MISSING);
    let in_task = "task t(n: Int) {\n  step a = wipe(\"x\")\n    approve by 0 + 1 of crew within 10m\n}\n";
    assert_eq!(found(in_task, "", "    step a = t(1)"), MISSING);
}

#[test]
fn a_moment_that_is_read_twice_is_two() {
    for (moment, condition) in [
        ("run.elapsed", "run.elapsed < 1m"),
        ("run.now", "run.now < time(\"2026-01-01T00:00:00Z\")"),
        ("run.suspects", "run.suspects.is_empty()"),
        ("run.ruled_out", "run.ruled_out.is_empty()"),
        ("run.open_causes", "run.open_causes.length() > 1"),
        ("run.status", "run.status == \"x\""),
    ] {
        let gate = format!("approve by 2 of crew when {condition} within 10m");
        assert_eq!(with(&[&format!("when {condition}"), &gate]), MISSING, "{moment}");
    }
    let again = "approve by 2 of crew when not (run.elapsed >= 1m) within 10m";
    assert_eq!(with(&["when run.elapsed < 1m", again]), MISSING);
    // Through a function, and through what a task is given.
    let soon = "fn soon(d: Duration) -> Bool = d < 1m\n";
    let gate = "approve by 2 of crew when soon(run.elapsed) within 10m";
    assert_eq!(found(soon, "", &wipe(&["when soon(run.elapsed)", gate])), MISSING);
    let task = "task t(early: Bool) {\n  step a = wipe(\"x\")\n    when early\n    approve by 2 of crew when run.elapsed < 1m within 10m\n}\n";
    assert_eq!(found(task, "", "    step a = t(run.elapsed < 1m)"), MISSING);
    let once = "task t(early: Bool) {\n  step a = wipe(\"x\")\n    when early\n    approve by 2 of crew when early within 10m\n}\n";
    assert_eq!(found(once, "", "    step a = t(run.elapsed < 1m)"), NOTHING);
    // A `let` is read once.
    let early = "    let early = run.elapsed < 1m\n";
    assert_eq!(
        found("", early, &wipe(&["when early", "approve by 2 of crew when early within 10m"])),
        NOTHING
    );
}

#[test]
fn severity_is_followed_however_it_is_asked_for() {
    let gate = |when: &str| with(&[&format!("approve by 2 of crew when {when} within 10m")]);
    assert_eq!(gate("severity in [major, critical]"), NOTHING);
    assert_eq!(gate("[major, critical].contains(severity)"), NOTHING);
    assert_eq!(gate("match severity { critical => true, else => false }"), NOTHING);
    assert_eq!(gate("match severity { info or minor => false, else => true }"), NOTHING);
    assert_eq!(gate("if severity >= critical then true else l > 3"), NOTHING);
    assert_eq!(gate("severity.to_text() == \"critical\""), NOTHING);
    assert_eq!(gate("severity in [minor, major]"), MISSING);
    assert_eq!(gate("match severity { critical => false, else => true }"), MISSING);
    let bad = "fn bad(s: Severity) -> Bool = s >= major\n";
    assert_eq!(found(bad, "", &wipe(&["approve by 2 of crew when bad(severity) within 10m"])), NOTHING);
    let alias = "    let s = severity\n";
    assert_eq!(found("", alias, &wipe(&["approve by 2 of crew when s >= critical within 10m"])), NOTHING);
    let group = |gate: &str| {
        format!(
            "    if m > 1 {{\n      let s = severity\n      step a = wipe(\"x\")\n        approve by 2 of crew when {gate} within 10m\n    }}"
        )
    };
    assert_eq!(found("", "", &group("s >= critical")), NOTHING);
    assert_eq!(found("", "", &group("s < critical")), MISSING);
    let task = "task t(s: Severity) {\n  let serious = s in [major, critical]\n  step a = wipe(\"x\")\n    approve by 2 of crew when serious within 10m\n}\n";
    assert_eq!(found(task, "", "    step a = t(severity)"), NOTHING);
    assert_eq!(found(task, "", "    step a = t(minor)"), MISSING);
}

#[test]
fn conditions_that_say_the_same_are_one() {
    let both = |guard: &str, gate: &str| {
        with(&[&format!("when {guard}"), &format!("approve by 2 of crew when {gate} within 10m")])
    };
    assert_eq!(both("l > 5", "not (l <= 5)"), NOTHING);
    assert_eq!(both("l > 5", "5 < l"), NOTHING);
    assert_eq!(both("l > 5", "l >= 5"), NOTHING);
    assert_eq!(both("l > 5", "l >= 6"), NOTHING);
    assert_eq!(both("l > 5", "l != 5"), NOTHING);
    assert_eq!(both("l == 5", "l in [4, 5]"), NOTHING);
    assert_eq!(both("l > m", "m < l"), NOTHING);
    assert_eq!(both("l > m and m > 3", "l > 3"), NOTHING);
    assert_eq!(both("not (l == m)", "l != m"), NOTHING);
    assert_eq!(both("l > 5", "l > 6"), MISSING);
    assert_eq!(both("l >= 5", "l > 5"), MISSING);
    assert_eq!(both("l > m", "l > 3"), MISSING);
    assert_eq!(both("(l > 5) == true", "l > 5"), NOTHING);
    assert_eq!(both("match l { > 5 => true, else => false }", "l > 5"), NOTHING);
}

#[test]
fn lambdas_that_do_the_same_are_one() {
    let list = "action names() -> List<Text> reads\n";
    let both = |guard: &str, gate: &str| {
        let clauses = [format!("when {guard}"), format!("approve by 2 of crew when {gate} within 10m")];
        found(list, "    step n = names()", &wipe(&[&clauses[0], &clauses[1]]))
    };
    assert_eq!(both("n.any(x => x == \"a\")", "n.any(x => x == \"a\")"), NOTHING);
    assert_eq!(both("n.any(x => x == \"a\")", "n.any(name => \"a\" == name)"), NOTHING);
    assert_eq!(both("n.any(x => x == \"a\")", "n.any(x => x == \"b\")"), MISSING);
    assert_eq!(both("n.any(x => x == \"a\")", "n.all(x => x == \"a\")"), MISSING);
    assert_eq!(both("n.any(x => n.any(y => x != y))", "n.any(p1 => n.any(p2 => p1 != p2))"), NOTHING);
    assert_eq!(
        both("n.any(x => n.any(y => x == y.trim()))", "n.any(x => n.any(y => y == x.trim()))"),
        MISSING
    );
}

#[test]
fn the_way_that_is_shown_can_happen() {
    assert_eq!(
        way(&["when l > 5", "approve by 2 of crew when l > 8 within 10m"]),
        "when `l > 5` and `l == 8`"
    );
    assert_eq!(
        way(&["when l > 5 and l < 9", "approve by 2 of crew when l < 7 within 10m"]),
        "when `l > 5` and `l < 9` and `l >= 7`"
    );
    assert_eq!(way(&["timeout 5s"]), "on every path");
    assert_eq!(way(&["when severity in [major, critical]"]), "on every path");
    assert_eq!(way(&["approve by 1 of crew within 5m"]), "on every path");
}

#[test]
fn people_are_counted_by_their_ids() {
    let by = |items: &str, count: u32, of: &str| {
        let step = format!("    step a = restart(\"x\")\n      approve by {count} of {of} within 10m");
        codes(&format!("{items}playbook p {{\n  owner crew\n  remediate {{\n{step}\n  }}\n}}\n"))
    };
    const IMPOSSIBLE: [&str; 1] = ["approval-impossible"];
    assert_eq!(by("", 2, "[ana, ana]"), IMPOSSIBLE);
    assert_eq!(by("", 2, "[ana, bo]"), NOTHING);
    assert_eq!(by("", 2, "[ana], [ana]"), IMPOSSIBLE);
    assert_eq!(by("", 4, "crew"), IMPOSSIBLE);
    assert_eq!(by("", 4, "crew.on_call + [ana]"), IMPOSSIBLE);
    let twice = "fn twice(p: Person) -> List<Person> = [p, p]\n";
    assert_eq!(by(twice, 2, "twice(ana)"), IMPOSSIBLE);
    assert_eq!(by(twice, 2, "twice(ana) + twice(bo)"), NOTHING);
    let alias = "let lead: Person = ana\n";
    assert_eq!(by(alias, 2, "[lead, ana]"), IMPOSSIBLE);
    assert_eq!(by("", 2, "run.starter"), IMPOSSIBLE);
    assert_eq!(by("", 1, "run.starter"), IMPOSSIBLE);
    assert_eq!(by("", 2, "crew.on_call.filter(p => p.id == \"ana\")"), IMPOSSIBLE);
    assert_eq!(by("", 2, "(if run.elapsed < 1m then [ana] else [bo])"), IMPOSSIBLE);
    let task = "task t() {\n  step a = restart(\"x\")\n    approve by 2 of [ana] within 10m\n}\n";
    assert_eq!(codes(task), IMPOSSIBLE);
}

#[test]
fn an_id_belongs_to_one_person() {
    let second = |fields: &str| codes(&format!("let other: Person = Person({fields})\n"));
    assert_eq!(second("id: \"ana\", name: \"Anna\", email: \"anna@example.com\""), ["shared-id"]);
    assert_eq!(second("id: \"dee\", name: \"Dee\", email: \"dee@example.com\""), NOTHING);
    assert_eq!(second("id: \"ana\", name: \"Ana\", email: \"ana@example.com\""), NOTHING);
    let in_list =
        "let all: List<Person> = [Person(id: \"ana\", name: \"Anna\", email: \"x@example.com\"), bo]\n";
    assert_eq!(codes(in_list), ["shared-id"]);
    let module = "let bo: Person = Person(id: \"ana\", name: \"Bo\", email: \"bo@example.com\")\n";
    let using = "use people_of_others\nlet first: Person = people_of_others.bo\n";
    assert_eq!(codes_with(&[("people_of_others", module)], using), ["shared-id"]);
}

#[test]
fn in_a_tool_the_advice_names_no_severity() {
    let advice = |parts: &str| {
        let (_, checked) = check_text(&format!("{PRELUDE}playbook p {{\n  owner crew\n{parts}\n}}\n"));
        let finding = checked.diagnostics.iter().find(|found| found.code == "missing-approval").unwrap();
        finding.help.join("; ")
    };
    let step = "  remediate {\n    step a = wipe(\"x\")\n  }";
    assert_eq!(advice(step), "add `approve by 2 of PEOPLE within 10m`");
    let with_severity = format!("  enrich {{\n    severity = critical\n  }}\n{step}");
    assert_eq!(advice(&with_severity), "add `approve by 2 of PEOPLE when severity >= critical within 10m`");
}
