//! The npm packages, installed by npm from their tarballs, without a registry.

use std::{fs, process::Command};

use tempfile::TempDir;

use crate::packed::{packed, succeed, this_platform, version, words};

/// A folder into which npm has installed the main package, and maybe the one with the program.
fn installed(with_program: bool) -> Option<TempDir> {
    let platform = this_platform()?;
    let folder = tempfile::tempdir().unwrap();
    let tarball = |name: &str| packed().join("npm").join(format!("{name}-{}.tgz", version()));
    fs::write(folder.path().join("package.json"), "{}").unwrap();
    let mut npm = Command::new("npm");
    npm.args(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"]);
    npm.args(["--cache".as_ref(), folder.path().join("cache").as_os_str()]);
    npm.arg(tarball("quell-lang-quell")).current_dir(folder.path());
    if with_program {
        npm.arg(tarball(&format!("quell-lang-quell-{}", platform.npm.join("-"))));
    }
    succeed(&mut npm);
    Some(folder)
}

#[test]
fn npm_installs_the_program() {
    let Some(folder) = installed(true) else { return };
    let program = folder.path().join("node_modules/.bin/quell");
    let said = succeed(Command::new(&program).arg("--version"));
    assert_eq!(said.trim(), format!("quell {}", version()));
    // Arguments, streams and exit codes are those of the program.
    fs::write(folder.path().join("a.quell"), "type Host = Txt\n").unwrap();
    let output =
        Command::new(&program).args(["check", "a.quell"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(words(&output).contains("unknown-type"), "{}", words(&output));
}

#[test]
fn without_the_program_it_says_what_is_missing() {
    let Some(folder) = installed(false) else { return };
    let name = this_platform().unwrap().npm_package();
    let output = Command::new(folder.path().join("node_modules/.bin/quell")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains(&format!("the package {name} is missing")), "{}", words(&output));
}
