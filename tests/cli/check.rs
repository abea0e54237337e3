//! `quell check`: what it covers, and how it says it.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::Sandbox;

const BROKEN: &str = "record Disk {\n  mount Text,\n}\n";
const FINE: &str = "/// What a host is called.\ntype Host = Text\n";

#[test]
fn nothing_to_report() {
    assert_snapshot!(Sandbox::new([("a.quell", FINE)]).quell("check a.quell"));
}

#[test]
fn without_a_path_it_takes_what_is_below() {
    let run = Sandbox::new([("a.quell", FINE), ("deep/b.quell", BROKEN)]).quell("check");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.out.contains("deep/b.quell:2"), "{run}");
}

#[test]
fn standard_input() {
    assert_snapshot!(Sandbox::new([]).quell_reading("check -", BROKEN));
}

#[test]
fn the_ending_may_be_left_out() {
    assert_eq!(Sandbox::new([("a.quell", FINE)]).quell("check a").code, 0);
}

#[test]
fn ignored_and_hidden_files_are_passed_over() {
    let sandbox = Sandbox::new([
        (".gitignore", "generated/\n"),
        ("generated/a.quell", BROKEN),
        (".hidden/a.quell", BROKEN),
        ("a.quell", FINE),
    ]);
    let run = sandbox.quell("check .");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.out.contains("1 file checked"), "{run}");
    assert_eq!(sandbox.quell("check generated/a.quell").code, 1, "but what is named is checked");
}

#[test]
fn files_named_twice_are_checked_once() {
    let sandbox = Sandbox::new([("a.quell", BROKEN)]);
    let once = sandbox.quell("check a.quell");
    assert_eq!(sandbox.quell("check a.quell ./a.quell .").out, once.out);
}

#[test]
fn one_line_each() {
    assert_snapshot!(Sandbox::new([("a.quell", BROKEN)]).quell("check . --output-format short"));
}

#[test]
fn json() {
    let run = Sandbox::new([("a.quell", BROKEN)]).quell("check . --output-format json");
    assert_eq!(run.code, 1);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["format"], "quell-findings");
    assert_eq!(document["version"], 1);
    assert_eq!(document["summary"]["errors"], 1);
    let finding = &document["findings"][0];
    assert_eq!(finding["place"]["file"], "a.quell");
    assert_eq!(finding["place"]["start"]["line"], 2);
    for key in ["code", "level", "message", "labels", "notes", "help", "fixes"] {
        assert!(!finding[key].is_null(), "{key} is missing in {finding}");
    }
}

#[test]
fn json_says_why_it_could_not_run() {
    let sandbox = Sandbox::new([("quell.toml", "[package]\nname = 1\n"), ("a.quell", FINE)]);
    let run = sandbox.quell("check . --output-format json");
    assert_eq!(run.code, 2);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let failure = &document["failures"][0];
    assert_eq!(failure["code"], "broken-project-file");
    assert_eq!(failure["place"]["file"], "quell.toml");
    assert_eq!(failure["place"]["line"], 2);
    assert_eq!(failure["place"]["column"], 8);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let files: Vec<(String, &str)> = (0..40).map(|n| (format!("m{n}.quell"), BROKEN)).collect();
    let sandbox = Sandbox::new(files.iter().map(|(path, text)| (path.as_str(), *text)));
    let first = sandbox.quell("check .");
    assert!(first.out.ends_with("40 errors in 40 files\n"), "{first}");
    for _ in 0..3 {
        assert_eq!(sandbox.quell("check .").out, first.out);
    }
}

#[test]
fn an_owner_that_nobody_declared() {
    let playbook = "/// The API fails.\nplaybook api_down {\n  owner platform\n}\n";
    assert_snapshot!(Sandbox::new([("a.quell", playbook)]).quell("check a.quell"));
}
