//! docs/exit-codes.md: each row of its tables is run, by a shell as people would.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::sandbox::Sandbox;

/// Someone who may not read everything, where the tests themselves may.
const NOBODY: u32 = 65_534;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exit-codes.md")).unwrap()
}

/// The commands of the page, each with the code of its section.
fn rows(page: &str) -> Vec<(i32, String)> {
    let mut rows = Vec::new();
    for section in page.split("\n## ").filter(|section| section.as_bytes()[1] == b':') {
        let code = section[..1].parse().unwrap();
        for line in section.lines().filter(|line| line.starts_with("| `")) {
            let (command, reason) = line[3..].split_once("` | ").unwrap();
            assert!(reason.len() > 5, "{line}");
            rows.push((code, command.replace("\\|", "|")));
        }
    }
    rows
}

/// The files that the page shows, and those that it only names.
fn files(page: &str) -> Sandbox {
    let sandbox = Sandbox::new([
        ("notes.md", "# Notes\n"),
        ("empty/notes.md", "# Notes\n"),
        ("broken/quell.toml", "[package\n"),
        ("broken/disk.quell", "record Disk {\n  mount: Text,\n}\n"),
        ("taken/quell.toml", "[package]\nname = \"taken\"\n"),
        ("locked/disk.quell", "record Disk {\n  mount: Text,\n}\n"),
    ]);
    for part in page.split("\n```").filter(|part| part.contains(" file=")) {
        let (fence, rest) = part.split_once('\n').unwrap();
        let Some((_, name)) = fence.split_once(" file=") else { continue };
        sandbox.write(name.trim_end_matches(" wrong"), format!("{rest}\n"));
    }
    sandbox
}

/// Runs a line in a shell, as somebody who may not read everything.
#[cfg(target_os = "linux")]
fn shell(sandbox: &Sandbox, line: &str) -> Output {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let binary = Path::new(env!("CARGO_BIN_EXE_quell"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["-o", "pipefail", "-c", line]).current_dir(sandbox.path("")).env("PATH", path);
    let probe = sandbox.path("probe");
    fs::write(&probe, "").unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).unwrap();
    if line.starts_with("chmod") && fs::read(&probe).is_ok() {
        for folder in ["", "locked"] {
            std::os::unix::fs::chown(sandbox.path(folder), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        command.uid(NOBODY).gid(NOBODY);
    }
    fs::remove_file(probe).unwrap();
    command.output().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn each_row_of_the_page_is_true() {
    let page = page();
    let rows = rows(&page);
    assert!(rows.len() > 60, "{}", rows.len());
    let mut wrong = Vec::new();
    for (code, line) in rows {
        let sandbox = files(&page);
        let output = shell(&sandbox, &line);
        if output.status.code() != Some(code) {
            wrong.push(format!("{line}\n{code} in the page: {output:?}"));
        }
        if line.starts_with("chmod") {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(said.contains("skipped `locked`, which can't be read"), "{line}: {said}");
            // For whoever cleans up.
            fs::remove_dir_all(sandbox.path("locked")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn each_command_names_its_codes() {
    let sandbox = Sandbox::new([]);
    let help = sandbox.quell("--help").out;
    assert!(help.contains("docs/exit-codes.md"), "{help}");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    // What is indented more belongs to the line above.
    let commands = commands.filter(|line| !line.starts_with("   "));
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .chain(["import stackpulse"])
        .collect();
    assert!(commands.len() > 14, "{commands:?}");
    for command in commands {
        let help = sandbox.quell(&format!("{command} --help")).out;
        assert!(help.contains("\nExit codes: 0 "), "{help}");
        assert!(help.contains("--allow-outside"), "{help}");
    }
}

/// Off a terminal nobody can make the window wider.
#[test]
fn help_fits_into_80_columns() {
    let sandbox = Sandbox::new([]);
    let whole = sandbox.quell("--help");
    let commands = whole.out.lines().skip_while(|line| *line != "Commands:").skip(1);
    // What is indented more belongs to the line above.
    let commands = commands.filter(|line| !line.starts_with("   "));
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.contains(&"dry-run") && commands.len() > 10, "{whole}");
    for command in commands.iter().copied().filter(|command| *command != "help").chain([""]) {
        for help in ["--help", "-h"] {
            let run = sandbox.quell(&format!("{command} {help}"));
            let wide: Vec<&str> = run.out.lines().filter(|line| line.chars().count() > 80).collect();
            assert!(run.code == 0 && wide.is_empty(), "quell {command} {help}: {wide:#?}");
        }
    }
}
