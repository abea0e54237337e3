//! The page on the rules has a test for each rule, and no test is of a rule that isn't there.
//!
//! `UPDATE=1` writes the links.

use std::{collections::BTreeMap, fmt::Write, fs};

use crate::support::root;

const PAGE: &str = "docs/language/semantics.md";
const TESTS: &str = "compiler/tests/semantics";

/// The tests of each rule as links, by the rule's number: `4`, `T4`.
fn tests() -> BTreeMap<String, Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(root().join(TESTS)).unwrap().map(|entry| entry.unwrap()).collect();
    files.sort_by_key(|file| file.file_name());
    let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        for line in fs::read_to_string(file.path()).unwrap().lines() {
            let Some(test) = line.strip_prefix("fn rule_").and_then(|rest| rest.split('(').next()) else {
                continue;
            };
            let Some((number, words)) = test.split_once('_') else { continue };
            let number = number.trim_start_matches('0').to_uppercase();
            let link = format!("[{}](../../{TESTS}/{name})", words.replace('_', " "));
            tests.entry(number).or_default().push(link);
        }
    }
    tests
}

/// The page with the links to these tests; fails where a rule has none.
fn linked(page: &str, mut tests: BTreeMap<String, Vec<String>>) -> String {
    let mut out = String::new();
    let (head, rules) = page.split_once("\n### ").unwrap();
    out.push_str(head);
    for rule in rules.split("\n### ") {
        // A chapter may begin behind the rule.
        let (rule, chapter) =
            rule.split_once("\n## ").map_or((rule, None), |(rule, next)| (rule, Some(next)));
        let text = rule.split("\nTests: ").next().unwrap_or_default().trim_end();
        let number = text.split('.').next().unwrap_or_default();
        let links = tests.remove(number).unwrap_or_else(|| panic!("rule {number} has no test"));
        let _ = write!(out, "\n### {text}\n\nTests: {}.\n", links.join(";\n"));
        if let Some(chapter) = chapter {
            let _ = write!(out, "\n## {}\n", chapter.trim_end());
        }
    }
    assert!(tests.is_empty(), "no rule has these tests: {tests:?}");
    out
}

#[test]
fn each_rule_has_tests_and_each_test_a_rule() {
    let path = root().join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let wanted = linked(&page, tests());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == wanted, "{PAGE} is stale: UPDATE=1 writes its links");
}
