//! Files that are being written. When the process is told to end, by Ctrl-C or otherwise, they go with it.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tempfile::TempPath;

/// What the names of such files begin with.
const BEGINNING: &str = ".quell-";
/// What they end in.
const ENDING: &str = ".tmp";

/// Those that there are. Whoever ends the process holds on to it, so that nobody makes another one.
static LIVE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn live() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // A set of paths is whole, wherever somebody panicked.
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the process from being ended by a signal for as long as the result lives.
pub fn hold() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    signals::watch();
    live()
}

/// Who may read and write a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As every other new file.
    New,
    /// Only whoever runs the command, until it gets the mode of the file that it replaces.
    Replacement,
}

/// A file beside the one whose place it is to take; gone again if it doesn't.
pub struct Beside {
    /// Its content.
    pub file: File,
    // In this order: what is gone needs no entry any more.
    path: TempPath,
    _entry: Entry,
}

/// Makes a file beside `path`.
pub fn beside(path: &Path, mode: Mode) -> io::Result<Beside> {
    signals::watch();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if mode == Mode::New {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut live = live();
    let file = builder.prefix(BEGINNING).suffix(ENDING).tempfile_in(folder).map_err(|error| {
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                io::Error::new(error.kind(), "its folder is read-only, so nothing can be written beside it")
            }
            // The system's words alone: tempfile adds a name that nobody has heard of.
            kind => io::Error::from(kind),
        }
    })?;
    let (file, path) = file.into_parts();
    live.insert(path.to_path_buf());
    Ok(Beside { file, _entry: Entry(path.to_path_buf()), path })
}

impl Beside {
    /// Takes the place of the file at `path`.
    pub fn take_place(self, path: &Path) -> io::Result<()> {
        self.path.persist(path).map_err(|error| error.error)
    }

    /// Takes a place where nothing is.
    pub fn take_new_place(self, path: &Path) -> io::Result<()> {
        self.path.persist_noclobber(path).map_err(|error| error.error)
    }
}

/// The entry of a file that is being written.
struct Entry(PathBuf);

impl Drop for Entry {
    fn drop(&mut self) {
        live().remove(&self.0);
    }
}

#[cfg(unix)]
mod signals {
    //! What ends a process, short of killing it.

    use std::{
        fs, process,
        sync::{Arc, Once},
        thread,
    };

    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ},
        flag,
        iterator::Signals,
        low_level::emulate_default_handler,
    };

    static WATCHED: Once = Once::new();

    /// From now on, files that are being written are taken away before a signal ends the process.
    pub fn watch() {
        WATCHED.call_once(|| {
            let ignored = ignored();
            let wanted = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
            let wanted = wanted.into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
            // Whoever writes more than `ulimit -f` allows is told so, as on a full disk, and cleans up.
            let _ = flag::register(SIGXFSZ, Arc::default());
            // Where this can't be had, a file is left lying at worst.
            let Ok(mut signals) = Signals::new(wanted) else { return };
            let wait = move || {
                if let Some(signal) = signals.forever().next() {
                    let live = super::live();
                    for path in live.iter() {
                        let _ = fs::remove_file(path);
                    }
                    // As if nobody had caught it, so that shells see what happened.
                    let _ = emulate_default_handler(signal);
                    process::exit(128 + signal);
                }
            };
            let _ = thread::Builder::new().name("signals".to_owned()).spawn(wait);
        });
    }

    /// The signals that whoever started the process wants ignored, as `nohup` does, in the bits of a number.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }
}

#[cfg(not(unix))]
mod signals {
    //! Where there are no signals, a file that was being written is left lying.

    /// Does nothing.
    pub fn watch() {}
}
