//! Putting back what was done: rule 21.

use std::sync::Arc;

use super::{
    At, CallId, Engine, FrameId, ROOT,
    call::{CallRequest, Owner},
    frame::at,
};
use crate::{
    graph::{Nanoseconds, NodeId, SaidBy, StepPlan},
    hir::{ItemKind, PartKind},
    names::Def,
    simulate::{
        evaluate::{Bindings, Nowhere},
        trace::{AttemptOutcome, EventKind, Purpose, Work},
        value::{Value, text},
    },
};

/// Something that was begun and may have to be put back.
#[derive(Debug, Clone)]
pub(super) struct UndoEntry {
    /// When the first attempt began.
    begun: Nanoseconds,
    /// Where it stands in the source: node, element, poll and attempt of each call around it, and its
    /// own node and element.
    order: Vec<u32>,
    /// The step, in the frame whose names the undo sees.
    step: At,
    element: Option<u32>,
    part: Option<PartKind>,
    how: How,
    always: bool,
    done: bool,
}

#[derive(Debug, Clone)]
enum How {
    /// This call, in this module, with these names.
    Call { timeout: Option<Nanoseconds>, bindings: Bindings, own: Option<Value>, said_by: SaidBy },
    /// It can't be put back, and so nothing before it is.
    Irreversible { why: Arc<str> },
}

/// The undoing of a frame.
#[derive(Debug)]
pub(super) struct Undoing {
    /// Entries, the first to be undone last.
    left: Vec<usize>,
}

/// Which entries are undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Back to the last irreversible one, and all `always`.
    Failed,
    /// Those that say `always`, of this part; of all parts without one.
    Always(Option<PartKind>),
}

impl UndoEntry {
    /// Whether it is undone at every end and hasn't been yet.
    pub(super) fn is_due_always(&self) -> bool {
        self.always && !self.done
    }

    /// It won't be undone any more.
    pub(super) fn forget(&mut self) {
        self.done = true;
    }

    pub(super) fn part(&self) -> Option<PartKind> {
        self.part
    }

    /// Whether both are of one step, in polls or attempts of the calls around it that may differ.
    fn is_of_the_same_step(&self, other: &UndoEntry) -> bool {
        let places = self.order.iter().zip(&other.order).enumerate();
        self.order.len() == other.order.len()
            && places.filter(|(index, _)| index % 4 < 2).all(|(_, (own, other))| own == other)
    }

    /// Whether it can't be put back.
    pub(super) fn is_irreversible(&self) -> bool {
        matches!(self.how, How::Irreversible { .. })
    }
}

