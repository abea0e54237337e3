//! What a command left out, for people to know.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use crate::files;

/// So many paths are named; the others are counted.
const MOST_NAMED: usize = 10;

/// What a command left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Links that lead outside.
    pub links: BTreeSet<PathBuf>,
    /// What couldn't be read, and why.
    pub unreadable: BTreeMap<PathBuf, String>,
}

impl Told {
    /// Whether something is missing from the result.
    pub fn is_incomplete(&self) -> bool {
        !self.unreadable.is_empty()
    }

    /// What to say about it, a sentence each; `around` is what the links lead out of.
    pub fn sentences(&self, around: &str) -> Vec<String> {
        let mut all = Vec::new();
        for (path, cause) in self.unreadable.iter().take(MOST_NAMED) {
            all.push(format!("warning: skipped `{}`, which can't be read: {cause}", files::display(path)));
        }
        match self.unreadable.len().saturating_sub(MOST_NAMED) {
            0 => {}
            1 => all.push("warning: skipped 1 more file or folder that can't be read".to_owned()),
            more => all.push(format!("warning: skipped {more} more files and folders that can't be read")),
        }
        if let Some(first) = self.links.first().map(|link| files::display(link)) {
            let help = "`--allow-outside` follows them";
            all.push(match self.links.len() {
                1 => format!("note: skipped the link `{first}`, which leads outside this {around} ({help})"),
                count => {
                    format!("note: skipped {count} links that lead outside this {around}, first `{first}` ({help})")
                }
            });
        }
        all
    }
}
