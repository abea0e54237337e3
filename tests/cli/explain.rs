//! `quell explain`.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

fn explain(code: &str) -> crate::sandbox::Run {
    Sandbox::new([]).quell(&format!("explain {code}"))
}

#[test]
fn a_page() {
    assert_snapshot!(explain("tab"));
}

#[test]
fn a_code_as_it_is_copied() {
    assert_eq!(explain("warning[tab]:").out, explain("tab").out);
}

#[test]
fn a_misspelt_code() {
    assert_snapshot!(explain("file-to-large"));
}

#[test]
fn all_codes() {
    let run = explain("");
    assert_eq!(run.code, 0);
    assert!(run.out.lines().any(|line| line.starts_with("not-utf8 ")), "{run}");
    assert!(run.out.lines().all(|line| line.ends_with('.')), "each has a sentence: {run}");
}
