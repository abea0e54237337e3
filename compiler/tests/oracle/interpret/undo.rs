//! What would have to be undone, and the undoing (rule 21).

use std::collections::{BTreeSet, VecDeque};

use super::Run;
use super::names::{Names, Standing, View, value};
use super::work::{Leaf, leaf};
use crate::events::{AttemptEnd, Kind, Purpose, Value, What, Work};
use crate::model::*;

/// What was changed, or can't be changed back, in the order in which it was begun.
#[derive(Debug, Clone, Default)]
pub struct Log {
    pub entries: Vec<Entry>,
}

/// The first attempt of a change.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: Seconds,
    /// Where it stands: position and element, from the outermost step inwards.
    pub order: Vec<(usize, Option<u32>)>,
    pub path: Vec<Id>,
    pub undo: Undoable,
}

#[derive(Debug, Clone)]
pub enum Undoable {
    /// It can't be undone.
    Never,
    By {
        action: Action,
        argument: Expr,
        always: bool,
        /// What the argument may name: the names as they stood at the first attempt.
        names: Box<Names>,
        parameter: Option<i64>,
        element: Option<i64>,
        /// What the step's own name stands for: none until it ended well.
        own: Value,
    },
}

/// Undos that are being done, one by one.
pub struct Undoing {
    rest: VecDeque<Entry>,
    current: Option<(Leaf, Entry)>,
    /// An undo failed.
    pub incomplete: bool,
}

impl Log {
    /// Notes the first attempt of a change. What is polled, retried or recurs is noted once.
    pub fn note(&mut self, entry: Entry) {
        if self.entries.iter().all(|known| (&known.path, &known.order) != (&entry.path, &entry.order)) {
            self.entries.push(entry);
        }
    }

    /// A step or element ended well: in its undo its own name is this.
    pub fn ended(&mut self, order: &[(usize, Option<u32>)], value: &Value) {
        for entry in self.entries.iter_mut().filter(|entry| entry.order == order) {
            if let Undoable::By { own, .. } = &mut entry.undo {
                *own = value.clone();
            }
        }
    }

    /// What a task did becomes its caller's (rule 23), at this place.
    pub fn absorb(&mut self, inner: Log, place: (usize, Option<u32>)) {
        for mut entry in inner.entries {
            entry.order.insert(0, place);
            self.note(entry);
        }
    }

    fn newest_first(&self) -> Vec<Entry> {
        let mut entries = self.entries.clone();
        entries.sort_by(|one, other| (one.at, &one.order).cmp(&(other.at, &other.order)));
        entries.reverse();
        entries
    }

    /// What is undone after a failure: the newest first, back to what is irreversible and no further, but
    /// `always` is undone always. What is irreversible stays in the log, for the caller of a task.
    pub fn after_failure(&mut self) -> Undoing {
        let (mut rest, mut passed) = (VecDeque::new(), false);
        for entry in self.newest_first() {
            match &entry.undo {
                Undoable::Never => passed = true,
                Undoable::By { always, .. } if *always || !passed => rest.push_back(entry),
                Undoable::By { .. } => {}
            }
        }
        self.entries.retain(|entry| matches!(entry.undo, Undoable::Never));
        Undoing { rest, current: None, incomplete: false }
    }

    /// What is undone though all went well: `always`.
    pub fn at_a_good_end(&mut self) -> Undoing {
        let always = |entry: &Entry| matches!(&entry.undo, Undoable::By { always: true, .. });
        let rest = self.newest_first().into_iter().filter(always).collect();
        self.entries.retain(|entry| !always(entry));
        Undoing { rest, current: None, incomplete: false }
    }
}

impl Undoing {
    /// Goes on as far as it gets without waiting. Whether something happened.
    pub fn advance(&mut self, run: &mut Run<'_>) -> bool {
        let mut changed = false;
        loop {
            if let Some((call, entry)) = &self.current {
                if call.ends_at > run.now {
                    return changed;
                }
                self.incomplete |= !matches!(call.end, AttemptEnd::Gave(_));
                run.tell(&entry.path, undo_of(entry), What::AttemptEnded(call.end.clone()));
                self.current = None;
                changed = true;
            }
            let Some(entry) = self.rest.pop_front() else { return changed };
            changed = true;
            let Undoable::By { action, argument, names, parameter, element, own, .. } = &entry.undo else {
                continue;
            };
            let mut names = (**names).clone();
            let id = *entry.path.last().expect("a step has a path");
            names.standing.insert(id, Standing::Value(own.clone()));
            let view =
                View { names: &names, parameter: *parameter, element: *element, it: None, elapsed: run.now };
            // Rule 7: an argument without a value is an undo that failed.
            let Ok(argument) = value(argument, view) else {
                self.incomplete = true;
                run.tell(&entry.path, undo_of(&entry), What::AttemptEnded(AttemptEnd::Failed(Kind::Error)));
                continue;
            };
            run.tell(&entry.path, undo_of(&entry), What::Attempt(Some(argument)));
            let call = leaf(run, &entry.path, Purpose::Undo, *action, argument, action.timeout());
            self.current = Some((call, entry));
        }
    }

    pub fn done(&self) -> bool {
        self.current.is_none() && self.rest.is_empty()
    }

    pub fn next(&self) -> Option<Seconds> {
        self.current.as_ref().map(|(call, _)| call.ends_at)
    }
}

fn undo_of(entry: &Entry) -> Work {
    let element = entry.order.last().and_then(|(_, element)| *element);
    Work { element, purpose: Purpose::Undo, ..Work::default() }
}

/// The names that a log entry may need later.
pub fn noted(names: &Names, needs: &BTreeSet<super::names::Need>) -> Names {
    let mut kept = Names { severity: names.severity, causes: names.causes.clone(), ..Names::default() };
    for need in needs {
        if let super::names::Need::Name(id) = need
            && let Some(standing) = names.standing.get(id)
        {
            kept.standing.insert(*id, standing.clone());
        }
    }
    kept
}
