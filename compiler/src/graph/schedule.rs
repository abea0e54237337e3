//! The latest or typical start and end of each node: rule 29.
//!
//! A schedule is the longest path through the graph, with step durations computed from their clauses.

use std::collections::BTreeMap;

use super::{
    Callee, EdgeId, Graphs, Nanoseconds, NodeId, NodeKind, OnFailurePlan, Phase, Reason, RepeatBound,
    RepeatPlan, RetryPlan, SEVERITY_LIMIT, StepGraph, StepPlan,
};
use crate::names::{ItemId, Milestone};

/// The measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Everything takes its whole time limit, and people use all the time that they have.
    Worst,
    /// The same, but people answer, approve and finish manual steps instantly.
    WithoutPeople,
    /// Calls take their typical time, nothing fails, people respond instantly, and the first poll
    /// succeeds.
    Expected,
}

/// A node's times, counted from the start of the run; `None` if something has no known bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeTime {
    /// When all its dependencies are available.
    pub start: Option<Nanoseconds>,
    /// When it ends.
    pub end: Option<Nanoseconds>,
    /// The dependency that it waits for longest; `None` if it has none.
    pub through: Option<EdgeId>,
}

/// The times of a graph's nodes, by one measure.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// By node number.
    pub nodes: Vec<NodeTime>,
    /// The duration of all undos, one after the other.
    pub undo: Option<Nanoseconds>,
    /// The duration of the run, including undos.
    pub total: Option<Nanoseconds>,
    /// Whether `total` is `None` only because it is too large.
    pub too_long: bool,
}

impl Schedule {
    /// A node's times.
    pub fn node(&self, node: NodeId) -> NodeTime {
        self.nodes[node.index()]
    }

    /// The nodes on the longest path to `node`, from the start, with the edge through which each is
    /// reached.
    pub fn critical_path(&self, graph: &StepGraph, node: NodeId) -> Vec<(NodeId, Option<EdgeId>)> {
        let mut path = vec![(node, self.node(node).through)];
        while let Some((_, Some(edge))) = path.last() {
            let from = graph.edge(*edge).from;
            path.push((from, self.node(from).through));
        }
        path.reverse();
        path
    }

    /// When the run is resolved, if it can be.
    pub fn resolved(&self, graph: &StepGraph) -> Option<Nanoseconds> {
        self.node(graph.milestone(Milestone::Resolved)?).end
    }

    /// The node that ends last, of those that count for the whole; ties go to the first.
    pub fn last(&self, graph: &StepGraph) -> Option<NodeId> {
        let ends = graph.nodes().map(|(id, _)| (self.node(id).end, id));
        ends.max_by_key(|(end, id)| (*end, std::cmp::Reverse(*id))).map(|(_, id)| id)
    }
}

/// The traversal of the tasks that a graph calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    Enter,
    Leave,
}

/// All schedules requested so far, each computed once.
#[derive(Debug)]
pub struct Schedules<'a> {
    graphs: &'a Graphs,
    done: BTreeMap<(ItemId, Measure), Option<Schedule>>,
}

impl<'a> Schedules<'a> {
    /// For these graphs.
    pub fn new(graphs: &'a Graphs) -> Self {
        Self { graphs, done: BTreeMap::new() }
    }

    /// The schedule of a playbook or task; `None` if its steps wait for each other, or if it calls
    /// itself.
    pub fn get(&mut self, item: ItemId, measure: Measure) -> Option<&Schedule> {
        // With its own stack, because tasks may call each other in long chains. Each is computed after those that it
        // calls.
        let mut stack = vec![(item, Visit::Enter)];
        while let Some((item, visit)) = stack.pop() {
            let graph = self.graphs.get(item);
            match visit {
                Visit::Enter if self.done.contains_key(&(item, measure)) => {}
                Visit::Enter => {
                    // A placeholder until it is computed, which a task that calls itself finds.
                    self.done.insert((item, measure), None);
                    stack.push((item, Visit::Leave));
                    let called = graph.into_iter().flat_map(StepGraph::tasks);
                    stack.extend(called.map(|task| (task, Visit::Enter)));
                }
                Visit::Leave => {
                    let schedule = graph.and_then(|graph| self.make(graph, measure));
                    self.done.insert((item, measure), schedule);
                }
            }
        }
        self.done.get(&(item, measure))?.as_ref()
    }

