//! Each finding's page: its bad example gives exactly this finding at the mark, its good one none.

use crate::support::{check_text, line, marks};
use quell_compiler::{diagnostic::Level, findings, source::FileId, world::World};

/// Findings that come from elsewhere than the check of a module: they are about the bytes of a file, about
/// our own faults, about runs or about files of others.
fn is_elsewhere(code: &str) -> bool {
    let areas = [
        findings::files::ALL,
        findings::format::ALL,
        findings::repair::ALL,
        findings::alerts::ALL,
        findings::import::ALL,
    ];
    // A run finds it: tests/cli shows that.
    // And a page that held what these find would not be what it seems.
    [
        findings::scenarios::unused_given::CODE,
        findings::syntax::direction_mark::CODE,
        findings::syntax::invisible_character::CODE,
    ]
    .contains(&code)
        || areas.iter().any(|area| area.iter().any(|finding| finding.code == code))
}

struct Page {
    code: &'static str,
    bad: Vec<String>,
    good: Vec<String>,
}

/// The blocks below a heading of a page.
pub fn blocks(page: &str, heading: &str) -> Vec<String> {
    let (mut inside, mut block, mut found) = (false, None::<String>, Vec::new());
    for line in page.lines() {
        if let Some(text) = &mut block {
            if line.trim_end() == "```" {
                found.extend(block.take());
            } else {
                text.push_str(line);
                text.push('\n');
            }
        } else if line.starts_with("## ") {
            inside = line.trim() == heading;
        } else if inside && line.starts_with("```quell") {
            block = Some(String::new());
        }
    }
    found
}

fn pages() -> Vec<Page> {
    let all = findings::all().filter(|finding| !is_elsewhere(finding.code));
    all.map(|finding| {
        let page = finding.page();
        Page { code: finding.code, bad: blocks(&page, "## Bad"), good: blocks(&page, "## Good") }
    })
    .collect()
}

/// The findings in the example itself, as lines; those of other modules would be a fault elsewhere.
fn found(text: &str) -> (Vec<String>, Vec<(&'static str, u32, u32)>) {
    let (world, checked) = check_text(text);
    let example = world.resolve(FileId(0), "example").unwrap();
    let own: Vec<_> = checked.diagnostics.iter().filter(|found| found.span().file == example).collect();
    let elsewhere = checked.diagnostics.iter().filter(|found| found.span().file != example);
    let lines = own.iter().copied().chain(elsewhere).map(|found| line(&world, found)).collect();
    (lines, own.iter().map(|found| (found.code, found.span().start, found.span().end)).collect())
}

#[test]
fn bad_examples_give_exactly_their_finding_where_it_is_marked() {
    let mut wrong = Vec::new();
    for page in pages() {
        if page.bad.is_empty() {
            wrong.push(format!("{}: has no bad example", page.code));
        }
        for text in &page.bad {
            let expected: Vec<_> =
                marks(text).into_iter().map(|mark| (page.code, mark.start, mark.end)).collect();
            let (lines, found) = found(text);
            if expected.is_empty() {
                wrong.push(format!("{}: its bad example has no mark", page.code));
            } else if found != expected {
                wrong.push(format!(
                    "{}: expected {expected:?}, found {found:?}\n{}",
                    page.code,
                    lines.join("\n")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn good_examples_give_no_finding() {
    let mut wrong = Vec::new();
    for page in pages() {
        if page.good.is_empty() {
            wrong.push(format!("{}: has no good example", page.code));
        }
        for text in &page.good {
            let (lines, _) = found(text);
            if !lines.is_empty() {
                wrong.push(format!("{}:\n{}", page.code, lines.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn pages_have_their_parts_and_codes_their_form() {
    for finding in findings::all() {
        let page = finding.page();
        let summary = page.lines().next().unwrap_or_default();
        assert!(summary.ends_with('.'), "{}: the first line is a sentence: {summary}", finding.code);
        for heading in ["## Why", "## Bad", "## Good"] {
            assert!(page.lines().any(|line| line == heading), "{}: has no `{heading}`", finding.code);
        }
        assert!(
            finding.code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{} is not in kebab case",
            finding.code
        );
    }
}

#[test]
fn each_code_belongs_to_one_finding() {
    let mut codes = std::collections::BTreeSet::new();
    for finding in findings::all() {
        assert!(codes.insert(finding.code), "`{}` is taken twice", finding.code);
    }
}

#[test]
fn messages_keep_the_house_style() {
    for page in pages() {
        for text in &page.bad {
            let (_, checked) = check_text(text);
            for found in &checked.diagnostics {
                let first = found.message.chars().next().unwrap_or('A');
                assert!(!first.is_uppercase(), "{}: `{}` begins with a capital", found.code, found.message);
                assert!(!found.message.ends_with('.'), "{}: `{}` ends with a dot", found.code, found.message);
                assert!(found.level >= Level::Info);
            }
        }
    }
}
