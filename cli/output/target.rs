//! What a path leads to, and writing into what is no regular file.

use std::{
    fs::{self, Metadata, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// More links than this lead in a circle.
const LINKS: usize = 40;

/// What a path leads to, at the end of all links.
#[derive(Debug)]
pub enum Target {
    /// Nothing yet; a file can be made here.
    New(PathBuf),
    /// A regular file.
    Regular(PathBuf, Metadata),
    /// A device or a named pipe.
    Device(PathBuf),
    /// A socket.
    Socket(PathBuf),
    /// An open file of a process, by its number.
    Open(PathBuf),
    /// Standard output of this process.
    Stdout,
    /// Standard error of this process.
    Stderr,
}

impl Target {
    /// Whether a text is written into it, rather than in place of it.
    pub fn is_stream(&self) -> bool {
        !matches!(self, Target::New(_) | Target::Regular(..))
    }
}

/// Follows a path. A folder is an error, and so is a file in a folder that isn't there.
pub fn find(path: &Path) -> io::Result<Target> {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        let Some(name) = at.file_name() else {
            return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
        };
        let folder = at.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
        at = folder.join(name);
        // Before it is followed: an open file may be a regular one, and it is the open one that is meant.
        if let Some(open) = open_file(&folder, &at) {
            return Ok(open);
        }
        let data = match fs::symlink_metadata(&at) {
            Ok(data) => data,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Target::New(at)),
            Err(error) => return Err(error),
        };
        if !data.is_symlink() {
            return kind(at, data);
        }
        at = folder.join(fs::read_link(&at)?);
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// The same, where the folder need not be there yet.
pub fn find_maybe(path: &Path) -> io::Result<Option<Target>> {
    match find(path) {
        Ok(target) => Ok(Some(target)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn kind(at: PathBuf, data: Metadata) -> io::Result<Target> {
    use std::os::unix::fs::FileTypeExt;
    if data.is_dir() {
        Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"))
    } else if data.is_file() {
        Ok(Target::Regular(at, data))
    } else if data.file_type().is_socket() {
        Ok(Target::Socket(at))
    } else {
        Ok(Target::Device(at))
    }
}

#[cfg(not(unix))]
fn kind(at: PathBuf, data: Metadata) -> io::Result<Target> {
    if data.is_dir() {
        Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"))
    } else if data.is_file() {
        Ok(Target::Regular(at, data))
    } else {
        Ok(Target::Device(at))
    }
}

/// `/proc/12/fd/1`, to which `/dev/stdout` and `/dev/fd/1` lead; `/dev/fd/1` itself where there is no `/proc`.
fn open_file(folder: &Path, at: &Path) -> Option<Target> {
    let owner = if folder == Path::new("/dev/fd") {
        std::process::id()
    } else {
        let inside = folder.strip_prefix("/proc").ok()?;
        // A thread has the files of its process: `/proc/12/task/13/fd`.
        (inside.file_name()? == "fd").then_some(())?;
        inside.iter().next()?.to_str()?.parse().ok()?
    };
    let number: u32 = at.file_name()?.to_str()?.parse().ok()?;
    Some(match number {
        1 if owner == std::process::id() => Target::Stdout,
        2 if owner == std::process::id() => Target::Stderr,
        _ => Target::Open(at.to_owned()),
    })
}

/// Writes a text into what is no regular file. A reader that goes away has read what it wanted.
pub fn pour(target: &Target, bytes: &[u8]) -> io::Result<()> {
    let result = match target {
        Target::Stdout => all(&mut io::stdout(), bytes),
        Target::Stderr => all(&mut io::stderr(), bytes),
        Target::Socket(path) => socket(path).and_then(|mut socket| all(&mut socket, bytes)),
        // What is open may be a file in which something stands already: behind that, as a shell would.
        Target::Open(path) => all(&mut OpenOptions::new().append(true).open(path)?, bytes),
        Target::Device(path) | Target::New(path) | Target::Regular(path, _) => {
            all(&mut OpenOptions::new().write(true).open(path)?, bytes)
        }
    };
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn all(stream: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}

#[cfg(unix)]
fn socket(path: &Path) -> io::Result<impl Write> {
    std::os::unix::net::UnixStream::connect(path)
}

#[cfg(not(unix))]
fn socket(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).open(path)
}
