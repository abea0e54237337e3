//! How playbooks run: a test for each rule, and what holds for every run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;
#[path = "../check/support.rs"]
mod support;
