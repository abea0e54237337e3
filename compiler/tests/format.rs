//! The formatter on every Quell file of the repository, whole, cut, and full of comments.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use quell_compiler::{format::format, syntax::parse};

/// All Quell files of the repository.
fn corpus() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    let mut folders = vec![root.join("examples"), root.join("stdlib/std"), root.join("compiler/tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "quell") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the corpus is not where it should be");
    files
}

#[test]
fn whole_files_are_laid_out_and_stay_so() {
    for (path, text) in corpus() {
        let parsed = parse(&text);
        let formatted = format(&parsed);
        assert_eq!(formatted.bug, None, "{}", path.display());
        assert_eq!(formatted.skipped.is_empty(), parsed.is_good(), "{}", path.display());
        assert_eq!(format(&parse(&formatted.text)).text, formatted.text, "{}", path.display());
    }
}
