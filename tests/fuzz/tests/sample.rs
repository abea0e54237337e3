//! Mutants of the repository's files, fed to each target on a stable compiler.
//!
//! A few are tried in every run of the tests. `QUELL_FUZZ=1000000` tries that many, shared out among the
//! targets; `QUELL_FUZZ_SECONDS=3600` goes on for that long; `QUELL_FUZZ_TARGET=check` tries one target,
//! `QUELL_FUZZ_SEED=7` other mutants. What doesn't hold is kept in `target/fuzz`, made as small as it gets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "the counts are what a long run is for")]

use std::{
    cell::Cell,
    fs,
    panic::{self, AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Mutex, Once,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use quell_fuzz::{TARGETS, Target, seeds};
use quell_test_support::{Draw, mutant_of, odd_bytes};

/// What is tried of each target where nothing else is said. One costs from a tenth of a millisecond to a
/// tenth of a second in an unoptimized build.
fn usual(target: &Target) -> u64 {
    match target.name {
        "parse" | "format" | "rules" | "manifest" => 150,
        "import" => 60,
        "traces" => 40,
        "runs" | "editor" => 4,
        _ => 12,
    }
}

/// The share of a target where their sum is given: what is slow gets less.
fn share(target: &Target, sum: u64) -> u64 {
    let weight = |target: &Target| match target.name {
        "parse" | "format" => 15,
        "check" | "import" | "rules" | "manifest" => 12,
        "fix" | "runs" => 9,
        _ => 5,
    };
    sum * weight(target) / TARGETS.iter().map(weight).sum::<u64>()
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

struct Plan {
    seed: u64,
    until: Option<Instant>,
}

#[test]
fn what_must_hold_holds_for_mutants() {
    let only = std::env::var("QUELL_FUZZ_TARGET").ok();
    let seconds = number("QUELL_FUZZ_SECONDS");
    let plan = Plan {
        seed: number("QUELL_FUZZ_SEED").unwrap_or(1),
        until: seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds)),
    };
    let targets: Vec<&Target> =
        TARGETS.iter().filter(|target| only.as_ref().is_none_or(|only| only == target.name)).collect();
    assert!(!targets.is_empty(), "there is no target {only:?}");
    let mut failures = Vec::new();
    let mut all = 0;
    if let Some(end) = plan.until {
        // Turn and turn about, so that each has its share of the time.
        let mut round = 0;
        while Instant::now() < end {
            round += 1;
            for target in &targets {
                let plan = Plan { seed: plan.seed + round, until: plan.until };
                let (count, mut found) = run(target, usual(target) * 20, &plan);
                all += count;
                failures.append(&mut found);
            }
        }
    } else {
        for target in &targets {
            let count = match number("QUELL_FUZZ") {
                Some(sum) if only.is_some() => sum,
                Some(sum) => share(target, sum),
                None => usual(target),
            };
            let (count, mut found) = run(target, count, &plan);
            all += count;
            failures.append(&mut found);
        }
    }
    println!("{} runs were made", quell_fuzz::runs_made());
    println!("{all} mutants of {} targets, {} failures", targets.len(), failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Feeds so many mutants, on all cores. How many there were, and what failed.
fn run(target: &Target, count: u64, plan: &Plan) -> (u64, Vec<String>) {
    let begin = Instant::now();
    let seeds = seeds::of(target.seeds, target.name);
    assert!(seeds.len() > 3, "{}: only {} seeds", target.name, seeds.len());
    let next = AtomicU64::new(0);
    let failures: Mutex<Vec<String>> = Mutex::default();
    let slowest = Mutex::new(Duration::ZERO);
    let work = |worker: usize| {
        let mut fed = 0;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let is_over = plan.until.is_some_and(|end| Instant::now() > end);
            if number >= count || is_over || failures.lock().unwrap().len() >= 5 {
                return fed;
            }
            fed += 1;
            let mut draw = Draw::new((plan.seed << 40) + number);
            let bytes = odd_bytes(mutant_of(&seeds, &mut draw), &mut draw);
            // If the process is gone, this is what it was about.
            let current = kept(&format!("{}-worker-{worker}", target.name));
            fs::write(&current, &bytes).unwrap();
            let start = Instant::now();
            if let Some(why) = failure(target, &bytes) {
                let smallest = shrunk(target, bytes);
                let path = kept(&format!("{}-{number}", target.name));
                fs::write(&path, &smallest).unwrap();
                let shown = String::from_utf8_lossy(&smallest).into_owned();
                let words = format!("{}: {why}\n{}:\n{shown}", target.name, path.display());
                failures.lock().unwrap().push(words);
            }
            let mut slowest = slowest.lock().unwrap();
            *slowest = start.elapsed().max(*slowest);
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let fed: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                let work = &work;
                // As deep as the command line's.
                thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, move || work(worker)).unwrap()
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    for worker in 0..workers {
        let _ = fs::remove_file(kept(&format!("{}-worker-{worker}", target.name)));
    }
    let slowest = slowest.lock().unwrap().as_millis();
    println!(
        "{:8} {fed:8} mutants of {:3} files in {:4} s, the slowest {slowest} ms: {}",
        target.name,
        seeds.len(),
        begin.elapsed().as_secs(),
        target.holds,
    );
    (fed, failures.into_inner().unwrap())
}

fn kept(name: &str) -> PathBuf {
    let folder = seeds::root().join("target/fuzz");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

thread_local! {
    /// Whether a panic of this thread is told at the end, with what led to it.
    static IS_FED: Cell<bool> = const { Cell::new(false) };
}

/// Takes away the words on panics that [`failure`] catches.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_FED.get() {
                usual(panic);
            }
        }));
    });
}

fn failure(target: &Target, bytes: &[u8]) -> Option<String> {
    hush();
    IS_FED.set(true);
    let result = catch_unwind(AssertUnwindSafe(|| (target.feed)(bytes)));
    IS_FED.set(false);
    let panic = result.err()?;
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let words = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked");
    Some(words.to_owned())
}

/// What still fails when stretches are taken away, from halves to single bytes.
fn shrunk(target: &Target, mut bytes: Vec<u8>) -> Vec<u8> {
    let mut tries = 0;
    let mut length = bytes.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < bytes.len() && tries < 1_500 {
            tries += 1;
            let mut shorter = bytes.clone();
            shorter.drain(at..(at + length).min(shorter.len()));
            if failure(target, &shorter).is_some() {
                bytes = shorter;
            } else {
                at += length;
            }
        }
        length /= 2;
    }
    bytes
}

/// A target that nobody can break tells nothing.
#[test]
fn a_failure_is_found_kept_and_shrunk() {
    fn feed(bytes: &[u8]) {
        assert!(!bytes.windows(2).any(|two| two == b"?."), "a question");
    }
    let target = Target { name: "planted", holds: "nothing asks", feed, seeds: seeds::Kind::Modules };
    let (_, failures) = run(&target, 2_000, &Plan { seed: 1, until: None });
    assert!(!failures.is_empty());
    assert!(failures.iter().all(|words| words.ends_with(":\n?.")), "{failures:?}");
}
