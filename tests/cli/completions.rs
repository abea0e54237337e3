//! `quell completions`.

use std::process::Command;

use crate::sandbox::Sandbox;

/// What a real bash offers behind `line`.
fn offered(line: &str) -> Vec<String> {
    let run = Sandbox::new([]).quell("completions bash");
    assert_eq!(run.code, 0, "{run}");
    let script = format!(
        "{}\nCOMP_WORDS=({line} '')\nCOMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))\n\
         _quell quell '' \"${{COMP_WORDS[COMP_CWORD-1]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        run.out
    );
    let output = Command::new("bash").args(["--norc", "-c", &script]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_offers_the_commands() {
    let commands = offered("quell");
    for command in ["check", "fmt", "dry-run", "test"] {
        assert!(commands.iter().any(|it| it == command), "{command}: {commands:?}");
    }
}

#[test]
fn bash_offers_the_values_of_an_option() {
    assert_eq!(offered("quell --color"), ["auto", "always", "never"]);
}

#[test]
fn a_shell_that_nobody_knows() {
    let run = Sandbox::new([]).quell("completions tcsh");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("[possible values: bash, elvish, fish, powershell, zsh]"), "{run}");
}
