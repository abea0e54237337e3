//! The check over whole modules.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod again;
mod cascade;
mod dropped;
mod edited;
mod effects;
mod findings;
mod foreign;
mod four_eyes;
mod hostile;
mod idioms;
mod imports;
mod lint;
mod lint_advice;
mod marked_lints;
mod pages;
mod reference;
mod silence;
mod slips;
mod support;
mod tables;
mod wrong_programs;

use support::{check_files, examples, line};

#[test]
fn the_standard_library_has_no_findings() {
    let world = support::world();
    let checked = quell_compiler::check::check(&world);
    let lines: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn the_examples_have_no_findings() {
    let (world, files) = examples();
    let checked = check_files(&world, &files);
    let lines: Vec<String> = checked.diagnostics.iter().map(|found| line(&world, found)).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}
