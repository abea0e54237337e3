//! A scenario from its start to the verdict: what tests, editors and reports of them do with one.

use super::{Unmet, check_expectations};
use crate::{
    check::Checked,
    names::ItemId,
    simulate::{
        Options, Run, simulate,
        trace::{EventKind, Trace},
    },
    world::World,
};

/// A scenario with its run.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The scenario.
    pub scenario: ItemId,
    /// The playbook that it is for.
    pub playbook: ItemId,
    /// Its run.
    pub run: Run,
    /// What was expected and didn't happen.
    pub unmet: Vec<Unmet>,
}

/// How a scenario went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// All is as it expects.
    Passed,
    /// Something that it expects didn't happen.
    Failed,
    /// It couldn't be run to its end.
    Broken,
}

impl Verified {
    /// How it went.
    pub fn verdict(&self) -> Verdict {
        if !self.run.problems.is_empty() || gave_up(&self.run.trace) {
            Verdict::Broken
        } else if self.unmet.is_empty() {
            Verdict::Passed
        } else {
            Verdict::Failed
        }
    }
}

/// Runs a scenario and holds it against what it expects; none where it names no playbook.
pub fn verify(world: &dyn World, checked: &Checked, scenario: ItemId) -> Option<Verified> {
    let playbook = *checked.module(scenario.file)?.names.scenarios.get(&scenario.index)?;
    let options = Options { scenario: Some(scenario), ..Options::default() };
    let run = simulate(world, checked, playbook, &options);
    let unmet = match run.problems.is_empty() {
        true => check_expectations(world, checked, &run, scenario),
        false => Vec::new(),
    };
    Some(Verified { scenario, playbook, run, unmet })
}

/// Whether more happened than a run may have.
pub fn gave_up(trace: &Trace) -> bool {
    trace.events.last().is_some_and(|event| event.kind == EventKind::GivenUp)
}
