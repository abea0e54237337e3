//! Programs that are right or wrong by the effects of their calls, of what undoes them and of what they do
//! on failure, each in as few lines as it takes.

use crate::support::{self, check_files};
use quell_compiler::{
    diagnostic::Level,
    graph::{Schedules, durations},
    source::SourceFile,
};

/// People, and an action of each effect.
pub const PRELUDE: &str = r#"
let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
let cy: Person = Person(id: "cy", name: "Cy", email: "cy@example.com")
let crew: Team = Team(name: "crew", lead: ana, on_call: [ana, bo, cy])

action look(host: Text) -> Int reads {
  timeout 10s
}

action tell(text: Text) notifies {
  timeout 10s
}

action scale(count: Int) -> Int changes {
  timeout 10s
  idempotent
  undo scale(1)
}

action restart(host: Text) -> Text changes {
  timeout 10s
  irreversible "it has restarted"
}

action wipe(host: Text) -> Text destroys {
  timeout 10s
  irreversible "gone"
}
"#;

/// The codes of the errors and warnings of `text` behind the [`PRELUDE`], beside further modules.
pub fn codes_with(modules: &[(&str, &str)], text: &str) -> Vec<String> {
    let mut world = support::world();
    for (name, text) in modules {
        world.add(name, SourceFile::new(format!("{name}.quell"), *text));
    }
    // Lines with `use` come first.
    let (uses, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("use "));
    let whole = format!("{}\n{PRELUDE}{}\n", uses.join("\n"), rest.join("\n"));
    let file = world.add("example", SourceFile::new("example.quell", whole));
    let checked = check_files(&world, &[file]);
    let worse = checked.diagnostics.iter().filter(|found| found.level > Level::Info);
    let codes: Vec<String> = worse.map(|found| found.code.to_owned()).collect();
    if codes.is_empty() {
        // What has no error has a worst case.
        let mut schedules = Schedules::new(&checked.graphs);
        for (playbook, _) in checked.playbooks() {
            let durations = durations(&mut schedules, &checked.graphs, playbook);
            assert!(durations.worst.over.is_some(), "the worst case isn't known\n{text}");
        }
    }
    codes
}

/// The codes of the errors and warnings of `text` behind the [`PRELUDE`].
pub fn codes(text: &str) -> Vec<String> {
    codes_with(&[], text)
}

/// The same of a playbook with these parts.
pub fn playbook(parts: &str) -> Vec<String> {
    codes(&format!("playbook p {{\n  owner crew\n{parts}\n}}\n"))
}

const NOTHING: [&str; 0] = [];

/// An action of this effect whose contract undoes it so.
fn undone_by(effect: &str, undo: &str) -> String {
    format!("action act(host: Text) -> Text {effect} {{\n  timeout 10s\n  undo {undo}\n}}\n")
}

#[test]
fn the_undo_of_a_contract_is_within_the_effect_of_its_action() {
    assert_eq!(codes(&undone_by("reads", "scale(1)")), ["undo-exceeds-effect"]);
    assert_eq!(codes(&undone_by("notifies", "wipe(host) always")), ["undo-exceeds-effect"]);
    assert_eq!(codes(&undone_by("changes", "wipe(host)")), ["undo-exceeds-effect"]);
    assert_eq!(codes(&undone_by("changes", "scale(1)")), NOTHING);
    assert_eq!(codes(&undone_by("destroys", "wipe(host)")), NOTHING);
    let task = "task clean(host: Text) {\n  step a = wipe(host)\n}\n";
    let of_task = codes(&format!("{task}{}", undone_by("changes", "clean(host)")));
    assert_eq!(of_task, ["undo-exceeds-effect"]);
}

#[test]
fn the_undo_of_a_contract_counts_wherever_its_action_is_called() {
    let act = undone_by("reads", "wipe(host) always");
    let using = |items: &str, part: &str, steps: &str| {
        let found =
            codes(&format!("{act}{items}playbook p {{\n  owner crew\n  {part} {{\n{steps}\n  }}\n}}\n"));
        assert_eq!(found.first().map(String::as_str), Some("undo-exceeds-effect"));
        found[1..].to_vec()
    };
    assert_eq!(using("", "enrich", "    step a = act(\"x\")"), ["effect-not-allowed"]);
    assert_eq!(using("", "communicate", "    step a = act(\"x\")"), ["effect-not-allowed"]);
    assert_eq!(using("", "remediate", "    step a = act(\"x\")"), ["missing-approval"]);
    let approved = "    step a = act(\"x\")\n      approve by 2 of crew within 10m";
    assert_eq!(using("", "remediate", approved), NOTHING);
    let task = "task t(host: Text) -> Text {\n  step a = act(host)\n  return a\n}\n";
    assert_eq!(using(task, "enrich", "    step a = t(\"x\")"), ["effect-not-allowed"]);
    assert_eq!(using(task, "remediate", "    step a = t(\"x\")"), ["missing-approval"]);
    let each = "    step a = act(x)\n      each x in [\"a\", \"b\"]";
    assert_eq!(using("", "triage", each), ["effect-not-allowed"]);
    let group = "    step n = look(\"x\")\n    if n > 3 {\n      step a = act(\"x\")\n    }";
    assert_eq!(using("", "enrich", group), ["effect-not-allowed"]);
    let failure = "    step n = look(\"x\")\n      on failure run act(\"x\")";
    assert_eq!(using("", "enrich", failure), ["failure-call-not-allowed"]);
}

