//! The Quell texts of the repository: its files, and what its pages show.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The texts of all files of the repository with this ending, by path; those that are not UTF-8 are left out.
pub fn files(ending: &str) -> BTreeMap<String, String> {
    let root = root();
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.starts_with('.') && !name.starts_with("target") && name != "node_modules" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|it| it == ending)
                && let Ok(text) = fs::read_to_string(&path)
            {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, text);
            }
        }
    }
    assert!(!files.is_empty(), "the files are not where they should be");
    files
}

/// The blocks of Quell in a page.
fn shown(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in page.lines() {
        match &mut open {
            None if line.starts_with("```quell") => open = Some(String::new()),
            None => {}
            Some(block) if line.starts_with("```") => {
                blocks.push(std::mem::take(block));
                open = None;
            }
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

/// All files of Quell in the repository and all examples of its pages, each once, in a fixed order.
pub fn corpus() -> &'static [String] {
    static CORPUS: OnceLock<Vec<String>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let mut texts: BTreeSet<String> = files("quell").into_values().collect();
        texts.extend(files("md").values().flat_map(|page| shown(page)));
        assert!(texts.len() > 200, "{} texts", texts.len());
        texts.into_iter().collect()
    })
}

/// The same, but long texts are cut into pieces of some items each: small programs, which are quick to try.
pub fn pieces() -> &'static [String] {
    static PIECES: OnceLock<Vec<String>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let mut pieces = BTreeSet::new();
        for text in corpus() {
            let uses: String = text
                .lines()
                .filter(|line| line.starts_with("use "))
                .fold(String::new(), |all, line| all + line + "\n");
            let mut piece = String::new();
            for part in text.split_inclusive("\n}\n") {
                piece.push_str(part);
                if piece.len() > 600 {
                    pieces.insert(std::mem::take(&mut piece));
                    piece.push_str(&uses);
                }
            }
            if piece != uses {
                pieces.insert(piece);
            }
        }
        pieces.retain(|piece| piece.len() < 20_000);
        pieces.into_iter().collect()
    })
}
