//! The tree: whole, and never in doubt, whatever the text.

use std::{fs, path::Path};

use proptest::prelude::*;
use quell_compiler::{
    hir::lower,
    source::FileId,
    syntax::{
        MAX_DEPTH, Parse, SyntaxElement, SyntaxKind, SyntaxNode, TokenAtOffset, WalkEvent,
        ast::{AstNode, Item},
        parse, parse_again,
    },
};

const WHOLE: &str = include_str!("fixtures/syntax/whole_language.quell");

/// All Quell files of the repository, with their paths.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["stdlib", "examples", "compiler/tests/fixtures/syntax"] {
        collect(&root.join(folder), &mut files);
    }
    assert!(files.len() > 5, "no files found");
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "quell") {
            files.push((path.display().to_string(), fs::read_to_string(&path).expect("a readable file")));
        }
    }
}

/// Parses and lowers, and checks what must hold for any text.
fn checked(text: &str) -> Parse {
    let parsed = parse(text);
    let root = parsed.syntax();
    assert!(root.text() == text, "the tree lost text");
    let mut depth = 0;
    for event in root.preorder() {
        match event {
            WalkEvent::Enter(_) => depth += 1,
            WalkEvent::Leave(_) => depth -= 1,
        }
        assert!(depth <= MAX_DEPTH + 8, "too deep");
    }
    let (_, lowering) = lower(FileId(7), &parsed);
    for diagnostic in parsed.diagnostics(FileId(7)).iter().chain(&lowering) {
        let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in diagnostic.labels.iter().map(|label| label.span).chain(edits) {
            assert_eq!(span.file, FileId(7));
            let range = span.start as usize..span.end as usize;
            assert!(text.get(range).is_some(), "{} has no place: {span:?}", diagnostic.message);
        }
    }
    assert_eq!(parsed.is_good(), !has_error(&root), "each broken place is reported, and nothing else");
    parsed
}

fn has_error(root: &SyntaxNode) -> bool {
    let mut all = root.descendants_with_tokens();
    all.any(|element| {
        let kind = element.kind();
        let stray = matches!(kind, SyntaxKind::StrayStmt | SyntaxKind::StrayClause);
        kind.is_error() || kind.is_missing() || stray || is_chain(&element)
    })
}

/// Whether this is a comparison whose left side is one, too: good for the grammar, but reported.
fn is_chain(element: &SyntaxElement) -> bool {
    let compares = |node: &SyntaxNode| {
        let mut tokens = node.children_with_tokens().map(|element| element.kind());
        tokens.any(|kind| matches!(kind, SyntaxKind::OpCompare | SyntaxKind::OpIn))
    };
    let binary = |node: &SyntaxNode| node.kind() == SyntaxKind::Binary && compares(node);
    element.as_node().is_some_and(|node| binary(node) && node.first_child().is_some_and(|left| binary(&left)))
}

#[test]
fn good_files_are_good() {
    for (path, text) in files() {
        let parsed = checked(&text);
        assert!(parsed.is_good(), "{path}: {:#?}", parsed.diagnostics(FileId(0)).first());
    }
}

#[test]
fn every_prefix_of_a_file_has_a_tree() {
    for (path, text) in files() {
        let whole = text == WHOLE;
        let lines = text.match_indices('\n').map(|(at, _)| at + 1).step_by(if whole { 1 } else { 11 });
        let step = if whole { 71 } else { usize::MAX };
        let ends = text.char_indices().map(|(at, _)| at).filter(|at| at % step == 0).chain(lines);
        for end in ends {
            let prefix = &text[..end];
            let result = std::panic::catch_unwind(|| checked(prefix));
            assert!(result.is_ok(), "{path} cut at {end}");
        }
    }
}

#[test]
fn every_prefix_of_a_playbook_has_a_tree() {
    let text = include_str!("fixtures/syntax/small.quell");
    for (end, _) in text.char_indices() {
        checked(&text[..end]);
        checked(&text[end..]);
    }
}

/// Cutting a file in the middle of an item leaves the items before it as they were.
#[test]
fn a_cut_keeps_what_stands_before_it() {
    let items =
        |text: &str| parse(text).file().items().map(|item| item.syntax().text().to_string()).collect();
    let all: Vec<String> = items(WHOLE);
    for (at, _) in WHOLE.match_indices('\n').step_by(3) {
        let some: Vec<String> = items(&WHOLE[..at]);
        let kept = some.len().saturating_sub(1);
        assert_eq!(some[..kept], all[..kept], "cut at {at}");
    }
}

/// A broken item doesn't touch the others, whatever is broken.
#[test]
fn a_broken_item_stays_alone() {
    let bad = [
        "playbook x {",
        "record x (",
        "let x = \"",
        "let x = (",
        "fn x(",
        "}",
        "@",
        "task t() { if a {",
        "step",
    ];
    for bad in bad {
        let text = format!("record First {{ a: Int }}\n\n{bad}\n\nrecord Last {{ b: Int }}\n");
        let parsed = checked(&text);
        let names: Vec<_> = parsed.file().items().filter_map(|item| item.name()).collect();
        assert_eq!(names.first().unwrap().text(), "First", "{bad}");
        assert_eq!(names.last().unwrap().text(), "Last", "{bad}");
        let Some(Item::Record(last)) = parsed.file().items().last() else { panic!("{bad}") };
        assert_eq!(last.fields().count(), 1);
    }
}