#[test]
fn the_undo_of_a_contract_counts_as_it_is_used() {
    let act = undone_by("changes", "wipe(host)");
    let with = |clause: &str| {
        let found = codes(&format!(
            "{act}playbook p {{\n  owner crew\n  remediate {{\n    step a = act(\"x\")\n      {clause}\n  }}\n}}\n"
        ));
        found[1..].to_vec()
    };
    assert_eq!(with("timeout 5s"), ["missing-approval"]);
    assert_eq!(with("undo scale(1)"), NOTHING);
    assert_eq!(with("irreversible \"it stays\""), NOTHING);
    assert_eq!(with("undo wipe(\"y\")"), ["missing-approval"]);
}

#[test]
fn the_undo_of_a_contract_counts_from_another_module() {
    let module = "action act(host: Text) -> Text reads {\n  undo drop(host) always\n}\n\naction drop(host: Text) destroys {\n  irreversible \"gone\"\n}\n";
    let using = "use tools (act)\nplaybook p {\n  owner crew\n  enrich {\n    step a = act(\"x\")\n  }\n}\n";
    let mut world = support::world();
    world.add("tools", SourceFile::new("tools.quell", module));
    let file = world.add("example", SourceFile::new("example.quell", using.replace("  owner crew\n", "")));
    let checked = check_files(&world, &[file]);
    let found = checked.diagnostics.iter().find(|found| found.code == "effect-not-allowed").unwrap();
    assert_eq!(found.notes, ["`act` is undone by `drop`, which destroys something"]);
}

#[test]
fn what_is_done_on_failure_changes_neither_effect_nor_place() {
    let look = "step a = look(\"x\")\n      on failure run tell(\"no\")";
    for part in ["enrich", "triage", "communicate", "remediate"] {
        assert_eq!(playbook(&format!("  {part} {{\n    {look}\n  }}")), NOTHING);
    }
    let task =
        "task seen() -> Int {\n  step a = look(\"x\")\n    on failure run tell(\"no\")\n  return a\n}\n";
    let in_task = format!("{task}playbook p {{\n  owner crew\n  enrich {{\n    step a = seen()\n  }}\n}}\n");
    assert_eq!(codes(&in_task), NOTHING);
    let changing = "    step a = look(\"x\")\n      on failure run restart(\"x\")";
    assert_eq!(playbook(&format!("  enrich {{\n{changing}\n  }}")), ["failure-call-not-allowed"]);
}

#[test]
fn undoing_a_task_never_leads_back_to_it() {
    let up = "action up(n: Int) -> Int changes {\n  timeout 5s\n  undo down(n)\n}\n";
    let down = |body: &str| {
        format!(
            "{up}task down(n: Int) -> Int {{\n{body}\n}}\nplaybook q {{\n  owner crew\n  remediate {{\n    step a = up(1)\n  }}\n}}\n"
        )
    };
    assert_eq!(codes(&down("  step x = up(n)\n  return x")), ["task-recursion"]);
    assert_eq!(codes(&down("  step x = up(n)\n    undo scale(1)\n  return x")), NOTHING);
    assert_eq!(codes(&down("  step x = scale(n)\n  return x")), NOTHING);
    let through = format!(
        "{}task inner(n: Int) -> Int {{\n  step y = up(n)\n  return y\n}}\n",
        down("  step x = inner(n)\n  return x")
    );
    assert_eq!(codes(&through), ["task-recursion"]);
    let by_clause = down("  step x = scale(n)\n    undo down(n)\n  return x");
    assert_eq!(codes(&by_clause), ["task-recursion"]);
    let mutual = "action on() changes {\n  undo off()\n}\naction off() changes {\n  undo on()\n}\nplaybook q {\n  owner crew\n  remediate {\n    step a = on()\n    step b = off()\n  }\n}\n";
    assert_eq!(codes(mutual), NOTHING);
}

#[test]
fn a_worst_case_that_can_not_be_counted_is_a_finding() {
    let with =
        |clause: &str| playbook(&format!("  remediate {{\n    step a = scale(1)\n      {clause}\n  }}"));
    assert_eq!(with("retry 1000000000 times every 10000w"), ["worst-case-unknown"]);
    assert_eq!(with("repeat every 10000w until it > 1, at most 4000000000 times"), ["worst-case-unknown"]);
    assert_eq!(
        with("timeout 15000w\n      retry 4000000000 times backoff 1s to 10000w"),
        ["worst-case-unknown"]
    );
    assert_eq!(with("retry 3 times every 1000w"), NOTHING);
    let in_task = "task t() -> Int {\n  step a = scale(1)\n    retry 1000000000 times every 10000w\n  return a\n}\nplaybook p {\n  owner crew\n  remediate {\n    step a = t()\n  }\n}\n";
    assert_eq!(codes(in_task), ["worst-case-unknown"]);
    let delay = "  communicate {\n    step a = tell(\"x\")\n      after started + 10000w + 10000w\n  }";
    assert_eq!(playbook(delay), ["worst-case-unknown"]);
}

#[test]
fn only_actions_are_narrowed() {
    let task = "task t() -> Int {\n  step a = look(\"x\")\n  return a\n}\n";
    assert_eq!(codes(&format!("{task}action peek() -> Int reads = t()\n")), ["narrowed-task"]);
    let destroying = "task gone() {\n  step a = wipe(\"x\")\n}\naction peek() reads = gone()\n";
    assert_eq!(codes(destroying), ["narrowed-task"]);
    assert_eq!(codes("action peek() -> Int reads = look(\"x\")\n"), NOTHING);
    let module = "action look_at(host: Text) -> Int reads\n\ntask far(host: Text) -> Int {\n  step a = look_at(host)\n  return a\n}\n";
    let using = "action peek() -> Int reads = tools.far(\"x\")\n";
    assert_eq!(codes_with(&[("tools", module)], &format!("use tools\n{using}")), ["narrowed-task"]);
}
