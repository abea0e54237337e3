//! Playbooks while they are written: each example, cut at lines all over it, is checked. It neither panics
//! nor takes longer than the whole file does. `QUELL_CUTS=10000 cargo test --test cut` cuts at every line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use quell_compiler::{
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};
use rayon::prelude::*;

/// A cut file may take this much longer than the whole one: the machine does other things as well.
const RATIO: u32 = 4;
/// At how many lines each example is cut, unless `QUELL_CUTS` says otherwise.
const CUTS: usize = 16;
/// Below this the clock says nothing: a name that became unknown is looked for in all modules, which a
/// small file didn't need before.
const NOISE: Duration = Duration::from_millis(1000);

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

/// Checks the world; how long it took.
fn time_check(world: &MemoryWorld, file: FileId) -> Duration {
    let start = Instant::now();
    let checked = quell_compiler::check::check_files(world, &[file]);
    let elapsed = start.elapsed();
    for finding in &checked.diagnostics {
        for label in &finding.labels {
            let text = &world.source(label.span.file).text;
            let range = label.span.start as usize..label.span.end as usize;
            assert!(text.get(range).is_some(), "a label lies outside of its text: {finding:?}");
        }
    }
    assert!(checked.module(file).is_some(), "a module got lost");
    elapsed
}

#[test]
fn an_example_that_is_cut_is_checked_as_fast_as_the_whole() {
    let modules = modules();
    modules.par_iter().for_each(|(path, text)| {
        let mut world = world(&modules);
        let file = world.add(path, SourceFile::new(path.as_str(), text.as_str()));
        let whole = (0..3).map(|_| time_check(&world, file)).max().unwrap_or_default();
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let cuts = std::env::var("QUELL_CUTS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(CUTS);
        let every = ends.len().div_ceil(cuts.max(1)).max(1);
        // Not the same lines in each file.
        for cut in ends.into_iter().skip(path.len() % every).step_by(every) {
            world.add(path, SourceFile::new(path.as_str(), &text[..cut]));
            // Once more if it was slow: only what is slow again is slow by itself.
            let mut took = time_check(&world, file);
            if took > whole * RATIO + NOISE {
                took = took.min(time_check(&world, file));
            }
            let line = text[..cut].lines().count();
            assert!(
                took <= whole * RATIO + NOISE,
                "{path}, cut behind line {line}, took {took:?}; the whole file takes {whole:?}"
            );
        }
    });
}
