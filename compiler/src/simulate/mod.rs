//! The dry run: a playbook on a virtual clock, with the results that a scenario sets.
//!
//! [`simulate`] walks the step graph from the start of a run to its end and returns a [`Trace`];
//! [`prepare()`] computes once what many runs share. The results of calls come from a scenario, or else from
//! the `simulate` blocks of the actions; the same inputs give the same trace, byte for byte.
//! [`check_expectations`] compares a run with what its scenario expects, [`timeline`] is the log for people.

pub mod account;
pub mod bounds;
pub mod drill;
mod engine;
pub mod evaluate;
mod input;
pub mod invocation;
pub mod people;
mod prepare;
mod problem;
pub mod random;
pub mod scenario;
pub mod timeline;
pub mod trace;
pub mod value;

pub(crate) use bounds::grouped;
pub use bounds::{Bound, Bounds, Exceeded};
pub use engine::{Level, Used, Values};
pub use input::{EntryRead, Sample, entries_read};
pub use prepare::{Outcome, Prepared, Runner, StepOutcome, prepare};
pub use problem::{Problem, ProblemKind, Unset};
pub use scenario::{Unmet, Verdict, Verified, check_expectations, judge, script::Chance, unused, verify};

use std::sync::Arc;

use crate::{
    check::Checked,
    hir::{ItemKind, Scenario},
    names::ItemId,
    source::FileId,
    world::World,
};
use scenario::script::{AnswerGiven, ApprovalGiven, Others, OutcomeGiven, Script};
use trace::{Ending, Header, Trace};

/// When runs begin of which nothing else is said: at three in the morning of 2 January 2026, UTC.
pub const DEFAULT_START: i64 = 1_767_322_800_000_000_000;

/// How a playbook is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The scenario; none for a bare dry run.
    pub scenario: Option<ItemId>,
    /// Values for inputs and the event, as text.
    pub inputs: Vec<(String, String)>,
    /// Parts of events that monitoring is known to send. With them a run doesn't begin before all is set
    /// that the playbook reads of its events; none to begin anyway.
    pub samples: Option<Vec<Sample>>,
    /// What chance is drawn from.
    pub seed: u64,
    /// Whether durations and failures are drawn.
    pub chance: Chance,
    /// How much is kept of what happens.
    pub level: Level,
    /// What severity is, whatever the playbook finds; none to let it find out.
    pub severity: Option<value::Value>,
    /// What people do besides what the scenario gives.
    pub decisions: Decisions,
    /// How much the run may do.
    pub bounds: Bounds,
}

/// What people do in a run, besides what its scenario gives: how a drill tells what was decided.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// Their answers.
    pub answers: Vec<AnswerGiven>,
    /// Their approvals and refusals.
    pub approvals: Vec<ApprovalGiven>,
    /// How long work by hand takes.
    pub outcomes: Vec<OutcomeGiven>,
    /// In place of what people do in the scenario.
    pub instead: bool,
    /// What all others do; none for what is usual: silence in a scenario, agreement without one.
    pub others: Option<Others>,
}

/// A run.
#[derive(Debug, Clone)]
pub struct Run {
    /// What happened.
    pub trace: Trace,
    /// How it ended; none if it couldn't be run.
    pub ending: Option<Ending>,
    /// Why it couldn't begin, or why it was given up: then nothing else is known of it.
    pub problems: Vec<Problem>,
    /// What the playbook's names stand for at the end.
    pub values: Values,
    /// How often each line of the scenario was used.
    pub used: Used,
    /// What the scenario gave.
    pub script: Script,
}

/// Runs a playbook. What keeps it from running is a [`Problem`] of the result.
pub fn simulate(world: &dyn World, checked: &Checked, playbook: ItemId, options: &Options) -> Run {
    prepare(world, checked, playbook, options).run(options.seed, options.level)
}

/// The scenarios of a playbook, in the order of modules and items.
pub fn scenarios_of(checked: &Checked, playbook: ItemId) -> Vec<ItemId> {
    let mut found = Vec::new();
    for (file, module) in &checked.modules {
        let own = module.names.scenarios.iter().filter(|(_, meant)| **meant == playbook);
        found.extend(own.map(|(index, _)| ItemId { file: *file, index: *index }));
    }
    found
}

fn scenario_of(checked: &Checked, item: ItemId) -> Option<&Scenario> {
    match &checked.item(item)?.kind {
        ItemKind::Scenario(scenario) => Some(scenario),
        _ => None,
    }
}

/// The last part of a module's path: what its members are called by.
fn module_name(world: &dyn World, file: FileId) -> Arc<str> {
    world.module_path(file).rsplit('.').next().unwrap_or_default().into()
}

fn header(
    world: &dyn World,
    checked: &Checked,
    playbook: ItemId,
    options: &Options,
    script: &Script,
    start: &input::Start,
) -> Header {
    let module = checked.module(playbook.file);
    let inputs = start
        .values
        .iter()
        .filter_map(|(local, value)| Some((module?.hir.locals[*local].name.text.clone(), value.clone())));
    let sources = checked.modules.keys().map(|file| {
        let source = world.source(*file);
        (Arc::from(world.module_path(*file)), hash(source.text.as_bytes()))
    });
    Header {
        playbook,
        name: checked.item(playbook).map(|item| item.name.text.clone()).unwrap_or_default(),
        module: world.module_path(playbook.file).into(),
        scenario: script.title.clone(),
        seed: options.seed,
        start: script.start,
        resolve_within: checked.graphs.get(playbook).and_then(|graph| graph.resolve_within),
        sources: sources.collect(),
        inputs: inputs.collect(),
        samples: start.samples.clone(),
        given: script.written.clone(),
    }
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): tells texts apart, and is no protection.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
