//! What is generated is up to date: src/grammar.json from grammar.js, src/parser.c from that.
//!
//! After a change of grammar.js, `UPDATE_PARSER=1 cargo test -p tree-sitter-quell --test generated`
//! writes all of it anew.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use tree_sitter_generate::{OptLevel, generate_parser_for_grammar, generate_parser_in_directory};

/// As tree-sitter.json has it.
const VERSION: (u8, u8, u8) = (0, 1, 0);

fn source(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name);
    std::fs::read_to_string(path).unwrap_or_default()
}

/// What tree-sitter makes of grammar.js, in a scratch folder.
fn generate(scratch: &Path) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let grammar = folder.join("grammar.js");
    std::fs::create_dir_all(scratch).expect("a scratch folder");
    generate_parser_in_directory(
        folder,
        Some(scratch.to_path_buf()),
        Some(grammar),
        tree_sitter::LANGUAGE_VERSION,
        None,
        Some("node"),
        true,
        OptLevel::default(),
    )
    .expect("a grammar that can be generated");
}

#[test]
fn the_grammar_that_is_kept_is_the_one_that_is_written() {
    if Command::new("node").arg("--version").output().is_err() {
        println!("skipped: grammar.js is read by Node.js, which isn't here");
        return;
    }
    let scratch = std::env::temp_dir().join(format!("tree-sitter-quell-{}", std::process::id()));
    generate(&scratch);
    let names = ["grammar.json", "node-types.json", "parser.c", "tree_sitter/parser.h"];
    let fresh = names.map(|name| std::fs::read_to_string(scratch.join(name)).expect("a generated file"));
    std::fs::remove_dir_all(&scratch).expect("the scratch folder");
    if std::env::var_os("UPDATE_PARSER").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        std::fs::create_dir_all(folder.join("tree_sitter")).expect("a writable folder");
        for (name, text) in names.iter().zip(&fresh) {
            std::fs::write(folder.join(name), text).expect("a writable folder");
        }
    }
    let stale: Vec<_> = names.iter().zip(&fresh).filter(|(name, text)| source(name) != **text).collect();
    let stale: Vec<_> = stale.into_iter().map(|(name, _)| name).collect();
    assert!(stale.is_empty(), "{stale:?} are stale: run with UPDATE_PARSER=1");
}

#[test]
fn the_parser_is_made_from_the_grammar_that_is_kept() {
    let (name, parser) =
        generate_parser_for_grammar(&source("grammar.json"), Some(VERSION)).expect("a grammar");
    assert_eq!(name, "quell");
    assert!(parser == source("parser.c"), "src/parser.c is stale: run with UPDATE_PARSER=1");
}
