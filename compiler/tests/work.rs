//! The work that hostile text makes grows with the text, and no faster. What is counted is the same on every
//! machine, however busy: the parser's calls, and the bytes that are allocated.
//!
//! The parser's limit of calls holds for the whole process, so this is one test in a program of its own.

use std::num::NonZeroUsize;

use quell_compiler::{source::FileId, syntax::parse};
use texts::{hostile, in_step};

#[path = "support/hostile.rs"]
mod texts;

/// How many calls the parser may make for a byte of text: twice what the worst of these texts takes.
const CALLS: usize = 120;

/// Text that is read twice in each bracket takes a power of two of the brackets.
const NESTED: [&str; 20] = [
    "f(a b, ",
    "{ a b, ",
    "[a b, ",
    "match a { b ",
    "match a { b => ",
    "(a b ",
    "a[b c",
    "if (a b then ",
    "(a, b c => (",
    "f(\"${a b ",
    "f(g([{a: ",
    "f(x => ",
    "M<T, ",
    "\"${",
    "if a { ",
    "cause a { ",
    "f(a: ",
    "-(",
    "not (",
    "(a) => (",
];

fn allocated(text: &str) -> u64 {
    allocation_counter::measure(|| {
        std::hint::black_box(parse(text).diagnostics(FileId(0)));
    })
    .bytes_total
}

/// Whether a text is read the same with so few calls.
fn is_read_within_limit(text: &str) -> bool {
    let read = |limit: usize| {
        pest::set_call_limit(NonZeroUsize::new(limit));
        let parsed = parse(text);
        pest::set_call_limit(None);
        parsed
    };
    let limit = CALLS * (text.len() + 100);
    let (within, without) = (read(limit), read(0));
    within.syntax().green() == without.syntax().green()
}

#[test]
fn work_grows_with_the_text() {
    const SMALL: usize = 2_000;
    for ((name, small), (_, large)) in hostile(SMALL).iter().zip(hostile(8 * SMALL)) {
        assert!(is_read_within_limit(&large), "{name}: more than {CALLS} calls of the parser for a byte");
        // Below this only what any text takes counts.
        let (small, large) = (allocated(small).max(100_000), allocated(&large));
        assert!(large < small * 9, "{name}: {small} bytes allocated, and {large} for 8 times the text");
    }
    for nest in NESTED {
        for body in [nest.repeat(45), nest.repeat(45) + " @ @", nest.repeat(30) + &"}\")".repeat(30)] {
            for text in [in_step(&body), format!("let a: {body} = 1\n")] {
                assert!(
                    is_read_within_limit(&text),
                    "{nest}: more than {CALLS} calls of the parser for a byte"
                );
            }
        }
    }
}
