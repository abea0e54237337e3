//! Damaged texts: a fix makes nothing worse, and what was fixed once isn't changed again.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use quell_compiler::{
    diagnostic::{Level, Safety},
    source::FileId,
    syntax::{SyntaxElement, parse},
    visible::hidden,
};
use quell_test_support::{first, mutant, rounds};

use super::Bench;

/// So many are tried by default.
const SAMPLE: u64 = 240;

/// The comments of a text that don't speak to Quell, and how often each is there.
fn comments(text: &str) -> BTreeMap<String, usize> {
    let root = parse(text).syntax();
    let tokens = root.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    let mut all = BTreeMap::new();
    for token in tokens.filter(|token| token.kind().is_trivia() && token.text().starts_with("//")) {
        if !token.text().contains("quell:") {
            // A fix may take out what can't be seen.
            let odd: BTreeSet<usize> = hidden(token.text(), &['\n', '\t']).map(|(at, _)| at).collect();
            let seen: String =
                token.text().char_indices().filter(|(at, _)| !odd.contains(at)).map(|(_, c)| c).collect();
            *all.entry(seen.trim_end().to_owned()).or_default() += 1;
        }
    }
    all
}

/// Repairs a text twice and compares each result with the text before; says what is wrong.
fn try_out(bench: &mut Bench, text: &str, limit: Safety) -> Result<usize, String> {
    let errors = |bench: &mut Bench, text: &str| {
        let found = bench.found(text);
        let errors = found.iter().filter(|it| it.level == Level::Error);
        errors.map(|it| format!("{}: {}", it.code, it.message)).collect::<Vec<_>>()
    };
    let (repaired, after) = bench.repaired(text, limit);
    if !repaired.faults.is_empty() {
        return Err(format!("faults: {:?}", repaired.faults));
    }
    if (after != text) != (repaired.count > 0) {
        return Err(format!("{} fixes, and changed: {}", repaired.count, after != text));
    }
    if repaired.count == 0 {
        return Ok(0);
    }
    let syntax = |text: &str| parse(text).diagnostics(FileId(0)).len();
    let (was, is) = (syntax(text), syntax(&after));
    if is > was {
        return Err(format!("parses worse: {was}, then {is}\n{after}"));
    }
    let (before, behind) = (errors(bench, text), errors(bench, &after));
    let new = behind.iter().find(|error| !before.contains(error));
    if let Some(new) = new.filter(|_| is == was && was == 0) {
        return Err(format!("new: {new}\n{after}"));
    }
    let kept = comments(&after);
    if limit == Safety::Safe && comments(text) != kept {
        return Err(format!("comments: {:?}, then {kept:?}\n{after}", comments(text)));
    }
    let (again, twice) = bench.repaired(&after, limit);
    if twice != after || again.count > 0 {
        return Err(format!("changes again:\n{after}\n----\n{twice}"));
    }
    Ok(repaired.count)
}

#[test]
fn fixing_twice_is_fixing_once_and_makes_nothing_worse() {
    let (first, rounds) = (first(), rounds(SAMPLE));
    let workers = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let work = |worker: u64| {
        let mut bench = Bench::new();
        let (mut wrong, mut fixes) = (Vec::new(), 0);
        for number in (first..first + rounds).filter(|number| number % workers == worker) {
            let mutant = mutant(number);
            for limit in [Safety::Safe, Safety::Unsafe] {
                match try_out(&mut bench, &mutant.text, limit) {
                    Ok(count) => fixes += count,
                    Err(what) => wrong.push(format!(
                        "mutant {number} ({:?}, {limit:?}): {what}\n==== of\n{}",
                        mutant.done, mutant.text
                    )),
                }
            }
        }
        (wrong, fixes, bench.checks)
    };
    let (wrong, fixes, checks) = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).fold(
            (Vec::new(), 0, 0),
            |(mut wrong, fixes, checks), (more, count, checked)| {
                wrong.extend(more);
                (wrong, fixes + count, checks + checked)
            },
        )
    });
    println!("{rounds} mutants from {first}: {fixes} fixes made, {checks} checks, {} wrong", wrong.len());
    assert!(fixes as u64 > rounds / 20, "hardly anything was fixed: {fixes}");
    assert!(wrong.is_empty(), "{} of {rounds}:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n\n"));
}
