//! What the documents show is what the program does: each transcript is run again, each JSON document
//! made again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::Path, process::Command};

use assert_cmd::cargo::cargo_bin_cmd;
use similar::TextDiff;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

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

/// A folder with the files that a document shows, and the examples.
fn folder_for(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in text.split("\n```").filter(|part| part.contains(" file=")) {
        let (fence, rest) = part.split_once('\n').unwrap();
        let Some((_, name)) = fence.split_once(" file=") else { continue };
        fs::write(folder.path().join(name), rest.split_once("```\n").map_or(rest, |(text, _)| text)).unwrap();
    }
    copy(&root().join("examples"), &folder.path().join("examples"));
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

#[test]
fn transcripts_of_the_readme() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(text.matches("```console\n").count() >= 1, "the README shows what the program does");
    compare("README.md", &with_transcripts(&text));
}

#[test]
fn transcripts_of_the_page_on_dry_runs() {
    let text = fs::read_to_string(root().join("docs/dry-run.md")).unwrap();
    compare("docs/dry-run.md", &with_transcripts(&text));
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

/// Each link of a page to a file leads to one.
#[test]
fn links_lead_somewhere() {
    let pages = ignore::Walk::new(root()).map(Result::unwrap).map(ignore::DirEntry::into_path);
    let pages: Vec<_> = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    let (mut links, mut dead) = (0, Vec::new());
    for page in &pages {
        let text = fs::read_to_string(page).unwrap();
        // What stands between fences is no link.
        let outside = text.split("\n```").step_by(2);
        for target in
            outside.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
        {
            let file = target.split('#').next().unwrap();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            links += 1;
            if !page.parent().unwrap().join(file).exists() {
                dead.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(links > 300, "{links}");
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}