    /// A schedule that is already computed.
    fn known(&self, item: ItemId, measure: Measure) -> Option<&Schedule> {
        self.done.get(&(item, measure))?.as_ref()
    }

    fn make(&self, graph: &StepGraph, measure: Measure) -> Option<Schedule> {
        let order = graph.topological()?;
        let mut nodes = vec![NodeTime { start: Some(0), end: Some(0), through: None }; graph.node_count()];
        for id in order {
            let mut time = NodeTime { start: Some(0), end: None, through: None };
            for edge in graph.incoming(id) {
                let from = graph.edge(*edge).from;
                let delay = match graph.edge(*edge).reason {
                    Reason::After(delay) => delay,
                    _ => Some(0),
                };
                let there = add(nodes[from.index()].end, delay);
                // Whatever has no bound outlasts everything that has one.
                if time.through.is_none() || longer(there, time.start) {
                    time = NodeTime { start: there, through: Some(*edge), ..time };
                }
            }
            time.end = match &graph.node(id).kind {
                NodeKind::Step(plan) => add(time.start, self.step(plan, measure)),
                NodeKind::Gate(gate) => match measure {
                    Measure::Worst => add(time.start, times(gate.within, gate.groups.len() as i64)),
                    Measure::WithoutPeople | Measure::Expected => time.start,
                },
                NodeKind::Severity(_) => Some(time.start.unwrap_or(SEVERITY_LIMIT).min(SEVERITY_LIMIT)),
                _ => time.start,
            };
            nodes[id.index()] = time;
        }
        let undo = match measure {
            Measure::Worst | Measure::WithoutPeople => self.undos(graph, measure),
            Measure::Expected => Some(0),
        };
        let counted = graph.nodes().filter(|(_, node)| {
            measure != Measure::Expected || (node.phase != Phase::AfterFailed && !is_failed(&node.kind))
        });
        let last = counted.map(|(id, _)| nodes[id.index()].end).try_fold(0, |last, end| Some(last.max(end?)));
        let total = add(last, undo);
        for time in &mut nodes {
            (time.start, time.end) = (countable(time.start), countable(time.end));
        }
        let too_long = total.is_some() && countable(total).is_none();
        Some(Schedule { nodes, undo: countable(undo), total: countable(total), too_long })
    }

    /// The duration of a step from its start to its end.
    fn step(&self, plan: &StepPlan, measure: Measure) -> Option<Nanoseconds> {
        if plan.every.is_some() {
            return Some(0);
        }
        let call = self.call(plan.callee, plan.timeout, plan.usual, measure)?;
        if measure == Measure::Expected {
            return match &plan.repeat {
                None => Some(call),
                Some(repeat) => add(Some(call), expected_hold(repeat, call)),
            };
        }
        let attempts = add(times(Some(call), 1 + retries(plan.retry)?), retry_waits(plan.retry));
        let polls = match &plan.repeat {
            None => attempts,
            Some(repeat) => match repeat.bound? {
                // A task that times out still undoes its steps.
                RepeatBound::Time(bound) => add(Some(bound), self.undo_of_task(plan.callee, measure)),
                RepeatBound::Times(polls) => {
                    let gap = repeat.every?.max(attempts?);
                    add(times(Some(gap), i64::from(polls.saturating_sub(1))), attempts)
                }
            },
        };
        let handling = match plan.on_failure {
            Some(OnFailurePlan::Run(run)) => self.call(run.callee, run.timeout, None, measure),
            _ => Some(0),
        };
        let rounds = match &plan.each {
            None => 1,
            Some(each) => {
                let maximum = i64::from(each.at_most?);
                each.at_a_time.map_or(1, |size| (maximum + i64::from(size) - 1) / i64::from(size.max(1)))
            }
        };
        times(add(polls, handling), rounds)
    }

