//! The fence: a repository that isn't trusted shows nothing of the machine, and nothing outside of it
//! changes. Each test has a secret beside the repository and looks for it in all that comes out.

#![cfg(unix)]

mod commands;
mod places;
mod unreadable;

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use assert_cmd::cargo::cargo_bin_cmd;

use crate::sandbox::{Run, Sandbox};

/// What must never come out.
pub const SECRET: &str = "tok_5f2c91d7";

/// A playbook with scenarios, one of which reads a data file.
pub const PLAYBOOK: &str = "\
record Data {
  a: Int,
}

let lin: Person = Person(id: \"lin\", name: \"Lin Aoki\", email: \"lin@example.com\")

let web: Team = Team(name: \"web\", lead: lin, on_call: [lin])

/// Says hello.
playbook greet {
  input data: Data = Data(a: 0)
  owner web

  communicate {
    step hello: Text = ask(run.starter, \"Greet ${data.a}?\", within: 5m)
  }
}

scenario \"nobody answers\" for greet {
  expect hello skipped
}
";

/// A repository, with things outside of it that have the secret.
pub struct Hostile {
    sandbox: Sandbox,
}

impl Hostile {
    /// The repository `repo` with one good playbook, and `outside` beside it.
    pub fn new() -> Self {
        let sandbox = Sandbox::new([
            ("repo/quell.toml", "[package]\nname = \"repo\"\n"),
            ("repo/greet.quell", PLAYBOOK),
            ("outside/text.quell", &format!("{SECRET} {{\n")),
            ("outside/fine.quell", &format!("let   {SECRET}:Int=1\n")),
            ("outside/data.json", &format!("{{\"{SECRET}\": \"{SECRET}\"}}")),
            (
                "outside/rules.yml",
                &format!("groups:\n- name: x\n  rules:\n  - alert: {SECRET}\n    expr: {SECRET} >\n"),
            ),
            (
                "outside/book.yaml",
                &format!(
                    "apiVersion: stackpulse.io/v1\nkind: Playbook\nmetadata:\n  name: {SECRET}\nspec: {SECRET}\n"
                ),
            ),
            ("outside/logs.snap", &format!("=== greet: nobody answers\n  0:00 {SECRET}\n")),
            ("outside/lib/quell.toml", "[package]\nname = \"lib\"\n"),
            ("outside/lib/secrets.quell", &format!("let {SECRET}: Int = \"{SECRET}\"\n")),
        ]);
        // The sandbox itself is no repository: the fence is to find this one.
        fs::remove_dir(sandbox.path(".git")).unwrap();
        fs::create_dir(sandbox.path("repo/.git")).unwrap();
        Self { sandbox }
    }

    /// A path in the sandbox.
    pub fn path(&self, path: &str) -> PathBuf {
        self.sandbox.path(path)
    }

    /// Writes a file of the repository.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        self.sandbox.write(&format!("repo/{path}"), text);
    }

    /// Puts a link into the repository.
    pub fn link(&self, path: &str, target: impl AsRef<Path>) {
        let path = self.path(&format!("repo/{path}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(target, path).unwrap();
    }

    /// Runs the binary in the repository; what it prints never has the secret.
    pub fn quell(&self, arguments: &str) -> Run {
        self.quell_in("repo", &arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// The same in any folder.
    pub fn quell_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let run = self.trusting(folder, arguments);
        assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "quell {arguments:?}\n{run}");
        run
    }

    /// The same without looking at what it prints.
    pub fn trusting(&self, folder: &str, arguments: &[&str]) -> Run {
        let mut command = cargo_bin_cmd!("quell");
        command.args(arguments).current_dir(self.path(folder)).env("DEPLOY_TOKEN", SECRET);
        let output = command.timeout(std::time::Duration::from_secs(60)).output().unwrap();
        Run {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// All that is outside, with its bytes.
    pub fn outside(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.path("outside")];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    all.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        all
    }
}
