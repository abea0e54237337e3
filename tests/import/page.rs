//! docs/coming-from-yaml.md shows what the program does.
//!
//! `UPDATE=1 cargo test --test import page` writes it anew.

use std::{fs, path::Path};

use assert_cmd::cargo::cargo_bin_cmd;

use crate::support::sound;

/// The content of the block with this fence: its place in the text.
fn block(text: &str, fence: &str) -> std::ops::Range<usize> {
    let start = text.find(&format!("\n```{fence}\n")).unwrap() + fence.len() + 5;
    start..start + text[start..].find("```").unwrap()
}

#[test]
fn the_page_shows_what_becomes_of_a_playbook() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coming-from-yaml.md");
    let page = fs::read_to_string(&path).unwrap();
    let yaml = page[block(&page, "yaml")].to_owned();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("restart_pod.yaml"), &yaml).unwrap();
    let command = ["import", "stackpulse", "restart_pod.yaml", "--report"];
    let output = cargo_bin_cmd!("quell").args(command).current_dir(folder.path()).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let mut expected = page.clone();
    expected.replace_range(block(&expected, "console"), &format!("$ quell {}\n{report}", command.join(" ")));
    expected.replace_range(block(&expected, "quell"), &sound(&yaml).playbooks[0].text);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &expected).unwrap();
    } else {
        assert_eq!(page, expected, "UPDATE=1 cargo test --test import page");
    }
    assert_eq!(yaml.lines().count(), 48, "the page says how many lines it has");
}
