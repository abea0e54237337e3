//! A scenario from its start to the verdict: what tests, editors and reports of them do with one.

use std::cmp::Reverse;

use super::{Unmet, check_expectations};
use crate::{
    check::Checked,
    names::ItemId,
    simulate::{EVENT_LIMIT, Options, Run, simulate, timeline::clock, trace::EventKind},
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
        if !self.run.problems.is_empty() || self.run.given_up().is_some() {
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

impl Run {
    /// Why the run was given up, if it was: which bound, and what came up against it.
    pub fn given_up(&self) -> Option<String> {
        let trace = &self.trace;
        trace.events.last().filter(|event| event.kind == EventKind::GivenUp)?;
        let mut counts = vec![0_usize; trace.nodes.len()];
        for node in trace.events.iter().filter_map(|event| event.node) {
            counts[node.0 as usize] += 1;
        }
        // Of several with as many, the first.
        let most = counts.iter().enumerate().max_by_key(|(index, count)| (**count, Reverse(*index)));
        let most = most.map(|(index, count)| {
            let node = &trace.nodes[index];
            format!(", {count} of its events are about `{}`", node.name)
        });
        Some(format!(
            "the run is given up after {EVENT_LIMIT} steps of work, at {}{}: no run may have more",
            clock(trace.events.last()?.at),
            most.unwrap_or_default()
        ))
    }
}
