//! When each node can start and end at the latest, or usually: rule 29.
//!
//! A schedule is the longest path through the graph, with a step's length taken from its clauses.

use std::collections::BTreeMap;

use super::{
    Callee, EdgeId, Graphs, Nanoseconds, NodeId, NodeKind, OnFailurePlan, Phase, Reason, RepeatBound,
    RepeatPlan, RetryPlan, SEVERITY_LIMIT, StepGraph, StepPlan,
};
use crate::names::{ItemId, Milestone};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Everything takes as long as it may, and people use all the time that they have.
    Worst,
    /// The same, but people answer, approve and finish work by hand at once.
    WithoutPeople,
    /// Calls take their usual time, nothing fails, people act at once, and the first poll is the
    /// one that counts.
    Expected,
}

/// A node's time, counted from the start of the run; none where something has no known bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeTime {
    /// When all that it waits for is there.
    pub start: Option<Nanoseconds>,
    /// When it is over.
    pub end: Option<Nanoseconds>,
    /// What it waits for longest; none if it waits for nothing.
    pub through: Option<EdgeId>,
}

/// The times of a graph's nodes by one measure.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// By node number.
    pub nodes: Vec<NodeTime>,
    /// How long all undos take, one after the other.
    pub undo: Option<Nanoseconds>,
    /// From the start to the end of the run, undos included.
    pub total: Option<Nanoseconds>,
}

impl Schedule {
    /// A node's time.
    pub fn node(&self, node: NodeId) -> NodeTime {
        self.nodes[node.index()]
    }

    /// The nodes on the longest way to `node`, from the start on, with the edge through which each
    /// is reached.
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

/// All schedules that were asked for, each made once.
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

    /// The schedule of a playbook or task; none if its steps wait for each other, or if it calls
    /// itself.
    pub fn get(&mut self, item: ItemId, measure: Measure) -> Option<&Schedule> {
        if !self.done.contains_key(&(item, measure)) {
            // Stands there while the tasks inside are looked at: a task that calls itself finds it.
            self.done.insert((item, measure), None);
            let schedule = self.graphs.get(item).and_then(|graph| self.make(graph, measure));
            self.done.insert((item, measure), schedule);
        }
        self.done.get(&(item, measure))?.as_ref()
    }

    fn make(&mut self, graph: &StepGraph, measure: Measure) -> Option<Schedule> {
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
                // What has no bound outlasts everything that has one.
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
        Some(Schedule { nodes, undo, total: add(last, undo) })
    }

    /// How long a step takes from its start to its end.
    pub fn step(&mut self, plan: &StepPlan, measure: Measure) -> Option<Nanoseconds> {
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
                RepeatBound::Time(bound) => Some(bound),
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

    /// How long one attempt of a call takes.
    fn call(
        &mut self,
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
                let schedule = self.get(item, measure).map(|schedule| (schedule.total, schedule.undo));
                let (total, undo) = schedule.unwrap_or((None, None));
                // Cut off, it still undoes what it did.
                match (total, timeout.and_then(|timeout| add(Some(timeout), undo))) {
                    (Some(total), Some(cut)) => Some(total.min(cut)),
                    (total, cut) => total.or(cut),
                }
            }
            Callee::Unknown => None,
        }
    }

    /// How long it takes to undo everything that a graph can have done.
    fn undos(&mut self, graph: &StepGraph, measure: Measure) -> Option<Nanoseconds> {
        let mut sum = Some(0);
        for (_, plan) in graph.steps() {
            let one = match (plan.undo, plan.callee) {
                (Some(undo), _) => self.call(undo.call.callee, undo.call.timeout, None, measure),
                (None, Callee::Task(item)) => self.get(item, measure).and_then(|schedule| schedule.undo),
                (None, _) => Some(0),
            };
            let elements = plan.each.as_ref().map_or(Some(1), |each| each.at_most.map(i64::from));
            sum = add(sum, elements.and_then(|elements| times(one, elements)));
        }
        sum
    }
}