/// The places in good text where someone types a word keep all other statements.
#[test]
fn a_broken_statement_stays_alone() {
    for bad in
        ["stp x = f()", "step", "step x", "step x =", "let", "if", "cause a", "f(", "severity", "\"", "@"]
    {
        let text =
            format!("playbook p {{\n  enrich {{\n    step a = f()\n    {bad}\n    step z = f()\n  }}\n}}\n");
        let parsed = checked(&text);
        let Some(Item::Playbook(playbook)) = parsed.file().items().next() else { panic!("{bad}") };
        let blocks = playbook.sections().filter_map(|section| section.block());
        let names: Vec<_> = blocks
            .flat_map(|block| block.statements().collect::<Vec<_>>())
            .filter_map(|statement| match statement {
                quell_compiler::syntax::ast::Statement::Step(step) => Some(step.name()?.text().to_owned()),
                _ => None,
            })
            .collect();
        assert_eq!(names.first().map(String::as_str), Some("a"), "{bad}");
        assert_eq!(names.last().map(String::as_str), Some("z"), "{bad}");
        assert_eq!(parsed.diagnostics(FileId(0)).len(), 1, "{bad}: {:#?}", parsed.diagnostics(FileId(0)));
    }
}

#[test]
fn odd_files() {
    for good in [
        "",
        "\u{FEFF}",
        "\u{FEFF}let a = 1\n",
        "let a = 1\r\nlet b = [\r\n\t1,\r\n]\r\n",
        "// only\n",
        "\n\n",
    ] {
        assert!(checked(good).is_good(), "{good:?}");
    }
    for bad in [
        "\u{FEFF}\u{FEFF}",
        "\0",
        "\u{1F525}",
        "ä = 1",
        "let a = \"\u{85}",
        "let \u{200B}a = 1",
        "\\",
        "'",
        "//\u{FEFF}\nx",
    ] {
        assert!(!checked(bad).is_good(), "{bad:?}");
    }
}

#[test]
fn crlf_means_what_lf_means() {
    let kinds = |text: &str| -> Vec<_> {
        let root = parse(text).syntax();
        root.descendants_with_tokens().map(|element| element.kind()).collect()
    };
    let (lf, crlf) = (kinds(WHOLE), kinds(&WHOLE.replace('\n', "\r\n")));
    assert_eq!(lf, crlf);
}

#[test]
fn tokens_are_found_by_offset() {
    let parsed = parse("let ab = 1");
    let at = |offset| match parsed.tokens_at(offset) {
        TokenAtOffset::None => String::new(),
        TokenAtOffset::Single(token) => token.text().to_owned(),
        TokenAtOffset::Between(left, right) => format!("{}|{}", left.text(), right.text()),
    };
    assert_eq!((at(5), at(4), at(10), at(11)), ("ab".into(), " |ab".into(), "1".into(), String::new()));
}

#[test]
fn docs_belong_to_what_they_stand_above() {
    let Some(Item::Record(region)) = parse(WHOLE).file().items().nth(4) else { panic!() };
    assert_eq!(region.docs(), "Where a service runs.");
    let docs: Vec<_> = region.fields().map(|field| field.docs()).collect();
    assert_eq!(docs, ["Two letters.", "", "Missing until the first probe.", "", ""]);
    let text = "/// a\n\n/// b\n/// c\nlet x = 1 /// d\nlet y = 2\n";
    let docs: Vec<_> = parse(text).file().items().map(|item| item.docs()).collect();
    assert_eq!(docs, ["b\nc", ""]);
}

#[test]
fn parsing_again_gives_the_same() {
    let edits =
        [("region", "place"), ("{", "{{"), ("\"\"\"", "\""), ("step ", "stp "), ("\n", "\n\n"), ("}", "")];
    let before = parse(WHOLE);
    for (old, new) in edits {
        for (at, _) in WHOLE.match_indices(old).step_by(7) {
            let text = format!("{}{new}{}", &WHOLE[..at], &WHOLE[at + old.len()..]);
            let (again, anew) = (parse_again(&text, &before), parse(&text));
            assert!(again.syntax().green() == anew.syntax().green());
            assert_eq!(again.diagnostics(FileId(0)), anew.diagnostics(FileId(0)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text has a tree.
    #[test]
    fn noise_has_a_tree(text in ".{0,200}") {
        checked(&text);
    }

    /// Any mixture of the language's pieces has a tree.
    #[test]
    fn scrambled_tokens_have_a_tree(pieces in prop::collection::vec(any::<prop::sample::Index>(), 0..120)) {
        let tokens = pieces_of(WHOLE);
        let text: String = pieces.iter().map(|index| index.get(&tokens).as_str()).collect::<Vec<_>>().join(" ");
        checked(&text);
    }

    /// A file with some of its tokens removed, doubled or swapped has a tree.
    #[test]
    fn mutated_files_have_a_tree(edits in prop::collection::vec((any::<prop::sample::Index>(), 0..5u8), 1..12)) {
        let mut tokens = pieces_of(WHOLE);
        for (index, edit) in edits {
            if tokens.len() < 2 {
                break;
            }
            let at = index.index(tokens.len() - 1);
            match edit {
                0 => { tokens.remove(at); }
                1 => { let token = tokens[at].clone(); tokens.insert(at, token); }
                2 => tokens.swap(at, at + 1),
                3 => tokens.insert(at, "\"".to_owned()),
                _ => tokens.truncate(tokens.len() / 2 + at / 2),
            }
        }
        checked(&tokens.concat());
    }
}

/// The tokens of a text, trivia included.
fn pieces_of(text: &str) -> Vec<String> {
    let root = parse(text).syntax();
    let tokens = root.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    tokens.map(|token| token.text().to_owned()).collect()
}
