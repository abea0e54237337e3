//! Programs by others: which are installed, and those that a test has started.

use std::{
    ffi::OsString,
    fs::File,
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Where Debian keeps programs that aren't on the path.
const FURTHER: [&str; 3] = ["/usr/sbin", "/usr/lib/rabbitmq/bin", "/usr/lib/postgresql/*/bin"];

/// What `.ci/run` installs on CI, so that no test of a program is skipped there by mistake.
const PROGRAMS: &str = include_str!("../../.ci/programs");

/// What it installs from tests/bindings/requirements.txt.
const BY_PIP: [&str; 2] = ["aws", "moto_server"];

/// Where programs are looked for: what `.ci/run` has installed comes first.
pub fn path() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin");
    let further = FURTHER.iter().flat_map(|pattern| glob::glob(pattern).unwrap().flatten());
    std::env::join_paths([ours].into_iter().chain(std::env::split_paths(&path)).chain(further)).unwrap()
}

/// Where a program is.
pub fn find(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&path()).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Whether these programs are installed; the test is skipped where they aren't.
pub fn installed(names: &[&str]) -> bool {
    for name in names {
        let listed = PROGRAMS.lines().any(|line| line.split_whitespace().next() == Some(name));
        assert!(listed || BY_PIP.contains(name), "add {name} to .ci/programs");
    }
    let missing: Vec<&str> = names.iter().copied().filter(|name| find(name).is_none()).collect();
    if !missing.is_empty() {
        quell_test_support::skip(&format!("not installed: {}", missing.join(", ")));
    }
    missing.is_empty()
}

/// A port that nobody listens on now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A program that runs until this goes away, with a folder of its own.
pub struct Running {
    child: Child,
    folder: TempDir,
}

impl Running {
    /// Starts a program in a folder and waits until it listens.
    pub fn start(command: &mut Command, folder: TempDir, port: u16) -> Self {
        let log = File::create(folder.path().join("log")).unwrap();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).process_group(0);
        let child = command.spawn().unwrap();
        let mut running = Self { child, folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let over = running.child.try_wait().unwrap().is_some();
            if over || begun.elapsed() > Duration::from_secs(60) {
                let said = std::fs::read_to_string(running.folder.path().join("log"));
                panic!("{command:?} doesn't listen: {said:?}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let signal =
            |signal: &str| Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
        // Whatever becomes of it, it isn't there any more afterwards.
        let _ = signal("-TERM");
        let begun = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && begun.elapsed() < Duration::from_secs(3) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = signal("-KILL");
        let _ = self.child.wait();
    }
}

/// A folder that goes away with the test.
pub fn folder() -> TempDir {
    TempDir::new().unwrap()
}

/// A command for a program that doesn't run as root, which may do what it likes with a folder.
pub fn unprivileged(program: &str, folder: &Path) -> Command {
    let program = find(program).unwrap();
    if !is_root() {
        return Command::new(program);
    }
    let status = Command::new("chown").args(["-R", "nobody"]).arg(folder).status().unwrap();
    assert!(status.success());
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]).arg(program);
    command
}

/// Whether tests run as root.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}
