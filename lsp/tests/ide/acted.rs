//! What can be done: what each action makes of a text, and where it isn't offered. `$0` is the cursor, or
//! the begin of what is selected up to `$1`.

use quell_compiler::source::Span;
use quell_lsp::ide::actions::{Action, ActionKind, actions, fix_all};

use super::*;

/// The actions at a place, and the text of the file.
pub fn offered(text: &str) -> (Snapshot, Vec<Action>, String) {
    let (start, end) = (text.find("$0").unwrap(), text.find("$1"));
    let (snapshot, cursor) = fixture(&text.replace("$1", ""));
    let end = end.map_or(start, |end| end - 2);
    let span = Span::new(cursor.file, start as u32, end as u32);
    let found = actions(&snapshot, span, &|_| true).unwrap();
    let source = snapshot.source(cursor.file).text.to_string();
    (snapshot, found, source)
}

/// The text after the edits of an action.
pub fn applied(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut after = text.to_owned();
    for edit in edits.into_iter().rev() {
        after.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    after
}

/// What the action with this title makes of a text.
pub fn acted(text: &str, title: &str) -> String {
    let (_, found, source) = offered(text);
    let titles: Vec<&str> = found.iter().map(|it| &*it.title).collect();
    let Some(action) = found.iter().find(|it| it.title == title) else {
        panic!("`{title}` isn't offered, but {titles:?}");
    };
    applied(&source, &action.edits)
}

/// The titles of what is offered, but for what every finding offers.
pub fn titles(text: &str) -> Vec<String> {
    let (_, found, _) = offered(text);
    found.into_iter().map(|it| it.title).filter(|it| !it.starts_with("Allow `")).collect()
}

const IMPORTS: &str = "//! Docs.\n\nuse std.slack\nuse shared\nuse std.github\n\n/// Says it.\ntask t() -> Text {\n  step seen = shared.look()\n  return seen\n}\n== shared ==\n/// Looks.\naction look() -> Text reads {\n  command [\"look\"]\n  simulate {\n    return \"seen\"\n  }\n}\n";

#[test]
fn safe_repairs_of_the_linter_are_preferred() {
    let text = IMPORTS.replace("use std.slack", "use std.sl$0ack");
    let (_, found, source) = offered(&text);
    let fix = found.iter().find(|it| it.title == "remove the import").unwrap();
    assert!(fix.preferred && fix.finding.as_ref().unwrap().code == "unused-import");
    assert!(!applied(&source, &fix.edits).contains("std.slack"));
}

#[test]
fn all_safe_repairs_go_together_and_imports_in_their_order() {
    let text = IMPORTS.replace("use shared", "use $0shared");
    assert!(acted(&text, "Apply all safe fixes").starts_with("//! Docs.\n\nuse shared\n"));
    let text = IMPORTS.replace("use shared", "use sha$0red");
    let used = text.replace("shared.look()\n", "shared.look()\n  step said = slack.post(a, github.b)\n");
    let after = acted(&used, "Organize imports");
    assert!(
        after.starts_with("//! Docs.\n\nuse std.github\nuse std.slack\nuse shared\n\n/// Says"),
        "{after}"
    );
    assert!(acted(&text, "Organize imports").starts_with("//! Docs.\n\nuse shared\n\n/// Says"));
    let clean = text.replace("use std.slack\n", "").replace("use std.github\n", "");
    let (snapshot, cursor) = fixture(&clean);
    assert!(fix_all(&snapshot, cursor.file).unwrap().is_empty());
}

#[test]
fn what_a_rule_says_can_be_allowed_where_it_is_said() {
    let text = IMPORTS.replace("use std.slack", "use std.sl$0ack");
    let after = acted(&text, "Allow `unused-import` here, with a reason");
    assert!(after.contains("\n// quell: allow(unused-import) \nuse std.slack\n"), "{after}");
    let again = text.replace("use std.sl$0ack", "// quell: allow(other) \nuse std.sl$0ack");
    let after = acted(&again, "Allow `unused-import` here, with a reason");
    assert!(after.contains("\n// quell: allow(other, unused-import) \nuse std.slack\n"), "{after}");
    // Above the docs of an item, and never within a text.
    let text = "/// Docs.\nprivate let na$0me: Text = \"a\"\n";
    let after = acted(text, "Allow `unused-private` here, with a reason");
    assert!(after.starts_with("// quell: allow(unused-private) \n/// Docs.\n"), "{after}");
    // An error of the compiler can't be allowed.
    let (_, found, _) = offered("let a: Int = b$0c\n");
    assert!(found.iter().all(|it| !it.title.starts_with("Allow")), "{found:?}");
}

#[test]
fn kinds_that_nobody_asked_for_are_left_out() {
    let (snapshot, cursor) = fixture(&IMPORTS.replace("use std.slack", "use std.sl$0ack"));
    let span = Span::new(cursor.file, cursor.offset, cursor.offset);
    let found = actions(&snapshot, span, &|kind| kind == ActionKind::FixAll).unwrap();
    assert!(!found.is_empty() && found.iter().all(|it| it.kind == ActionKind::FixAll));
}

const HEAD: &str = "let ann: Person = Person(id: \"ann\", name: \"Ann\", email: \"ann@example.com\")\nlet team: Team = Team(name: \"a\", lead: ann, on_call: [ann])\n\nplaybook p {\n  owner team\n\n";

/// A playbook whose enrich holds `lines`, indented by four, with a module that looks.
fn enriched(lines: &str) -> String {
    let look = IMPORTS
        .split("== shared ==\n")
        .nth(1)
        .unwrap()
        .replace("look() -> Text", "look(what: Text, times: Int = 1) -> Text");
    format!("use shared\n\n{HEAD}  enrich {{\n{lines}  }}\n}}\n== shared ==\n{look}")
}

#[test]
fn missing_arms_are_added_in_their_form() {
    let text = enriched(
        "    severity = major\n    let a = ma$0tch severity {\n      critical => 1,\n      major => 2\n    }\n",
    );
    let after = acted(&text, "Add the missing arms");
    assert!(after.contains("major => 2,\n      info => 1,\n      minor => 1,\n    }"), "{after}");
    let text = enriched("    let a = ma$0tch true { true => \"a\" }\n");
    assert!(acted(&text, "Add the missing arms").contains("{ true => \"a\", false => \"...\" }"));
    let text = enriched("    let a = ma$0tch 5 { 1 => \"a\" }\n");
    assert!(acted(&text, "Add the missing arms").contains("else => \"...\" }"));
    let whole = enriched("    let a = ma$0tch true { true => 1, false => 2 }\n");
    assert!(!titles(&whole).contains(&"Add the missing arms".to_owned()));
}

#[test]
fn missing_arguments_are_added() {
    let text = enriched("    step a = shared.lo$0ok(times: 2)\n");
    let after = acted(&text, "Add the missing arguments");
    assert!(after.contains("shared.look(times: 2, what: \"...\")"), "{after}");
    let text = enriched("    step a = shared.lo$0ok()\n");
    assert!(acted(&text, "Add the missing arguments").contains("shared.look(what: \"...\")"));
    let text = enriched("    step a = shared.lo$0ok(\"a\")\n");
    assert!(!titles(&text).contains(&"Add the missing arguments".to_owned()));
}

#[test]
fn missing_parts_are_added_in_their_order() {
    let text = "use std.alertmanager\n\nlet team: Team = Team(name: \"a\")\n\nplaybook p {\n  o$0n alertmanager.alert(\"A\") as alert\n  owner team\n\n  triage none \"clear\"\n}\n";
    let after = acted(text, "Add the missing parts");
    let order: Vec<usize> = ["enrich {", "triage none", "communicate none", "remediate none"]
        .iter()
        .map(|it| after.find(it).unwrap())
        .collect();
    assert!(order.is_sorted(), "{after}");
}

#[test]
fn unknown_names_offer_each_module_that_has_them() {
    let text = "task t() -> Text {\n  step a = sla$0ck.post(b, \"\")\n  return \"\"\n}\n";
    assert!(acted(text, "Add `use std.slack`").starts_with("use std.slack\n"));
    let two = "let a: Th$0ing = 1\n== one ==\nrecord Thing {\n  a: Int\n}\n== two ==\nrecord Thing {\n  a: Int\n}\n";
    let found = titles(two);
    let offers =
        |name: &str| found.iter().any(|it| it.eq_ignore_ascii_case(&format!("Add `use {name} (Thing)`")));
    assert!(offers("one") && offers("two"), "{found:?}");
    let known = "use one (Other)\n\nlet a: Th$0ing = b\n== one ==\nrecord Thing {\n  a: Int\n}\nrecord Other {\n  a: Int\n}\n";
    assert!(acted(known, "Add `use one (Thing)`").starts_with("use one (Other, Thing)\n"));
    assert!(titles("let a: Int = zzz$0\n").is_empty());
}

#[test]
fn a_missing_value_is_dealt_with_in_the_ways_of_the_language() {
    let text = enriched("    step a = shared.look(\"b\")\n      when true\n    step c = shared.look(a$0)\n");
    let found = titles(&text);
    assert!(
        found.iter().any(|it| it.contains("??")) && found.iter().any(|it| it.contains("match")),
        "{found:?}"
    );
    assert!(acted(&text, "Use a default: `?? \"...\"`").contains("shared.look(a ?? \"...\")"));
    assert!(acted(&text, "Run only `when a != none`").contains("shared.look(a)\n      when a != none\n"));
    assert!(acted(&text, "Fail with a reason: `need`").contains("shared.look(need(a, \"a is missing\"))"));
    let there = enriched("    step a = shared.look(\"b\")\n    step c = shared.look(a$0)\n");
    assert!(titles(&there).iter().all(|it| !it.contains("??")));
}

#[test]
fn a_let_is_put_in_its_place() {
    let text = enriched(
        "    let wor$0d = \"a\"\n    step a = shared.look(word)\n    step c = shared.look(word, times: 2)\n",
    );
    let after = acted(&text, "Inline `word`");
    assert!(
        !after.contains("let word")
            && after.contains("shared.look(\"a\")")
            && after.contains("look(\"a\", times"),
        "{after}"
    );
    let sum = enriched("    let count$0 = 1 + 2\n    let twice = count * 2\n");
    assert!(acted(&sum, "Inline `count`").contains("twice = (1 + 2) * 2"));
    assert!(titles(&enriched("    step a$0 = shared.look(\"b\")\n")).iter().all(|it| !it.starts_with("Put")));
}

#[test]
fn steps_become_a_task_with_what_they_read_and_give() {
    let text = enriched(
        "    step a = shared.look(\"b\")\n$0    step c = shared.look(a)\n    step d = shared.look(c)\n$1    step e = shared.look(d)\n",
    );
    let after = acted(&text, "Extract these steps into a task");
    assert!(after.contains("    step d = c_steps(a)\n    step e = shared.look(d)\n"), "{after}");
    assert!(
        after.contains("task c_steps(a: Text) -> Text {\n  step c = shared.look(a)\n  step d = shared.look(c)\n  return d\n}"),
        "{after}"
    );
    // Several results become a record.
    let text = enriched(
        "$0    step c = shared.look(\"a\")\n    step d = shared.look(c)\n$1    step e = shared.look(\"${c} ${d}\")\n",
    );
    let after = acted(&text, "Extract these steps into a task");
    assert!(
        after.contains("look(\"${c_both.c} ${c_both.d}\")") && after.contains("record CSteps {"),
        "{after}"
    );
    // What knows a cause stays where causes are; so does a cursor alone.
    assert!(
        titles(&enriched("    step c$0 = shared.look(\"a\")\n")).iter().all(|it| !it.starts_with("Make"))
    );
}

#[test]
fn a_scenario_is_written_from_a_dry_run_and_passes() {
    let text = enriched("    step a = shared.look(\"b\")\n    severity = major\n")
        .replace("playbook p {", "playbook p$0 {");
    let after = acted(&text, "Generate a scenario from a dry run");
    let scenario = &after[after.find("scenario").unwrap()..];
    assert_eq!(
        scenario,
        "scenario \"as in a dry run\" for p {\n  given a returns \"seen\"\n  expect severity == major\n  expect a ran\n  expect completed\n}\n"
    );
    // A playbook with an error can't be run.
    let wrong = text.replace("shared.look(\"b\")", "shared.look()");
    assert!(!titles(&wrong).contains(&"Generate a scenario from a dry run".to_owned()));
}

#[test]
fn what_a_person_does_can_be_done_by_an_action() {
    let text = format!(
        "{HEAD}  input service: Text\n\n  remediate {{\n    step gone = man$0ual(team, \"restart the deployment in kubernetes\", within: 30m)\n  }}\n}}\n"
    ).replace("  owner team\n\n  input", "  owner team\n  input");
    let found = titles(&text);
    let call = found
        .iter()
        .find(|it| it.contains("kubernetes.") && it.contains("restart"))
        .unwrap_or_else(|| panic!("{found:?}"));
    let after = acted(&text, call);
    assert!(after.starts_with("use std.kubernetes\n") && !after.contains("manual("), "{after}");
    let other = text.replace("restart the deployment in kubernetes", "think");
    assert!(titles(&other).iter().all(|it| !it.starts_with("Automate with")));
}

/// All files of a folder, as modules.
fn modules_under(folder: &Path, prefix: &str, all: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            modules_under(&path, &format!("{prefix}{name}."), all);
        } else if path.extension().is_some_and(|it| it == "quell") {
            all.push((format!("{prefix}{name}"), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn no_action_breaks_an_example() {
    let mut files = Vec::new();
    modules_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples"), "", &mut files);
    let text: String = files.iter().map(|(name, text)| format!("== {name} ==\n{text}")).collect();
    let (snapshot, _) = fixture(&format!("$0{text}"));
    let errors = |snapshot: &Snapshot| {
        let checked = snapshot.everything();
        let errors =
            checked.diagnostics.iter().filter(|it| it.level == quell_compiler::diagnostic::Level::Error);
        errors.map(|it| it.message.clone()).collect::<std::collections::BTreeSet<String>>()
    };
    let before = errors(&snapshot);
    let analysis: Arc<quell_lsp::ide::Analysis> = Arc::default();
    let (mut tried, mut number, mut revision) = (0, 0, 1);
    let own: Vec<FileId> = snapshot.workspace.own().collect();
    for file in own {
        let steps: Vec<Span> = {
            let checked = snapshot.checked(file);
            checked
                .module(file)
                .map(|it| it.hir.steps.iter().map(|(_, step)| step.span).collect())
                .unwrap_or_default()
        };
        for span in steps {
            number += 1;
            // A sample over all files, as much as a short test can do.
            if number % 40 != 0 {
                continue;
            }
            for action in actions(&snapshot, span, &|_| true).unwrap() {
                let mut workspace = snapshot.workspace.clone();
                let files: std::collections::BTreeSet<FileId> =
                    action.edits.iter().map(|it| it.span.file).collect();
                for file in files {
                    let edits: Vec<Edit> =
                        action.edits.iter().filter(|it| it.span.file == file).cloned().collect();
                    workspace = workspace.with_text(file, applied(&snapshot.source(file).text, &edits));
                }
                revision += 1;
                let after = errors(&Snapshot::new(workspace, revision, analysis.clone()));
                let new: Vec<&String> = after.difference(&before).collect();
                assert!(
                    new.is_empty(),
                    "{} in {}: {new:?}",
                    action.title,
                    snapshot.workspace.module_path(file)
                );
                tried += 1;
            }
        }
    }
    assert!(tried >= 3, "{tried} actions of {number} steps");
}
