//! Patterns of files such as `../monitoring/**/*.yml`: they start inside, and their walk has an end.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use glob::{MatchOptions, Pattern};
use ignore::WalkBuilder;

use super::{
    Fence,
    walk::{cause, place_of},
};
use crate::files::absolute;

/// So many files and folders a pattern may go through; a pattern that starts at the right folder needs a
/// few hundred.
const MOST_VISITED: usize = 50_000;
/// So many files a pattern may name.
const MOST_FOUND: usize = 2_000;

/// Why a pattern names no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It isn't one, for this reason.
    Pattern(String),
    /// It leads outside.
    Outside,
    /// It goes through more than so many files and folders.
    Visits(usize),
    /// It names more than so many files.
    Finds(usize),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Pattern(why) => f.write_str(why),
            Wrong::Outside => f.write_str("it leads outside"),
            Wrong::Visits(most) => write!(f, "it would search more than {most} files and folders"),
            Wrong::Finds(most) => write!(f, "it matches more than {most} files"),
        }
    }
}

/// A pattern, split where its first sign stands.
struct Parts {
    /// The folder where a walk starts, or the file that is named.
    start: PathBuf,
    /// What comes below it.
    rest: Vec<Pattern>,
}

impl Fence {
    /// The files that a pattern names, seen from `folder`, sorted. Folders that are links are not entered,
    /// unless the pattern names them; links to files outside are skipped and told.
    pub fn matching(&self, folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, Wrong> {
        self.matching_within(folder, pattern, MOST_VISITED, MOST_FOUND)
    }

    pub(super) fn matching_within(
        &self,
        folder: &Path,
        pattern: &str,
        most_visited: usize,
        most_found: usize,
    ) -> Result<Vec<PathBuf>, Wrong> {
        let Parts { start, rest } = parts(folder, pattern)?;
        if !self.holds(&start) {
            return Err(Wrong::Outside);
        }
        if rest.is_empty() {
            return Ok(if start.is_file() { vec![absolute(&start)] } else { Vec::new() });
        }
        let below: Vec<&str> = rest.iter().map(Pattern::as_str).collect();
        let whole = Pattern::new(&below.join("/")).map_err(|error| Wrong::Pattern(error.msg.to_owned()))?;
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
        let deepest = if has_any_depth(&rest) { None } else { Some(rest.len()) };
        let mut walk = WalkBuilder::new(&start);
        walk.standard_filters(false).max_depth(deepest);
        let base = start.clone();
        walk.filter_entry(move |entry| {
            let inside = entry.path().strip_prefix(&base).unwrap_or(entry.path());
            !entry.file_type().is_some_and(|kind| kind.is_dir()) || leads_on(&rest, inside)
        });
        let mut found = Vec::new();
        for (visited, entry) in walk.build().enumerate() {
            if visited >= most_visited {
                return Err(Wrong::Visits(most_visited));
            }
            let entry = match entry {
                Ok(entry) => entry,
                // A folder that isn't there holds nothing.
                Err(error) if error.depth() == Some(0) => continue,
                Err(error) => {
                    self.skip_unreadable(&absolute(place_of(&error).unwrap_or(&start)), cause(&error));
                    continue;
                }
            };
            let inside = entry.path().strip_prefix(&start).unwrap_or(entry.path());
            if whole.matches_path_with(inside, options) && self.finds(&entry) {
                if found.len() >= most_found {
                    return Err(Wrong::Finds(most_found));
                }
                found.push(absolute(entry.path()));
            }
        }
        found.sort();
        Ok(found)
    }
}

fn has_any_depth(rest: &[Pattern]) -> bool {
    rest.iter().any(|part| part.as_str() == "**")
}

/// Splits a pattern. What comes before its first sign is a path as any other.
fn parts(folder: &Path, pattern: &str) -> Result<Parts, Wrong> {
    let mut start = folder.to_owned();
    let mut rest = Vec::new();
    if pattern.starts_with('/') {
        start = PathBuf::from("/");
    }
    for part in pattern.split(std::path::is_separator).filter(|part| !part.is_empty() && *part != ".") {
        if rest.is_empty() && !part.contains(['*', '?', '[']) {
            start.push(part);
        } else if part == ".." {
            return Err(Wrong::Pattern("`..` can only come first".to_owned()));
        } else {
            rest.push(Pattern::new(part).map_err(|error| Wrong::Pattern(error.msg.to_owned()))?);
        }
    }
    Ok(Parts { start, rest })
}

/// Whether a pattern can name something in a folder. What git keeps for itself is none of its business.
fn leads_on(rest: &[Pattern], folder: &Path) -> bool {
    let mut parts = rest.iter();
    for name in folder.iter() {
        match parts.next() {
            _ if name == ".git" => return false,
            None => return false,
            Some(part) if part.as_str() == "**" => return !folder.iter().any(|name| name == ".git"),
            Some(part) if part.matches(&name.to_string_lossy()) => {}
            Some(_) => return false,
        }
    }
    parts.next().is_some()
}