/// How long the polls go on after the first one, if its value is already right.
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
    // A backoff has reached its limit after 63 doublings: the rest are equal.
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

fn add(one: Option<Nanoseconds>, other: Option<Nanoseconds>) -> Option<Nanoseconds> {
    Some(one?.saturating_add(other?))
}

fn times(one: Option<Nanoseconds>, count: i64) -> Option<Nanoseconds> {
    Some(one?.saturating_mul(count))
}

#[cfg(test)]
mod tests {
    use super::super::{
        CallPlan, EachPlan, Edge, EveryPlan, Gate, MINUTE, Node, RetryWaitPlan, SECOND, SaidBy, UndoPlan,
    };
    use super::*;
    use crate::{
        hir::{Effect, Id},
        source::{FileId, Span},
    };

    const ITEM: ItemId = ItemId { file: FileId(0), index: 0 };
    const TASK: ItemId = ItemId { file: FileId(0), index: 1 };

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    /// A step that reads for at most ten seconds.
    fn plan() -> StepPlan {
        StepPlan {
            step: Id::new(0),
            local: Id::new(0),
            guards: Vec::new(),
            gate: None,
            call: Id::new(0),
            callee: Callee::Action(ITEM),
            effect: Effect::Reads,
            each: None,
            repeat: None,
            every: None,
            timeout: Some(10 * SECOND),
            usual: Some(SECOND),
            retry: None,
            on_failure: None,
            undo: None,
            irreversible: None,
        }
    }

    fn each(at_a_time: Option<u32>, at_most: Option<u32>) -> EachPlan {
        EachPlan { variable: Id::new(0), list: Id::new(0), at_a_time, at_most }
    }

    fn retry(times: u32, wait: RetryWaitPlan) -> RetryPlan {
        RetryPlan { times: Some(times), wait }
    }

    fn repeat(every: i64, hold: Option<i64>, bound: Option<RepeatBound>) -> RepeatPlan {
        RepeatPlan { every: Some(every), until: None, hold, bound }
    }

    fn undo(timeout: i64) -> UndoPlan {
        let call = CallPlan { call: Id::new(0), callee: Callee::Action(ITEM), timeout: Some(timeout) };
        UndoPlan { call, said_by: SaidBy::Step, always: false, span: span() }
    }

    fn node(kind: NodeKind) -> Node {
        Node { kind, span: span(), part: None, cause: None, phase: Phase::Response }
    }

    fn add_step(graph: &mut StepGraph, plan: StepPlan) -> NodeId {
        graph.add_node(node(NodeKind::Step(Box::new(plan))))
    }

    fn connect(graph: &mut StepGraph, from: NodeId, to: NodeId, reason: Reason) {
        graph.add_edge(Edge { from, to, reason, span: span() });
    }

    fn graphs(bodies: impl IntoIterator<Item = StepGraph>) -> Graphs {
        Graphs { bodies: bodies.into_iter().map(|graph| (graph.item, graph)).collect() }
    }

    fn worst(plan: &StepPlan) -> Option<Nanoseconds> {
        Schedules::new(&Graphs::default()).step(plan, Measure::Worst)
    }

    fn total(graphs: &Graphs, measure: Measure) -> Option<Nanoseconds> {
        Schedules::new(graphs).get(ITEM, measure).and_then(|schedule| schedule.total)
    }

    #[test]
    fn an_attempt_counts_once_more_than_its_retries_and_waits() {
        assert_eq!(worst(&plan()), Some(10 * SECOND));
        let every = retry(2, RetryWaitPlan::Every(5 * SECOND));
        assert_eq!(worst(&StepPlan { retry: Some(every), ..plan() }), Some(40 * SECOND));
        // 1 + 2 + 4 + 4 between five attempts.
        let backoff = retry(4, RetryWaitPlan::Backoff(SECOND, 4 * SECOND));
        assert_eq!(worst(&StepPlan { retry: Some(backoff), ..plan() }), Some(61 * SECOND));
    }

