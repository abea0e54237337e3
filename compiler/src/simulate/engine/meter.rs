//! What a run has taken by now, against its bounds (rule 31). Everything that a run does or keeps passes
//! here first, so a run that would be too large is given up before it is.

use super::{
    At, Call, Engine, ROOT,
    frame::{Frame, NodeState},
    program::Body,
    step::Element,
    undos::UndoEntry,
};
use crate::simulate::{
    bounds::{Bound, Bounds, Exceeded},
    evaluate::Read,
    problem::{Problem, ProblemKind},
    trace::{ArgumentShown, AttemptOutcome, CallShown, End, EventKind, Reached, Skip, TraceNode},
    value::{ALLOCATION, Value, weigh, weigh_all},
};

/// What a run has taken by now.
#[derive(Debug, Default)]
pub(super) struct Meter {
    pub bounds: Bounds,
    counts: Counts,
    /// The bound that was met first.
    exceeded: Option<Problem>,
    /// What the run is at.
    pub at: Option<At>,
}

#[derive(Debug, Default)]
struct Counts {
    steps: u64,
    calls: u64,
    events: u64,
    log_lines: u64,
    log_size: u64,
    memory: u64,
}

impl Meter {
    pub(super) fn new(bounds: Bounds) -> Meter {
        Meter { bounds, ..Meter::default() }
    }

    /// Forgets the run before.
    pub(super) fn clear(&mut self) {
        *self = Meter::new(self.bounds);
    }
}

impl Engine<'_> {
    /// Whether the run is given up: nothing more is begun.
    pub(super) fn gave_up(&self) -> bool {
        self.meter.exceeded.is_some() || self.evaluator.has_exceeded()
    }

    /// Why it was.
    pub(super) fn why_given_up(&mut self) -> Option<Problem> {
        if self.meter.exceeded.is_none() {
            let (span, exceeded) = self.evaluator.exceeded()?;
            let exceeded = self.placed(exceeded);
            self.meter.exceeded = Some(Problem::new(Some(span), ProblemKind::Exceeded(exceeded)));
        }
        self.meter.exceeded.clone()
    }

    /// Counts what is about to be taken; gives whether that may be.
    fn take(&mut self, bound: Bound, amount: u64) -> bool {
        let counts = &mut self.meter.counts;
        let count = match bound {
            Bound::Steps => &mut counts.steps,
            Bound::Calls => &mut counts.calls,
            Bound::Events => &mut counts.events,
            Bound::LogLines => &mut counts.log_lines,
            Bound::LogSize => &mut counts.log_size,
            Bound::Memory => &mut counts.memory,
            // These are counted where expressions are evaluated.
            Bound::Expression | Bound::Expressions | Bound::ExpressionMemory | Bound::Value => return true,
        };
        *count = count.saturating_add(amount);
        let limit = bound.limit(&self.meter.bounds);
        if *count <= limit {
            return true;
        }
        if self.meter.exceeded.is_none() {
            let exceeded = self.placed(Exceeded::outside(bound, limit));
            let span = self.meter.at.and_then(|at| self.step_of(at)).map(|(_, span)| span);
            self.meter.exceeded = Some(Problem::new(span, ProblemKind::Exceeded(exceeded)));
        }
        false
    }

    /// The same with when and where.
    fn placed(&self, exceeded: Exceeded) -> Exceeded {
        let at = self.meter.at;
        let step = at.and_then(|at| self.step_of(at)).map(|(name, _)| name);
        let inner = at.filter(|at| at.frame != ROOT).and_then(|at| self.frames.get(at.frame.0 as usize));
        let task =
            inner.and_then(|frame| self.checked.item(frame.body.item)).map(|item| item.name.text.clone());
        Exceeded { at: Some(self.now), step, task: task.map(|name| (*name).into()), ..exceeded }
    }

    /// The step of the playbook that something belongs to: its name and where that stands.
    fn step_of(&self, mut at: At) -> Option<(std::sync::Arc<str>, crate::source::Span)> {
        while at.frame != ROOT {
            let caller = self.frames.get(at.frame.0 as usize)?.caller?;
            at = self.calls.get(caller.0 as usize)?.at;
        }
        let frame = self.frames.get(ROOT.0 as usize)?;
        Some((frame.name(at.node), frame.graph.node(at.node).span))
    }

    /// A playbook or task is about to begin, with so much around it and with names of such a length.
    pub(super) fn take_frame(&mut self, body: &Body<'_>, around: usize, name: usize) -> bool {
        let (nodes, steps) = (body.nodes.len(), body.steps);
        // Of each call around there are four numbers, and one step of eight bytes.
        let (around, path) = (ALLOCATION + 4 * around as u64, ALLOCATION + 2 * around as u64);
        let node = size_of::<NodeState>() + size_of::<TraceNode>();
        let node = node as u64 + path + 3 * ALLOCATION + name as u64;
        let frame = size_of::<Frame<'_>>() as u64 + around + path;
        self.take(Bound::Steps, steps as u64) & self.take(Bound::Memory, frame + nodes as u64 * node)
    }

    /// A call is about to be made.
    pub(super) fn take_call(&mut self) -> bool {
        self.take(Bound::Calls, 1) & self.take(Bound::Memory, size_of::<Call<'_>>() as u64 + ALLOCATION)
    }

    /// Something happens on the clock.
    pub(super) fn take_event(&mut self) -> bool {
        self.take(Bound::Events, 1)
    }

    /// So many elements of `each` are about to be worked off.
    pub(super) fn take_elements(&mut self, count: usize) -> bool {
        self.take(Bound::Memory, (count * size_of::<Element>()) as u64)
    }

    /// Something to be undone is about to be remembered, with so much around it.
    pub(super) fn take_undo(&mut self, around: usize) -> bool {
        // Its place, and what it has in common with others of its step.
        let places = 4 * around + 2 * around;
        self.take(Bound::Memory, (size_of::<UndoEntry>() + places) as u64 + 4 * ALLOCATION)
    }

    /// Values are kept until the end of the run.
    pub(super) fn take_values(&mut self, values: &[Value]) -> bool {
        let most = self.meter.bounds.memory;
        self.take(Bound::Memory, weigh_all(values, most))
    }

    /// What a call gave is kept.
    pub(super) fn take_outcome(&mut self, outcome: &AttemptOutcome) -> bool {
        match outcome {
            AttemptOutcome::Gave(value) => {
                let weight = weigh(value, self.meter.bounds.memory);
                self.take(Bound::Memory, weight)
            }
            _ => true,
        }
    }

    /// A line is added to the log.
    pub(super) fn take_line(&mut self, kind: &EventKind) -> bool {
        let size = shown(kind, self.meter.bounds.log_size);
        self.take(Bound::LogLines, 1) & self.take(Bound::LogSize, size)
    }
}

