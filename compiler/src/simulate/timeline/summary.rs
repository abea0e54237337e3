//! The end of the log: what would have changed, who was contacted, what was assumed.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::words::call_in_words;
use crate::{
    graph::Nanoseconds,
    hir::Effect,
    simulate::{
        trace::{
            AttemptOutcome, CallShown, End, Ending, EventKind, FailureKind, Purpose, Reached, Trace,
            TraceNodeId, Work,
        },
        value::{Decision, Value},
    },
};

/// What changed, who was contacted, what was assumed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// How it ended, if it did.
    pub ending: Option<Ending>,
    /// What severity was.
    pub severity: Option<Value>,
    /// What became of the causes.
    pub causes: Vec<(Arc<str>, Decision)>,
    /// What would have changed, in order.
    pub changes: Vec<Change>,
    /// Who was asked or told.
    pub people: Vec<Contacted>,
    /// What was assumed because it wasn't given.
    pub assumed: Vec<String>,
    /// Notifications, questions and changes that couldn't happen because something failed first.
    pub missed: Vec<Missed>,
    /// Steps by how they ended: ok, skipped, failed…
    pub ends: BTreeMap<&'static str, u32>,
}

/// A person who was contacted.
#[derive(Debug, Clone, PartialEq)]
pub struct Contacted {
    /// Their name.
    pub name: Arc<str>,
    /// How often by what.
    pub by: BTreeMap<Arc<str>, u32>,
}

/// A step that couldn't happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The step.
    pub step: Arc<str>,
    /// What it does at most.
    pub effect: Effect,
    /// Why not: `duty couldn't be evaluated: division by zero`.
    pub why: String,
}

/// Something that would have changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When the call ended.
    pub at: Nanoseconds,
    /// The step.
    pub step: Arc<str>,
    /// The call.
    pub call: String,
    /// What it does at most.
    pub effect: Effect,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was done.
    Done,
    /// It failed or was cut off: it may have taken effect.
    Unsure,
    /// It was undone later.
    Undone,
    /// It is the undo of another change.
    Undoes,
}

/// Sums a trace up.
pub(super) fn summary(trace: &Trace) -> Summary {
    let mut summary = Summary { ending: trace.ending().cloned(), ..Summary::default() };
    let mut calls: HashMap<(TraceNodeId, Work), Vec<&CallShown>> = HashMap::new();
    // By step and element, those that weren't undone.
    let mut done: HashMap<(TraceNodeId, Option<u32>), Vec<usize>> = HashMap::new();
    let mut people: HashMap<Arc<str>, usize> = HashMap::new();
    let tasks: HashSet<TraceNodeId> = trace.nodes.iter().filter_map(|node| node.inside).collect();
    let mut roots: BTreeMap<Arc<str>, String> = BTreeMap::new();
    for event in &trace.events {
        let name = event.node.map(|node| trace.node(node).name.clone()).unwrap_or_default();
        match &event.kind {
            EventKind::Severity { value, .. } => summary.severity = Some(value.clone()),
            EventKind::Cause { decision, .. } => summary.causes.push((name, *decision)),
            EventKind::Attempt(call) => {
                if let Some(node) = event.node {
                    calls.entry((node, event.work)).or_default().push(call);
                }
            }
            EventKind::AttemptEnded(outcome) => {
                let Some(node) = event.node else { continue };
                let begun = calls.get_mut(&(node, event.work)).and_then(Vec::pop);
                let Some(call) = begun else { continue };
                if call.effect < Effect::Changes || tasks.contains(&node) {
                    continue;
                }
                let fate = match (event.work.purpose, outcome) {
                    (Purpose::Undo, AttemptOutcome::Gave(_)) => Fate::Undoes,
                    (_, AttemptOutcome::Gave(_)) => Fate::Done,
                    _ => Fate::Unsure,
                };
                if fate == Fate::Undoes {
                    for index in done.remove(&(node, event.work.element)).unwrap_or_default() {
                        summary.changes[index].fate = Fate::Undone;
                    }
                } else {
                    done.entry((node, event.work.element)).or_default().push(summary.changes.len());
                }
                let (call, effect) = (call_in_words(call), call.effect);
                let change = Change { at: event.at, step: name, call, effect, fate };
                summary.changes.push(change);
            }
            EventKind::GateAsked(reached)
            | EventKind::Asked { people: reached, .. }
            | EventKind::Told { people: reached, .. } => {
                reached.iter().for_each(|reached| count(&mut summary.people, &mut people, reached));
            }
            EventKind::Granted { person, assumed: true, .. } => {
                summary.assumed.push(format!("{} approves {name}", person.name));
            }
            EventKind::Answered { assumed: true, person, .. } => {
                summary.assumed.push(match person {
                    Some(person) => format!("{} answers {name}", person.name),
                    None => format!("{name} is answered"),
                });
            }
            EventKind::Let(Err(why)) => {
                drop(roots.insert(name.clone(), format!("{name} couldn't be evaluated: {why}")))
            }
            EventKind::Ended(end) => {
                *summary.ends.entry(end.word()).or_default() += 1;
                if let End::Failed(failure) = end {
                    roots.insert(name.clone(), format!("{name} failed: {}", failure.text));
                }
                let effect = event.node.map_or(Effect::Reads, |node| trace.node(node).effect);
                let why = why_not(&name, end, &roots).filter(|_| effect >= Effect::Asks);
                summary.missed.extend(why.map(|why| Missed { step: name, effect, why }));
            }
            _ => {}
        }
    }
    summary
}

/// Why a step couldn't happen; none if it could. `roots` says of what else had no value why that is.
fn why_not(name: &str, end: &End, roots: &BTreeMap<Arc<str>, String>) -> Option<String> {
    match end {
        End::Blocked { by } => {
            // What blocks a step stands in the same task.
            let root = match name.rsplit_once('.') {
                Some((around, _)) => format!("{around}.{by}"),
                None => by.to_string(),
            };
            Some(roots.get(root.as_str()).cloned().unwrap_or_else(|| format!("{root} failed")))
        }
        End::Failed(failure) if failure.kind == FailureKind::Error => Some(failure.text.to_string()),
        _ => None,
    }
}

fn count(people: &mut Vec<Contacted>, known: &mut HashMap<Arc<str>, usize>, reached: &Reached) {
    let Some(by) = &reached.by else { return };
    let name = &reached.person.name;
    let index = *known.entry(name.clone()).or_insert_with(|| {
        people.push(Contacted { name: name.clone(), by: BTreeMap::new() });
        people.len() - 1
    });
    *people[index].by.entry(by.clone()).or_default() += 1;
}
