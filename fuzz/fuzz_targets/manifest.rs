//! The target `manifest` of tests/fuzz, under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| quell_fuzz::feed("manifest", bytes));
