//! The install script, run against a mirror on this disk.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::packed::{packed, repository, this_platform, version, words};

/// A copy of the release, as a mirror has it.
fn mirror() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let release = folder.path().join(format!("download/v{}", version()));
    fs::create_dir_all(&release).unwrap();
    let archive = this_platform().unwrap().archive();
    for name in ["SHA256SUMS", archive.as_str()] {
        fs::copy(packed().join("archives").join(name), release.join(name)).unwrap();
    }
    folder
}

/// Runs the script with a home folder of its own; programs named in `without` are hidden from it.
fn install(mirror: &Path, home: &Path, arguments: &[&str]) -> Output {
    Command::new("sh")
        .arg(repository().join("packaging/install.sh"))
        .args(arguments)
        .env("HOME", home)
        .env("QUELL_RELEASES", format!("file://{}", mirror.display()))
        .output()
        .unwrap()
}

#[test]
fn it_installs_the_program_and_says_where() {
    if this_platform().is_none() {
        return;
    }
    let (mirror, home) = (mirror(), tempfile::tempdir().unwrap());
    let output = install(mirror.path(), home.path(), &[]);
    let program = home.path().join(".local/bin/quell");
    assert!(output.status.success(), "{}", words(&output));
    assert!(words(&output).contains(&format!("installed quell {} as {}", version(), program.display())));
    assert!(words(&output).contains("to your PATH"), "{}", words(&output));

    // A second time it replaces the program, and leaves nothing beside it.
    let to = home.path().join("with space");
    let arguments = ["--to", to.to_str().unwrap(), "--version", version()];
    for _ in 0..2 {
        let output = install(mirror.path(), home.path(), &arguments);
        assert!(output.status.success(), "{}", words(&output));
    }
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1);
    let said = crate::packed::succeed(Command::new(to.join("quell")).arg("--version"));
    assert_eq!(said.trim(), format!("quell {}", version()));
}

#[test]
fn what_has_another_checksum_is_not_installed() {
    let Some(platform) = this_platform() else { return };
    let (mirror, home) = (mirror(), tempfile::tempdir().unwrap());
    let release = mirror.path().join(format!("download/v{}", version()));
    let archive = release.join(platform.archive());
    let mut bytes = fs::read(&archive).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&archive, bytes).unwrap();
    let refused = |message: &str| {
        let output = install(mirror.path(), home.path(), &[]);
        assert_eq!(output.status.code(), Some(1), "{}", words(&output));
        assert!(words(&output).contains(message), "{}", words(&output));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is left");
    };
    refused("wrong checksum");
    // A list that doesn't name the archive verifies nothing.
    fs::write(release.join("SHA256SUMS"), "0000  other.tar.gz\n").unwrap();
    refused("doesn't list");
    fs::remove_file(release.join("SHA256SUMS")).unwrap();
    refused("can't be downloaded");
}

#[test]
fn a_mistake_is_told_before_anything_is_downloaded() {
    let home = tempfile::tempdir().unwrap();
    for (arguments, message) in
        [(&["--into", "/tmp"][..], "unknown option --into"), (&["--to"], "a folder is missing")]
    {
        let output = install(home.path(), home.path(), arguments);
        assert!(!output.status.success(), "{}", words(&output));
        assert!(words(&output).contains(message), "{}", words(&output));
    }
}

#[test]
fn an_unknown_machine_is_told_how_to_build() {
    let (home, bin) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(bin.path().join("uname"), "#!/bin/sh\necho Plan9\n").unwrap();
    crate::packed::succeed(Command::new("chmod").arg("+x").arg(bin.path().join("uname")));
    let path = format!("{}:{}", bin.path().display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .arg(repository().join("packaging/install.sh"))
        .env("PATH", path)
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        words(&output).contains("no binary for Plan9 Plan9; build it: cargo install"),
        "{}",
        words(&output)
    );
}

/// A download that breaks off in the middle must not run half of it.
#[test]
fn half_a_script_does_nothing() {
    let text = fs::read_to_string(repository().join("packaging/install.sh")).unwrap();
    let home = tempfile::tempdir().unwrap();
    for (at, _) in text.char_indices().skip(1).step_by(211) {
        let half = home.path().join("half.sh");
        fs::write(&half, &text[..at]).unwrap();
        let output = Command::new("sh").arg(&half).env("HOME", home.path()).output().unwrap();
        assert!(!words(&output).contains("installed quell"), "cut at {at}: {}", words(&output));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "cut at {at}");
    }
}
