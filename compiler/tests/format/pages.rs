//! The pages of before and after: `docs/format.md` for people, and the finer points for us.

use std::path::Path;

use quell_compiler::{format::format, syntax::parse};

use crate::sound;

const BEFORE: &str = "\n```quell before\n";
const AFTER: &str = "\n```quell after\n";

/// Checks each pair of a page; with UPDATE set, writes what comes after.
fn check(path: &str, least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let page = std::fs::read_to_string(&path).unwrap();
    let mut written = String::new();
    let mut rest = page.as_str();
    let mut count = 0;
    while let Some((words, pair)) = rest.split_once(BEFORE) {
        let (before, tail) = pair.split_once("\n```\n").unwrap();
        let (between, tail) = tail.split_once(AFTER).unwrap();
        let (after, tail) = tail.split_once("\n```\n").unwrap();
        let before_text = format!("{before}\n");
        sound(&before_text);
        let laid_out = format(&parse(&before_text)).text;
        if std::env::var_os("UPDATE").is_none() {
            assert_eq!(laid_out, format!("{after}\n"), "{}:\n{before}", path.display());
        }
        written += &[words, BEFORE, before, "\n```\n", between, AFTER, &laid_out, "```\n"].concat();
        rest = tail;
        count += 1;
    }
    written += rest;
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    assert!(count >= least, "{count} pairs in {}", path.display());
}

#[test]
fn the_page_on_the_format() {
    check("docs/format.md", 15);
}

#[test]
fn the_finer_points() {
    check("compiler/tests/fixtures/format/finer_points.md", 13);
}
