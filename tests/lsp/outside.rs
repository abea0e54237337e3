//! Clients made by others: Neovim, with the configuration that docs/editors.md gives, and pytest-lsp with
//! what Neovim, VS Code and Emacs say of themselves. Both come from tests/requirements.txt.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program of target/python, or of the path.
fn program(name: &str) -> Option<PathBuf> {
    let ours = repository().join("target/python/bin").join(name);
    let found = [ours, PathBuf::from(name)]
        .into_iter()
        .find(|program| Command::new(program).arg("--version").output().is_ok_and(|it| it.status.success()));
    if found.is_none() {
        quell_test_support::skip(&format!("{name} is not installed (pip install -r tests/requirements.txt)"));
    }
    found
}

/// The examples, where an editor may change them.
fn examples() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap().join("examples");
    copy(&repository().join("examples"), &root);
    (folder, root)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { _ = fs::copy(&from, &to).unwrap() }
    }
}

/// The path, with the program under test first in it.
fn path() -> std::ffi::OsString {
    let quell = Path::new(env!("CARGO_BIN_EXE_quell")).parent().unwrap().to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([quell].into_iter().chain(std::env::split_paths(&others))).unwrap()
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn neovim_with_the_documented_configuration() {
    let Some(neovim) = program("nvim") else { return };
    let (folder, project) = examples();
    let page = fs::read_to_string(repository().join("docs/editors.md")).unwrap();
    let (_, behind) = page.split_once("```lua\n").unwrap();
    let (configuration, _) = behind.split_once("```").unwrap();
    let init = folder.path().join("init.lua");
    fs::write(&init, configuration).unwrap();
    let output = Command::new(neovim)
        .arg("-l")
        .arg(repository().join("tests/lsp/outside/neovim.lua"))
        .args([&init, &project.join("checkout_latency.quell")])
        .env("PATH", path())
        .env("HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path().join("cache"))
        .env("XDG_STATE_HOME", folder.path().join("state"))
        .output()
        .unwrap();
    let said = words(&output);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("passed: ").count(), 10, "{said}");
}

#[test]
fn a_client_by_others_with_what_three_editors_declare() {
    let Some(pytest) = program("pytest") else { return };
    let (folder, project) = examples();
    let output = Command::new(pytest)
        .args(["-q", "-p", "no:cacheprovider", "-W", "error::pytest_lsp.checks.LspSpecificationWarning"])
        .arg(repository().join("tests/lsp/outside/test_protocol.py"))
        .current_dir(folder.path())
        .env("QUELL", env!("CARGO_BIN_EXE_quell"))
        .env("QUELL_PROJECT", &project)
        .env("QUELL_CACHE", folder.path().join("cache"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let said = words(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("15 passed"), "{said}");
}
