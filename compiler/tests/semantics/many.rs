//! Thousands of runs: what they share is made once, and the distribution is the right one.

use quell_compiler::{
    check::Checked,
    graph::{Nanoseconds, SECOND},
    names::{ItemId, Milestone},
    simulate::{
        Bounds, Chance, Decisions, Level, Options, prepare, simulate,
        trace::{End, EventKind},
    },
    source::SourceFile,
    world::MemoryWorld,
};

use crate::{
    lab,
    support::{self, check_files},
};

const DRAWN: Options = Options {
    scenario: None,
    inputs: Vec::new(),
    samples: None,
    seed: 0,
    chance: Chance::Drawn,
    level: Level::All,
    severity: None,
    decisions: Decisions {
        answers: Vec::new(),
        approvals: Vec::new(),
        outcomes: Vec::new(),
        instead: false,
        others: None,
    },
    bounds: Bounds::STANDARD,
};

fn fixture(name: &str) -> (MemoryWorld, Checked, ItemId) {
    let path = support::root().join("compiler/tests/fixtures/simulate").join(name);
    let mut world = support::world();
    let text = std::fs::read_to_string(path).unwrap();
    let file = world.add("workflow", SourceFile::new(name, text));
    let checked = check_files(&world, &[file]);
    let (playbook, _) = checked.playbooks().next().unwrap();
    (world, checked, playbook)
}

/// How long the runs of a fixture take, sorted.
fn drawn(name: &str, runs: u64) -> Vec<Nanoseconds> {
    let (world, checked, playbook) = fixture(name);
    let prepared = prepare(&world, &checked, playbook, &DRAWN);
    let mut runner = prepared.runner(Level::Nothing).unwrap();
    let mut times: Vec<_> = (0..runs).map(|seed| runner.run(seed).unwrap().ending.over).collect();
    times.sort();
    times
}

fn seconds(time: Nanoseconds) -> f64 {
    time as f64 / SECOND as f64
}

fn near(value: f64, from: f64, to: f64, tolerance: f64) {
    assert!((from - tolerance..=to + tolerance).contains(&value), "{value} isn't in {from}..{to}");
}

/// Half of a percent or so is chance with so many runs.
#[test]
fn a_workflow_takes_as_long_as_other_simulators_say() {
    let times = drawn("workflow.quell", 4_000);
    near(seconds(times[2_000]), 914.0, 918.0, 12.0);
    near(seconds(times[3_800]), 1420.0, 1437.0, 25.0);
    near(seconds(times.iter().sum::<Nanoseconds>() / 4_000), 941.0, 941.0, 10.0);
}

/// The same with failures, against a model of a few lines: nobody has published figures of it.
#[test]
fn a_workflow_with_retries_takes_as_long_as_a_model_of_it() {
    let mut chance = Chances(0x2545_f491_4f6c_dd1d);
    let mut wanted: Vec<f64> = (0..20_000).map(|_| makespan_with_retries(&mut chance)).collect();
    wanted.sort_by(f64::total_cmp);
    let times = drawn("workflow_with_retries.quell", 4_000);
    near(seconds(times[2_000]), wanted[10_000], wanted[10_000], 15.0);
    near(seconds(times[3_800]), wanted[19_000], wanted[19_000], 30.0);
}

/// Numbers by chance (xorshift*).
struct Chances(u64);

impl Chances {
    /// From 0 to 1, without 0.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11;
        (drawn + 1) as f64 / (1_u64 << 53) as f64
    }
}

/// Each step starts when those before it have ended, so that no queue is needed.
fn makespan_with_retries(chance: &mut Chances) -> f64 {
    let mut ends = [0.0_f64; 20];
    for step in 0..20_usize {
        let before = [step.saturating_sub(1 + step % 3), step.saturating_sub(2 + (step % 2) * 3)];
        let mut end = if step == 0 { 0.0 } else { ends[before[0]].max(ends[before[1]]) };
        for _attempt in 0..3 {
            end -= chance.next().ln() * (30 + 5 * step) as f64;
            if chance.next() > 0.1 {
                break;
            }
        }
        ends[step] = end;
    }
    ends.into_iter().fold(0.0, f64::max)
}

#[test]
fn a_run_is_the_same_whatever_ran_before_it() {
    let (world, checked) = lab::examples();
    for (playbook, _) in checked.playbooks() {
        let prepared = prepare(&world, &checked, playbook, &DRAWN);
        let Some(mut runner) = prepared.runner(Level::All) else { continue };
        for seed in [3, 1, 2, 3] {
            let outcome = runner.run(seed).unwrap();
            let alone = simulate(&world, &checked, playbook, &Options { seed, ..DRAWN });
            assert_eq!(outcome.events(), alone.trace.events, "seed {seed}");
            assert_eq!(outcome.nodes(), alone.trace.nodes, "seed {seed}");
            assert_eq!(Some(&outcome.ending), alone.ending.as_ref(), "seed {seed}");
        }
    }
}

#[test]
fn an_outcome_says_what_the_trace_says() {
    let (world, checked) = lab::examples();
    for (playbook, _) in checked.playbooks() {
        let prepared = prepare(&world, &checked, playbook, &DRAWN);
        let Some(mut quiet) = prepared.runner(Level::Nothing) else { continue };
        for seed in 0..20 {
            let outcome = quiet.run(seed).unwrap();
            let run = simulate(&world, &checked, playbook, &Options { seed, ..DRAWN });
            assert!(outcome.events().is_empty());
            assert_eq!(Some(&outcome.ending), run.ending.as_ref());
            assert_eq!(outcome.severity(), run.values.severity.as_ref());
            let reached = |wanted| {
                let mut events = run.trace.events.iter();
                events.find(|event| event.kind == EventKind::Milestone(wanted)).map(|event| event.at)
            };
            for milestone in [Milestone::Triaged, Milestone::Resolved, Milestone::Failed] {
                assert_eq!(outcome.milestone(milestone), reached(milestone), "{milestone:?}, seed {seed}");
            }
            for step in outcome.steps() {
                let own = |event: &&quell_compiler::simulate::trace::Event| {
                    event.node.is_some_and(|node| {
                        run.trace.node(node).span
                            == checked.graphs.get(playbook).unwrap().node(step.node).span
                            && run.trace.node(node).inside.is_none()
                    })
                };
                let mut events = run.trace.events.iter().filter(own);
                let end = events.find_map(|event| match &event.kind {
                    EventKind::Ended(end) => Some((event.at, end.word())),
                    _ => None,
                });
                assert_eq!(step.ended.zip(step.end.map(End::word)), end, "seed {seed}");
            }
        }
    }
}
