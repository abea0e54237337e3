//! The texts that the properties are tried on.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use quell_compiler::syntax::{SyntaxElement, SyntaxKind, parse};

/// All Quell files of the repository, by path.
pub fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" && name != "node_modules" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "quell") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                // Files that are no text are the decoder's business.
                if let Ok(text) = std::fs::read_to_string(&path) {
                    files.insert(name, text);
                }
            }
        }
    }
    assert!(files.len() > 20, "the files are not where they should be");
    files
}

/// Whether all is tried that could be, and not some of each kind: minutes instead of seconds.
pub fn thorough() -> bool {
    std::env::var_os("QUELL_THOROUGH").is_some()
}

/// Every how many of the things that could be tried one is: all of them if this is to be [thorough].
pub fn stride(usual: usize) -> usize {
    if thorough() { 1 } else { usual }
}

/// An item as a text of its own.
pub struct Item {
    pub text: String,
    /// Places between two tokens.
    pub gaps: Vec<usize>,
}

/// All items of the repository's files. Of gaps between the same kinds of tokens in the same kind of
/// node only the first is listed, unless this is to be [thorough].
pub fn items() -> Vec<Item> {
    let every = thorough();
    let mut texts = BTreeSet::new();
    for text in files().values() {
        texts.extend(parse(text).syntax().children().map(|item| item.text().to_string()));
    }
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let mut items = Vec::new();
    for text in texts {
        let mut gaps = Vec::new();
        let mut before = SyntaxKind::SourceFile;
        let root = parse(&text).syntax();
        for token in root.descendants_with_tokens().filter_map(SyntaxElement::into_token) {
            let at = usize::from(token.text_range().start());
            let parents: Vec<SyntaxKind> = token.parent_ancestors().take(2).map(|node| node.kind()).collect();
            let count = seen.entry((parents, before, token.kind())).or_default();
            *count += 1;
            if every || *count == 1 {
                gaps.push(at);
            }
            before = token.kind();
        }
        items.push(Item { text, gaps });
    }
    items
}
