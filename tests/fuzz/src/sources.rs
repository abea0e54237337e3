//! The text of modules: parsed, laid out, checked, repaired.

use quell_compiler::{
    diagnostic::{Diagnostic, Level, Safety},
    format,
    repair::repair,
    source::FileId,
    syntax,
};

use crate::laboratory::{Laboratory, boundary, text_of};

pub fn parse(bytes: &[u8]) {
    let text = text_of(bytes);
    let parsed = syntax::parse(&text);
    assert!(parsed.syntax().text() == text.as_str(), "the tokens are not the text");
    for finding in parsed.diagnostics(FileId(0)) {
        for label in &finding.labels {
            let said = text.get(label.span.start as usize..label.span.end as usize);
            assert!(said.is_some(), "{} lies outside of the text", finding.code);
        }
    }
    // What an edit leaves is parsed as if it were new.
    let half = boundary(&text, text.len() / 2);
    let edited = format!("{}{}", &text[..half], &text[boundary(&text, half + 7)..]);
    let again = syntax::parse_again(&edited, &parsed);
    let anew = syntax::parse(&edited);
    assert_eq!(again.diagnostics(FileId(0)), anew.diagnostics(FileId(0)), "an edit gives other findings");
}

pub fn format(bytes: &[u8]) {
    let text = text_of(bytes);
    let once = format::format(&syntax::parse(&text));
    assert!(once.bug.is_none(), "the formatter gave its result up: {:?}", once.bug);
    let twice = format::format(&syntax::parse(&once.text));
    assert_eq!(once.text, twice.text, "the result is not its own result");
    let codes = |text: &str| -> Vec<(&str, String)> {
        let found = syntax::parse(text).diagnostics(FileId(0));
        found.into_iter().map(|found| (found.code, found.message)).collect()
    };
    assert_eq!(codes(&text), codes(&once.text), "the result has other findings");
}

pub fn check(bytes: &[u8]) {
    let text = text_of(bytes);
    let found = Laboratory::with(&text, |laboratory| laboratory.all_findings().1);
    let again = Laboratory::with("// Something else between the two.\n", |laboratory| {
        laboratory.check();
        laboratory.put(&text);
        laboratory.all_findings().1
    });
    assert_eq!(found, again, "the same text has other findings the second time");
}

pub fn fix(bytes: &[u8]) {
    // A file with bytes that are no text is never written.
    let Ok(text) = String::from_utf8(bytes.to_vec()) else { return };
    for limit in [Safety::Safe, Safety::Unsafe] {
        let once = fixed(&text, limit);
        assert_eq!(fixed(&once, limit), once, "the second time repairs something else");
        assert!(errors(&once) <= errors(&text), "repairs added errors:\n{once}");
    }
}

/// What fixes make of a text.
fn fixed(text: &str, limit: Safety) -> String {
    Laboratory::with(text, |laboratory| {
        let repaired = repair(laboratory, limit);
        assert!(repaired.faults.is_empty(), "a fix is at fault: {:?}", repaired.faults);
        laboratory.module().to_owned()
    })
}

fn errors(text: &str) -> usize {
    let is_error = |found: &&Diagnostic| found.level == Level::Error;
    Laboratory::with(text, |laboratory| laboratory.all_findings().1.iter().filter(is_error).count())
}
