//! The tree: whole, and never in doubt.

use quell_compiler::{source::FileId, syntax::parse};

const WHOLE: &str = include_str!("fixtures/syntax/whole_language.quell");

#[test]
fn the_whole_language_parses() {
    let parsed = parse(WHOLE);
    let messages: Vec<_> = parsed
        .diagnostics(FileId(0))
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.span();
            let line = WHOLE[..span.start as usize].matches('\n').count() + 1;
            format!("{line}: {} in {:?}", diagnostic.message, &WHOLE[span.start as usize..span.end as usize])
        })
        .collect();
    assert!(messages.is_empty(), "{messages:#?}");
    assert_eq!(parsed.syntax().text().to_string(), WHOLE);
}

#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let parsed = parse(&text);
    println!("{:#?}", parsed.syntax());
    for d in parsed.diagnostics(FileId(0)) {
        println!("{}..{} {} {:?}", d.span().start, d.span().end, d.message, d);
    }
}
