//! Programs and data by others that tests run. What each suite needs is listed in `.ci/programs`.

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Records that the running test is skipped since something is `missing` that `.ci/run` installs on CI, such as
/// "redis-server is not installed".
///
/// # Panics
///
/// Where the environment variable `QUELL_ALL_TOOLS` demands that nothing is missing, as on CI.
pub fn skip(missing: &str) {
    assert!(std::env::var_os("QUELL_ALL_TOOLS").is_none(), "{missing}, and QUELL_ALL_TOOLS is set");
    pass_over(missing);
}

/// Records that the running test is skipped for a `reason` that holds on CI as well, such as "no release is made
/// for this machine".
///
/// The line goes to standard error itself: what a passing test prints is hidden otherwise. It also goes to the
/// file that the environment variable `QUELL_SKIPPED` names, from which `.ci/run` lists all skipped tests.
pub fn pass_over(reason: &str) {
    let thread = std::thread::current();
    let line = format!("skipped: {}: {reason}\n", thread.name().unwrap_or("a test"));
    // Without these lines the test is skipped all the same.
    let _ = std::io::stderr().write_all(line.as_bytes());
    if let Some(list) = std::env::var_os("QUELL_SKIPPED")
        && let Ok(mut list) = OpenOptions::new().append(true).create(true).open(list)
    {
        let _ = list.write_all(line.as_bytes());
    }
}

/// A file that `.ci/run` installs under `target`, and `how` to install it by hand. None where it is missing, and
/// the test is [skipped](skip).
pub fn installed(repository: &Path, path: &str, how: &str) -> Option<PathBuf> {
    let file = repository.join("target").join(path);
    if file.exists() {
        return Some(file);
    }
    skip(&format!("target/{path} is missing ({how})"));
    None
}
