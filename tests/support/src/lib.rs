//! Support for tests of all crates: the repository's own Quell texts ([`corpus()`]), copies of them that
//! were damaged the way people, editors and merges damage texts ([`mutant()`]), and how many of these a
//! test tries ([`rounds`]).
//!
//! A mutant is made from its number alone: a failure is repeated by its number.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod corpus;
mod draw;
mod mutate;
mod scan;
mod tools;

pub use corpus::{corpus, files, pieces};
pub use draw::Draw;
pub use mutate::{MUTATORS, Mutant, bytes, mutant, mutant_of, odd_bytes};
pub use tools::{installed, pass_over, skip};

/// How many mutants a test tries: `sample`, or what the environment variable `QUELL_MUTANTS` says.
pub fn rounds(sample: u64) -> u64 {
    std::env::var("QUELL_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(sample)
}

/// The number of the first mutant: 0, or what the environment variable `QUELL_MUTANTS_FROM` says.
pub fn first() -> u64 {
    std::env::var("QUELL_MUTANTS_FROM").ok().and_then(|first| first.parse().ok()).unwrap_or(0)
}
