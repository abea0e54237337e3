//! The target `parse` of tests/fuzz, under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| quell_fuzz::feed("parse", bytes));
