//! Step graphs of real sources: what waits for what, what is found, how it is shown, and how it grows.

mod build;
mod emit;
mod findings;
#[path = "../check/support.rs"]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod library;
mod properties;
mod scale;
mod support;
