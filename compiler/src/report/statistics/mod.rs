//! Statistics of many runs of a playbook: how long it takes, how often it succeeds, what delays it.
//!
//! A [`Tally`] counts runs one by one; tallies of different threads are added up in the order of their
//! seeds, so that the result is the same however many threads there were.

mod critical;
mod layout;
mod wire;

pub use layout::statistics_rows;
pub use wire::{SCHEMA as STATISTICS_SCHEMA, statistics_json};

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    check::Checked,
    graph::{Callee, Nanoseconds, NodeId, NodeKind},
    hir::{ItemKind, RunOutcome, StepId},
    names::{ItemId, Milestone},
    simulate::{Outcome, timeline::brief, trace::End},
    types,
};
use critical::Critical;

/// Runs, counted.
#[derive(Debug, Clone)]
pub struct Tally<'a> {
    critical: Critical<'a>,
    /// How many.
    pub runs: u64,
    /// How many actions the playbook and its tasks call.
    pub actions: usize,
    /// How many of them have a `simulate` block.
    pub simulated: usize,
    /// How they ended.
    pub outcomes: BTreeMap<RunOutcomeWord, u64>,
    /// Resolved later than promised, or never.
    pub overdue: u64,
    /// Some changes couldn't be undone.
    pub undo_incomplete: u64,
    /// When each milestone was reached, in the runs that reached it.
    pub milestones: BTreeMap<&'static str, Vec<Nanoseconds>>,
    /// When nothing was left to do.
    pub over: Vec<Nanoseconds>,
    /// How often severity was what.
    pub severity: BTreeMap<String, u64>,
    /// The steps of the playbook, in source order.
    pub steps: Vec<StepTally>,
    /// The seed of the run that took longest to be decided, with that time.
    pub slowest: Option<(Nanoseconds, u64)>,
    /// The seed of the first run that failed.
    pub first_failed: Option<u64>,
}

/// How runs end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RunOutcomeWord {
    Resolved,
    Completed,
    Failed,
}

impl RunOutcomeWord {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            RunOutcomeWord::Resolved => "resolved",
            RunOutcomeWord::Completed => "completed",
            RunOutcomeWord::Failed => "failed",
        }
    }
}

/// A step over all runs.
#[derive(Debug, Clone, PartialEq)]
pub struct StepTally {
    /// Its node in the graph of the playbook.
    pub node: NodeId,
    /// Its name.
    pub name: Arc<str>,
    /// Whether a person carries it out.
    pub by_person: bool,
    /// In how many runs it began.
    pub ran: u64,
    /// In how many it failed.
    pub failed: u64,
    /// In how many the run would have been decided sooner, had it been sooner.
    pub critical: u64,
    /// How long it took in all, from its beginning to its end.
    pub took: Nanoseconds,
}

/// An empty tally; none if there is no such playbook.
pub fn tally(checked: &Checked, playbook: ItemId) -> Option<Tally<'_>> {
    let graph = checked.graphs.get(playbook)?;
    let module = checked.module(playbook.file)?;
    let steps = graph.steps().map(|(node, plan)| StepTally {
        node,
        name: module.hir.locals[plan.local].name.text.clone(),
        by_person: by_person(checked, plan.callee),
        ran: 0,
        failed: 0,
        critical: 0,
        took: 0,
    });
    let actions = actions(checked, playbook);
    Some(Tally {
        critical: Critical::new(graph),
        runs: 0,
        actions: actions.len(),
        simulated: actions.into_iter().filter(|action| is_simulated(checked, *action)).count(),
        outcomes: BTreeMap::new(),
        overdue: 0,
        undo_incomplete: 0,
        milestones: BTreeMap::new(),
        over: Vec::new(),
        severity: BTreeMap::new(),
        steps: steps.collect(),
        slowest: None,
        first_failed: None,
    })
}

/// The actions that a playbook and its tasks call.
fn actions(checked: &Checked, playbook: ItemId) -> BTreeSet<ItemId> {
    let (mut actions, mut seen, mut rest) = (BTreeSet::new(), BTreeSet::new(), vec![playbook]);
    while let Some(item) = rest.pop() {
        if !seen.insert(item) {
            continue;
        }
        for (_, plan) in checked.graphs.get(item).into_iter().flat_map(|graph| graph.steps()) {
            match plan.callee {
                Callee::Action(action) => {
                    actions.insert(action);
                }
                Callee::Task(task) => rest.push(task),
                Callee::Ask | Callee::AskMany | Callee::Manual | Callee::Unknown => {}
            }
        }
    }
    actions
}

/// Whether an action, or one that it narrows, has a `simulate` block.
fn is_simulated(checked: &Checked, action: ItemId) -> bool {
    let (mut next, mut seen) = (Some(action), BTreeSet::new());
    while let Some(item) = next.filter(|item| seen.insert(*item)) {
        let Some(ItemKind::Action(action)) = checked.item(item).map(|item| &item.kind) else { return false };
        if action.simulate.is_some() {
            return true;
        }
        let call = action.narrows.and_then(|call| checked.module(item.file)?.types.calls.get(call));
        next = call.and_then(|call| match call.callee {
            types::Callee::Action(other) => Some(other),
            _ => None,
        });
    }
    false
}

