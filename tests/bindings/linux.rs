//! `std.linux` and `std.ssh` on this machine: what would go to the shell of another one goes to the shell
//! here, and `sudo` is whoever runs the tests.

use std::{
    fs::{self, File},
    process::Command,
};

use quell_compiler::simulate::value::Value;
use tempfile::TempDir;

use crate::{
    carry_out::Runner,
    programs::{folder, installed, is_root, path},
};

const HOST: &str = "Host(name: \"here\")";

/// With the folder in which `sudo` stands.
fn runner() -> (Runner, TempDir) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let sudo = folder.path().join("sudo");
    fs::write(&sudo, "#!/bin/sh\n[ \"$1\" = --non-interactive ] || exit 9\nshift\nexec \"$@\"\n").unwrap();
    fs::set_permissions(&sudo, fs::Permissions::from_mode(0o755)).unwrap();
    let mut runner = Runner::new("use std.linux\nuse std.ssh\nuse std.ssh (Host)");
    let path = format!("{}:{}", folder.path().display(), path().to_string_lossy());
    runner.variables = vec![("PATH", path)];
    runner.shell_is_here = true;
    (runner, folder)
}

#[test]
fn arguments_reach_the_other_side_as_they_are() {
    let (runner, _folder) = runner();
    let said =
        runner.call(&format!("ssh.execute({HOST}, [\"printf\", \"%s|\", \"it's; \\$HOME\", \"\", \"-n\"])"));
    assert_eq!(said, Value::text("it's; $HOME||-n|"));
    assert_eq!(runner.call(&format!("ssh.reachable({HOST})")), Value::Bool(true));
}

#[test]
fn the_machine_is_looked_at() {
    if !installed(&["df", "ps", "find", "du"]) {
        return;
    }
    let (runner, _folder) = runner();
    let call = |action: &str| runner.call(&format!("linux.{action}({HOST})"));
    for system in call("file_systems").as_list().unwrap().iter() {
        assert!(
            matches!(system.field("mounted"), Some(Value::Text(path)) if path.starts_with('/')),
            "{system:?}"
        );
        assert!(matches!(system.field("used"), Some(Value::Percent(0.0..=100.0))), "{system:?}");
    }
    assert!(matches!(call("inodes"), Value::Text(table) if table.contains("IUse%")));
    assert!(matches!(call("load").field("one_minute"), Some(Value::Float(0.0..))));
    let memory = call("memory");
    assert!(
        memory.field("available").unwrap().order(memory.field("total").unwrap()).unwrap().is_le(),
        "{memory:?}"
    );
    assert!(matches!(call("uptime"), Value::Duration(1..)));
    for action in ["busy_processes", "large_processes"] {
        let processes = runner.call(&format!("linux.{action}({HOST}, most: 3)"));
        assert_eq!(processes.as_list().unwrap().len(), 3);
        for process in processes.as_list().unwrap().iter() {
            assert!(matches!(process.field("id"), Some(Value::Int(1..))), "{process:?}");
            assert!(
                matches!(process.field("command"), Some(Value::Text(said)) if !said.is_empty()),
                "{process:?}"
            );
        }
    }
    if installed(&["ss"]) {
        assert!(matches!(call("sockets"), Value::Text(said) if said.contains("TCP:")));
    }
}

#[test]
fn files_are_found_and_deleted() {
    if !installed(&["find", "du", "touch"]) {
        return;
    }
    let (runner, _folder) = runner();
    let files = folder();
    let at = |name: &str| files.path().join(name);
    let old = |name: &str| {
        assert!(Command::new("touch").args(["-d", "2 days ago"]).arg(at(name)).status().unwrap().success());
    };
    for (name, length) in [("a  b\tc.log", 3 << 20), ("two.log", 2 << 20), ("small.log", 10)] {
        File::create(at(name)).unwrap().set_len(length).unwrap();
    }
    let folder = files.path().display();
    let large = format!("linux.large_files({HOST}, folder: \"{folder}\", at_least: 2MiB)");
    let large = runner.call(&large);
    let found: Vec<_> = large.as_list().unwrap().iter().map(|it| it.field("size").unwrap().clone()).collect();
    assert_eq!(found, [Value::Size(3 << 20), Value::Size(2 << 20)]);
    let path = large.as_list().unwrap()[0].field("path").unwrap().clone();
    assert_eq!(path, Value::text(format!("{folder}/a  b\tc.log")));
    fs::create_dir(at("in ner")).unwrap();
    let sizes = runner.call(&format!("linux.folder_sizes({HOST}, folder: \"{folder}\")"));
    assert_eq!(sizes.as_list().unwrap().len(), 2);
    assert!(runner.try_call(&format!("linux.large_files({HOST}, folder: \"-delete\")")).is_err());

    for name in ["x.gz", "-y.gz", "young.gz", "keep.log"] {
        fs::write(at(name), "").unwrap();
    }
    ["x.gz", "-y.gz", "keep.log"].into_iter().for_each(old);
    let delete =
        format!("linux.delete_files({HOST}, folder: \"{folder}\", pattern: \"*.gz\", older_than: 1d)");
    assert_eq!(runner.call(&delete), Value::Int(2));
    assert!(at("young.gz").exists() && at("keep.log").exists() && !at("x.gz").exists());
    assert_eq!(runner.call(&delete), Value::Int(0));
}

#[test]
fn processes_are_ended_one_by_one() {
    if !installed(&["kill", "sleep"]) {
        return;
    }
    let (runner, _folder) = runner();
    let mut sleeper = Command::new("sleep").arg("60").spawn().unwrap();
    let end = |process: &str| runner.try_call(&format!("linux.end_process({HOST}, process: {process})"));
    end(&sleeper.id().to_string()).unwrap();
    assert!(!sleeper.wait().unwrap().success());
    for all in ["-1", "0", "1"] {
        assert!(end(all).unwrap_err().contains("process that can be terminated"), "{all}");
    }
    let elsewhere = runner.try_call(&format!("linux.rotate_logs({HOST}, name: \"../passwd\")"));
    assert!(elsewhere.unwrap_err().contains("isn't a file name"));
}

#[test]
fn deleted_files_that_are_held_are_found() {
    if !installed(&["lsof"]) || !is_root() {
        return;
    }
    let (runner, files) = runner();
    let held = files.path().join("held.log");
    let _file = File::create(&held).unwrap();
    fs::remove_file(&held).unwrap();
    let found = runner.call(&format!("linux.deleted_files({HOST})"));
    assert!(matches!(&found, Value::Text(said) if said.contains("held.log (deleted)")), "{found:?}");
}
