//! How playbooks run: a test for each rule, and what holds for every run.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod bounds;
mod clauses;
mod cuts;
mod determinism;
mod drill;
mod examples;
mod handled;
mod lab;
mod life_cycle;
mod log;
mod many;
mod moments;
mod outcome;
mod random;
mod random_tasks;
mod reference;
mod scenarios;
mod stopped;
#[path = "../check/support.rs"]
mod support;
mod time;
mod types;
mod undo;
