//! A scenario from its start to the verdict: what tests, editors and reports of them do with one.

use super::{Unmet, judge};
use crate::{
    check::Checked,
    names::ItemId,
    simulate::{Options, Run, simulate},
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
        if !self.run.problems.is_empty() {
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
    let mut run = simulate(world, checked, playbook, &options);
    let mut unmet = Vec::new();
    if run.problems.is_empty() {
        match judge(world, checked, &run, scenario) {
            Ok(found) => unmet = found,
            Err(problem) => run.problems.push(problem),
        }
    }
    Some(Verified { scenario, playbook, run, unmet })
}