impl Engine<'_> {
    /// The first attempt of an element has begun: from now on it may have to be put back.
    pub(super) fn register_undo(&mut self, step: At, plan: &StepPlan, element: u32, call: CallId) {
        let known = self.element(step, element).is_none_or(|state| state.undo.is_some());
        let made = &self.calls[call.0 as usize];
        if known || !made.made {
            return;
        }
        let frame = self.frame(step.frame);
        let around = frame.around.len();
        let (how, always) = if let Some(undo) = plan.undo {
            let bindings = match undo.said_by {
                SaidBy::Step => self.element_bindings(step, plan, element),
                SaidBy::Action(item) => {
                    let Some(ItemKind::Action(action)) = self.checked.item(item).map(|item| &item.kind)
                    else {
                        return;
                    };
                    let names = action.parameters.iter().map(|parameter| parameter.local);
                    names.zip(made.arguments.iter().cloned()).collect()
                }
            };
            let (timeout, said_by) = (undo.call.timeout, undo.said_by);
            (How::Call { timeout, bindings, own: None, said_by }, undo.always)
        } else if let Some(irreversible) = plan.irreversible {
            let file = match irreversible.said_by {
                SaidBy::Step => frame.file,
                SaidBy::Action(item) => item.file,
            };
            let why = self.evaluator.evaluate(file, irreversible.why, &[], &Nowhere);
            (How::Irreversible { why: why.map(|why| text(&why)).unwrap_or_default().into() }, false)
        } else {
            return;
        };
        let order = frame.around.iter().copied().chain([step.node.0, element]).collect();
        let entry = UndoEntry {
            begun: self.now,
            order,
            step,
            element: plan.each.as_ref().map(|_| element),
            part: frame.part.or(frame.graph.node(step.node).part),
            how,
            always,
            done: false,
        };
        if !self.take_undo(around) {
            return;
        }
        let undos = &mut self.frame_mut(step.frame).undos;
        // A recurring step does the same again and again.
        let known = plan.every.and_then(|_| undos.iter().position(|known| known.is_of_the_same_step(&entry)));
        let index = known.unwrap_or_else(|| {
            undos.push(entry);
            undos.len() - 1
        });
        if let Some(state) = self.element_mut(step, element) {
            state.undo = Some(index);
        }
    }

    /// A call went well: its undo sees what it gave.
    pub(super) fn undo_sees(&mut self, step: At, element: u32, value: &Value) {
        let Some(index) = self.element(step, element).and_then(|state| state.undo) else { return };
        if let Some(UndoEntry { how: How::Call { own, .. }, .. }) =
            self.frame_mut(step.frame).undos.get_mut(index)
        {
            *own = Some(value.clone());
        }
    }

    /// After a task, what can be undone of it belongs to whoever called it. A step that says itself how
    /// it is undone needs none of it but what is undone at every end; what can't be put back still counts,
    /// however the task ended. Of a task that is called again and again the first call knows what was
    /// there before.
    pub(super) fn hand_over(&mut self, inside: FrameId, call: CallId) {
        let entries = std::mem::take(&mut self.frame_mut(inside).undos);
        let Owner::Element { step, .. } = self.calls[call.0 as usize].owner else { return };
        let says_itself = self.plan(step).is_some_and(|plan| plan.undo.is_some());
        let undos = &mut self.frame_mut(step.frame).undos;
        for entry in entries {
            let known = || undos.iter().any(|known| !known.done && known.is_of_the_same_step(&entry));
            let wanted = !entry.done && (!says_itself || entry.always);
            if entry.is_irreversible() || (wanted && !known()) {
                undos.push(entry);
            }
        }
    }

    /// Begins to undo; gives whether there is something to undo.
    pub(super) fn start_undo(&mut self, frame: FrameId, which: Which) -> bool {
        let undos = &self.frame(frame).undos;
        let mut order: Vec<usize> = (0..undos.len()).filter(|index| !undos[*index].done).collect();
        order.sort_by(|left, right| {
            let key = |index: usize| (undos[index].begun, &undos[index].order);
            key(*right).cmp(&key(*left))
        });
        let mut behind: Option<(At, Arc<str>)> = None;
        let (mut left, mut kept) = (Vec::new(), Vec::new());
        for index in order {
            let entry = &undos[index];
            match (&entry.how, which) {
                (How::Irreversible { why }, Which::Failed) => {
                    behind.get_or_insert((entry.step, why.clone()));
                }
                (How::Irreversible { .. }, Which::Always(_)) => {}
                (How::Call { .. }, Which::Failed) if entry.always || behind.is_none() => left.push(index),
                (How::Call { .. }, Which::Failed) => kept.push(index),
                (How::Call { .. }, Which::Always(part)) => {
                    if entry.always && (part.is_none() || entry.part == part) {
                        left.push(index);
                    }
                }
            }
        }
        if let Some((irreversible, why)) = behind {
            let behind = self.frame(irreversible.frame).name(irreversible.node);
            for index in kept {
                let entry = &mut self.frame_mut(frame).undos[index];
                entry.done = true;
                let step = entry.step;
                let node = self.frame(step.frame).traced(step.node);
                let (behind, why) = (behind.clone(), why.clone());
                self.event(node, Work::default(), || EventKind::NotUndone { behind, why });
            }
        }
        if left.is_empty() {
            return false;
        }
        left.reverse();
        self.frame_mut(frame).undoing = Some(Undoing { left });
        self.opened(frame);
        self.next_undo(frame);
        true
    }

    fn next_undo(&mut self, frame: FrameId) {
        let Some(undoing) = &mut self.frame_mut(frame).undoing else { return };
        let Some(index) = undoing.left.pop() else {
            self.frame_mut(frame).undoing = None;
            return self.closed(frame);
        };
        let entry = &mut self.frame_mut(frame).undos[index];
        entry.done = true;
        let entry = entry.clone();
        let How::Call { timeout, bindings, own, said_by } = entry.how else { return };
        let Some(site) = self.step_calls(entry.step).and_then(|calls| calls.undo.as_ref()) else { return };
        let mut extra = Vec::new();
        if let (SaidBy::Step, Some(own_plan)) = (said_by, self.plan(entry.step)) {
            extra.push((Def::Local(own_plan.local), own.unwrap_or(Value::None)));
        }
        let work = Work { element: entry.element, poll: None, attempt: 0, purpose: Purpose::Undo };
        self.start_call(CallRequest {
            owner: Owner::Undo { frame },
            at: entry.step,
            work,
            site,
            timeout,
            bindings,
            extra,
        });
    }

    /// One attempt each; if it fails, people are told and the next one follows.
    pub(super) fn undo_done(&mut self, frame: FrameId, outcome: &AttemptOutcome) {
        if !matches!(outcome, AttemptOutcome::Gave(_)) {
            self.undo_incomplete = true;
            self.tell_owner("some changes couldn't be undone");
        }
        match self.frame(frame).undoing {
            Some(_) => self.next_undo(frame),
            // It was begun by a task that was cut off since.
            None => self.closed(frame),
        }
    }

    /// Whether an undo of a frame is under way.
    pub(super) fn undoes(&self, frame: FrameId) -> bool {
        self.calls.iter().any(|call| !call.over && call.owner == Owner::Undo { frame })
    }

    /// A task was cut off while it undid what it did: the undo that runs goes on, and `outer` waits for it
    /// before it undoes the rest.
    pub(super) fn adopt_undos(&mut self, inner: FrameId, outer: FrameId) {
        let running = self.calls.iter_mut().filter(|call| !call.over);
        let mut adopted = 0;
        for call in running.filter(|call| call.owner == Owner::Undo { frame: inner }) {
            call.owner = Owner::Undo { frame: outer };
            adopted += 1;
        }
        self.frame_mut(inner).undoing = None;
        self.frame_mut(outer).open += adopted;
    }

    /// Whether all of a part is over, so that its locks can be given back.
    pub(super) fn part_is_over(&self, part: PartKind) -> bool {
        let root = self.frame(ROOT);
        let counts = |id: NodeId| {
            let node = root.graph.node(id);
            node.part == Some(part) && node.phase != crate::graph::Phase::AfterFailed
        };
        root.graph
            .steps()
            .filter(|(id, plan)| counts(*id) && plan.every.is_none())
            .all(|(id, _)| self.state(at(ROOT, id)).is_over())
    }
}
