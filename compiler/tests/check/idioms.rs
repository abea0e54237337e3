//! Many ways in which people who come from other languages write a line: each gives exactly one error, on
//! its line, with help.
//!
//! `idioms.txt` has a way a line: the place, and the text, in which `⏎` is a line break. With
//! `QUELL_IDIOMS=FILE`, the ways in that file are tried, and all that was reported is printed.

use std::{fmt::Write as _, fs, thread};

use quell_compiler::{
    check::{Memo, check_again},
    diagnostic::Level,
    source::SourceFile,
    world::{MemoryWorld, World},
};

use crate::{
    foreign::{At, playbook},
    support::{self, line},
};

const PLACES: &[At] = &[
    At::Item,
    At::Member,
    At::Action,
    At::Binding,
    At::Simulate,
    At::Cause,
    At::Enrich,
    At::Line,
    At::Clause,
    At::When,
    At::Argument,
    At::Scenario,
];

/// What a way of writing a line led to.
struct Outcome {
    errors: usize,
    with_help: usize,
    /// Whether each error is on one of the lines that were written.
    near: bool,
    told: String,
}

fn try_line(written: &str, world: &mut MemoryWorld, memo: &mut Memo) -> Outcome {
    let (place, text) = written.split_once(' ').unwrap();
    let place = *PLACES.iter().find(|known| format!("{known:?}") == place).unwrap();
    let text = text.replace('⏎', "\n");
    let whole = playbook(place, &text);
    let from = whole.find(&text).unwrap();
    let file = world.add("example", SourceFile::new("example.quell", whole.clone()));
    let checked = check_again(world, &[file], memo);
    let errors: Vec<_> = checked.diagnostics.iter().filter(|found| found.level == Level::Error).collect();
    let near = |at: u32| {
        let at = at as usize;
        let start = whole[..from].rfind('\n').map_or(0, |end| end + 1);
        let end = from + text.len();
        at >= start && at <= end + whole[end..].find('\n').unwrap_or(0)
    };
    Outcome {
        errors: errors.len(),
        with_help: errors.iter().filter(|found| !found.help.is_empty()).count(),
        near: errors.iter().all(|found| near(found.span().start)),
        told: checked.diagnostics.iter().fold(String::new(), |mut told, found| {
            let source = world.source(found.span().file);
            let place = &source.text[found.span().start as usize..found.span().end as usize];
            let _ = write!(told, "\n    {} @{place:?}", line(world, found));
            told
        }),
    }
}

fn outcomes(list: &[&str]) -> Vec<Outcome> {
    let share = list.len().div_ceil(2).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = list
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || {
                    // What is known of the standard library is kept from one way to the next.
                    let (mut world, mut memo) = (support::world(), Memo::default());
                    chunk.iter().map(|written| try_line(written, &mut world, &mut memo)).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("//")).collect()
}

#[test]
fn each_way_gives_one_error_with_help() {
    let asked = std::env::var("QUELL_IDIOMS").ok();
    let text = match &asked {
        Some(file) => fs::read_to_string(file).unwrap(),
        None => include_str!("idioms.txt").to_owned(),
    };
    let list = lines(&text);
    let mut wrong = String::new();
    for (written, outcome) in list.iter().zip(outcomes(&list)) {
        let right = outcome.errors == 1 && outcome.with_help == 1 && outcome.near;
        if !right || asked.is_some() {
            let near = if outcome.near { "" } else { " elsewhere" };
            let _ =
                write!(wrong, "\n{} {}{near}: {written}{}", outcome.errors, outcome.with_help, outcome.told);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
