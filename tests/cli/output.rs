//! Streams, colours and arguments.

use std::{
    io::Read,
    process::{Command, Stdio},
};

use assert_cmd::cargo::cargo_bin;
use insta::assert_snapshot;

use crate::sandbox::Sandbox;

#[test]
fn colours_only_where_they_are_wanted() {
    let sandbox = Sandbox::new([("a.quell", "record {\n")]);
    assert!(!sandbox.quell("check a.quell").out.contains('\u{1b}'), "a pipe has none");
    assert!(sandbox.quell("check a.quell --color always").out.contains('\u{1b}'));
    assert!(!sandbox.quell("check a.quell --color never").out.contains('\u{1b}'));
    assert!(!sandbox.quell("check nowhere").err.contains('\u{1b}'));
    assert!(sandbox.quell("--color always check nowhere").err.contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let files: Vec<String> = (0..400).map(|n| format!("m{n}.quell")).collect();
    let sandbox = Sandbox::new(files.iter().map(|path| (path.as_str(), "record {\n")));
    let mut child = Command::new(cargo_bin!("quell"))
        .args(["check", "."])
        .current_dir(sandbox.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(1), "the result is still told");
}

#[test]
fn help_has_examples_for_each_command() {
    let help = Sandbox::new([]).quell("--help").out;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // A longer description has further lines.
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 2, "{help}");
    for command in commands {
        let help = Sandbox::new([]).quell(&format!("{command} --help"));
        assert_eq!(help.code, 0);
        assert!(help.out.contains(&format!("Examples:\n  quell {command}")), "{help}");
    }
}

#[test]
fn wrong_arguments() {
    assert_snapshot!(Sandbox::new([]).quell("check --output-format xml ."));
}

#[test]
fn no_arguments() {
    let run = Sandbox::new([]).quell("");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Usage: quell"), "{run}");
}
