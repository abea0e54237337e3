//! The examples, the standard library and the reference hold to the language: they check without a
//! finding and stand in the one format.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::cargo::cargo_bin_cmd;
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

/// Fails unless `quell` with these arguments ends well and finds nothing.
fn finds_nothing(arguments: &[&str], folder: &Path) {
    let output = cargo_bin_cmd!("quell").args(arguments).current_dir(folder).output().unwrap();
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "quell {} in {}:\n{text}", arguments.join(" "), folder.display());
    assert!(!text.contains("warning"), "quell {} in {}:\n{text}", arguments.join(" "), folder.display());
}

/// Fails unless the compiler finds nothing in a program. Programs in documents show one thing each, so they
/// are spared the rules of practice.
fn compiles(name: &str, folder: &Path) {
    let mut arguments = vec!["check", name];
    for group in ["correctness", "safety", "time", "communication", "clarity", "upkeep"] {
        arguments.extend(["--ignore", group]);
    }
    finds_nothing(&arguments, folder);
}

/// The blocks of a document that stand for whole files, with the line on which each begins. Blocks
/// marked `quell fragment` show a form, not a program.
fn programs(text: &str) -> Vec<(usize, String)> {
    let mut programs = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in text.lines().enumerate() {
        match &mut open {
            Some(_) if line == "```" => programs.extend(open.take()),
            Some((_, program)) => {
                program.push_str(line);
                program.push('\n');
            }
            None if line == "```quell" => open = Some((index + 2, String::new())),
            None => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    programs
}

#[test]
fn examples_check_and_stand_in_the_format() {
    finds_nothing(&["check", "--profile", "strict", "examples"], root());
    finds_nothing(&["fmt", "--check", "examples"], root());
}

/// What `quell` with these arguments prints, if it ends well.
fn printed(arguments: &[&str], folder: &Path) -> String {
    let output = cargo_bin_cmd!("quell").args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "quell {}:\n{text}{errors}", arguments.join(" "));
    text
}

/// The examples that an event starts: their names and texts.
fn responses() -> Vec<(String, String)> {
    let responses: Vec<_> = files(&root().join("examples"), "quell")
        .into_iter()
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .map(|(name, path)| (name, fs::read_to_string(path).unwrap()))
        .filter(|(_, text)| text.contains("\n  on ") && text.contains("\n  resolve within "))
        .collect();
    assert!(responses.len() >= 12, "only {} responses were found", responses.len());
    responses
}

#[test]
fn scenarios_of_the_examples_hold_and_try_nearly_all_of_them() {
    let report = printed(&["test", "examples", "--coverage", "--min-coverage", "90"], root());
    for (name, _) in responses() {
        let line =
            report.lines().find(|line| line.split_whitespace().next() == Some(&name) && line.ends_with('%'));
        let share =
            line.and_then(|line| line.split_whitespace().last()?.strip_suffix('%')?.parse::<u32>().ok());
        assert!(share.is_some_and(|share| share >= 90), "{name}: {line:?}");
    }
}

/// The comment is the runbook, failure is tried, and whoever looks for an example finds it.
#[test]
fn every_response_of_the_examples_is_a_runbook_with_its_tests() {
    let gallery = fs::read_to_string(root().join("examples/README.md")).unwrap();
    for (name, text) in responses() {
        for chapter in [
            "/// **How to read the signals.**",
            "/// **What the playbook does",
            "/// **If it doesn't help.**",
        ] {
            assert!(text.contains(chapter), "{name} lacks `{chapter}`");
        }
        let scenarios: Vec<&str> = text.split("\nscenario \"").skip(1).collect();
        assert!(scenarios.len() >= 3, "{name} has {} scenarios", scenarios.len());
        assert!(scenarios.iter().any(|one| one.contains("expect failed")), "{name}: no scenario fails");
        assert!(gallery.contains(&format!("[{name}]({name}.quell)")), "the gallery lacks {name}");
    }
}

/// An alert that nobody answers, and a playbook for an alert that nobody raises, are mistakes.
#[test]
fn the_examples_answer_the_alerts_of_their_rules() {
    let report = printed(&["coverage", "--min", "100"], &root().join("examples"));
    assert!(!report.contains("for alerts that no rule has"), "{report}");
}

/// The drawing in the gallery is the one that `quell graph` makes.
#[test]
fn the_gallery_draws_a_playbook_as_it_is() {
    let path = root().join("examples/README.md");
    let gallery = fs::read_to_string(&path).unwrap();
    let drawing = printed(&["graph", "examples:certificate_expiring", "--format", "mermaid"], root());
    let (before, rest) = gallery.split_once("```mermaid\n").unwrap();
    let (drawn, after) = rest.split_once("```").unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}```mermaid\n{}\n```{after}", drawing.trim_end())).unwrap();
    } else {
        assert_eq!(drawn.trim_end(), drawing.trim_end(), "UPDATE=1 cargo test --test examples");
    }
}

#[test]
fn the_standard_library_stands_in_the_format() {
    finds_nothing(&["fmt", "--check", "stdlib/std"], root());
}

#[test]
fn programs_in_the_documentation_of_modules_check() {
    for module in files(&root().join("stdlib/std"), "quell") {
        let text = fs::read_to_string(&module).unwrap();
        let documentation: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("//!"))
            .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
            .collect();
        for (line, program) in programs(&documentation) {
            let folder = tempfile::tempdir().unwrap();
            let name = format!("{}_line_{line}.quell", module.file_stem().unwrap().to_string_lossy());
            fs::write(folder.path().join(&name), program).unwrap();
            compiles(&name, folder.path());
        }
    }
}

/// Each method of the compiler's table stands in the reference.
#[test]
fn the_reference_names_all_methods() {
    let reference = fs::read_to_string(root().join("docs/language/values.md")).unwrap();
    for method in quell_compiler::types::METHODS {
        assert!(
            reference.contains(&format!("`{}(", method.name)),
            "docs/language/values.md lacks `{}` of {}",
            method.name,
            method.receiver.word()
        );
    }
}
