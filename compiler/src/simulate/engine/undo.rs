//! Putting back what was done: rule 21.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    At, CallId, Engine, FrameId, ROOT,
    call::{CallRequest, Owner},
    failure::stops_at_failure,
    frame::{Progress, at},
    undos::{How, UndoEntry},
};
use crate::{
    graph::{NodeId, SaidBy, StepPlan},
    hir::{Effect, ItemKind, PartKind},
    names::Def,
    simulate::{
        evaluate::Nowhere,
        trace::{AttemptOutcome, EventKind, Purpose, Work},
        value::{Value, text},
    },
};

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
        let order: Vec<u32> = frame.around.iter().copied().chain([step.node.0, element]).collect();
        let entry = UndoEntry {
            begun: self.now,
            step,
            element: plan.each.as_ref().map(|_| element),
            part: frame.part.or(frame.graph.node(step.node).part),
            how,
            always,
            recurs: self.recurring(&order),
            done: false,
            order,
        };
        if !self.take_undo(around) {
            return;
        }
        let undos = &mut self.frame_mut(step.frame).undos;
        // A recurring step does the same again and again.
        let known = plan.every.and_then(|_| undos.first_like(&entry));
        let index = known.unwrap_or_else(|| undos.push(entry));
        if let Some(state) = self.element_mut(step, element) {
            state.undo = Some(index);
        }
    }

    /// A call went well: its undo sees what it gave.
    pub(super) fn undo_sees(&mut self, step: At, element: u32, value: &Value) {
        let Some(index) = self.element(step, element).and_then(|state| state.undo) else { return };
        self.frame_mut(step.frame).undos.sees(index, value);
    }

    /// The step of the playbook around a place, if it recurs and isn't over.
    fn recurring(&self, order: &[u32]) -> Option<NodeId> {
        let step = NodeId(*order.first()?);
        let every = self.frame(ROOT).graph.step(step)?.every;
        Some(step).filter(|_| every.is_some() && !self.state(at(ROOT, step)).is_over())
    }

    /// After a task, what can be undone of it belongs to whoever called it. A step that says itself how
    /// it is undone needs none of it but what is undone at every end; what can't be put back still counts,
    /// however the task ended. Of a task that is called again and again the first call knows what was
    /// there before.
    pub(super) fn hand_over(&mut self, inside: FrameId, call: CallId) {
        let entries = self.frame_mut(inside).undos.take();
        let Owner::Element { step, .. } = self.calls[call.0 as usize].owner else { return };
        let says_itself = self.plan(step).is_some_and(|plan| plan.undo.is_some());
        let undos = &mut self.frame_mut(step.frame).undos;
        for entry in entries {
            let wanted = !entry.done && (!says_itself || entry.always);
            if entry.is_irreversible() || (wanted && !undos.has_open_like(&entry)) {
                undos.push(entry);
            }
        }
    }

    /// Begins to undo; gives whether there is something to undo.
    pub(super) fn start_undo(&mut self, frame: FrameId, which: Which) -> bool {
        let undos = self.frame(frame).undos.entries();
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
                    if entry.always && (part.is_none() || (entry.part == part && entry.recurs.is_none())) {
                        left.push(index);
                    }
                }
            }
        }
        if let Some((irreversible, why)) = behind {
            let behind = self.frame(irreversible.frame).name(irreversible.node);
            for index in kept {
                let Some(entry) = self.frame_mut(frame).undos.finish(index) else { continue };
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
        let Some(entry) = self.frame_mut(frame).undos.finish(index).cloned() else { return };
        let How::Call { timeout, bindings, own, said_by } = entry.how else { return };
        let Some(site) = self.step_calls(entry.step).and_then(|calls| calls.undo.as_ref()) else { return };
        let mut extra = Vec::new();
        if let (SaidBy::Step, Some(own_plan)) = (said_by, self.plan(entry.step)) {
            extra.push((Def::Local(own_plan.local), own.unwrap_or(Value::None)));
        }
        let work = Work { element: entry.element, poll: None, attempt: 0, purpose: Purpose::Undo };
        let call = self.start_call(CallRequest {
            owner: Owner::Undo { frame },
            at: entry.step,
            work,
            site,
            timeout,
            bindings,
            extra,
        });
        self.frame_mut(frame).undo_calls.insert(call);
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
        !self.frame(frame).undo_calls.is_empty()
    }

    /// A task was cut off while it undid what it did: the undo that runs goes on, and `outer` waits for it
    /// before it undoes the rest.
    pub(super) fn adopt_undos(&mut self, inner: FrameId, outer: FrameId) {
        let adopted = std::mem::take(&mut self.frame_mut(inner).undo_calls);
        for call in &adopted {
            self.calls[call.0 as usize].owner = Owner::Undo { frame: outer };
        }
        self.frame_mut(inner).undoing = None;
        let outer = self.frame_mut(outer);
        outer.open += adopted.len() as u32;
        outer.undo_calls.extend(adopted);
    }

    /// Whether all of a part is over, so that its locks can be given back.
    pub(super) fn part_is_over(&mut self, part: PartKind) -> bool {
        let known = self.passed.parts.get(&part).copied().unwrap_or_default();
        let next = self.passed_from(known, |engine, id, plan| {
            let node = engine.frame(ROOT).graph.node(id);
            let counts = node.part == Some(part) && node.phase != crate::graph::Phase::AfterFailed;
            !counts || plan.every.is_some() || engine.state(at(ROOT, id)).is_over()
        });
        self.passed.parts.insert(part, next);
        next == self.frame(ROOT).nodes.len()
    }

    /// Whether the changes of the failed run have come to rest: what recurs keeps nothing waiting, and
    /// neither does what changes nothing.
    pub(super) fn changes_rest(&mut self) -> bool {
        self.passed.changes = self.passed_from(self.passed.changes, |engine, id, plan| {
            let stops = stops_at_failure(engine.frame(ROOT).graph, id);
            let changes = stops && plan.effect >= Effect::Changes && plan.every.is_none();
            !changes || engine.state(at(ROOT, id)).progress != Progress::Active
        });
        self.passed.changes == self.frame(ROOT).nodes.len()
    }

    /// The first node of the playbook, from one on, with a step that nobody can pass yet; the number of
    /// nodes if there is none. Who asks again goes on from there.
    fn passed_from(&self, from: usize, passes: impl Fn(&Self, NodeId, &StepPlan) -> bool) -> usize {
        let root = self.frame(ROOT);
        let blocks = |index: &usize| {
            let id = NodeId(*index as u32);
            root.graph.step(id).is_some_and(|plan| !passes(self, id, plan))
        };
        (from..root.nodes.len()).find(blocks).unwrap_or(root.nodes.len())
    }
}

/// How far the steps of the playbook are passed, in the order of the source. What was passed once stays
/// so: a run may ask after every event.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// Those of a part that are over.
    parts: BTreeMap<PartKind, usize>,
    /// The changes that have come to rest after a failure.
    changes: usize,
    /// What recurred was stopped then.
    pub recurring: bool,
}
