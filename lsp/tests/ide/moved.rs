//! Files and folders that move.

use quell_lsp::ide::moves::{Move, moves};

use crate::fixture;

/// The texts of all files after a move, in the order of the fixture.
fn after(text: &str, renamed: &[(&str, &str)]) -> String {
    let (snapshot, _) = fixture(text);
    let renamed: Vec<Move> =
        renamed.iter().map(|(from, to)| Move { from: from.into(), to: to.into() }).collect();
    let mut edits = moves(&snapshot, &renamed);
    edits.sort_by_key(|edit| edit.span);
    let mut texts = String::new();
    for file in snapshot.workspace.own() {
        let mut text = snapshot.source(file).text.to_string();
        for edit in edits.iter().rev().filter(|edit| edit.span.file == file) {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
        }
        texts.push_str(&text);
    }
    texts
}

const MODULES: &str = "== ops.databases ==
record Moved {
  a: Int
}
action move() -> Int changes {
  irreversible \"no\"
}
== ops.people ==
use ops.databases (move)
";

fn project(main: &str) -> String {
    format!("$0{main}{MODULES}")
}

/// What comes of `main`, and of the second module.
fn expected(main: &str, people: &str) -> String {
    let (databases, _) = MODULES.strip_prefix("== ops.databases ==\n").unwrap().split_once("== ops").unwrap();
    // In the order of modules: `main` is the first of all.
    format!("{main}{databases}{people}")
}

#[test]
fn a_file_with_another_name_is_used_by_that() {
    let main = "use ops.databases\n\ntask t(old: databases.Moved) -> Int {\n  step a = databases.move()\n    on failure use old.databases.a\n  return a\n}\n\nscenario \"s\" for t {\n  given databases down\n}\n";
    let wanted = main
        .replace("use ops.databases", "use ops.storage")
        .replace("old: databases.", "old: storage.")
        .replace("= databases.", "= storage.")
        .replace("given databases", "given storage");
    let renamed = [("/p/ops/databases.quell", "/p/ops/storage.quell")];
    assert_eq!(after(&project(main), &renamed), expected(&wanted, "use ops.storage (move)\n"));
}

#[test]
fn a_name_that_is_taken_leaves_the_old_one_in_use() {
    let main = "use ops.databases\n\nlet storage: Int = 1\n\ntask t() -> Int {\n  step a = databases.move()\n  return a\n}\n";
    let wanted = main.replace("use ops.databases", "use ops.storage as databases");
    let renamed = [("/p/ops/databases.quell", "/p/ops/storage.quell")];
    assert_eq!(after(&project(main), &renamed), expected(&wanted, "use ops.storage (move)\n"));
}

#[test]
fn what_does_not_parse_keeps_the_old_name() {
    let main = "use ops.databases\n\ntask t() -> Int {\n  step a = databases.move(\n  return ) a\n";
    let wanted = main.replace("use ops.databases", "use ops.storage as databases");
    let renamed = [("/p/ops/databases.quell", "/p/ops/storage.quell")];
    assert_eq!(after(&project(main), &renamed), expected(&wanted, "use ops.storage (move)\n"));
}

#[test]
fn a_folder_moves_with_all_that_is_in_it() {
    let main = "use ops.databases\nuse ops.people as who\n\ntask t() -> Int {\n  step a = databases.move()\n  return a\n}\n";
    let wanted = main.replace("ops.databases", "sre.eu.databases").replace("ops.people", "sre.eu.people");
    assert_eq!(
        after(&project(main), &[("/p/ops", "/p/sre/eu")]),
        expected(&wanted, "use sre.eu.databases (move)\n")
    );
}

#[test]
fn what_cannot_be_imported_afterwards_is_left() {
    let main = "use ops.databases\n";
    for to in
        ["/elsewhere/databases.quell", "/p/ops/data-bases.quell", "/p/ops/databases.txt", "/p/ops/step.quell"]
    {
        let renamed = [("/p/ops/databases.quell", to)];
        assert_eq!(after(&project(main), &renamed), expected(main, "use ops.databases (move)\n"), "{to}");
    }
    let renamed = [("/p/ops/data", "/p/ops/other")];
    assert_eq!(after(&project(main), &renamed), expected(main, "use ops.databases (move)\n"));
}
