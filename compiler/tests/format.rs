//! The formatter on every Quell file of the repository, whole, cut, and full of comments.

use std::path::{Path, PathBuf};
use quell_compiler::{format::format, syntax::parse};

fn corpus() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    let mut folders = vec![root.join("examples"), root.join("stdlib"), root.join("compiler/tests/fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "quell") {
                files.push((path.clone(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(files.len() > 10);
    files
}

#[test]
fn whole_files() {
    for (path, text) in corpus() {
        let parsed = parse(&text);
        let formatted = format(&parsed);
        if let Ok(out) = std::env::var("OUT") {
            let name = path.file_name().unwrap();
            std::fs::write(Path::new(&out).join(name), &formatted.text).unwrap();
        }
        println!("{} bug {:?} skipped {:?} changed {}", path.display(), formatted.bug, formatted.skipped, formatted.text != text);
    }
}