    /// The duration of one attempt of a call.
    fn call(
        &self,
        callee: Callee,
        timeout: Option<Nanoseconds>,
        usual: Option<Nanoseconds>,
        measure: Measure,
    ) -> Option<Nanoseconds> {
        match callee {
            Callee::Ask | Callee::AskMany | Callee::Manual if measure != Measure::Worst => Some(0),
            Callee::Action(_) if measure == Measure::Expected => Some(usual.unwrap_or(0)),
            Callee::Action(_) | Callee::Ask | Callee::AskMany | Callee::Manual => timeout,
            Callee::Task(item) => {
                let total = self.known(item, measure).and_then(|schedule| schedule.total);
                let undo = self.undo_of_task(callee, measure);
                match (total, timeout.and_then(|timeout| add(Some(timeout), undo))) {
                    (Some(total), Some(cut)) => Some(total.min(cut)),
                    (total, cut) => total.or(cut),
                }
            }
            Callee::Unknown => None,
        }
    }

    /// The time needed to undo everything that a task may have done; zero for other callees.
    fn undo_of_task(&self, callee: Callee, measure: Measure) -> Option<Nanoseconds> {
        match callee {
            Callee::Task(item) => self.known(item, measure).and_then(|schedule| schedule.undo),
            _ => Some(0),
        }
    }

    /// The time needed to undo everything that a graph may have done.
    fn undos(&self, graph: &StepGraph, measure: Measure) -> Option<Nanoseconds> {
        let mut sum = Some(0);
        for (_, plan) in graph.steps() {
            let one = match (plan.undo, plan.callee) {
                (Some(undo), _) => self.call(undo.call.callee, undo.call.timeout, None, measure),
                (None, callee) => self.undo_of_task(callee, measure),
            };
            let elements = plan.each.as_ref().map_or(Some(1), |each| each.at_most.map(i64::from));
            sum = add(sum, elements.and_then(|elements| times(one, elements)));
        }
        sum
    }
}

/// How long polling continues after the first poll, if its value is already right.
fn expected_hold(repeat: &RepeatPlan, call: Nanoseconds) -> Option<Nanoseconds> {
    let Some(hold) = repeat.hold else { return Some(0) };
    let gap = repeat.every?.max(call).max(1);
    times(Some(gap), hold.saturating_add(gap - 1) / gap)
}

fn retries(retry: Option<RetryPlan>) -> Option<i64> {
    retry.map_or(Some(0), |retry| retry.times.map(i64::from))
}

/// The sum of the waits between all attempts.
fn retry_waits(retry: Option<RetryPlan>) -> Option<Nanoseconds> {
    let Some(retry) = retry else { return Some(0) };
    let attempts = retry.times?;
    // After 63 doublings, a backoff has reached its limit: the rest are equal.
    let doubling = attempts.min(64);
    let sum =
        (0..doubling).try_fold(0_i64, |sum, attempt| Some(sum.saturating_add(retry.wait.after(attempt)?)));
    add(sum, times(retry.wait.after(doubling), i64::from(attempts - doubling)))
}

fn is_failed(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Milestone(Milestone::Failed))
}

fn longer(one: Option<Nanoseconds>, other: Option<Nanoseconds>) -> bool {
    match (one, other) {
        (None, other) => other.is_some(),
        (Some(one), other) => other.is_some_and(|other| one > other),
    }
}

/// Sums and products saturate at the largest number: whatever reaches it is too large to count.
fn countable(time: Option<Nanoseconds>) -> Option<Nanoseconds> {
    time.filter(|time| *time < Nanoseconds::MAX)
}

fn add(one: Option<Nanoseconds>, other: Option<Nanoseconds>) -> Option<Nanoseconds> {
    Some(one?.saturating_add(other?))
}

fn times(one: Option<Nanoseconds>, count: i64) -> Option<Nanoseconds> {
    Some(one?.saturating_mul(count))
}

#[cfg(test)]
mod tests;