/// About how many bytes a line shows, beside what all lines have.
fn shown(kind: &EventKind, most: u64) -> u64 {
    let value = |value: &Value| weigh(value, most);
    let reads = |reads: &[Read]| {
        reads.iter().map(|read| read.name.len() as u64 + read.value.as_ref().map_or(0, value)).sum()
    };
    let call = |call: &CallShown| -> u64 {
        let argument = |argument: &ArgumentShown| size_of::<ArgumentShown>() as u64 + value(&argument.value);
        call.arguments.iter().map(argument).sum()
    };
    let people = |people: &[Reached]| size_of_val(people) as u64;
    match kind {
        EventKind::Severity { value: known, .. }
        | EventKind::Let(Ok(known))
        | EventKind::AttemptEnded(AttemptOutcome::Gave(known))
        | EventKind::Answered { value: known, .. }
        | EventKind::Ended(End::Ok(known)) => value(known),
        EventKind::Let(Err(why)) => why.len() as u64,
        EventKind::Guard { reads: read, .. }
        | EventKind::Ended(End::Skipped(Skip::Guard { reads: read, .. })) => reads(read),
        EventKind::GateOpened { call: shown, list, .. } => call(shown) + list.as_ref().map_or(0, value),
        EventKind::Attempt(shown) => call(shown),
        EventKind::AttemptEnded(AttemptOutcome::Failed(failure))
        | EventKind::Ended(End::Failed(failure) | End::Handled(failure)) => failure.text.len() as u64,
        EventKind::GateAsked(asked) => people(asked),
        EventKind::Told { people: told, .. } => people(told),
        EventKind::Asked { people: asked, question, options, .. } => {
            people(asked) + question.len() as u64 + options.as_ref().map_or(0, value)
        }
        EventKind::Milestone(_)
        | EventKind::Cause { .. }
        | EventKind::Delayed { .. }
        | EventKind::Granted { .. }
        | EventKind::Disregarded { .. }
        | EventKind::GateClosed(_)
        | EventKind::Started
        | EventKind::AttemptEnded(AttemptOutcome::Unanswered | AttemptOutcome::Stopped)
        | EventKind::Polled { .. }
        | EventKind::Ended(End::Skipped(_) | End::Blocked { .. } | End::Cancelled { .. })
        | EventKind::NotUndone { .. }
        | EventKind::RunEnded(_) => 0,
    }
}
