//! Playbooks while they are written: each example, cut at lines all over it, is checked. It neither panics
//! nor makes more work than the whole file does, counted in bytes that are allocated. `QUELL_CUTS=10000 cargo test --test cut` cuts at every line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use quell_compiler::{
    check::check_files,
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};
use rayon::prelude::*;

/// A cut file may make this much more work than the whole one.
const RATIO: u64 = 2;
/// At how many lines each example is cut, unless `QUELL_CUTS` says otherwise.
const CUTS: usize = 6;
/// What every check takes: a name that became unknown is looked for in all modules, which a small file didn't
/// need before.
const SEARCH: u64 = 10_000_000;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// The examples as (module path, text), sorted.
fn modules() -> Vec<(String, String)> {
    let mut modules = Vec::new();
    collect(&examples(), &mut modules);
    modules.sort();
    assert!(modules.len() >= 4, "the examples are not where they should be");
    modules
}

fn collect(folder: &Path, modules: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, modules);
        } else if path.extension().is_some_and(|ending| ending == "quell") {
            let relative = path.strip_prefix(examples()).unwrap().with_extension("");
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            modules.push((parts.join("."), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The world of the examples, in which texts can be replaced.
fn world(modules: &[(String, String)]) -> MemoryWorld {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    for (path, text) in modules {
        world.add(path, SourceFile::new(format!("{path}.quell"), text.as_str()));
    }
    world
}

/// Checks the world; how many bytes that allocated.
fn work(world: &MemoryWorld, file: FileId) -> u64 {
    let mut checked = None;
    let counted = allocation_counter::measure(|| checked = Some(check_files(world, &[file])));
    let checked = checked.unwrap();
    for finding in &checked.diagnostics {
        for label in &finding.labels {
            let text = &world.source(label.span.file).text;
            let range = label.span.start as usize..label.span.end as usize;
            assert!(text.get(range).is_some(), "a label lies outside of its text: {finding:?}");
        }
    }
    assert!(checked.module(file).is_some(), "a module got lost");
    counted.bytes_total
}

#[test]
fn an_example_that_is_cut_makes_no_more_work_than_the_whole() {
    let modules = modules();
    modules.par_iter().for_each(|(path, text)| {
        let mut world = world(&modules);
        let file = world.add(path, SourceFile::new(path.as_str(), text.as_str()));
        let whole = work(&world, file);
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let cuts = std::env::var("QUELL_CUTS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(CUTS);
        let every = ends.len().div_ceil(cuts.max(1)).max(1);
        // Not the same lines in each file.
        for cut in ends.into_iter().skip(path.len() % every).step_by(every) {
            world.add(path, SourceFile::new(path.as_str(), &text[..cut]));
            let made = work(&world, file);
            let line = text[..cut].lines().count();
            assert!(
                made <= whole * RATIO + SEARCH,
                "{path}, cut after line {line}: {made} bytes allocated, and {whole} for the whole file"
            );
        }
    });
}
