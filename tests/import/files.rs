//! What lies in folders: other than playbooks, nothing, or the folder itself.

use std::fs;

use assert_cmd::cargo::cargo_bin_cmd;

const PLAYBOOK: &str = "kind: Playbook\nmetadata: {name: own}\nsteps:\n  - name: slack/message/dynamic\n    env: {RECIPIENTS: '#ops', MESSAGE_TEXT: hello}\n";

/// The report on a folder: its exit code, standard output, errors.
fn report(folder: &std::path::Path) -> (Option<i32>, String, String) {
    let mut command = cargo_bin_cmd!("quell");
    let output =
        command.args(["import", "stackpulse", ".", "--report"]).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_folder_without_playbooks() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, errors) = report(folder.path());
    assert_eq!(code, Some(2));
    assert!(errors.contains("there are no YAML files"), "{errors}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_to_itself() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("own.yaml"), PLAYBOOK).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    let (code, report, _) = report(folder.path());
    assert_eq!(code, Some(0));
    assert!(report.contains("1 playbook: 1 converted"), "{report}");
}

#[test]
fn files_of_other_systems_and_in_json() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("windows.yaml"), format!("\u{feff}{}", PLAYBOOK.replace('\n', "\r\n")))
        .unwrap();
    let json = r##"{"kind": "Playbook", "steps": [{"name": "slack/message/dynamic", "env": {"RECIPIENTS": "#ops", "MESSAGE_TEXT": "\u00e9"}}]}"##;
    fs::write(folder.path().join("json.yml"), json).unwrap();
    let (code, report, _) = report(folder.path());
    assert_eq!(code, Some(0));
    assert!(report.contains("2 playbooks: 2 converted"), "{report}");
}

#[test]
fn triggers_without_a_name_where_there_are_several_playbooks() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yaml"), PLAYBOOK).unwrap();
    fs::write(folder.path().join("b.yaml"), PLAYBOOK.replace("own", "other")).unwrap();
    fs::write(folder.path().join("trigger.yaml"), "kind: Trigger\nscenarios:\n  - name: Disk full\n")
        .unwrap();
    let mut command = cargo_bin_cmd!("quell");
    let arguments = ["import", "stackpulse", ".", "--output-dir", "converted"];
    let output = command.args(arguments).current_dir(folder.path()).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("this trigger names no playbook, so it starts the first one, `own`"), "{errors}");
    assert!(errors.contains("trigger.yaml:1:1"), "{errors}");
}
