//! Rule 29, piece by piece, on graphs made by hand.

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
    Graphs { bodies: bodies.into_iter().map(|graph| (graph.item, graph.into())).collect() }
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
    assert_eq!(total(&graphs, Measure::Worst), Some(60 * SECOND + 30 * SECOND + 10 * SECOND + 9 * SECOND));
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
    let polled = |plan: StepPlan| {
        let mut graph = StepGraph::new(ITEM);
        let bound = repeat(SECOND, None, Some(RepeatBound::Time(MINUTE)));
        add_step(
            &mut graph,
            StepPlan { callee: Callee::Task(TASK), timeout: None, repeat: Some(bound), ..plan },
        );
        graphs([graph, task.clone()])
    };
    // A minute, the undo of the task that was cut off, and the undo after it went well.
    assert_eq!(total(&polled(plan()), Measure::Worst), Some(66 * SECOND));
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
