//! What became of steps: attempted, ran, and how they ended.

use super::{Finding, Judge};
use crate::{
    graph::Nanoseconds,
    hir::{Path, StepEnd},
    names::Target,
    simulate::{
        trace::{AttemptOutcome, End, Event, EventKind, Purpose, Skip, TraceNodeId},
        value::duration_for_people,
    },
};

/// What is wanted of a step that ran.
pub(super) struct Wanted<'e> {
    pub times: Option<usize>,
    pub before: Option<&'e Path>,
    pub within: Nanoseconds,
}

impl Judge<'_, '_> {
    /// The attempts of a step.
    pub(super) fn attempts(&self, node: TraceNodeId) -> Vec<(usize, Nanoseconds)> {
        let attempts = self.events(move |event| {
            event.node == Some(node)
                && event.work.purpose == Purpose::Work
                && matches!(event.kind, EventKind::Attempt(_))
        });
        attempts.map(|(index, event)| (index, event.at)).collect()
    }

    /// How a step ended, in words, and the events about it.
    pub(super) fn story(&self, node: TraceNodeId) -> (String, Vec<usize>) {
        let events: Vec<usize> = self
            .events(|event| {
                event.node == Some(node)
                    && matches!(
                        event.kind,
                        EventKind::Ended(_) | EventKind::Guard { .. } | EventKind::Started
                    )
            })
            .map(|(index, _)| index)
            .collect();
        let ends = self.events(|event| event.node == Some(node) && matches!(event.kind, EventKind::Ended(_)));
        let said = match ends.last() {
            Some((_, Event { kind: EventKind::Ended(end), at, .. })) => {
                format!("{} at {}", crate::simulate::timeline::end_in_words(end), duration_for_people(*at))
            }
            _ => "it never started".to_owned(),
        };
        (said, events)
    }

    /// It began.
    pub(super) fn attempted(&self, step: &Path, wanted: &Wanted<'_>) -> Finding {
        let Some(node) = self.node(step) else {
            return Finding::new(wanted.times == Some(0), "it never started", vec![]);
        };
        let attempts = self.attempts(node);
        let Some((first, at)) = attempts.first().copied() else {
            let (said, events) = self.story(node);
            return Finding::new(wanted.times == Some(0), said, events);
        };
        let mut actual =
            format!("it was attempted {}, first at {}", times(attempts.len()), duration_for_people(at));
        let mut holds = wanted.times.is_none_or(|times| attempts.len() == times) && at <= wanted.within;
        holds &= self.comes_before(first, wanted.before, &mut actual);
        Finding::new(holds, actual, attempts.into_iter().map(|(index, _)| index).collect())
    }

    /// It ended well.
    pub(super) fn ran(&self, step: &Path, wanted: &Wanted<'_>) -> Finding {
        let Some(node) = self.node(step) else {
            return Finding::new(wanted.times == Some(0), "it never started", vec![]);
        };
        let good: Vec<(usize, Nanoseconds)> = self
            .events(|event| {
                event.node == Some(node)
                    && event.work.purpose == Purpose::Work
                    && matches!(event.kind, EventKind::AttemptEnded(AttemptOutcome::Gave(_)))
            })
            .map(|(index, event)| (index, event.at))
            .collect();
        let ends: Vec<(usize, &Event)> = self
            .events(|event| event.node == Some(node) && matches!(event.kind, EventKind::Ended(_)))
            .collect();
        let well = ends.iter().rfind(|(_, event)| matches!(event.kind, EventKind::Ended(End::Ok(_))));
        let badly = ends.iter().any(|(_, event)| {
            matches!(event.kind, EventKind::Ended(End::Failed(_) | End::Handled(_) | End::Cancelled { .. }))
        });
        // What recurs has no end of its own: it ran when it first went well.
        let ended = match (self.recurs(step), well) {
            (true, _) => good.first().copied(),
            (false, Some((index, event))) if !good.is_empty() && !badly => Some((*index, event.at)),
            (false, _) => None,
        };
        let Some((end, at)) = ended else {
            let (said, events) = self.story(node);
            return Finding::new(wanted.times == Some(0) && good.is_empty(), said, events);
        };
        let mut actual =
            format!("it succeeded {}, finished at {}", times(good.len()), duration_for_people(at));
        let mut holds = wanted.times.is_none_or(|times| good.len() == times) && at <= wanted.within;
        holds &= self.comes_before(end, wanted.before, &mut actual);
        let (_, mut events) = self.story(node);
        events.extend(good.into_iter().map(|(index, _)| index));
        events.sort_unstable();
        events.dedup();
        Finding::new(holds, actual, events)
    }

    /// Whether an event comes before the first attempt of another step.
    fn comes_before(&self, event: usize, other: Option<&Path>, actual: &mut String) -> bool {
        let Some(other) = other else { return true };
        let first = self.node(other).and_then(|other| self.attempts(other).first().copied());
        let name = other.last().map(|name| name.text.to_string()).unwrap_or_default();
        match first {
            Some((first, at)) => {
                actual.push_str(&format!("; `{name}` started at {}", duration_for_people(at)));
                event < first
            }
            None => {
                actual.push_str(&format!("; `{name}` never started"));
                false
            }
        }
    }

    /// Whether a step recurs with `every`.
    fn recurs(&self, path: &Path) -> bool {
        let Some(Target::Step(steps)) = self.target(path) else { return false };
        let step = steps.last().and_then(|last| {
            let module = self.evaluator.checked.module(last.file)?;
            Some(module.hir.steps[last.step].clauses.every.is_some())
        });
        step == Some(true)
    }

    /// How it ended. That it ended in no such way can only be said of a step that ended well.
    pub(super) fn ended(&self, step: &Path, wanted: StepEnd, within: Nanoseconds, negated: bool) -> Finding {
        let Some(node) = self.node(step) else {
            return Finding::new(negated, "it never started", vec![]);
        };
        let ends = |counts: &dyn Fn(&End) -> bool| {
            self.events(|event| event.node == Some(node) && event.at <= within)
                .any(|(_, event)| matches!(&event.kind, EventKind::Ended(end) if counts(end)))
        };
        let is_there = || ends(&|end| matches!(end, End::Ok(_)));
        let holds = ends(&|end| is(end, wanted)) || negated && !is_there();
        let (said, events) = self.story(node);
        Finding::new(holds, said, events)
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

fn is(end: &End, wanted: StepEnd) -> bool {
    match wanted {
        StepEnd::Skipped => matches!(end, End::Skipped(_)),
        StepEnd::Unanswered => matches!(end, End::Skipped(Skip::Unanswered | Skip::NeedsAnswer(_))),
        StepEnd::Failed => matches!(end, End::Failed(_)),
        StepEnd::Handled => matches!(end, End::Handled(_)),
        StepEnd::Blocked => matches!(end, End::Blocked { .. }),
        StepEnd::Cancelled => matches!(end, End::Cancelled { .. }),
    }
}
