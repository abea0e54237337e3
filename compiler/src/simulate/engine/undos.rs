//! What is to be put back: a list for each frame. A run can note as many entries as it makes calls, so
//! whatever asks for one of them finds it without a look at all.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::At;
use crate::{
    graph::{Nanoseconds, NodeId, SaidBy},
    hir::PartKind,
    simulate::{evaluate::Bindings, value::Value},
};

/// Something that was begun and may have to be put back.
#[derive(Debug, Clone)]
pub(super) struct UndoEntry {
    /// When the first attempt began.
    pub begun: Nanoseconds,
    /// Where it stands in the source: node, element, poll and attempt of each call around it, and its
    /// own node and element.
    pub order: Vec<u32>,
    /// The step, in the frame whose names the undo sees.
    pub step: At,
    pub element: Option<u32>,
    pub part: Option<PartKind>,
    pub how: How,
    pub always: bool,
    /// The step of the playbook that it belongs to, as long as that recurs.
    pub recurs: Option<NodeId>,
    pub done: bool,
}

/// How something is put back.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// This call, in this module, with these names.
    Call { timeout: Option<Nanoseconds>, bindings: Bindings, own: Option<Value>, said_by: SaidBy },
    /// It can't be put back, and so nothing before it is.
    Irreversible { why: Arc<str> },
}

impl UndoEntry {
    /// Whether it can't be put back.
    pub(super) fn is_irreversible(&self) -> bool {
        matches!(self.how, How::Irreversible { .. })
    }

    /// What it has in common with all entries of its step, whatever the polls and attempts around it.
    fn of_step(&self) -> Box<[u32]> {
        self.order.iter().enumerate().filter(|(index, _)| index % 4 < 2).map(|(_, part)| *part).collect()
    }

    /// The part after which it is undone, if it is undone at every end.
    fn due_after(&self) -> Option<PartKind> {
        self.part.filter(|_| self.always && !self.done && self.recurs.is_none())
    }
}

/// What is to be undone in a frame, in the order in which it was begun.
#[derive(Debug, Default)]
pub(super) struct Undos {
    entries: Vec<UndoEntry>,
    by_step: HashMap<Box<[u32]>, Vec<usize>>,
    /// The entries of steps that still recur.
    recurring: HashMap<NodeId, Vec<usize>>,
    /// How many entries are undone after a part.
    due: BTreeMap<PartKind, usize>,
}

impl Undos {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn clear(&mut self) {
        *self = Undos::default();
    }

    /// All of them, by number.
    pub(super) fn entries(&self) -> &[UndoEntry] {
        &self.entries
    }

    /// All of them, which leaves none.
    pub(super) fn take(&mut self) -> Vec<UndoEntry> {
        std::mem::take(self).entries
    }

    /// Adds one; gives its number.
    pub(super) fn push(&mut self, entry: UndoEntry) -> usize {
        let index = self.entries.len();
        self.by_step.entry(entry.of_step()).or_default().push(index);
        if let Some(step) = entry.recurs {
            self.recurring.entry(step).or_default().push(index);
        }
        if let Some(part) = entry.due_after() {
            *self.due.entry(part).or_default() += 1;
        }
        self.entries.push(entry);
        index
    }

    /// The first of the same step, done or not.
    pub(super) fn first_like(&self, entry: &UndoEntry) -> Option<usize> {
        self.by_step.get(&entry.of_step())?.first().copied()
    }

    /// Whether one of the same step waits to be undone.
    pub(super) fn has_open_like(&self, entry: &UndoEntry) -> bool {
        let known = self.by_step.get(&entry.of_step());
        known.is_some_and(|known| known.iter().any(|index| !self.entries[*index].done))
    }

    /// A call went well: its undo sees what it gave.
    pub(super) fn sees(&mut self, index: usize, value: &Value) {
        if let Some(UndoEntry { how: How::Call { own, .. }, .. }) = self.entries.get_mut(index) {
            *own = Some(value.clone());
        }
    }

    /// One is undone, or never will be; gives which.
    pub(super) fn finish(&mut self, index: usize) -> Option<&UndoEntry> {
        let entry = self.entries.get_mut(index)?;
        if let Some(due) = entry.due_after().and_then(|part| self.due.get_mut(&part)) {
            *due -= 1;
        }
        entry.done = true;
        Some(entry)
    }

    /// Nothing of it is undone any more but what can't be: that still holds back what is older.
    pub(super) fn forget(&mut self) {
        for index in 0..self.entries.len() {
            if !self.entries[index].is_irreversible() {
                self.finish(index);
            }
        }
    }

    /// A step recurs no more: what it did is undone after its part.
    pub(super) fn rests(&mut self, step: NodeId) {
        for index in self.recurring.remove(&step).unwrap_or_default() {
            let entry = &mut self.entries[index];
            entry.recurs = None;
            if let Some(part) = entry.due_after() {
                *self.due.entry(part).or_default() += 1;
            }
        }
    }

    /// The parts after which something is still to be undone.
    pub(super) fn due(&self) -> impl Iterator<Item = PartKind> {
        self.due.iter().filter(|(_, count)| **count > 0).map(|(part, _)| *part)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{FrameId, at},
        *,
    };

    fn entry(order: &[u32], always: bool, recurs: Option<NodeId>) -> UndoEntry {
        UndoEntry {
            begun: 0,
            order: order.to_vec(),
            step: at(FrameId(0), NodeId(0)),
            element: None,
            part: Some(PartKind::Remediate),
            how: How::Irreversible { why: "it is gone".into() },
            always,
            recurs,
            done: false,
        }
    }

    #[test]
    fn entries_of_a_step_are_found_whatever_poll_or_attempt_is_around_them() {
        let mut undos = Undos::default();
        let first = undos.push(entry(&[4, 0, 1, 2, 7, 3], false, None));
        assert_eq!(undos.first_like(&entry(&[4, 0, 5, 6, 7, 3], false, None)), Some(first));
        assert_eq!(undos.first_like(&entry(&[4, 1, 1, 2, 7, 3], false, None)), None);
        assert_eq!(undos.first_like(&entry(&[7, 3], false, None)), None);
        assert!(undos.has_open_like(&entry(&[4, 0, 5, 6, 7, 3], false, None)));
        undos.finish(first);
        assert!(!undos.has_open_like(&entry(&[4, 0, 5, 6, 7, 3], false, None)));
        assert_eq!(undos.first_like(&entry(&[4, 0, 5, 6, 7, 3], false, None)), Some(first));
    }

    #[test]
    fn what_is_due_after_a_part_is_counted_once() {
        let mut undos = Undos::default();
        let plain = undos.push(entry(&[1, 0], true, None));
        let recurring = undos.push(entry(&[2, 0], true, Some(NodeId(2))));
        undos.push(entry(&[3, 0], false, None));
        assert_eq!(undos.due().collect::<Vec<_>>(), [PartKind::Remediate]);
        undos.finish(plain);
        undos.finish(plain);
        assert_eq!(undos.due().count(), 0, "what recurs isn't due yet");
        undos.rests(NodeId(2));
        undos.rests(NodeId(2));
        assert_eq!(undos.due().count(), 1);
        undos.finish(recurring);
        assert_eq!(undos.due().count(), 0);
    }
}
