//! What is to come, on the virtual clock.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap},
    sync::Arc,
};

use super::{At, CallId, FrameId};
use crate::graph::Nanoseconds;

/// Something that happens at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A call comes to its end.
    CallEnd(CallId),
    /// A call has used up its time.
    CallDeadline(CallId),
    /// A delay of `after X + D` is over.
    Delay(At),
    /// Severity has to be known by now.
    SeverityLimit(FrameId),
    /// A group of a gate has had its time.
    GateGroup(At, u32),
    /// Somebody answers a gate: the number of the answer.
    GateAnswer(At, u32),
    /// The wait before the next attempt is over.
    Retry(At, u32, u32),
    /// The next poll is due.
    Poll(At, u32, u32),
    /// A `repeat` has used up its time.
    Bound(At, u32),
    /// The next tick of `every` is due.
    Tick(At, u32),
}

/// Timers by time; those of one time in the order in which they were set.
#[derive(Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<(Nanoseconds, u64, Timer)>>,
    set: u64,
}

impl Queue {
    /// Sets a timer.
    pub(super) fn set(&mut self, at: Nanoseconds, timer: Timer) {
        self.set += 1;
        self.heap.push(Reverse((at, self.set, timer)));
    }

    /// Forgets all timers.
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.set = 0;
    }

    /// When the next timer goes off.
    pub(super) fn next(&self) -> Option<Nanoseconds> {
        self.heap.peek().map(|Reverse((at, _, _))| *at)
    }

    /// All timers of the next time.
    pub(super) fn pop(&mut self, batch: &mut Vec<Timer>) {
        let Some(next) = self.next() else { return };
        while self.next() == Some(next) {
            batch.extend(self.heap.pop().map(|Reverse((_, _, timer))| timer));
        }
    }
}

/// Where something stands in the source, with the tasks around it: the order within an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    /// Node, element, poll and attempt of each call around it.
    pub around: Arc<[u32]>,
    /// The node.
    pub at: At,
}

impl Position {
    fn parts(&self) -> impl Iterator<Item = u32> {
        self.around.iter().copied().chain([self.at.node.0])
    }
}

impl Ord for Position {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts().cmp(other.parts()).then(self.at.cmp(&other.at))
    }
}

impl PartialOrd for Position {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Nodes that have to be looked at in this instant (rule 25).
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// Severity, causes, milestones, `let`s: first.
    pub settle: BTreeSet<Position>,
    /// Guards and starts.
    pub start: BTreeSet<Position>,
    /// Frames in which nothing is open any more.
    pub finish: BTreeSet<Reverse<FrameId>>,
}

impl Agenda {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.settle.clear();
        self.start.clear();
        self.finish.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::NodeId;

    #[test]
    fn timers_of_one_time_come_together() {
        let mut queue = Queue::default();
        queue.set(5, Timer::SeverityLimit(FrameId(1)));
        queue.set(3, Timer::CallEnd(CallId(7)));
        queue.set(3, Timer::CallEnd(CallId(2)));
        let mut batch = Vec::new();
        queue.pop(&mut batch);
        assert_eq!(batch, [Timer::CallEnd(CallId(7)), Timer::CallEnd(CallId(2))]);
        assert_eq!(queue.next(), Some(5));
    }

    #[test]
    fn what_is_inside_of_a_step_stands_between_it_and_the_next() {
        let position = |around: &[u32], frame, node| Position {
            around: around.into(),
            at: At { frame: FrameId(frame), node: NodeId(node) },
        };
        let (second, inner, third) =
            (position(&[], 0, 2), position(&[2, 0, 0, 0], 1, 9), position(&[], 0, 3));
        assert!(second < inner && inner < third);
    }
}
