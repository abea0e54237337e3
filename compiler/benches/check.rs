//! How fast a check is, from nothing and after a letter: `cargo bench -p quell-compiler --bench check`.

mod project;

use std::sync::Arc;

use divan::Bencher;
use quell_compiler::{
    check::{Memo, check_again, check_files, read},
    source::{FileId, SourceFile},
    world::{MemoryWorld, World},
};

fn main() {
    divan::main();
}

fn world(playbooks: usize) -> (MemoryWorld, FileId) {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let mut long = FileId(0);
    for (path, text) in project::files(playbooks, 1_000) {
        let module = path.trim_end_matches(".quell").replace('/', ".");
        let file = world.add(&module, SourceFile::new(path.clone(), text));
        if path == project::LONG {
            long = file;
        }
    }
    (world, long)
}

/// The long file with a letter more in the name of a step in its middle, and without.
fn edits(world: &MemoryWorld, long: FileId) -> [SourceFile; 2] {
    let text = &world.source(long).text;
    let at = text.len() / 2 + text[text.len() / 2..].find("room").unwrap_or(0);
    let edited = format!("{}x{}", &text[..at], &text[at..]);
    [SourceFile::new("long.quell", edited), SourceFile::new("long.quell", text.clone())]
}

#[divan::bench]
fn long_file_from_nothing(bencher: Bencher) {
    let (world, long) = world(0);
    bencher.bench(|| check_files(&world, &[long]));
}

#[divan::bench]
fn a_letter_in_a_long_file(bencher: Bencher) {
    let (mut world, long) = world(1_000);
    let mut memo = Memo::default();
    let checked = check_again(&world, &[long], &mut memo);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics.first());
    let edits = edits(&world, long);
    let mut count = 0;
    bencher.bench_local(|| {
        world.add("long", edits[count % 2].clone());
        count += 1;
        check_again(&world, &[long], &mut memo)
    });
}

#[divan::bench]
fn read_a_letter_in_a_long_file(bencher: Bencher) {
    let (world, long) = world(0);
    let texts = edits(&world, long).map(|edit| edit.text);
    let before = read(long, &texts[1], None);
    bencher.bench_local(|| read(long, &Arc::clone(&texts[0]), Some(&before)));
}

#[divan::bench(sample_count = 3)]
fn a_thousand_playbooks(bencher: Bencher) {
    let (world, _) = world(1_000);
    bencher.bench(|| check_files(&world, &world.files()));
}
