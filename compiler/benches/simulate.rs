//! How many step events pass in a second: `cargo bench -p quell-compiler --bench simulate`.
//!
//! An event is the start or the end of a step. The model is the one by which simulators are compared:
//! twenty steps with dependencies and exponential durations.

use divan::{Bencher, counter::ItemsCount};
use quell_compiler::{
    check::{Checked, check_files},
    simulate::{
        Chance, Level, Options, Prepared, prepare, simulate,
        timeline::{plain, timeline},
        trace::{Event, EventKind},
    },
    source::SourceFile,
    world::MemoryWorld,
};

fn main() {
    divan::main();
}

const WORKFLOW: &str = include_str!("../tests/fixtures/simulate/workflow.quell");
const WITH_RETRIES: &str = include_str!("../tests/fixtures/simulate/workflow_with_retries.quell");
/// A real playbook: conditions, approvals, recurring messages, tasks, texts made from values.
const EXAMPLE: [(&str, &str); 5] = [
    ("checkout_latency", include_str!("../../examples/checkout_latency.quell")),
    ("catalog", include_str!("../../examples/catalog.quell")),
    ("ops.credentials", include_str!("../../examples/ops/credentials.quell")),
    ("ops.incidents", include_str!("../../examples/ops/incidents.quell")),
    ("ops.providers", include_str!("../../examples/ops/providers.quell")),
];

/// Runs of one measurement.
const RUNS: u64 = 1_000;

/// Checks the first module; the others are there for it.
fn check(modules: &[(&str, &str)]) -> (MemoryWorld, Checked) {
    let mut world = MemoryWorld::with_modules(quell_stdlib::modules());
    let mut files = Vec::new();
    for (path, text) in modules {
        files.push(world.add(path, SourceFile::new(format!("{path}.quell"), *text)));
    }
    let checked = check_files(&world, &files[..1]);
    (world, checked)
}

/// The starts and ends of steps in these runs, those of tasks included.
fn step_events(prepared: &Prepared<'_>) -> usize {
    let Some(mut runner) = prepared.runner(Level::All) else { return 0 };
    let passes = |event: &&Event| matches!(event.kind, EventKind::Started | EventKind::Ended(_));
    (0..RUNS).map(|seed| runner.run(seed).map_or(0, |run| run.events().iter().filter(passes).count())).sum()
}

fn measure(bencher: Bencher, modules: &[(&str, &str)], level: Level) {
    let (world, checked) = check(modules);
    let Some((playbook, _)) = checked.playbooks().next() else { return };
    let options = Options { chance: Chance::Drawn, ..Options::default() };
    let prepared = prepare(&world, &checked, playbook, &options);
    assert!(prepared.problems().is_empty(), "{:?}", prepared.problems());
    let Some(mut runner) = prepared.runner(level) else { return };
    bencher.counter(ItemsCount::new(step_events(&prepared))).bench_local(|| {
        (0..RUNS).map(|seed| runner.run(seed).map_or(0, |run| run.ending.over)).fold(0_i64, i64::wrapping_add)
    });
}

#[divan::bench(sample_count = 20)]
fn workflow_without_trace(bencher: Bencher) {
    measure(bencher, &[("workflow", WORKFLOW)], Level::Nothing);
}

#[divan::bench(sample_count = 20)]
fn workflow_with_trace(bencher: Bencher) {
    measure(bencher, &[("workflow", WORKFLOW)], Level::All);
}

#[divan::bench(sample_count = 20)]
fn retries_without_trace(bencher: Bencher) {
    measure(bencher, &[("workflow", WITH_RETRIES)], Level::Nothing);
}

#[divan::bench(sample_count = 20)]
fn example_without_trace(bencher: Bencher) {
    measure(bencher, &EXAMPLE, Level::Nothing);
}

#[divan::bench(sample_count = 20)]
fn example_with_trace(bencher: Bencher) {
    measure(bencher, &EXAMPLE, Level::All);
}

/// One step for each element of a long list, its undo and its log: twice the elements take twice the time.
#[divan::bench(args = [2_000, 4_000, 8_000], sample_count = 5)]
fn each_with_undo_and_log(bencher: Bencher, elements: usize) {
    let text = format!(
        r#"
let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")

action change(n: Int) -> Int changes {{
  idempotent
  undo change(n) always
  simulate {{
    return n
    takes 1s
  }}
}}

task one(n: Int) -> Int {{
  step changed = change(n)
  return changed
}}

playbook p {{
  owner ana
  remediate {{
    step all = one(n)
      each n in [{}], at most {elements}
  }}
}}
"#,
        (0..elements).map(|element| element.to_string()).collect::<Vec<_>>().join(", ")
    );
    let (world, checked) = check(&[("workflow", &text)]);
    let Some((playbook, _)) = checked.playbooks().next() else { return };
    bencher.counter(ItemsCount::new(elements)).bench_local(|| {
        let run = simulate(&world, &checked, playbook, &Options::default());
        plain(&timeline(&world, &run.trace)).len()
    });
}
