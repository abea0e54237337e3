//! Damaged texts: what is wrong with them is the same after they were formatted, each mistake in the place
//! where it was.
//!
//! `QUELL_MUTANTS=100000 cargo test -p quell-compiler --test format mutants` tries more of them.

use std::{collections::BTreeMap, thread};

use quell_compiler::{
    format::{check_soundness, format, format_range},
    source::FileId,
    syntax::{Parse, parse},
};
use quell_test_support::{first, mutant, rounds};

/// So many are tried by default.
const SAMPLE: u64 = 2_000;

/// What is wrong with a text: codes, words and what they are about, in order.
pub fn problems(parsed: &Parse) -> Vec<String> {
    let text = parsed.syntax().text().to_string();
    let found = parsed.diagnostics(FileId(0)).into_iter();
    found
        .map(|it| {
            let labels = it.labels.iter().map(|label| label.span.of(&text));
            format!("{} {} {:?}", it.code, it.message, labels.collect::<Vec<_>>())
        })
        .collect()
}

/// What became of a text.
enum Outcome {
    Formatted,
    /// It was left as it was, though parts of it could be read.
    Left,
    /// It was left as it was, and the fault reported: a few texts that nobody writes.
    Refused,
}

/// Formats a text, whole and in part, and says what is wrong with that.
fn try_out(text: &str, number: u64) -> Result<Outcome, String> {
    let parsed = parse(text);
    let formatted = format(&parsed);
    if formatted.bug.is_some() && formatted.text == text {
        return Ok(Outcome::Refused);
    }
    let after = parse(&formatted.text);
    let (before, behind) = (problems(&parsed), problems(&after));
    if before != behind {
        return Err(format!("{before:#?}\n{behind:#?}\n{}", formatted.text));
    }
    check_soundness(&parsed, &after).map_err(|unsound| format!("{unsound:?}\n{}", formatted.text))?;
    if format(&after).text != formatted.text {
        return Err(format!("not the layout of itself:\n{}\n----\n{}", formatted.text, format(&after).text));
    }
    let at = number as u32 % (text.len() as u32 + 1);
    let end = (at + number as u32 % 97).min(text.len() as u32);
    if text.is_char_boundary(at as usize) && text.is_char_boundary(end as usize) {
        let mut part = text.to_owned();
        for replacement in format_range(&parsed, at..end).iter().rev() {
            let range = replacement.range.start as usize..replacement.range.end as usize;
            part.replace_range(range, &replacement.text);
        }
        let behind = problems(&parse(&part));
        if before != behind {
            return Err(format!("{at}..{end}: {before:#?}\n{behind:#?}\n{part}"));
        }
    }
    let whole = 0..text.len() as u32;
    let items: Vec<String> = parsed.syntax().children().map(|item| item.text().to_string()).collect();
    let readable =
        items.iter().any(|item| parse(item).is_good() && format(&parse(item)).text.trim() != item.trim());
    let left = readable && formatted.skipped == [whole];
    Ok(if left { Outcome::Left } else { Outcome::Formatted })
}

#[test]
fn what_is_wrong_stays_what_and_where_it_is() {
    let (first, rounds) = (first(), rounds(SAMPLE));
    let workers = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let work = |worker: u64| {
        let (mut wrong, mut broken, mut untouched) = (Vec::new(), 0u64, BTreeMap::new());
        let mut refused = 0u64;
        for number in (first..first + rounds).filter(|number| number % workers == worker) {
            let mutant = mutant(number);
            broken += u64::from(!parse(&mutant.text).is_good());
            match try_out(&mutant.text, number) {
                Ok(Outcome::Formatted) => {}
                Ok(Outcome::Refused) => refused += 1,
                Ok(Outcome::Left) => {
                    mutant.done.iter().for_each(|done| *untouched.entry(*done).or_insert(0) += 1)
                }
                Err(what) => wrong
                    .push(format!("mutant {number} ({:?}): {what}\n==== of\n{}", mutant.done, mutant.text)),
            }
        }
        (wrong, broken, refused, untouched)
    };
    let (mut wrong, mut broken, mut refused) = (Vec::new(), 0, 0);
    let mut untouched = BTreeMap::<&str, u64>::new();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        for (more, count, faults, by_name) in threads.into_iter().map(|thread| thread.join().unwrap()) {
            wrong.extend(more);
            broken += count;
            refused += faults;
            by_name.into_iter().for_each(|(name, count)| *untouched.entry(name).or_default() += count);
        }
    });
    let left: u64 = untouched.values().sum();
    println!(
        "{rounds} mutants from {first}: {broken} broken, {left} left as a whole {untouched:?}, {refused} refused, {} wrong",
        wrong.len()
    );
    assert!(refused <= 1 + rounds / 1000, "{refused} texts were refused");
    assert!(broken > rounds / 4, "hardly any is broken: {broken}");
    assert!(wrong.is_empty(), "{} of {rounds}:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n\n"));
}
