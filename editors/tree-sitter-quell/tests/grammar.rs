//! The grammar reads every module of the repository, and it knows the same words as the compiler.

use std::{collections::BTreeSet, path::Path, path::PathBuf};

use tree_sitter::{Node, Parser, Query};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// All modules that are there to be read, not to be wrong.
fn modules() -> Vec<PathBuf> {
    let folders = ["examples", "stdlib/std"].map(|folder| Path::new(ROOT).join(folder));
    let whole = Path::new(ROOT).join("compiler/tests/fixtures/syntax/whole_language.quell");
    let walks = folders.iter().flat_map(|folder| ignore::Walk::new(folder).flatten());
    let mut files: Vec<_> = walks
        .map(|entry| entry.into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "quell"))
        .collect();
    files.push(whole);
    files.sort();
    files
}

fn errors(node: Node<'_>, found: &mut Vec<String>) {
    if node.is_error() || node.is_missing() {
        let at = node.start_position();
        found.push(format!("{}:{}: {}", at.row + 1, at.column + 1, node.to_sexp()));
        return;
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor).filter(|child| child.has_error() || child.is_missing()) {
        errors(child, found);
    }
}

#[test]
fn no_module_has_an_error_node() {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_quell::LANGUAGE.into()).expect("the library's version fits");
    let files = modules();
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let tree = parser.parse(&text, None).expect("a tree");
        let mut found = Vec::new();
        errors(tree.root_node(), &mut found);
        assert!(found.is_empty(), "{}: {found:#?}", file.display());
    }
}

#[test]
fn a_broken_module_has_one() {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_quell::LANGUAGE.into()).expect("the library's version fits");
    let tree = parser.parse("playbook x { step y step }", None).expect("a tree");
    assert!(tree.root_node().has_error());
}

#[test]
fn the_highlighting_query_fits_the_grammar() {
    let language = tree_sitter_quell::LANGUAGE.into();
    Query::new(&language, tree_sitter_quell::HIGHLIGHTS_QUERY).expect("a query over the grammar's nodes");
}

/// The words of the compiler's grammar: rules such as `k_use = @{ "use" ~ !idc }`, and the reserved ones.
fn words() -> BTreeSet<String> {
    let grammar = std::fs::read_to_string(Path::new(ROOT).join("grammar/quell.pest")).expect("the grammar");
    let rules = grammar.split("k_").skip(1);
    let keywords = rules.filter_map(|rule| {
        let (name, rest) = rule.split_once(" = @{ \"")?;
        let word = rest.split('"').next()?;
        (name == word).then(|| word.to_owned())
    });
    let reserved = grammar.split("reserved = @{ (").nth(1).and_then(|rest| rest.split(')').next());
    let reserved = reserved.expect("the reserved words").split('"').skip(1).step_by(2).map(str::to_owned);
    keywords.chain(reserved).collect()
}

#[test]
fn the_grammar_knows_the_compilers_words() {
    let grammar =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/grammar.js")).expect("grammar.js");
    let quoted: BTreeSet<&str> = grammar.split('\'').skip(1).step_by(2).collect();
    let words = words();
    assert!(words.len() > 100, "{words:?}");
    let missing: Vec<_> = words.iter().filter(|word| !quoted.contains(word.as_str())).collect();
    assert!(missing.is_empty(), "grammar.js doesn't know {missing:?}");
}

#[test]
fn the_highlighting_knows_the_compilers_words() {
    let query = tree_sitter_quell::HIGHLIGHTS_QUERY;
    let quoted: BTreeSet<&str> = query.split('"').skip(1).step_by(2).collect();
    // Nodes of their own: `(section_kind)`, `(idempotent_entry)`, `(boolean)`, `(none)`.
    let nodes = ["idempotent", "enrich", "triage", "communicate", "remediate", "true", "false", "none"];
    let missing: Vec<_> = words()
        .into_iter()
        .filter(|word| !quoted.contains(word.as_str()) && !nodes.contains(&word.as_str()))
        .collect();
    assert!(missing.is_empty(), "queries/highlights.scm doesn't know {missing:?}");
}
