//! Reports for other programs, held against those programs' own schemas and rules; and what runs Quell
//! elsewhere: action.yml and the configurations on the page about CI.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod action;
mod forms;
mod pages;
#[path = "../cli/sandbox.rs"]
#[allow(dead_code, reason = "the other suite uses the rest")]
mod sandbox;
mod tools;
