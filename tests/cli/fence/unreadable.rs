//! What can't be read doesn't keep the rest from being checked; it is told, and the exit code tells.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::{Hostile, PLAYBOOK};
use crate::sandbox::Run;

/// Someone who may not read everything, where the tests themselves may.
const NOBODY: u32 = 65_534;

fn lock(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
}

/// Runs the binary as somebody who may not read what is locked; none where that can't be had.
fn quell(hostile: &Hostile, arguments: &str) -> Option<Run> {
    use std::os::unix::process::CommandExt;
    fs::set_permissions(hostile.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let run = |binary: &Path| {
        let mut command = std::process::Command::new(binary);
        command.args(arguments.split_whitespace()).current_dir(hostile.path("repo"));
        if fs::read_dir(hostile.path("repo/locked")).is_ok() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output()
    };
    // Where the folder of the build is closed to others, they get a copy.
    let output = run(Path::new(env!("CARGO_BIN_EXE_quell"))).or_else(|_| {
        let copy = hostile.path("quell");
        if !copy.exists() {
            fs::copy(env!("CARGO_BIN_EXE_quell"), &copy)?;
        }
        run(&copy)
    });
    let output = output.ok()?;
    Some(Run {
        code: output.status.code()?,
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    })
}

/// A repository with a folder and a file that nobody may read.
fn locked() -> Hostile {
    let hostile = Hostile::new();
    hostile.write("locked/inner.quell", "record {\n");
    hostile.write("secret.quell", "record {\n");
    hostile.write("bad.quell", "record {\n");
    hostile.write("book.yaml", "kind: Playbook\n");
    lock(&hostile.path("repo/secret.quell"));
    lock(&hostile.path("repo/locked"));
    hostile
}

#[test]
fn the_rest_is_reported_and_the_exit_code_is_2() {
    let hostile = locked();
    for command in [
        "check",
        "check --output-format json",
        "lint",
        "test",
        "fmt --check",
        "fmt --diff",
        "coverage",
        "doc",
        "import stackpulse . --report",
    ] {
        let Some(run) = quell(&hostile, command) else { return };
        assert_eq!(run.code, 2, "{command}: {run}");
        assert!(
            run.err.contains("warning: skipped `locked`, which can't be read: Permission denied"),
            "{run}"
        );
        let reads_it = !command.starts_with("import");
        assert_eq!(run.err.contains("warning: skipped `secret.quell`"), reads_it, "{command}: {run}");
        let shown = run.out + &run.err;
        assert!(shown.contains("bad.quell") || shown.contains("book.yaml"), "{command}: {shown}");
    }
    fs::set_permissions(hostile.path("repo/locked"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn scenarios_run_without_what_cannot_be_read() {
    let hostile = locked();
    fs::remove_file(hostile.path("repo/bad.quell")).unwrap();
    let Some(run) = quell(&hostile, "test") else { return };
    assert!(run.code == 2 && run.out.contains("1 passed"), "{run}");
    fs::set_permissions(hostile.path("repo/locked"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn many_paths_are_counted() {
    let hostile = locked();
    for number in 0..30 {
        let name = format!("many/m{number:02}.quell");
        hostile.write(&name, PLAYBOOK);
        lock(&hostile.path(&format!("repo/{name}")));
    }
    let Some(run) = quell(&hostile, "check") else { return };
    assert_eq!(run.err.matches("warning: skipped `").count(), 10, "{run}");
    assert!(run.err.contains("warning: skipped 22 more files and folders"), "{run}");
    fs::set_permissions(hostile.path("repo/locked"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn where_nothing_can_be_read_nothing_is_said_to_be_fine() {
    let hostile = locked();
    for path in ["secret.quell", "locked"] {
        let Some(run) = quell(&hostile, &format!("check {path}")) else { return };
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run}");
        assert!(run.err.contains("can't be read: Permission denied"), "{run}");
    }
    fs::set_permissions(hostile.path("repo/locked"), fs::Permissions::from_mode(0o755)).unwrap();
}
