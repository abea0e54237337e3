//! What a line says of events that come later. A run can have hundreds of thousands of events, so all is
//! found in one pass.

use std::collections::{HashMap, HashSet};

use crate::{
    graph::Nanoseconds,
    simulate::trace::{AttemptOutcome, EventKind, Trace, TraceNodeId, Work},
};

/// What is known of a trace before it is told.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// By the number of its event, when an attempt ends.
    ends: HashMap<usize, Nanoseconds>,
    /// The numbers of the events of attempts that failed and are followed by another.
    retried: HashSet<usize>,
    /// The steps inside of which others are told.
    tasks: HashSet<TraceNodeId>,
}

/// What is tried again: a step, for an element of `each`, in a poll of `repeat`.
type Tried = (Option<TraceNodeId>, Option<u32>, Option<u32>);

impl Ahead {
    pub(super) fn new(trace: &Trace) -> Ahead {
        let mut ahead =
            Ahead { tasks: trace.nodes.iter().filter_map(|node| node.inside).collect(), ..Ahead::default() };
        let mut ends: HashMap<(Option<TraceNodeId>, Work), Nanoseconds> = HashMap::new();
        let mut attempts: HashMap<Tried, u32> = HashMap::new();
        for (index, event) in trace.events.iter().enumerate().rev() {
            let work = event.work;
            let latest = attempts.entry((event.node, work.element, work.poll)).or_default();
            match &event.kind {
                EventKind::Attempt(_) => {
                    ahead.ends.extend(ends.get(&(event.node, work)).map(|end| (index, *end)));
                }
                EventKind::AttemptEnded(outcome) => {
                    ends.insert((event.node, work), event.at);
                    if *latest > work.attempt && matches!(outcome, AttemptOutcome::Failed(_)) {
                        ahead.retried.insert(index);
                    }
                }
                _ => {}
            }
            *latest = work.attempt.max(*latest);
        }
        ahead
    }

    /// When the attempt ends whose event has this number; none if it doesn't.
    pub(super) fn end(&self, index: usize) -> Option<Nanoseconds> {
        self.ends.get(&index).copied()
    }

    /// Whether another attempt follows the one that failed in the event with this number.
    pub(super) fn is_retried(&self, index: usize) -> bool {
        self.retried.contains(&index)
    }

    /// Whether steps of its own are told inside of it.
    pub(super) fn is_task(&self, node: TraceNodeId) -> bool {
        self.tasks.contains(&node)
    }
}
