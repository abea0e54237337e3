//! What the check accepts runs to an end, and keeps the promises while it runs.
//!
//! Random playbooks (and random changes of the examples) are checked; those without an error run with
//! chance drawn from a seed. `QUELL_SOUNDNESS_PROGRAMS=100000` tries more of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod actions;
mod invariants;
mod program;
#[path = "../check/support.rs"]
mod support;

use std::{cell::Cell, collections::BTreeSet};

use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, TestCaseError, TestRunner},
};
use quell_compiler::{
    check::Checked,
    diagnostic::Level,
    names::ItemId,
    simulate::{
        Chance, Decisions, Options,
        people::Person,
        scenario::script::{AnswerGiven, Others},
        simulate,
        trace::{EventKind, PersonShown, TraceNodeKind},
        value::Value,
    },
    source::{FileId, SourceFile},
    types::Type,
    world::{MemoryWorld, World},
};

fn programs(usual: u32) -> u32 {
    std::env::var("QUELL_SOUNDNESS_PROGRAMS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Checks a module and, where it has no error, runs its playbooks. Whether it was accepted.
fn accepted_and_sound(world: &MemoryWorld, file: FileId, seed: u64) -> Result<bool, String> {
    let checked = support::check_files(world, &[file]);
    if checked.diagnostics.iter().any(|found| found.level == Level::Error) {
        return Ok(false);
    }
    let playbooks: Vec<_> =
        checked.playbooks().map(|(item, _)| item).filter(|item| item.file == file).collect();
    for playbook in playbooks {
        for chance in [Chance::Median, Chance::Drawn] {
            let options = Options { seed, chance, ..Options::default() };
            let run = simulate(world, &checked, playbook, &options);
            invariants::hold(&checked, playbook, &run)?;
            let again = simulate(world, &checked, playbook, &options);
            if format!("{:?}", run.trace) != format!("{:?}", again.trace) {
                return Err("the same seed gave two traces".to_owned());
            }
        }
        silence_and_answers(world, &checked, playbook, seed)?;
    }
    Ok(true)
}

/// Runs a playbook with nobody who answers, and again with people who answer in several ways.
fn silence_and_answers(
    world: &MemoryWorld,
    checked: &Checked,
    playbook: ItemId,
    seed: u64,
) -> Result<(), String> {
    let with = |decisions: Decisions| {
        let options = Options { seed, decisions, ..Options::default() };
        simulate(world, checked, playbook, &options)
    };
    let others = |others| Decisions { others: Some(others), ..Decisions::default() };
    let silent = with(others(Others::Silent));
    let asked = silent.trace.events.iter().filter_map(|event| match (&event.kind, event.node) {
        (EventKind::Asked { .. }, Some(node)) => Some(silent.trace.node(node).path.to_vec()),
        _ => None,
    });
    let asked: BTreeSet<_> = asked.collect();
    if asked.is_empty() && !silent.trace.nodes.iter().any(|node| node.kind == TraceNodeKind::Gate) {
        return Ok(());
    }
    let mut rest = seed;
    for _ in 0..4 {
        let mut decisions = others(if rest & 1 == 0 { Others::Agree } else { Others::Silent });
        for step in &asked {
            rest = rest.rotate_right(3) ^ 0x9e37_79b9;
            let ty = step.last().and_then(|last| Some(checked.module(last.file)?.types.of_call(last.step)));
            let value = match ty {
                Some(Type::Bool) => Value::Bool(rest & 2 == 0),
                _ => Value::Int((rest % 6) as i64),
            };
            let shown = PersonShown { id: "ana".into(), name: "Ana".into() };
            decisions.answers.push(AnswerGiven {
                span: None,
                step: step.clone(),
                people: vec![Person { shown, media: Vec::new() }],
                value,
                after: 1_000_000_000,
            });
        }
        invariants::silence_decides_nothing(checked, &silent, &with(decisions))?;
    }
    Ok(())
}

#[test]
fn random_playbooks_that_compile_keep_the_promises() {
    // Ten thousand are half a minute of an optimized build, and minutes of another.
    let count = programs(if cfg!(debug_assertions) { 1_000 } else { 10_000 });
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let accepted = Cell::new(0);
    let world = std::cell::RefCell::new(support::world());
    let file = world.borrow_mut().add("example", SourceFile::new("example.quell", ""));
    let result = runner.run(&(vec(any::<u8>(), 0..160), any::<u64>()), |(choices, seed)| {
        let text = program::program(&choices);
        world.borrow_mut().add("example", SourceFile::new("example.quell", text.as_str()));
        match accepted_and_sound(&world.borrow(), file, seed) {
            Ok(fine) => {
                accepted.set(accepted.get() + u32::from(fine));
                Ok(())
            }
            Err(why) => Err(TestCaseError::fail(format!("{why}\n{text}"))),
        }
    });
    println!("{} of {count} random playbooks compiled and ran", accepted.get());
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(accepted.get() * 4 > count, "only {} of {count} compiled", accepted.get());
}

#[test]
fn changed_examples_that_compile_keep_the_promises() {
    let count = programs(if cfg!(debug_assertions) { 30 } else { 150 }).min(5_000);
    let (world, files) = support::examples();
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let accepted = Cell::new(0);
    let result =
        runner.run(&(any::<u16>(), vec(any::<u16>(), 1..4), any::<u64>()), |(which, edits, seed)| {
            let file = files[usize::from(which) % files.len()];
            let mut changed = world.clone();
            let text = program::mutated(&world.source(file).text, &edits);
            changed.add(world.module_path(file), SourceFile::new("changed.quell", text.as_str()));
            match accepted_and_sound(&changed, file, seed) {
                Ok(fine) => {
                    accepted.set(accepted.get() + u32::from(fine));
                    Ok(())
                }
                Err(why) => Err(TestCaseError::fail(format!("{why}\n{text}"))),
            }
        });
    println!("{} of {count} changed examples compiled and ran", accepted.get());
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(accepted.get() > 0);
}
