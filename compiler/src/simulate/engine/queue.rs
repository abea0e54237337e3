//! What is to come, on the virtual clock.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    sync::Arc,
};

use super::{At, CallId, FrameId, ROOT};
use crate::graph::{Nanoseconds, NodeId};

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

/// Nodes that have to be looked at, in the order of the source, each once.
#[derive(Debug, Default)]
pub(super) struct Positions {
    /// Of the playbook: a bit each.
    root: Vec<u64>,
    /// The words before this one have none.
    empty: usize,
    /// Of tasks.
    inner: BTreeSet<Position>,
}

impl Positions {
    /// Adds a node of a frame, with what is around that.
    pub(super) fn insert(&mut self, around: &Arc<[u32]>, at: At) {
        if at.frame != ROOT {
            self.inner.insert(Position { around: around.clone(), at });
            return;
        }
        let (word, bit) = (at.node.index() / 64, at.node.index() % 64);
        if self.root.len() <= word {
            self.root.resize(word + 1, 0);
        }
        self.root[word] |= 1 << bit;
        self.empty = self.empty.min(word);
    }

    /// Takes the first one.
    pub(super) fn pop_first(&mut self) -> Option<At> {
        while self.root.get(self.empty) == Some(&0) {
            self.empty += 1;
        }
        let root = self.root.get(self.empty).map(|bits| {
            let word = self.empty;
            let bit = bits.trailing_zeros();
            (word, bit, NodeId(word as u32 * 64 + bit))
        });
        // What is inside of a step stands between it and the next.
        let inner = self.inner.first().and_then(|position| position.around.first());
        match (root, inner) {
            (Some((word, bit, node)), inner) if inner.is_none_or(|inner| node.0 <= *inner) => {
                self.root[word] &= !(1 << bit);
                Some(At { frame: ROOT, node })
            }
            _ => self.inner.pop_first().map(|position| position.at),
        }
    }

    fn clear(&mut self) {
        self.root.fill(0);
        self.empty = 0;
        self.inner.clear();
    }
}

/// What has to be looked at in this instant (rule 25).
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// Severity, causes, milestones, `let`s: first.
    pub settle: Positions,
    /// Guards and starts.
    pub start: Positions,
    /// Frames in which nothing may be open any more: of those, the innermost is the first to end.
    finish: BinaryHeap<FrameId>,
    /// Time-outs and bounds of tasks that are due in this instant, each with how deep it stands. What
    /// ends in the instant is in time, so they come last.
    cuts: BTreeMap<(usize, u64), Timer>,
    /// How many were noted.
    noted: u64,
}

impl Agenda {
    /// Notes that a frame may have come to its end.
    pub(super) fn may_end(&mut self, frame: FrameId) {
        // Most often there is one frame, which is noted again and again.
        if self.finish.peek() != Some(&frame) {
            self.finish.push(frame);
        }
    }

    /// The next frame that may have come to its end.
    pub(super) fn next_end(&mut self) -> Option<FrameId> {
        let frame = self.finish.pop()?;
        while self.finish.peek() == Some(&frame) {
            self.finish.pop();
        }
        Some(frame)
    }

    /// Notes that a task is cut off when nothing else happens any more in this instant.
    pub(super) fn cut_last(&mut self, depth: usize, timer: Timer) {
        self.noted += 1;
        self.cuts.insert((depth, self.noted), timer);
    }

    /// The outermost of what is cut off now; of several, the first that was noted.
    pub(super) fn next_cut(&mut self) -> Option<Timer> {
        self.cuts.pop_first().map(|(_, timer)| timer)
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.settle.clear();
        self.start.clear();
        self.finish.clear();
        self.cuts.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut positions = Positions::default();
        let at = |frame, node| At { frame: FrameId(frame), node: NodeId(node) };
        let around = |around: &[u32]| -> Arc<[u32]> { around.into() };
        positions.insert(&around(&[]), at(0, 70));
        positions.insert(&around(&[2, 0, 0, 0]), at(2, 9));
        positions.insert(&around(&[]), at(0, 3));
        positions.insert(&around(&[2, 0, 0, 0, 9, 0, 0, 0]), at(3, 1));
        positions.insert(&around(&[]), at(0, 2));
        positions.insert(&around(&[]), at(0, 2));
        let order: Vec<At> = std::iter::from_fn(|| positions.pop_first()).collect();
        assert_eq!(order, [at(0, 2), at(2, 9), at(3, 1), at(0, 3), at(0, 70)]);
    }
}