    #[test]
    fn a_million_retries_are_summed_at_once_and_too_many_stay_in_range() {
        let many = retry(1_000_000, RetryWaitPlan::Backoff(SECOND, 10 * SECOND));
        // 1 + 2 + 4 + 8, then ten each.
        let waits = 15 + (1_000_000 - 4) * 10;
        assert_eq!(worst(&StepPlan { retry: Some(many), ..plan() }), Some((1_000_001 * 10 + waits) * SECOND));
        let endless = retry(u32::MAX, RetryWaitPlan::Every(i64::MAX));
        assert_eq!(worst(&StepPlan { retry: Some(endless), ..plan() }), Some(i64::MAX));
    }

    #[test]
    fn polls_are_cut_by_their_bound() {
        let by_time = repeat(SECOND, Some(MINUTE), Some(RepeatBound::Time(5 * MINUTE)));
        assert_eq!(worst(&StepPlan { repeat: Some(by_time), ..plan() }), Some(5 * MINUTE));
        // The third poll begins after two gaps; a gap is as long as a slow poll.
        let by_count = |every| repeat(every, None, Some(RepeatBound::Times(3)));
        assert_eq!(worst(&StepPlan { repeat: Some(by_count(MINUTE)), ..plan() }), Some(130 * SECOND));
        assert_eq!(worst(&StepPlan { repeat: Some(by_count(SECOND)), ..plan() }), Some(30 * SECOND));
    }

    #[test]
    fn elements_come_in_rounds() {
        let with = |each| StepPlan { each: Some(each), ..plan() };
        assert_eq!(worst(&with(each(None, Some(100)))), Some(10 * SECOND));
        assert_eq!(worst(&with(each(Some(3), Some(10)))), Some(40 * SECOND));
        assert_eq!(worst(&with(each(Some(3), None))), None);
    }

    #[test]
    fn what_runs_on_failure_comes_on_top() {
        let run = OnFailurePlan::Run(undo(7 * SECOND).call);
        assert_eq!(worst(&StepPlan { on_failure: Some(run), ..plan() }), Some(17 * SECOND));
    }

    #[test]
    fn recurring_steps_add_nothing() {
        let every = EveryPlan { period: Some(MINUTE) };
        assert_eq!(worst(&StepPlan { every: Some(every), ..plan() }), Some(0));
    }

    #[test]
    fn a_run_takes_its_longest_way_and_all_undos() {
        let mut graph = StepGraph::new(ITEM);
        let one = add_step(&mut graph, StepPlan { undo: Some(undo(5 * SECOND)), ..plan() });
        let other = add_step(&mut graph, StepPlan { timeout: Some(MINUTE), ..plan() });
        let all = each(None, Some(4));
        let last = add_step(&mut graph, StepPlan { each: Some(all), undo: Some(undo(SECOND)), ..plan() });
        connect(&mut graph, one, last, Reason::Data(super::super::DataUse::Value));
        connect(&mut graph, other, last, Reason::After(Some(30 * SECOND)));
        let graphs = graphs([graph]);
        assert_eq!(
            total(&graphs, Measure::Worst),
            Some(60 * SECOND + 30 * SECOND + 10 * SECOND + 9 * SECOND)
        );
        assert_eq!(total(&graphs, Measure::Expected), Some(32 * SECOND));
        let mut schedules = Schedules::new(&graphs);
        let schedule = schedules.get(ITEM, Measure::Worst).unwrap();
        let path = schedule.critical_path(&graphs.bodies[0], last);
        assert_eq!(path.into_iter().map(|(node, _)| node).collect::<Vec<_>>(), [other, last]);
        assert_eq!(schedule.last(&graphs.bodies[0]), Some(last));
    }

