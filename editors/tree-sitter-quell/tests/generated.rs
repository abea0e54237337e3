//! The parser is up to date.

use std::path::Path;

/// The parser is what tree-sitter makes of grammar.js. `UPDATE_PARSER=1 cargo test -p tree-sitter-quell`
/// writes it anew. Node.js reads grammar.js.
#[test]
fn the_parser_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = std::env::temp_dir().join(format!("tree-sitter-quell-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).expect("a scratch folder");
    tree_sitter_generate::generate_parser_in_directory(
        folder,
        Some(scratch.as_path()),
        Some(folder.join("grammar.js").as_path()),
        tree_sitter::LANGUAGE_VERSION,
        None,
        Some("node"),
        true,
        tree_sitter_generate::OptLevel::default(),
    )
    .expect("a grammar that can be generated");
    let stale: Vec<_> = ["parser.c", "node-types.json", "grammar.json", "tree_sitter/parser.h"]
        .into_iter()
        .filter(|name| {
            let fresh = std::fs::read_to_string(scratch.join(name)).expect("a generated file");
            let kept = std::fs::read_to_string(folder.join("src").join(name)).unwrap_or_default();
            if std::env::var_os("UPDATE_PARSER").is_some() {
                std::fs::create_dir_all(folder.join("src/tree_sitter")).expect("a writable folder");
                std::fs::write(folder.join("src").join(name), &fresh).expect("a writable folder");
            }
            fresh != kept
        })
        .collect();
    std::fs::remove_dir_all(&scratch).expect("the scratch folder");
    assert!(stale.is_empty(), "{stale:?} are stale: run with UPDATE_PARSER=1");
}
