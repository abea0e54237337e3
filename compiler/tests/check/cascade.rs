//! One mistake, one message: a word misspelt or a brace forgotten somewhere in the examples gives exactly
//! one finding in the whole check of all of them.

use quell_compiler::{
    check::check_files,
    source::SourceFile,
    world::{MemoryWorld, World},
};

use crate::support::{examples, line};

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

/// Checks each change of a line of the examples; `change` gives the new line.
fn each_gives_one_finding(every: usize, change: impl Fn(&str) -> Option<String>) {
    let (world, files) = examples();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (index, file) in files.iter().enumerate() {
        let text = world.source(*file).text.to_string();
        let lines: Vec<&str> = text.lines().collect();
        for (number, line_text) in lines.iter().enumerate() {
            let Some(changed) = change(line_text) else { continue };
            tried += 1;
            if tried % every != 0 {
                continue;
            }
            let mut broken = lines.clone();
            broken[number] = &changed;
            let found = findings(&world, index, &broken.join("\n"));
            if found.len() != 1 {
                let place = format!("{}:{}: {changed}", world.source(*file).name, number + 1);
                wrong.push(format!("{place}\n  {}", found.join("\n  ")));
            }
        }
    }
    assert!(tried > 20, "nothing was tried");
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
    each_gives_one_finding(6, |line| {
        let start = line.len() - line.trim_start().len();
        let word = line[start..].split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let misspelt =
            format!("{}{}{}", &line[..start], &word[..1.min(word.len())], &line[start + 2.min(word.len())..]);
        WORDS.contains(&word).then_some(misspelt)
    });
}

#[test]
fn a_forgotten_brace_is_one_finding() {
    each_gives_one_finding(1, |line| (line.trim() == "}").then(String::new));
}
