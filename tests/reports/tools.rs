//! Programs and schemas by others: `.ci/run` installs them under `target`. Where one is missing the test
//! says so and ends, unless all have to be there.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A file under `target`; none, with a message, where it isn't installed.
pub fn installed(path: &str, how: &str) -> Option<PathBuf> {
    quell_test_support::installed(repository(), path, how)
}

/// A program that `tests/requirements.txt` names.
pub fn python_tool(name: &str) -> Option<PathBuf> {
    installed(
        &format!("python/bin/{name}"),
        "install tests/requirements.txt into target/python, as .ci/run does",
    )
}

/// A file of a package that `tests/reports/tools/package.json` names.
pub fn node_file(path: &str) -> Option<PathBuf> {
    installed(
        &format!("reports/node_modules/{path}"),
        "install tests/reports/tools into target/reports, as .ci/run does",
    )
}

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a program that has to be content.
pub fn content(command: &mut Command, about: &str) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{about}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
