//! The same inputs give the same trace, byte for byte: again, and on other threads.

use std::thread;

use quell_compiler::{
    check::Checked,
    names::ItemId,
    simulate::{Chance, Level, Options, account::Account, prepare, scenarios_of, simulate, trace::wire},
    world::MemoryWorld,
};

use crate::lab;

/// All of a thousand where that takes seconds.
const SEEDS: u64 = if cfg!(debug_assertions) { 3 } else { 1_000 };

/// A run to be made: a playbook with a scenario or without.
#[derive(Clone, Copy)]
struct Case {
    playbook: ItemId,
    scenario: Option<ItemId>,
}

fn cases(checked: &Checked) -> Vec<Case> {
    let mut cases = Vec::new();
    for (playbook, _) in checked.playbooks() {
        cases.push(Case { playbook, scenario: None });
        let scenarios = scenarios_of(checked, playbook).into_iter();
        cases.extend(scenarios.map(|scenario| Case { playbook, scenario: Some(scenario) }));
    }
    cases
}

/// The published trace of a run.
fn trace(world: &MemoryWorld, checked: &Checked, case: Case, seed: u64) -> String {
    let Case { playbook, scenario } = case;
    let options = Options { scenario, seed, chance: Chance::Drawn, ..Options::default() };
    let run = simulate(world, checked, playbook, &options);
    let document = wire::document(&Account::new(world, checked, &run.trace));
    serde_json::to_string(&document).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let (world, checked) = lab::examples();
    let cases = cases(&checked);
    for case in &cases {
        let alone: Vec<String> = (0..SEEDS).map(|seed| trace(&world, &checked, *case, seed)).collect();
        for threads in [1, 4] {
            let again = thread::scope(|scope| {
                let workers: Vec<_> = (0..threads)
                    .map(|worker| {
                        let (world, checked) = (&world, &checked);
                        scope.spawn(move || {
                            let seeds = (worker..SEEDS).step_by(threads as usize);
                            seeds.map(|seed| (seed, trace(world, checked, *case, seed))).collect::<Vec<_>>()
                        })
                    })
                    .collect();
                workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
            });
            assert_eq!(again.len() as u64, SEEDS);
            for (seed, again) in again {
                assert!(alone[seed as usize] == again, "seed {seed} on {threads} threads");
            }
        }
    }
    assert!(cases.len() > 10);
}

#[test]
fn runners_on_several_threads_share_what_was_made_once() {
    let (world, checked) = lab::examples();
    for (playbook, _) in checked.playbooks() {
        let options = Options { chance: Chance::Drawn, ..Options::default() };
        let prepared = prepare(&world, &checked, playbook, &options);
        if !prepared.problems().is_empty() {
            continue;
        }
        let endings = |from: u64, step: usize| {
            let mut runner = prepared.runner(Level::Nothing).unwrap();
            let seeds = (from..SEEDS).step_by(step);
            seeds.map(|seed| (seed, runner.run(seed).unwrap().ending)).collect::<Vec<_>>()
        };
        let alone = endings(0, 1);
        let shared = thread::scope(|scope| {
            let workers: Vec<_> = (0..3).map(|worker| scope.spawn(move || endings(worker, 3))).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
        });
        for (seed, ending) in shared {
            assert_eq!(alone[seed as usize], (seed, ending));
        }
    }
}
