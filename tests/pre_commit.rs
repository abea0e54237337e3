//! The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself in a repository of somebody's playbooks.
//!
//! pre-commit builds quell from a copy of this working tree, as it would from a tag.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

const NEAT: &str = "/// What a host is called.\ntype Host = Text\n";
const MESSY: &str = "/// What a host is called.\ntype   Host=Text\n";
const WRONG: &str = "/// What a host is called.\ntype Host = Txt\n";

const PLAYBOOK: &str = "\
/// Tells somebody.
action tell(text: Text) notifies

/// Greets whoever is there.
playbook greeting {
  communicate {
    step told = tell(\"hello\")
  }
}

scenario \"something new\" for greeting {
  expect told ran
}
";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// pre-commit, where it is installed: in target/python, or on the path.
fn pre_commit() -> Option<PathBuf> {
    let ours = repository().join("target/python/bin/pre-commit");
    let found = [ours, PathBuf::from("pre-commit")]
        .into_iter()
        .find(|program| Command::new(program).arg("--version").output().is_ok());
    if found.is_none() {
        assert!(std::env::var_os("QUELL_ALL_TOOLS").is_none(), "pre-commit should be here");
        eprintln!("skipped: pre-commit is not installed (pip install -r tests/requirements.txt)");
    }
    found
}

/// A folder in which a command is run without the settings of whoever runs the tests.
struct Folder {
    path: PathBuf,
    home: PathBuf,
}

impl Folder {
    fn run(&self, program: impl AsRef<Path>, arguments: &[&str]) -> Output {
        let target = repository().join("target/pre-commit");
        Command::new(program.as_ref())
            .args(arguments)
            .current_dir(&self.path)
            .env("PRE_COMMIT_HOME", &self.home)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_NAME", "Lin")
            .env("GIT_AUTHOR_EMAIL", "lin@example.com")
            .env("GIT_COMMITTER_NAME", "Lin")
            .env("GIT_COMMITTER_EMAIL", "lin@example.com")
            // The same program, built faster than for a release.
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .output()
            .unwrap()
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.run("git", arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", words(&output));
    }

    /// Stages everything and runs the hooks, as `git commit` would.
    fn hooks(&self, pre_commit: &Path) -> (bool, String) {
        self.git(&["add", "--all"]);
        let output = self.run(pre_commit, &["run", "--color", "never", "--verbose"]);
        (output.status.success(), words(&output))
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).unwrap()
    }
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Copies what git knows or would add of this working tree, so that changes not yet committed count.
fn copy_of_this_tree(to: &Folder) {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(repository())
        .output()
        .unwrap();
    for name in String::from_utf8(listed.stdout).unwrap().split_terminator('\0') {
        let (from, to) = (repository().join(name), to.path.join(name));
        // Deleted and not committed.
        if !from.is_file() {
            continue;
        }
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
    to.git(&["init", "--quiet"]);
    to.git(&["add", "--all"]);
    to.git(&["commit", "--quiet", "--message", "quell"]);
    to.git(&["tag", "v0.1.0"]);
}

#[test]
fn a_bad_file_fails_a_fixable_one_is_fixed_a_good_one_passes() {
    let Some(pre_commit) = pre_commit() else { return };
    let scratch = TempDir::new().unwrap();
    let folder = |name: &str| {
        let path = scratch.path().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder { path, home: scratch.path().join("pre-commit") }
    };
    let quell = folder("quell");
    copy_of_this_tree(&quell);

    let team = folder("team");
    team.git(&["init", "--quiet"]);
    let hooks = ["quell-fmt", "quell-check", "quell-test"].map(|id| format!("      - id: {id}\n")).concat();
    let address = quell.path.display();
    team.write(
        ".pre-commit-config.yaml",
        &format!("repos:\n  - repo: {address}\n    rev: v0.1.0\n    hooks:\n{hooks}"),
    );

    team.write("hosts.quell", NEAT);
    team.write("greeting.quell", PLAYBOOK);
    let (passed, said) = team.hooks(&pre_commit);
    assert!(passed, "what is fine is committed: {said}");
    team.git(&["commit", "--quiet", "--no-verify", "--message", "playbooks"]);

    team.write("hosts.quell", MESSY);
    let (passed, said) = team.hooks(&pre_commit);
    assert!(!passed && said.contains("files were modified by this hook"), "{said}");
    assert_eq!(team.read("hosts.quell"), NEAT, "what only needs its layout is fixed");
    assert!(team.hooks(&pre_commit).0, "and committed the second time");

    team.write("hosts.quell", WRONG);
    let (passed, said) = team.hooks(&pre_commit);
    assert!(!passed && said.contains("error[unknown-type]"), "what is wrong is refused: {said}");
    team.write("hosts.quell", NEAT);

    team.write("greeting.quell", &PLAYBOOK.replace("told ran", "told skipped"));
    let (passed, said) = team.hooks(&pre_commit);
    assert!(!passed && said.contains("something new"), "so is a scenario that fails: {said}");
}

#[test]
fn the_hooks_are_described_as_pre_commit_wants_it() {
    let Some(pre_commit) = pre_commit() else { return };
    let output = Command::new(pre_commit)
        .args(["validate-manifest", ".pre-commit-hooks.yaml"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", words(&output));
}
