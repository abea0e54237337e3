//! What belongs together in a log: elements of `each`, steps that were skipped together, and the messages
//! of a task.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    sync::Arc,
};

use indexmap::IndexSet;

use super::{
    Line, Tone,
    ahead::Ahead,
    words::{brief, receiver},
};
use crate::{
    hir::Effect,
    simulate::{
        trace::{CallShown, EventKind, Purpose, Trace, TraceNodeId},
        value::Value,
    },
};

/// Where each step of the playbook that is a task sent messages: people, channels, or the tool that keeps
/// a record.
pub(super) fn notified(trace: &Trace, ahead: &Ahead) -> BTreeMap<TraceNodeId, IndexSet<String>> {
    let people = trace.events.iter().flat_map(|event| match &event.kind {
        EventKind::Told { people, .. } | EventKind::GateAsked(people) | EventKind::Asked { people, .. } => {
            people.as_slice()
        }
        _ => &[],
    });
    let people: BTreeSet<&str> = people.map(|reached| &*reached.person.name).collect();
    let mut found: BTreeMap<TraceNodeId, IndexSet<String>> = BTreeMap::new();
    for event in &trace.events {
        let (EventKind::Attempt(call), Some(node)) = (&event.kind, event.node) else { continue };
        if call.effect != Effect::Notifies || ahead.is_task(node) {
            continue;
        }
        let mut outer = node;
        while let Some(next) = trace.node(outer).inside {
            outer = next;
        }
        if outer == node {
            continue;
        }
        let (who, by) = receiver(call);
        // A note is added to a record: the tool that keeps it says more than its title.
        let place = match by {
            Some(by) if who.contains(' ') && !people.contains(who.as_str()) => by.to_string(),
            _ => who,
        };
        found.entry(outer).or_default().insert(place);
    }
    found
}

/// What the elements of `each` are known by: the first argument in which their calls differ.
pub(super) fn elements(trace: &Trace) -> BTreeMap<(TraceNodeId, u32), String> {
    let mut calls: BTreeMap<TraceNodeId, BTreeMap<u32, &CallShown>> = BTreeMap::new();
    for event in &trace.events {
        if let (EventKind::Attempt(call), Some(node), Some(element), Purpose::Work) =
            (&event.kind, event.node, event.work.element, event.work.purpose)
        {
            calls.entry(node).or_default().entry(element).or_insert(call);
        }
    }
    let mut found = BTreeMap::new();
    for (node, calls) in calls {
        let Some(first) = calls.values().next() else { continue };
        let value = |call: &CallShown, index: usize| {
            let value = call.arguments.get(index).map(|argument| argument.value.clone());
            value.filter(|value| !matches!(value, Value::Secret(_)))
        };
        let differs = |index: &usize| calls.values().any(|call| value(call, *index) != value(first, *index));
        let index = (0..first.arguments.len()).find(differs);
        for (element, call) in &calls {
            if let Some(value) = index.and_then(|index| value(call, index)) {
                found.insert((node, *element), brief(&value).trim_matches('"').to_owned());
            }
        }
    }
    found
}

/// Steps that are skipped at the same moment for the same reason share a line.
pub(super) fn merged(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut groups: BTreeMap<usize, Vec<Arc<str>>> = BTreeMap::new();
    // Those of this moment that others can join.
    let (mut now, mut open) = (0, HashMap::<(bool, String), usize>::new());
    for line in lines {
        if line.at != now {
            now = line.at;
            open.clear();
        }
        if line.tone != Tone::Skip || line.about.is_empty() {
            kept.push(line);
            continue;
        }
        match open.entry((line.folded, line.text.clone())) {
            Entry::Occupied(place) => groups.entry(*place.get()).or_default().push(line.about),
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(line);
            }
        }
    }
    for (place, others) in groups {
        let line = &mut kept[place];
        let names: Vec<&str> =
            std::iter::once(&*line.about).chain(others.iter().map(|name| &**name)).collect();
        line.text = format!("{}: {}", line.text, names.join(", "));
        line.about = "".into();
    }
    kept
}
