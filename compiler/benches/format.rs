//! How fast a tree becomes its layout: `cargo bench -p quell-compiler --bench format`.
//!
//! `format` holds each result against its text, so a file that changes is parsed and laid out twice.

use divan::{Bencher, counter::BytesCount};
use quell_compiler::{
    format::{format, format_range},
    syntax::parse,
};

fn main() {
    divan::main();
}

/// A playbook of about 200 lines with its scenarios, laid out.
const NEAT: &str = include_str!("../../examples/checkout_latency.quell");
const WHOLE: &str = include_str!("../tests/fixtures/syntax/whole_language.quell");

/// The same without indents.
fn messy() -> String {
    NEAT.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

/// A megabyte of everything.
fn megabyte() -> String {
    WHOLE.repeat(1_000_000 / WHOLE.len())
}

#[divan::bench]
fn neat_playbook(bencher: Bencher) {
    let parsed = parse(NEAT);
    bencher.counter(BytesCount::of_str(NEAT)).bench(|| format(&parsed));
}

#[divan::bench]
fn messy_playbook(bencher: Bencher) {
    let text = messy();
    let parsed = parse(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| format(&parsed));
}

/// From text to text, as `quell fmt` does it.
#[divan::bench]
fn messy_playbook_with_parsing(bencher: Bencher) {
    let text = messy();
    bencher.counter(BytesCount::of_str(&text)).bench(|| format(&parse(&text)));
}

#[divan::bench]
fn one_line_of_a_messy_playbook(bencher: Bencher) {
    let text = messy();
    let parsed = parse(&text);
    let at = text.find("step ").unwrap_or(0) as u32;
    bencher.bench(|| format_range(&parsed, at..at));
}

#[divan::bench(sample_count = 10)]
fn neat_megabyte(bencher: Bencher) {
    let text = format(&parse(&megabyte())).text;
    let parsed = parse(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| format(&parsed));
}

#[divan::bench(sample_count = 10)]
fn messy_megabyte(bencher: Bencher) {
    let text = megabyte();
    let parsed = parse(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| format(&parsed));
}
