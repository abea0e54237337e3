//! The release, packed once for all tests: the real binary for this machine, a few bytes for the others.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use tempfile::TempDir;

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A row of `packaging/platforms.toml`.
pub struct Platform {
    pub target: String,
    pub uname: [String; 2],
    pub npm: [String; 2],
    pub container: Option<String>,
}

impl Platform {
    /// The name of the archive in a release.
    pub fn archive(&self) -> String {
        let ending = if self.target.contains("windows") { "zip" } else { "tar.gz" };
        format!("quell-v{}-{}.{ending}", version(), self.target)
    }

    /// The npm package with the program.
    pub fn npm_package(&self) -> String {
        format!("@quell-lang/quell-{}", self.npm.join("-"))
    }
}

/// The version that is packed.
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The table.
pub fn platforms() -> Vec<Platform> {
    let text = fs::read_to_string(repository().join("packaging/platforms.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let words = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let rows = table["platform"].as_array().unwrap().iter();
    rows.map(|row| Platform {
        target: words(&row["target"]),
        uname: [words(&row["uname"][0]), words(&row["uname"][1])],
        npm: [words(&row["npm"]["os"]), words(&row["npm"]["cpu"])],
        container: row.get("container").map(words),
    })
    .collect()
}

/// The row for the machine on which the tests run.
pub fn this_platform() -> Option<Platform> {
    let system = std::env::consts::OS;
    let found = platforms().into_iter().find(|platform| {
        platform.target.starts_with(std::env::consts::ARCH)
            && platform.target.contains(if system == "macos" { "darwin" } else { system })
    });
    if found.is_none() {
        quell_test_support::pass_over("no release is made for this machine");
    }
    found
}

/// Runs `packaging/release.py`.
pub fn release(arguments: &[&str]) -> Output {
    Command::new("python3")
        .arg("-B")
        .arg(repository().join("packaging/release.py"))
        .args(arguments)
        .output()
        .expect("python3 is installed")
}

/// What two streams hold.
pub fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs a command that has to succeed; what it printed.
pub fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", words(&output));
    words(&output)
}

/// The folder of the packed release.
pub fn packed() -> &'static Path {
    static PACKED: OnceLock<TempDir> = OnceLock::new();
    PACKED.get_or_init(pack).path()
}

fn pack() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let filler = folder.path().join("filler");
    fs::write(&filler, "not a program").unwrap();
    // Without symbols it packs in a fraction of the time.
    let stripped = folder.path().join("stripped");
    let strip = Command::new("strip").arg("-o").arg(&stripped).arg(env!("CARGO_BIN_EXE_quell")).status();
    let is_stripped = strip.is_ok_and(|status| status.success());
    let program: PathBuf = if is_stripped { stripped } else { env!("CARGO_BIN_EXE_quell").into() };
    let here = this_platform().map(|platform| platform.target);
    for platform in platforms() {
        let binary = if here.as_ref() == Some(&platform.target) { &program } else { &filler };
        let binary = binary.to_str().unwrap();
        let output = release(&["pack", "--target", &platform.target, "--binary", binary, "--out", out]);
        assert!(output.status.success(), "{}", words(&output));
    }
    let output = release(&["finish", "--out", out]);
    assert!(output.status.success(), "{}", words(&output));
    folder
}
