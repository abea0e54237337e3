//! The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself in a repository of somebody's playbooks.
//!
//! pre-commit installs a copy of this working tree, as it would a tag. pip gets the wheel of this build from a
//! folder instead of PyPI.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Instant,
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
        quell_test_support::skip("pre-commit is not installed (pip install -r tests/requirements.txt)");
    }
    found
}

/// A folder in which a command is run without the settings of whoever runs the tests.
struct Folder {
    path: PathBuf,
    home: PathBuf,
    wheels: PathBuf,
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
            .env("PIP_NO_INDEX", "1")
            .env("PIP_FIND_LINKS", &self.wheels)
            // For the hooks that build: the same program, built faster than for a release.
            .env("CARGO_TARGET_DIR", target)
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

/// The wheel for this machine, with the binary of this build.
fn wheels(scratch: &Path) -> PathBuf {
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    // Without symbols it packs in a fraction of the time.
    let stripped = scratch.join("stripped");
    let strip = Command::new("strip").arg("-o").arg(&stripped).arg(env!("CARGO_BIN_EXE_quell")).status();
    let is_stripped = strip.is_ok_and(|status| status.success());
    let binary = if is_stripped { stripped } else { env!("CARGO_BIN_EXE_quell").into() };
    let output = Command::new("python3")
        .arg("-B")
        .arg(repository().join("packaging/release.py"))
        .args(["pack", "--target", &target, "--binary"])
        .arg(binary)
        .arg("--out")
        .arg(scratch.join("packed"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", words(&output));
    scratch.join("packed/wheels")
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

/// Runs these hooks over a repository with playbooks, from the first install to a refused commit.
fn a_bad_file_fails_a_fixable_one_is_fixed_a_good_one_passes(hooks: [&str; 3]) {
    let Some(pre_commit) = pre_commit() else { return };
    let scratch = TempDir::new().unwrap();
    let wheels = wheels(scratch.path());
    let folder = |name: &str| {
        let path = scratch.path().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder { path, home: scratch.path().join("pre-commit"), wheels: wheels.clone() }
    };
    let quell = folder("quell");
    copy_of_this_tree(&quell);

    let team = folder("team");
    team.git(&["init", "--quiet"]);
    let hooks = hooks.map(|id| format!("      - id: {id}\n")).concat();
    let address = quell.path.display();
    team.write(
        ".pre-commit-config.yaml",
        &format!("repos:\n  - repo: {address}\n    rev: v0.1.0\n    hooks:\n{hooks}"),
    );

    team.write("hosts.quell", NEAT);
    team.write("greeting.quell", PLAYBOOK);
    let start = Instant::now();
    let (passed, said) = team.hooks(&pre_commit);
    assert!(passed, "what is fine is committed: {said}");
    eprintln!("the first run, which installs quell: {:.1} s", start.elapsed().as_secs_f64());
    team.git(&["commit", "--quiet", "--no-verify", "--message", "playbooks"]);

    team.write("hosts.quell", MESSY);
    let start = Instant::now();
    let (passed, said) = team.hooks(&pre_commit);
    eprintln!("a later run: {:.1} s", start.elapsed().as_secs_f64());
    assert!(!passed && said.contains("files were modified by this hook"), "{said}");
    assert_eq!(team.read("hosts.quell"), NEAT, "what is only badly formatted is fixed");
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
fn hooks_that_install_the_wheel() {
    a_bad_file_fails_a_fixable_one_is_fixed_a_good_one_passes(["quell-fmt", "quell-check", "quell-test"]);
}

#[test]
#[ignore = "builds quell a second time, which takes minutes"]
fn hooks_that_build() {
    a_bad_file_fails_a_fixable_one_is_fixed_a_good_one_passes([
        "quell-fmt-rust",
        "quell-check-rust",
        "quell-test-rust",
    ]);
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
