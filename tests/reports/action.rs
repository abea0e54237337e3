//! `action.yml`: each step's script is run as GitHub's runner runs it, in a scratch repository, with the
//! inputs that a workflow would give. What is downloaded comes from a folder that looks like GitHub's
//! releases, and `cargo` is a stand-in that prints what it was asked to build.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use quell_compiler::yaml::{self, Node};
use tempfile::TempDir;

use crate::tools::{content, python_tool, repository};

const NEAT: &str = "/// What a host is called.\ntype Host = Text\n";
/// The release that this action belongs to.
const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));
/// A playbook with a scenario that holds: `quell test` refuses a repository without any.
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
const MESSY: &str = "/// What a host is called.\ntype   Host=Text\n";
const WRONG: &str = "/// What a host is called.\ntype Host = Txt\n";
fn action() -> Node {
    let read = yaml::parse(&fs::read_to_string(repository().join("action.yml")).unwrap());
    assert!(read.mistake.is_none(), "{:?}", read.mistake);
    read.documents.into_iter().next().unwrap()
}

/// A job that uses the action: its folders, and what its steps have left so far.
struct Job {
    scratch: TempDir,
    /// What `${{ ... }}` stands for.
    values: BTreeMap<String, String>,
    /// What each step that ran gave, by its name.
    ran: BTreeMap<String, Output>,
}

