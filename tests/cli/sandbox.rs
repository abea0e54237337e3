//! A folder of its own for each test, and the binary run in it.

use std::{
    fmt, fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use assert_cmd::cargo::cargo_bin_cmd;
use tempfile::TempDir;

/// A folder with some files.
pub struct Sandbox {
    folder: TempDir,
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Sandbox {
    /// A folder with these files, as (path, content); it is the top folder of a repository.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let sandbox = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(sandbox.path(".git")).unwrap();
        for (path, content) in files {
            sandbox.write(path, content);
        }
        sandbox
    }

    /// A folder with the repository's examples.
    pub fn with_examples() -> Self {
        let sandbox = Self::new([]);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = Path::new("examples").join(path.strip_prefix(&root).unwrap());
                    sandbox.write(&name.to_string_lossy(), fs::read(&path).unwrap());
                }
            }
        }
        sandbox
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The content of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs the binary in the folder, with arguments between blanks.
    pub fn quell(&self, arguments: &str) -> Run {
        self.quell_reading(arguments, "")
    }

    /// The same, with arguments that may hold blanks.
    pub fn quell_with(&self, arguments: &[&str]) -> Run {
        self.run("", arguments, Vec::new())
    }

    /// The same, with standard input.
    pub fn quell_reading(&self, arguments: &str, input: impl Into<Vec<u8>>) -> Run {
        self.run("", &arguments.split_whitespace().collect::<Vec<_>>(), input.into())
    }

    /// The same, in a folder below it.
    pub fn quell_in(&self, folder: &str, arguments: &str) -> Run {
        self.run(folder, &arguments.split_whitespace().collect::<Vec<_>>(), Vec::new())
    }

    fn run(&self, folder: &str, arguments: &[&str], input: Vec<u8>) -> Run {
        let mut command = cargo_bin_cmd!("quell");
        command.args(arguments).current_dir(self.folder.path().join(folder)).write_stdin(input);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        Run {
            code: output.status.code().expect("it ends by itself, not by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit code {}", self.code)?;
        for (name, text) in [("stdout", &self.out), ("stderr", &self.err)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

/// The binary while it runs; ended when it is dropped.
pub struct Running {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Sandbox {
    /// Starts the binary in the folder.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_quell"))
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
        Running { child, out, err }
    }
}

/// The lines of a stream as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    receiver
}

impl Running {
    /// Waits for a line with this text on standard output.
    pub fn until(&mut self, text: &str) {
        wait(&self.out, text);
    }

    /// Waits for a line with this text on standard error.
    pub fn until_error(&mut self, text: &str) {
        wait(&self.err, text);
    }
}

fn wait(lines: &Receiver<String>, text: &str) {
    let mut seen = String::new();
    while !seen.lines().last().is_some_and(|line| line.contains(text)) {
        match lines.recv_timeout(Duration::from_secs(20)) {
            Ok(line) => seen += &(line + "\n"),
            Err(_) => panic!("no line has `{text}`:\n{seen}"),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
