//! The formatter: what it must never do, on every Quell file of the repository, whole, cut, scrambled
//! and full of comments; and what its layout looks like, in pairs of before and after.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod broken;
mod commands;
mod comments;
mod corpus;
mod large;
mod layout;
mod mutants;
mod pages;
mod random;
mod ranges;
mod soundness;

use quell_compiler::{
    format::{check_soundness, format},
    syntax::parse,
};

/// Formats a text, however broken, and holds the result against what must always be so.
fn sound(text: &str) -> String {
    let parsed = parse(text);
    let formatted = format(&parsed);
    assert_eq!(formatted.bug, None, "\n{text}");
    if parsed.is_good() {
        assert_eq!(formatted.skipped, [], "\n{text}");
    }
    let after = parse(&formatted.text);
    assert_eq!(check_soundness(&parsed, &after), Ok(()), "\n{text}\n----\n{}", formatted.text);
    assert_eq!(format(&after).text, formatted.text, "not the layout of itself\n{text}");
    for skipped in &formatted.skipped {
        let kept = &text[skipped.start as usize..skipped.end as usize];
        assert!(formatted.text.contains(kept), "{kept:?} is not kept\n{text}");
    }
    formatted.text
}