impl Job {
    /// Runs all steps over a repository that holds these files.
    fn run(files: &[(&str, &str)], inputs: &[(&str, &str)]) -> Self {
        let mut job =
            Self { scratch: TempDir::new().unwrap(), values: BTreeMap::new(), ran: BTreeMap::new() };
        for folder in ["repository", "temp", "bin", "releases"] {
            fs::create_dir_all(job.path(folder)).unwrap();
        }
        for (name, text) in files {
            let file = job.path("repository").join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        job.stand_in_for_cargo();
        job.release();
        job.values.insert("github.action_path".into(), repository().display().to_string());
        let action = action();
        for (name, declared) in action.get("inputs").unwrap().entries() {
            let default = declared.get("default").and_then(Node::text).unwrap();
            job.values.insert(format!("inputs.{}", name.text().unwrap()), default.to_owned());
        }
        for (name, value) in inputs {
            let known = job.values.insert(format!("inputs.{name}"), (*value).to_owned());
            assert!(known.is_some(), "there is no input {name}");
        }
        for step in action.get("runs").unwrap().get("steps").unwrap().elements() {
            job.step(step);
        }
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Says what it is asked for, and puts the built binary where it was asked to.
    fn stand_in_for_cargo(&self) {
        let script = format!(
            "#!/bin/sh\necho \"$*\" >>'{}'\nmkdir -p \"$4/bin\"\ncp '{}' \"$4/bin/quell\"\n",
            self.path("cargo.log").display(),
            env!("CARGO_BIN_EXE_quell")
        );
        let file = self.path("bin/cargo");
        fs::write(&file, script).unwrap();
        assert!(Command::new("chmod").arg("+x").arg(file).status().unwrap().success());
    }

    /// GitHub's releases, as a folder: one release, whose program runs the built binary.
    fn release(&self) {
        let vendor = if cfg!(target_os = "macos") { "apple-darwin" } else { "unknown-linux-musl" };
        let name = format!("quell-{VERSION}-{}-{vendor}", std::env::consts::ARCH);
        let release = self.path("releases/download").join(VERSION);
        fs::create_dir_all(release.join(&name)).unwrap();
        let program = release.join(&name).join("quell");
        fs::write(&program, format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_quell"))).unwrap();
        let script = "chmod +x $0/quell && tar -czf $0.tar.gz $0 && sha256sum $0.tar.gz >SHA256SUMS";
        content(Command::new("sh").args(["-c", script, &name]).current_dir(release), "a release");
    }

    fn step(&mut self, step: &Node) {
        let text = |key: &str| step.get(key).and_then(Node::text);
        let name = text("name").unwrap().to_owned();
        if !text("if").is_none_or(|condition| self.holds(condition)) {
            return;
        }
        let Some(script) = text("run") else {
            assert!(text("uses").unwrap().contains('@'), "{name}: actions of others have a version");
            return;
        };
        assert!(!script.contains("${{"), "{name}: values come through the environment");
        assert_eq!(text("shell"), Some("bash"), "{name}");
        let file = self.path("step.sh");
        fs::write(&file, script).unwrap();
        let path = fs::read_to_string(self.path("path")).unwrap_or_default();
        let path =
            format!("{}:{}:{}", path.trim(), self.path("bin").display(), std::env::var("PATH").unwrap());
        let (output_file, path_file) = (self.path("output"), self.path("path"));
        fs::write(&output_file, "").unwrap();
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(&file)
            .current_dir(self.path("repository"))
            .env("PATH", path)
            .env("RUNNER_TEMP", self.path("temp"))
            .env("QUELL_RELEASES", format!("file://{}", self.path("releases").display()))
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .env("GITHUB_OUTPUT", &output_file)
            .env("GITHUB_PATH", path_file);
        for (variable, value) in step.get("env").map_or(&[][..], Node::entries) {
            command.env(variable.text().unwrap(), self.filled(value.text().unwrap()));
        }
        let output = command.output().unwrap();
        if let Some(id) = text("id") {
            let outcome = if output.status.success() { "success" } else { "failure" };
            self.values.insert(format!("steps.{id}.outcome"), outcome.to_owned());
            for line in fs::read_to_string(output_file).unwrap().lines() {
                let (key, value) = line.split_once('=').unwrap();
                self.values.insert(format!("steps.{id}.outputs.{key}"), value.to_owned());
            }
        }
        self.ran.insert(name, output);
    }

    /// A text with its expressions filled in.
    fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${{") {
            let (name, after) = after.split_once("}}").unwrap();
            let value = self.values.get(name.trim());
            filled += before;
            filled += value.unwrap_or_else(|| panic!("what is `{name}`?"));
            rest = after;
        }
        filled + rest
    }

    /// The conditions of the action: terms joined by `&&`.
    fn holds(&self, condition: &str) -> bool {
        let inner = condition.trim().trim_start_matches("${{").trim_end_matches("}}");
        inner.split("&&").map(str::trim).all(|term| {
            if term == "!cancelled()" {
                return true;
            }
            let (name, value) = term.split_once(['=', '!']).unwrap();
            let is = value.trim_start_matches('=').trim().trim_matches('\'');
            // What didn't run has no outcome.
            let known = self.values.get(name.trim()).map_or("", String::as_str);
            (known == is) != term.contains("!=")
        })
    }

    fn said(&self, step: &str) -> String {
        let output = self.ran.get(step).unwrap_or_else(|| panic!("{step} didn't run"));
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    }

    fn code(&self, step: &str) -> Option<i32> {
        self.ran.get(step).and_then(|output| output.status.code())
    }

    /// How the three commands ended; none for those that didn't run.
    fn codes(&self) -> [Option<i32>; 3] {
        ["quell fmt", "quell check", "quell test"].map(|step| self.code(step))
    }
}

const FINE: Option<i32> = Some(0);
const FOUND: Option<i32> = Some(1);

#[test]
fn a_good_repository_passes() {
    let job = Job::run(&[("hosts.quell", NEAT), ("greeting.quell", GREETING)], &[]);
    assert_eq!(job.codes(), [FINE; 3], "{}", job.said("quell check"));
    assert!(job.said("Add it to the path").contains("quell"), "the version is shown");
    assert!(job.code("Write the findings for code scanning").is_none(), "that is asked for");
}

#[test]
fn each_command_runs_whatever_the_others_find() {
    let failing = GREETING.replace("told ran", "told skipped");
    let job = Job::run(&[("hosts.quell", MESSY), ("greeting.quell", &failing)], &[]);
    assert_eq!(job.codes(), [FOUND, FINE, FOUND], "{}", job.said("quell check"));
    let job = Job::run(&[("hosts.quell", WRONG)], &[]);
    assert_eq!(job.codes()[1], FOUND);
    assert!(
        job.said("quell check").starts_with("::error file=hosts.quell,line=2"),
        "{}",
        job.said("quell check")
    );
}

#[test]
fn commands_can_be_left_out() {
    let job = Job::run(&[("hosts.quell", MESSY)], &[("fmt", "false"), ("test", "false")]);
    assert_eq!(job.codes(), [None, FINE, None]);
}

#[test]
fn paths_profile_and_baseline_reach_the_commands() {
    let files = [("one folder/a.quell", NEAT), ("two/b.quell", WRONG), ("c.quell", GREETING)];
    let job = Job::run(&files, &[("paths", "one folder\nc.quell\n\n")]);
    assert_eq!(job.codes(), [FINE; 3], "{}", job.said("quell check"));
    let hostile = "\"; touch owned; \"$(touch owned)";
    let job = Job::run(&files, &[("paths", hostile)]);
    assert_eq!(job.codes(), [Some(2); 3], "it is a path that isn't there");
    assert!(!job.path("repository/owned").exists());
    let unused = "/// How long.\nprivate let grace: Duration = 5m\n";
    let with = |inputs: &[(&str, &str)]| Job::run(&[("a.quell", unused)], inputs).code("quell check");
    assert_eq!((with(&[]), with(&[("profile", "none-such")])), (FOUND, Some(2)));
    assert_eq!(with(&[("baseline", "none such.json")]), Some(2), "one that isn't there is no empty one");
}

#[test]
fn findings_are_written_for_code_scanning() {
    let job = Job::run(&[("hosts.quell", WRONG)], &[("sarif", "true")]);
    assert_eq!(job.code("Write the findings for code scanning"), FINE, "findings are no failure here");
    let log: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(job.path("temp/quell.sarif")).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "unknown-type");
    let job = Job::run(&[("a.txt", "")], &[("sarif", "true")]);
    assert_eq!(job.code("Write the findings for code scanning"), FOUND, "a check that can't run is one");
}

#[test]
fn the_binary_is_downloaded_and_its_checksum_compared() {
    let job = Job::run(&[("a.quell", NEAT), ("b.quell", GREETING)], &[("version", VERSION)]);
    assert!(job.said("Install quell").contains("installed quell"), "{}", job.said("Install quell"));
    assert_eq!(job.codes(), [FINE; 3]);
    assert!(!job.path("cargo.log").exists(), "nothing is built");
    let missing = Job::run(&[("a.quell", NEAT)], &[("version", "v99.0.0")]);
    assert!(
        missing.said("Install quell").contains("can't be downloaded"),
        "{}",
        missing.said("Install quell")
    );
}

#[test]
fn the_wanted_version_is_built_where_that_is_asked_for() {
    let log = |job: &Job| fs::read_to_string(job.path("cargo.log")).unwrap();
    let key = |job: &Job| job.values["steps.sources.outputs.key"].clone();
    let of_action = Job::run(&[("a.quell", NEAT)], &[("build", "true")]);
    assert!(of_action.code("Install quell").is_none(), "nothing is downloaded");
    let root = of_action.path("temp/quell").display().to_string();
    let own = repository().display();
    assert_eq!(log(&of_action), format!("install --locked --root {root} --path {own}\n"));
    let tagged = Job::run(&[("a.quell", NEAT)], &[("build", "true"), ("version", "v0.1.0")]);
    assert!(log(&tagged).ends_with("--tag v0.1.0 quell\n"), "{}", log(&tagged));
    assert_eq!(key(&tagged), "quell-Linux-X64-v0.1.0");
    assert!(key(&of_action).len() > 50, "a hash of the sources: {}", key(&of_action));
    let again = Job::run(&[("b.quell", NEAT)], &[("build", "true")]);
    assert_eq!(key(&of_action), key(&again), "the same sources, the same key");
}

#[test]
fn the_page_names_all_inputs() {
    let page = fs::read_to_string(repository().join("docs/continuous-integration.md")).unwrap();
    for (name, input) in action().get("inputs").unwrap().entries() {
        let name = name.text().unwrap();
        assert!(page.contains(&format!("`{name}`")), "docs/continuous-integration.md doesn't name {name}");
        assert!(input.get("description").and_then(Node::text).is_some(), "{name} has no description");
    }
}

#[test]
fn it_is_an_action_as_github_describes_it() {
    let Some(check) = python_tool("check-jsonschema") else { return };
    let file: &Path = &repository().join("action.yml");
    content(
        Command::new(check).args(["--builtin-schema", "vendor.github-actions"]).arg(file),
        "action.yml against GitHub's schema",
    );
}
