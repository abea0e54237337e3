//! Programs and data by others that tests run.

#![allow(clippy::print_stderr, reason = "says what was skipped")]

use std::path::{Path, PathBuf};

/// A file that `.ci/run` installs under `target`, and `how` to install it by hand. None, with a message, where
/// it is missing, unless the environment variable `QUELL_ALL_TOOLS` says that all have to be there.
///
/// # Panics
///
/// Where it is missing and has to be there.
pub fn installed(repository: &Path, path: &str, how: &str) -> Option<PathBuf> {
    let file = repository.join("target").join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(std::env::var_os("QUELL_ALL_TOOLS").is_none(), "{} should be here", file.display());
    eprintln!("skipped: {} is missing ({how})", file.display());
    None
}
