//! Transcripts are run again, and the output under each command is compared.

use std::{fs, path::Path, process::Command};

use assert_cmd::cargo::cargo_bin_cmd;
use similar::TextDiff;
use tempfile::TempDir;

use crate::{blocks::named_files, root};

/// The content of the first block whose fence begins so.
fn block<'t>(text: &'t str, fence: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("\n{fence}\n")).unwrap_or_else(|| panic!("no block {fence}"));
    rest.split_once("```\n").unwrap_or_else(|| panic!("the block {fence} is open")).0
}

/// Compares a document with what it should be; with UPDATE set, writes that.
fn compare(path: &str, expected: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file, expected).unwrap();
    } else {
        let text = fs::read_to_string(file).unwrap();
        let diff = TextDiff::from_lines(&text, expected).unified_diff().to_string();
        assert!(diff.is_empty(), "{path} is stale: UPDATE=1 cargo test --test documents\n{diff}");
    }
}

/// What a line of a transcript prints in a folder, as a shell runs it: results, then what went to standard
/// error.
fn shell(line: &str, folder: &Path) -> String {
    let program = cargo_bin_cmd!("quell").get_program().to_owned();
    let programs = Path::new(&program).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::split_paths(&path);
    let paths = std::env::join_paths(std::iter::once(programs.to_owned()).chain(paths)).unwrap();
    let mut command = Command::new("sh");
    let output = command.args(["-c", line]).current_dir(folder).env("PATH", paths).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{line} could not run: {output:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// What a command prints in a folder: results, then what went to standard error.
fn quell(arguments: &str, folder: &Path) -> String {
    let output =
        cargo_bin_cmd!("quell").args(arguments.split_whitespace()).current_dir(folder).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "quell {arguments} could not run: {output:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// A folder with the files that a document shows, and the examples if it names them.
fn folder_for(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in named_files(text) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    if text.contains("quell ") && text.contains("examples") {
        copy(&root().join("examples"), &folder.path().join("examples"));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The document with the output under each command of its transcripts as it is now.
fn with_transcripts(text: &str) -> String {
    let folder = folder_for(text);
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (transcript, after) = after.split_once("```\n").unwrap();
        result += before;
        result += "```console\n";
        for command in transcript.lines().filter_map(|line| line.strip_prefix("$ ")) {
            assert!(command.contains("quell "), "a transcript runs quell: {command}");
            let output = shell(command, folder.path());
            result += &format!("$ {command}\n{}\n", output.trim_end());
        }
        result += "```\n";
        rest = after;
    }
    result + rest
}

/// The pages whose transcripts are run here.
pub const PAGES: [&str; 4] = ["README.md", "docs/alerts.md", "docs/dry-run.md", "docs/testing.md"];

#[test]
fn transcripts_show_what_the_program_prints() {
    for page in PAGES {
        let text = fs::read_to_string(root().join(page)).unwrap();
        assert!(text.matches("```console\n").count() >= 1, "{page} has no transcript");
        compare(page, &with_transcripts(&text));
    }
}

#[test]
fn findings_as_json() {
    let path = "docs/formats/findings.md";
    let text = fs::read_to_string(root().join(path)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("disk.quell"), block(&text, "```text")).unwrap();
    let output = quell("check disk.quell --output-format json", folder.path());
    compare(path, &text.replacen(block(&text, "```json"), &output, 1));
}
