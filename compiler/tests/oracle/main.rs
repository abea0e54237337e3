//! The engine against the oracle: an interpreter of the written rules of docs/language/semantics.md that
//! shares nothing with it.
//!
//! Random programs and scenarios are made as models (`generate`), printed as text (`print`), checked and
//! run by the compiler, and interpreted by the oracle (`interpret`), which asks the scenario what the
//! world answers (`world`). Both tell events (`events`, `observe`), and these must be the same: states
//! and times of all steps, attempts and polls, gates, milestones, undos and their order, the outcome.
//! Each accepted program is held against its computed worst case besides. What differs is made smaller
//! (`shrink`) and shown.
//!
//! `QUELL_ORACLE_PROGRAMS=100000` tries more programs, `QUELL_ORACLE_SEED=7` begins with another one.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod events;
mod generate;
mod interpret;
mod judge;
mod model;
mod observe;
mod print;
mod shrink;
mod world;

use std::collections::BTreeMap;
use std::thread;

use judge::{Bench, Verdict};

/// So many differences are made smaller and shown.
const SHOWN: u64 = 10;

/// What came of many programs.
#[derive(Default)]
struct Tally {
    /// How many the check refused, by the code of the first error.
    refused: BTreeMap<String, u64>,
    different: Vec<u64>,
}

#[test]
fn the_engine_does_what_the_rules_say() {
    let number =
        |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (first, count) = (number("QUELL_ORACLE_SEED", 0), number("QUELL_ORACLE_PROGRAMS", 2_000));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let tally = thread::scope(|scope| {
        let seeds = |offset: usize| (first..first + count).skip(offset).step_by(threads);
        let workers: Vec<_> = (0..threads).map(|offset| scope.spawn(move || judged(seeds(offset)))).collect();
        let mut all = Tally::default();
        for one in workers.into_iter().map(|worker| worker.join().unwrap()) {
            one.refused.into_iter().for_each(|(code, times)| *all.refused.entry(code).or_default() += times);
            all.different.extend(one.different);
        }
        all.different.sort_unstable();
        all
    });
    let refused: u64 = tally.refused.values().sum();
    println!("{count} programs from seed {first}: {refused} refused {:?}", tally.refused);
    let mut bench = Bench::new();
    for seed in tally.different.iter().take(number("QUELL_ORACLE_SHOWN", SHOWN) as usize) {
        println!("{}", explained(&mut bench, *seed));
    }
    let different = tally.different.len();
    assert!(different == 0, "{different} of {count} programs differ: seeds {:?}", tally.different);
    // A generator whose programs don't compile tries nothing.
    assert!(refused * 20 <= count, "{refused} of {count} were refused: {:?}", tally.refused);
}

fn judged(seeds: impl Iterator<Item = u64>) -> Tally {
    let (mut bench, mut tally) = (Bench::new(), Tally::default());
    for seed in seeds {
        match bench.judge(&generate::program(seed)) {
            Verdict::Equal => {}
            Verdict::Refused(codes) => {
                let code = codes.first().and_then(|code| code.split(':').next()).unwrap_or_default();
                *tally.refused.entry(code.to_owned()).or_default() += 1;
            }
            Verdict::Different(_) => tally.different.push(seed),
        }
    }
    tally
}

/// A difference on the smallest program that shows it.
fn explained(bench: &mut Bench, seed: u64) -> String {
    let differs = |program: &model::Program| matches!(bench.judge(program), Verdict::Different(_));
    let small = shrink::shrink(&generate::program(seed), differs);
    let Verdict::Different(why) = bench.judge(&small) else { return format!("seed {seed} varies") };
    format!("seed {seed}:\n{}\n{why}", print::text(&small))
}

/// A world in which every call of an action takes a second longer.
struct Slower<'p>(world::Given<'p>);

impl world::World for Slower<'_> {
    fn starter(&self) -> Option<model::Person> {
        self.0.starter()
    }

    fn call(&mut self, asked: &world::Asked<'_>) -> world::Reply {
        let reply = self.0.call(asked);
        world::Reply { takes: reply.takes + 1, ..reply }
    }

    fn answers(&self, path: &[model::Id]) -> Vec<world::Answer> {
        self.0.answers(path)
    }

    fn verdicts(&self, path: &[model::Id]) -> Vec<world::Verdict> {
        self.0.verdicts(path)
    }
}

/// The comparison can fail: in another world nearly every program runs otherwise.
#[test]
fn a_slower_world_is_noticed() {
    let mut bench = Bench::new();
    let differs = (0..40).filter(|seed| {
        let program = generate::program(*seed);
        let mut slower = Slower(world::Given::new(&program.givens));
        matches!(bench.judge_in(&program, &mut slower), Verdict::Different(_))
    });
    let differs = differs.count();
    assert!(differs >= 34, "only {differs} of 40 differ");
}