/// How many steps a playbook has, and which of them a person carries out, in source order; none if it has
/// no steps.
pub fn by_people(checked: &Checked, playbook: ItemId) -> Option<(usize, Vec<StepId>)> {
    let graph = checked.graphs.get(playbook)?;
    let by_people = graph.steps().filter(|(_, plan)| by_person(checked, plan.callee));
    let by_people = by_people.map(|(_, plan)| plan.step).collect();
    Some((graph.steps().count(), by_people)).filter(|(count, _)| *count > 0)
}

/// Whether a person carries out what is called: a question, work by hand, an action that says no other
/// way. A task is carried out by its steps.
fn by_person(checked: &Checked, callee: Callee) -> bool {
    match callee {
        Callee::Ask | Callee::AskMany | Callee::Manual => true,
        Callee::Action(item) => match checked.item(item).map(|item| &item.kind) {
            Some(ItemKind::Action(action)) => action.bindings.is_empty() && action.narrows.is_none(),
            _ => false,
        },
        Callee::Task(_) | Callee::Unknown => false,
    }
}

impl Tally<'_> {
    /// Counts a run.
    pub fn add(&mut self, seed: u64, outcome: &Outcome<'_, '_>) {
        self.runs += 1;
        let ending = &outcome.ending;
        let word = match ending.outcome {
            RunOutcome::Resolved => RunOutcomeWord::Resolved,
            RunOutcome::Completed => RunOutcomeWord::Completed,
            RunOutcome::Failed => RunOutcomeWord::Failed,
        };
        *self.outcomes.entry(word).or_default() += 1;
        self.overdue += u64::from(ending.overdue);
        self.undo_incomplete += u64::from(ending.undo_incomplete);
        for milestone in Milestone::ALL {
            if let Some(at) = outcome.milestone(milestone).filter(|_| milestone != Milestone::Started) {
                self.milestones.entry(milestone.word()).or_default().push(at);
            }
        }
        self.over.push(ending.over);
        if let Some(severity) = outcome.severity() {
            *self.severity.entry(brief(severity)).or_default() += 1;
        }
        if self.slowest.is_none_or(|(known, _)| ending.decided > known) {
            self.slowest = Some((ending.decided, seed));
        }
        if word == RunOutcomeWord::Failed {
            self.first_failed = self.first_failed.or(Some(seed));
        }
        self.critical.begin();
        for (tally, step) in self.steps.iter_mut().zip(outcome.steps()) {
            if let Some(started) = step.started {
                tally.ran += 1;
                tally.took = tally.took.saturating_add(step.ended.map_or(0, |ended| ended - started));
            }
            let failed = matches!(step.end, Some(End::Failed(_) | End::Handled(_)));
            tally.failed += u64::from(failed);
            self.critical.note(step.node, step.started, step.ended, failed);
        }
        let path = self.critical.path(word, ending.decided);
        for tally in &mut self.steps {
            tally.critical += u64::from(path.contains(&tally.node));
        }
    }

    /// Adds the runs behind these.
    pub fn append(&mut self, other: Tally<'_>) {
        self.runs += other.runs;
        self.overdue += other.overdue;
        self.undo_incomplete += other.undo_incomplete;
        self.over.extend(other.over);
        other.outcomes.into_iter().for_each(|(word, count)| *self.outcomes.entry(word).or_default() += count);
        other.severity.into_iter().for_each(|(word, count)| *self.severity.entry(word).or_default() += count);
        for (word, times) in other.milestones {
            self.milestones.entry(word).or_default().extend(times);
        }
        for (own, other) in self.steps.iter_mut().zip(other.steps) {
            own.ran += other.ran;
            own.failed += other.failed;
            own.critical += other.critical;
            own.took = own.took.saturating_add(other.took);
        }
        if other.slowest.is_some_and(|(time, _)| self.slowest.is_none_or(|(known, _)| time > known)) {
            self.slowest = other.slowest;
        }
        self.first_failed = self.first_failed.or(other.first_failed);
    }

    /// The share of the steps that began which no person had to carry out; none if none began.
    pub fn automation_rate(&self) -> Option<f64> {
        let ran: u64 = self.steps.iter().map(|step| step.ran).sum();
        let automatic: u64 = self.steps.iter().filter(|step| !step.by_person).map(|step| step.ran).sum();
        (ran > 0).then(|| automatic as f64 / ran as f64)
    }
}

/// The shares of which times are given.
pub const PERCENTILES: [u32; 6] = [5, 25, 50, 75, 95, 99];

/// The smallest of these times that so many percent of them don't exceed (the nearest rank).
pub fn percentile(sorted: &[Nanoseconds], percent: u32) -> Option<Nanoseconds> {
    let rank = (sorted.len() * percent as usize).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Whether a node is a step.
fn is_step(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Step(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let times: Vec<i64> = (1..=10).collect();
        let all: Vec<i64> = PERCENTILES.iter().filter_map(|it| percentile(&times, *it)).collect();
        assert_eq!(all, [1, 3, 5, 8, 10, 10]);
        assert_eq!(percentile(&[7], 99), Some(7));
        assert_eq!(percentile(&[], 50), None);
    }
}
