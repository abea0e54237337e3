//! docs/errors holds a page for each finding, made from its source file.
//!
//! `UPDATE=1 cargo test -p quell-compiler --test check pages` writes them anew.

use std::{collections::BTreeMap, fs};

use quell_compiler::findings;

use crate::support::root;

/// The pages by file name, with an index.
fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut index = String::from(
        "# Findings\n\nThe errors and warnings of the compiler, by code. `quell explain CODE` shows a page in the terminal. \
         The\npages are generated from the source code, and their examples run as tests.\n\n| code | title |\n|---|---|\n",
    );
    let mut all: Vec<_> = findings::all().collect();
    all.sort_by_key(|finding| finding.code);
    for finding in all {
        let page = finding.page();
        let summary = page.lines().next().unwrap_or_default();
        let code = finding.code;
        index.push_str(&format!("| [`{code}`]({code}.md) | {summary} |\n"));
        let former: String =
            finding.former.iter().map(|former| format!("\nFormerly named `{former}`.\n")).collect();
        pages.insert(format!("{code}.md"), format!("# `{code}`\n\n{}\n{former}", page.trim_end()));
    }
    pages.insert("README.md".to_owned(), index);
    pages
}

#[test]
fn the_pages_are_those_of_the_findings() {
    let folder = root().join("docs/errors");
    let wanted = pages();
    if std::env::var_os("UPDATE").is_some() {
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &wanted {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let kept: BTreeMap<String, String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    let stale: Vec<&String> = wanted.keys().filter(|name| wanted.get(*name) != kept.get(*name)).collect();
    let left: Vec<&String> = kept.keys().filter(|name| !wanted.contains_key(*name)).collect();
    assert!(stale.is_empty() && left.is_empty(), "stale: {stale:?}, left over: {left:?}; run with UPDATE=1");
}
