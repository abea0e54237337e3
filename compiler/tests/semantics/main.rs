//! How playbooks run: a test for each rule, and what holds for every run.

mod examples;
#[path = "../check/support.rs"]
mod support;
