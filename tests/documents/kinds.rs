//! Every block of code on every page is checked, by its kind.

use std::collections::BTreeMap;

use crate::{
    blocks::{self, Block},
    commands, data, programs, transcripts,
};

/// What checks a block: the name of its kind, and what is wrong.
type Checked = (&'static str, Result<(), String>);

/// Blocks that other tests check, or that nothing can: start of the page's path, language, and who or why.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("ARCHITECTURE.md", "mermaid", "made by tests/architecture"),
    ("ARCHITECTURE.md", "text", "a drawing of the stages"),
    ("compiler/tests/fixtures/format/", "quell", "formatted by compiler/tests/format/pages.rs"),
    ("docs/coming-from-yaml.md", "console", "made by tests/import/page.rs"),
    ("docs/coming-from-yaml.md", "yaml", "converted by tests/import/page.rs"),
    ("docs/continuous-integration.md", "groovy", "run by tests/reports/pages.rs"),
    ("docs/continuous-integration.md", "yaml", "read by the tools of tests/reports/pages.rs"),
    (
        "docs/dry-run.md",
        "text",
        "a message whose playbook would run for seconds; tests/cli/bounds.rs has such runs",
    ),
    ("docs/editors.md", "elisp", "needs Emacs, which the tests don't"),
    ("docs/editors.md", "lua", "run in Neovim by tests/lsp/outside.rs"),
    ("docs/errors/", "text", "no Quell text: bytes, sizes, marks that can't be seen, or what Quell prints"),
    ("docs/errors/", "yaml", "converted or read by compiler/tests/check"),
    ("docs/format.md", "quell", "formatted by compiler/tests/format/pages.rs"),
    ("docs/formats/findings.md", "json", "made by tests/documents/transcripts.rs"),
    ("docs/formats/findings.md", "text", "the file of that document"),
    ("docs/lint.md", "text", "printed in tests/cli/lint_project.rs"),
    ("docs/rules/", "yaml", "the alert rules beside the examples of the page"),
    ("examples/README.md", "mermaid", "made by tests/examples.rs"),
    ("grammar/GRAMMAR.md", "ebnf", "made by grammar/tests/reference.rs"),
];

fn elsewhere(block: &Block) -> Option<&'static str> {
    let marked = !block.marks.is_empty();
    let (_, _, reason) = ELSEWHERE.iter().find(|(page, language, _)| {
        block.page.starts_with(page) && block.language == *language && (*language != "quell" || marked)
    })?;
    Some(reason)
}

fn check(block: &Block) -> Option<Checked> {
    let generated = block.page.starts_with("docs/errors/") || block.page.starts_with("docs/rules/");
    Some(match (&*block.language, &*block.marks) {
        ("quell", []) if generated && block.heading == "## Bad" => {
            ("example of a finding: has the finding", programs::has_its_finding(block))
        }
        ("quell", []) if generated => ("example of a finding: has no error", programs::has_no_error(block)),
        ("quell", []) => ("program: compiles, is formatted, its scenarios pass", programs::is_good(block)),
        ("quell", [mark]) if mark == "wrong" => {
            ("program with a mistake: found where it is marked", programs::has_marked_findings(block))
        }
        ("quell", [mark]) if mark == "fragment" => ("fragment: parses", programs::parses(block)),
        ("quell", _) if block.file().is_some() => {
            ("file of a page: no error, or a finding if marked", programs::file_is_as_marked(block))
        }
        ("toml", []) => ("quell.toml, or a part of it: is read", data::is_manifest(block, true)),
        ("toml", _) if block.file().is_some_and(|name| name.ends_with("quell.toml")) => {
            ("quell.toml: is read, or refused if marked", data::is_manifest(block, !block.is_marked("wrong")))
        }
        ("toml", _) if block.file().is_some() => ("TOML of another tool: is TOML", data::is_toml(block)),
        ("yaml", _) if block.file().is_some() => ("YAML of a transcript: is read", data::is_yaml(block)),
        ("json", []) => ("JSON: has only fields that Quell writes", data::has_fields_of_quell(block)),
        ("text", [mark]) if mark == "reserved" => {
            ("reserved words: can't be names", programs::are_reserved(block))
        }
        ("console", []) if transcripts::PAGES.contains(&&*block.page) => {
            ("transcript: run again", commands::are_known(block))
        }
        ("sh", []) => ("commands: parsed as arguments", commands::are_known(block)),
        _ => return None,
    })
}

#[test]
fn every_block_is_checked() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for (page, text) in blocks::pages() {
        for block in blocks::of_page(&page, &text).0 {
            if let Some(reason) = elsewhere(&block) {
                *left
                    .entry(format!(
                        "{}, {}: {reason}",
                        block.page.split("/").take(2).collect::<Vec<_>>().join("/"),
                        block.language
                    ))
                    .or_default() += 1;
            } else if let Some((kind, result)) = check(&block) {
                *counts.entry(kind).or_default() += 1;
                problems.extend(result.err().map(|problem| format!("{}: {problem}", block.place())));
            } else {
                problems.push(format!(
                    "{}: nothing checks a block marked `{} {}`; CONTRIBUTING.md lists the marks",
                    block.place(),
                    block.language,
                    block.marks.join(" ")
                ));
            }
        }
    }
    println!("{} blocks are checked here:", counts.values().sum::<usize>());
    counts.iter().for_each(|(kind, count)| println!("{count:>6}  {kind}"));
    println!("{} are checked by other tests, or can't be:", left.values().sum::<usize>());
    left.iter().for_each(|(kind, count)| println!("{count:>6}  {kind}"));
    assert!(problems.is_empty(), "{} blocks:\n{}", problems.len(), problems.join("\n\n"));
    assert!(counts.values().sum::<usize>() > 1_000, "{counts:?}");
}

/// Each exception is still needed.
#[test]
fn exceptions_are_needed() {
    let all: Vec<_> =
        blocks::pages().into_iter().flat_map(|(page, text)| blocks::of_page(&page, &text).0).collect();
    for (page, language, _) in ELSEWHERE {
        let used = all.iter().any(|block| block.page.starts_with(page) && block.language == *language);
        assert!(used, "no block of {page} is {language}: remove it from ELSEWHERE");
    }
}
