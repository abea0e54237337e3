//! How fast text becomes a tree: `cargo bench -p quell-compiler --bench parse`.

use divan::{Bencher, counter::BytesCount};
use quell_compiler::{
    hir::lower,
    source::FileId,
    syntax::{parse, parse_again},
};

fn main() {
    divan::main();
}

const WHOLE: &str = include_str!("../tests/fixtures/syntax/whole_language.quell");
const SMALL: &str = include_str!("../tests/fixtures/syntax/small.quell");

/// A megabyte of everything.
fn megabyte() -> String {
    WHOLE.repeat(1_000_000 / WHOLE.len())
}

#[divan::bench]
fn small_playbook(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(SMALL)).bench(|| parse(SMALL));
}

#[divan::bench]
fn whole_language(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(WHOLE)).bench(|| parse(WHOLE));
}

#[divan::bench]
fn one_megabyte(bencher: Bencher) {
    let text = megabyte();
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse(&text));
}

/// A letter typed in the middle: the other items keep their trees.
#[divan::bench]
fn one_letter_in_one_megabyte(bencher: Bencher) {
    let text = megabyte();
    let before = parse(&text);
    let at = text[text.len() / 2..].find("step ").map_or(0, |at| at + text.len() / 2);
    let after = format!("{}x{}", &text[..at], &text[at..]);
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse_again(&after, &before));
}

#[divan::bench]
fn one_letter_in_the_whole_language(bencher: Bencher) {
    let before = parse(WHOLE);
    let at = WHOLE.find("step ").unwrap_or(0);
    let after = format!("{}x{}", &WHOLE[..at], &WHOLE[at..]);
    bencher.bench(|| parse_again(&after, &before));
}

#[divan::bench]
fn lower_the_whole_language(bencher: Bencher) {
    let parsed = parse(WHOLE);
    bencher.counter(BytesCount::of_str(WHOLE)).bench(|| lower(FileId(0), &parsed));
}
