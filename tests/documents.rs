//! What the documents show is what the program does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::Path};

use assert_cmd::cargo::cargo_bin_cmd;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The block that begins with this line, without it and the closing fence.
fn block<'t>(text: &'t str, fence: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("\n{fence}\n")).unwrap_or_else(|| panic!("no block {fence}"));
    rest.split_once("```\n").unwrap_or_else(|| panic!("the block {fence} is open")).0
}

/// Compares a part of a document with what it should be; with UPDATE set, puts that there.
fn compare(path: &str, shown: &str, actual: &str) {
    let file = root().join(path);
    let text = fs::read_to_string(&file).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, text.replacen(shown, actual, 1)).unwrap();
    } else {
        assert_eq!(shown, actual, "{path} is stale: UPDATE=1 cargo test --test documents");
    }
}

#[test]
fn findings_as_json() {
    let path = "docs/formats/findings.md";
    let text = fs::read_to_string(root().join(path)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("disk.quell"), block(&text, "```text")).unwrap();
    let output = cargo_bin_cmd!("quell")
        .args(["check", "disk.quell", "--output-format", "json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    compare(path, block(&text, "```json"), &String::from_utf8(output.stdout).unwrap());
}
