//! Each command over a repository that is full of ways out.

use std::fs;

use super::{Hostile, PLAYBOOK, SECRET};

/// Every kind of link out of the repository, where a command would read or write.
fn full_of_links() -> Hostile {
    let hostile = Hostile::new();
    hostile.link("text.quell", "../outside/text.quell");
    hostile.link("absolute.quell", hostile.path("outside/text.quell"));
    hostile.link("environment.quell", "/proc/self/environ");
    hostile.link("chain.quell", "chain/one");
    hostile.link("chain/one", "two");
    hostile.link("chain/two", "../../outside/text.quell");
    hostile.link("fine.quell", "../outside/fine.quell");
    hostile.link("through_a_folder.quell", "folder/text.quell");
    hostile.link("folder", "../outside");
    hostile.link("above", "..");
    hostile.link("root", "/");
    hostile.link("nowhere.quell", "../outside/nothing.quell");
    hostile.link("circle.quell", "circle.quell");
    hostile.link("greet.snap", "../outside/logs.snap");
    hostile.link("book.yaml", "../outside/book.yaml");
    hostile.link("data.json", "../outside/data.json");
    hostile.link(".gitignore", "/dev/zero");
    hostile
}

#[test]
fn no_command_shows_or_changes_what_links_lead_to() {
    let hostile = full_of_links();
    let before = hostile.outside();
    for command in [
        "check",
        "check .",
        "check --output-format json",
        "check --output-format sarif",
        "check --output-format junit",
        "check --output-format github",
        "check --output-format gitlab",
        "check --output-format short",
        "check --statistics",
        "check --durations",
        "check --fix --unsafe",
        "check --diff --unsafe",
        "lint",
        "lint --profile strict --output-format json",
        "lint --fix",
        "fmt",
        "fmt .",
        "fmt --check",
        "fmt --diff",
        "test",
        "test --update",
        "test --output-format json",
        "test --output-format junit",
        "test --coverage --lcov coverage.info",
        "dry-run .:greet",
        "dry-run .:greet --output-format json",
        "dry-run .:greet --html run.html",
        "simulate .:greet --runs 10",
        "graph .:greet --format json",
        "coverage",
        "coverage --output-format json",
        "doc",
        "doc . --output-format json",
        "doc . --output-dir pages",
        "import stackpulse .",
        "import stackpulse . --report --output-format json",
        "import stackpulse . --output-dir imported",
    ] {
        hostile.quell(command);
        assert_eq!(hostile.outside(), before, "quell {command}");
    }
}

#[test]
fn skipped_links_are_told_once() {
    let hostile = full_of_links();
    let run = hostile.quell("check");
    let note = "note: skipped 7 links that lead outside this repository, first `absolute.quell`";
    assert_eq!(run.err.matches("note: skipped").count(), 1, "{run}");
    assert!(run.err.contains(note), "{run}");
    assert!(run.err.contains("`--allow-outside` follows them"), "{run}");
    // The rest is checked as if they weren't there.
    assert!(run.out.contains("1 file"), "{run}");
}

#[test]
fn allow_outside_follows_them() {
    let hostile = Hostile::new();
    hostile.link("text.quell", "../outside/text.quell");
    let run = hostile.trusting("repo", &["check", "--allow-outside"]);
    assert!(run.out.contains(SECRET) && !run.err.contains("note: skipped"), "{run}");
    hostile.link("fine.quell", "../outside/fine.quell");
    fs::remove_file(hostile.path("repo/text.quell")).unwrap();
    let run = hostile.trusting("repo", &["--allow-outside", "fmt"]);
    assert_eq!(run.code, 0, "{run}");
    let text = fs::read_to_string(hostile.path("outside/fine.quell")).unwrap();
    assert_eq!(text, format!("let {SECRET}: Int = 1\n"));
}

#[test]
fn a_file_that_is_named_is_meant_wherever_its_link_leads() {
    let hostile = Hostile::new();
    hostile.link("text.quell", "../outside/text.quell");
    let run = hostile.trusting("repo", &["check", "text.quell"]);
    assert!(run.out.contains(SECRET), "{run}");
    // That one and no other.
    hostile.link("absolute.quell", hostile.path("outside/fine.quell"));
    let run = hostile.trusting("repo", &["check", ".", "text.quell"]);
    assert!(run.err.contains("skipped the link `absolute.quell`"), "{run}");
}

#[test]
fn links_within_the_repository_are_followed() {
    let hostile = Hostile::new();
    hostile.write("shared/other.quell", "let   y:Int=1\n");
    hostile.link("playbooks/other.quell", "../shared/other.quell");
    let run = hostile.quell("fmt playbooks");
    assert_eq!((run.code, run.err.as_str()), (0, "1 file formatted\n"), "{run}");
    assert_eq!(fs::read_to_string(hostile.path("repo/shared/other.quell")).unwrap(), "let y: Int = 1\n");
}

#[test]
fn data_files_of_scenarios_are_held_to_where_they_really_are() {
    let hostile = Hostile::new();
    hostile.link("data.json", "../outside/data.json");
    hostile.link("folder", "../outside");
    hostile.write("shared/data.json", "{\"a\": 1}");
    hostile.link("inside.json", "shared/data.json");
    let scenario = |path: &str| {
        format!(
            "\nscenario \"reads\" for greet {{\n  given data from \"{path}\"\n  expect hello skipped\n}}\n"
        )
    };
    for path in [
        "data.json",
        "folder/data.json",
        "../outside/data.json",
        "..\\\\outside\\\\data.json",
        "/etc/passwd",
        "C:\\\\data.json",
        "\\\\\\\\host\\\\share\\\\data.json",
        "folder/../../outside/data.json",
    ] {
        hostile.write("greet.quell", PLAYBOOK.to_owned() + &scenario(path));
        for command in ["test", "test --output-format json", "test --output-format junit"] {
            let run = hostile.quell(command);
            assert_eq!(run.code, 1, "{path}: {run}");
            assert!(run.out.contains("leads out"), "{path}: {run}");
        }
        let run = hostile.quell_in("repo", &["dry-run", "greet.quell", "--scenario", "reads"]);
        assert_eq!(run.code, 2, "{path}: {run}");
    }
    hostile.write("greet.quell", PLAYBOOK.to_owned() + &scenario("inside.json"));
    assert_eq!(hostile.quell("test").code, 0);
}

#[test]
fn pages_are_not_written_through_links() {
    let hostile = Hostile::new();
    hostile.link("wiki/README.md", "../../outside/data.json");
    let before = hostile.outside();
    let run = hostile.quell("doc . --output-dir wiki");
    assert_eq!(run.code, 2, "{run}");
    assert!(run.err.contains("`wiki/README.md` leads outside this repository"), "{run}");
    assert_eq!(hostile.outside(), before);
}

#[test]
fn standard_input_is_only_named() {
    let hostile = Hostile::new();
    let name = hostile.path("outside/fine.quell");
    let before = hostile.outside();
    let run = hostile.quell_in("repo", &["fmt", "--stdin-filename", name.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(hostile.outside(), before);
}
