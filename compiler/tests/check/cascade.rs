//! One mistake, one message: a word misspelt or a brace forgotten somewhere in the examples gives exactly
//! one finding in the whole check of all of them.

use quell_compiler::{
    source::SourceFile,
    world::{MemoryWorld, World},
};

use crate::support::{check_files, examples, line};

/// Words that begin lines and mean nothing else there.
const WORDS: &[&str] = &[
    "step",
    "cause",
    "severity",
    "suspect",
    "rule",
    "resolved",
    "when",
    "after",
    "each",
    "repeat",
    "every",
    "approve",
    "timeout",
    "retry",
    "undo",
    "irreversible",
    "owner",
    "resolve",
    "enrich",
    "triage",
    "communicate",
    "remediate",
    "http",
    "json",
    "simulate",
    "takes",
    "idempotent",
    "given",
    "expect",
    "scenario",
];

/// How many changes a test tries: each is a check of all examples.
const TRIES: usize = 40;

/// Checks changes of lines of the examples, spread over all of them; `change` gives the new line.
fn each_gives_one_finding(change: impl Fn(&str) -> Option<String>) {
    let (world, files) = examples();
    let mut changes = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let text = world.source(*file).text.to_string();
        let lines = text.lines().enumerate();
        changes.extend(lines.filter_map(|(number, line)| Some((index, number, change(line)?))));
    }
    assert!(changes.len() > 20, "nothing was tried");
    let every = changes.len().div_ceil(TRIES);
    let mut wrong = Vec::new();
    for (index, number, changed) in changes.into_iter().step_by(every) {
        let source = world.source(files[index]);
        let mut lines: Vec<&str> = source.text.lines().collect();
        lines[number] = &changed;
        let found = findings(&world, index, &lines.join("\n"));
        if found.len() != 1 {
            let place = format!("{}:{}: {changed}", source.name, number + 1);
            wrong.push(format!("{place}\n  {}", found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The findings of all examples where one has another text.
fn findings(world: &MemoryWorld, index: usize, text: &str) -> Vec<String> {
    let (_, files) = examples();
    let mut world = world.clone();
    let (path, name) = (world.module_path(files[index]).to_owned(), world.source(files[index]).name.clone());
    world.add(&path, SourceFile::new(name, format!("{text}\n")));
    check_files(&world, &files).diagnostics.iter().map(|found| line(&world, found)).collect()
}

#[test]
fn a_misspelt_word_is_one_finding() {
    each_gives_one_finding(|line| {
        let start = line.len() - line.trim_start().len();
        let word = line[start..].split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let misspelt =
            format!("{}{}{}", &line[..start], &word[..1.min(word.len())], &line[start + 2.min(word.len())..]);
        // Before a colon it is the name of a field.
        let begins_a_line = WORDS.contains(&word) && !line[start + word.len()..].starts_with(':');
        begins_a_line.then_some(misspelt)
    });
}

#[test]
fn a_forgotten_brace_is_one_finding() {
    each_gives_one_finding(|line| (line.trim() == "}").then(String::new));
}
