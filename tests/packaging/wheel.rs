//! The wheels, and the package that pre-commit installs: by pip, into fresh environments, without a network.

use std::{fs, path::PathBuf, process::Command};

use tempfile::TempDir;

use crate::packed::{packed, repository, succeed, this_platform, version, words};

/// A fresh virtual environment.
struct Environment(TempDir);

impl Environment {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        succeed(Command::new("python3").args(["-m", "venv", "--without-pip"]).arg(folder.path()));
        Self(folder)
    }

    fn program(&self, name: &str) -> PathBuf {
        self.0.path().join("bin").join(name)
    }

    /// pip that sees the packed wheels and nothing else.
    fn pip(&self, arguments: &[&str]) -> Command {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "--disable-pip-version-check", "--python"]);
        pip.arg(self.program("python")).args(arguments);
        pip.env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", packed().join("wheels"));
        pip
    }
}

#[test]
fn pip_installs_the_program() {
    if this_platform().is_none() {
        return;
    }
    let environment = Environment::new();
    succeed(&mut environment.pip(&["install", "quell"]));
    let said = succeed(Command::new(environment.program("quell")).arg("--version"));
    assert_eq!(said.trim(), format!("quell {}", version()));
    succeed(&mut environment.pip(&["check"]));
    let shown = succeed(&mut environment.pip(&["show", "--files", "quell"]));
    assert!(shown.contains("bin/quell") && shown.contains("licenses/LICENSE"), "{shown}");
    succeed(&mut environment.pip(&["uninstall", "--yes", "quell"]));
    assert!(!environment.program("quell").exists(), "RECORD names the program");
}

/// What pre-commit does with hooks in `language: python`: pip installs the repository itself, and gets the
/// program as its dependency.
#[test]
fn the_repository_installs_as_a_package_without_a_build() {
    if this_platform().is_none() {
        return;
    }
    // pip builds in place, so it gets only the files that it reads.
    let clone = tempfile::tempdir().unwrap();
    fs::create_dir(clone.path().join("packaging")).unwrap();
    for file in ["pyproject.toml", "Cargo.toml", "packaging/pre_commit.py", "packaging/wheels.py"] {
        fs::copy(repository().join(file), clone.path().join(file)).unwrap();
    }
    let environment = Environment::new();
    succeed(environment.pip(&["install", "."]).current_dir(clone.path()));
    succeed(Command::new(environment.program("quell")).arg("--version"));
    let listed = succeed(&mut environment.pip(&["list"]));
    assert!(listed.contains("quell-pre-commit"), "{listed}");

    // Another version of the repository asks for another version of the program.
    let manifest = fs::read_to_string(clone.path().join("Cargo.toml")).unwrap();
    let wanted = format!("version = \"{}\"", version());
    fs::write(clone.path().join("Cargo.toml"), manifest.replacen(&wanted, "version = \"99.0.0\"", 1))
        .unwrap();
    let output = environment.pip(&["install", "."]).current_dir(clone.path()).output().unwrap();
    assert!(!output.status.success() && words(&output).contains("quell==99.0.0"), "{}", words(&output));
}

/// Each file's hash and size are those that RECORD states; pip trusts them, other installers verify them.
#[test]
fn the_records_of_all_wheels_are_true() {
    let script = "
import base64, csv, hashlib, io, sys, zipfile
for path in sys.argv[1:]:
    wheel = zipfile.ZipFile(path)
    record = next(name for name in wheel.namelist() if name.endswith('.dist-info/RECORD'))
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(wheel.read(record).decode()))}
    assert set(rows) == set(wheel.namelist()), path
    for name, (digest, size) in rows.items():
        if name != record:
            content = wheel.read(name)
            expected = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()
            assert digest == 'sha256=' + expected and int(size) == len(content), (path, name)
    tags = [line[5:] for line in wheel.read(record.replace('RECORD', 'WHEEL')).decode().splitlines() if line.startswith('Tag: ')]
    python, abi, platforms = path.removesuffix('.whl').rsplit('-', 3)[1:]
    assert tags == [f'{python}-{abi}-{platform}' for platform in platforms.split('.')], path
";
    let wheels = fs::read_dir(packed().join("wheels")).unwrap().map(|entry| entry.unwrap().path());
    succeed(Command::new("python3").args(["-c", script]).args(wheels));
}

#[test]
fn the_same_binary_makes_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("binary");
    fs::write(&binary, "not a program").unwrap();
    let bytes = |name: &str| {
        let out = folder.path().join(name);
        let target = "aarch64-apple-darwin";
        let arguments = ["pack", "--target", target, "--binary", binary.to_str().unwrap(), "--out"];
        let output = crate::packed::release(&[&arguments[..], &[out.to_str().unwrap()]].concat());
        let said = words(&output);
        let files: Vec<Vec<u8>> = said.lines().map(|path| fs::read(path).unwrap()).collect();
        assert_eq!(files.len(), 3, "{said}");
        files
    };
    let before = bytes("a");
    // A file's time is not part of it.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(before == bytes("b"), "the same bytes");
}