    #[test]
    fn people_take_their_time_only_in_the_worst_case() {
        let mut graph = StepGraph::new(ITEM);
        let gate = Gate {
            step: NodeId(2),
            count: Some(2),
            groups: vec![Id::new(0), Id::new(1)],
            when: None,
            within: Some(10 * MINUTE),
            else_skip: false,
        };
        let question =
            add_step(&mut graph, StepPlan { callee: Callee::Ask, timeout: Some(5 * MINUTE), ..plan() });
        let gate = graph.add_node(node(NodeKind::Gate(gate)));
        let change = add_step(&mut graph, StepPlan { gate: Some(gate), ..plan() });
        connect(&mut graph, question, gate, Reason::Data(super::super::DataUse::Value));
        connect(&mut graph, gate, change, Reason::Approval);
        let graphs = graphs([graph]);
        assert_eq!(total(&graphs, Measure::Worst), Some(25 * MINUTE + 10 * SECOND));
        assert_eq!(total(&graphs, Measure::WithoutPeople), Some(10 * SECOND));
    }

    #[test]
    fn severity_comes_after_two_minutes_whatever_it_needs() {
        for timeout in [Some(SECOND), Some(60 * MINUTE), None] {
            let mut graph = StepGraph::new(ITEM);
            let look = add_step(&mut graph, StepPlan { timeout, ..plan() });
            let severity = graph.add_node(node(NodeKind::Severity(Id::new(0))));
            connect(&mut graph, look, severity, Reason::Data(super::super::DataUse::Value));
            let graphs = graphs([graph]);
            let mut schedules = Schedules::new(&graphs);
            let schedule = schedules.get(ITEM, Measure::Worst).unwrap();
            let end = timeout.map_or(2 * MINUTE, |timeout| timeout.min(2 * MINUTE));
            assert_eq!(schedule.node(severity).end, Some(end));
        }
    }

    #[test]
    fn a_task_takes_what_its_run_takes_unless_it_is_cut() {
        let mut task = StepGraph::new(TASK);
        let first = add_step(&mut task, StepPlan { undo: Some(undo(3 * SECOND)), ..plan() });
        let second = add_step(&mut task, plan());
        connect(&mut task, first, second, Reason::Place);
        let call = |timeout| {
            let mut graph = StepGraph::new(ITEM);
            add_step(&mut graph, StepPlan { callee: Callee::Task(TASK), timeout, ..plan() });
            graphs([graph, task.clone()])
        };
        // Ten and ten, the undo of the failed task, and the undo after it went well.
        assert_eq!(total(&call(None), Measure::Worst), Some(26 * SECOND));
        assert_eq!(total(&call(Some(4 * SECOND)), Measure::Worst), Some(10 * SECOND));
        assert_eq!(total(&call(Some(60 * SECOND)), Measure::Worst), Some(26 * SECOND));
        assert_eq!(total(&call(None), Measure::Expected), Some(2 * SECOND));
    }

    #[test]
    fn what_has_no_bound_makes_the_whole_unknown_and_nothing_else() {
        let mut graph = StepGraph::new(ITEM);
        let known = add_step(&mut graph, plan());
        let unknown = add_step(&mut graph, StepPlan { timeout: None, ..plan() });
        let behind = add_step(&mut graph, plan());
        connect(&mut graph, known, behind, Reason::Place);
        connect(&mut graph, unknown, behind, Reason::Place);
        let graphs = graphs([graph]);
        let mut schedules = Schedules::new(&graphs);
        let schedule = schedules.get(ITEM, Measure::Worst).unwrap();
        assert_eq!(schedule.node(known).end, Some(10 * SECOND));
        assert_eq!(schedule.node(behind).start, None);
        assert_eq!(schedule.total, None);
    }

    #[test]
    fn cycles_and_tasks_that_call_themselves_have_no_schedule() {
        let mut graph = StepGraph::new(ITEM);
        let one = add_step(&mut graph, plan());
        let other = add_step(&mut graph, plan());
        connect(&mut graph, one, other, Reason::Place);
        connect(&mut graph, other, one, Reason::Place);
        assert!(Schedules::new(&graphs([graph])).get(ITEM, Measure::Worst).is_none());
        let mut graph = StepGraph::new(ITEM);
        add_step(&mut graph, StepPlan { callee: Callee::Task(ITEM), timeout: None, ..plan() });
        assert_eq!(total(&graphs([graph]), Measure::Worst), None);
    }
}
