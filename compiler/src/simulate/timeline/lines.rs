//! From events to lines.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use indexmap::IndexSet;

use super::{
    Line, Tone,
    ahead::Ahead,
    groups::{elements, merged, notified},
    words::{brief, call_in_words, end_in_words, reached_in_words, skip_in_words, whole},
};
use crate::{
    graph::Nanoseconds,
    hir::{Effect, RunOutcome},
    names::Milestone,
    simulate::{
        trace::{
            Assumption, AttemptOutcome, CallShown, End, Ending, Event, EventKind, Purpose, Skip, Trace,
            TraceNode, TraceNodeId, TraceNodeKind,
        },
        value::{Decision, Value, duration_for_people},
    },
    world::World,
};

/// For work that takes at least as long its start is a line of its own.
const LONG: Nanoseconds = 5_000_000_000;

/// So many changes of a polled value are shown.
const POLLS: u32 = 4;

/// The lines of a trace.
pub(super) fn lines(world: &dyn World, trace: &Trace) -> Vec<Line> {
    let ahead = Ahead::new(trace);
    let mut teller = Teller {
        world,
        trace,
        lines: Vec::new(),
        steps: BTreeMap::new(),
        elements: elements(trace),
        notified: notified(trace, &ahead),
        ahead,
        titled: BTreeSet::new(),
    };
    for (index, event) in trace.events.iter().enumerate() {
        teller.tell(index, event);
    }
    merged(teller.lines)
}

struct Teller<'t> {
    world: &'t dyn World,
    trace: &'t Trace,
    lines: Vec<Line>,
    /// What is known about each step so far.
    steps: BTreeMap<TraceNodeId, Known<'t>>,
    /// What the elements of `each` are known by.
    elements: BTreeMap<(TraceNodeId, u32), String>,
    ahead: Ahead,
    /// Where each task of the playbook sent messages.
    notified: BTreeMap<TraceNodeId, IndexSet<String>>,
    /// The steps whose title was shown: a gate has the name of its step.
    titled: BTreeSet<Arc<str>>,
}

#[derive(Default)]
struct Known<'t> {
    /// The latest call for each element and purpose (elements run side by side), and when it was made.
    calls: BTreeMap<(Option<u32>, Purpose), (&'t CallShown, Nanoseconds)>,
    /// The latest value of a poll.
    polled: Option<&'t Value>,
    polls: u32,
    shown: u32,
    ticks: u32,
    attempts: u32,
}

impl<'t> Teller<'t> {
    fn line(&mut self, index: usize, event: &Event, tone: Tone, text: impl Into<String>) {
        let node = event.node.map(|node| self.trace.node(node));
        let mut text = text.into();
        let element = event.node.zip(event.work.element).and_then(|element| self.elements.get(&element));
        if let Some(element) = element.filter(|element| !text.contains(element.as_str())) {
            text = format!("{element}: {text}");
        }
        // What didn't run needs no title: such lines are many, and share a row.
        let titled =
            event.node.filter(|_| tone != Tone::Skip && !matches!(event.kind, EventKind::Milestone(_)));
        let title = titled.and_then(|id| {
            let title = self.trace.node(id).title.clone()?;
            self.titled.insert(self.trace.node(id).name.clone()).then_some(title)
        });
        self.lines.push(Line {
            at: event.at,
            part: match event.kind {
                EventKind::Milestone(_) => None,
                _ => node.and_then(|node| node.part),
            },
            about: match event.kind {
                EventKind::Milestone(_) => "".into(),
                _ => node.map(|node| node.name.clone()).unwrap_or_default(),
            },
            tone,
            title,
            text,
            invocation: None,
            folded: node.is_some_and(|node| node.inside.is_some())
                && !matches!(tone, Tone::Failure | Tone::People),
            digest: None,
            node: event.node,
            event: index,
        });
    }

    fn tell(&mut self, index: usize, event: &'t Event) {
        match &event.kind {
            EventKind::Milestone(milestone) => self.milestone(index, event, *milestone),
            EventKind::Severity { value, assumed } => {
                let why = match assumed {
                    None => String::new(),
                    Some(Assumption::Missing(by)) => format!(", assumed because {by} failed"),
                    Some(Assumption::Error(why)) => format!(", assumed: {why}"),
                    Some(Assumption::Late) => {
                        ", assumed because it wasn't known within two minutes".to_owned()
                    }
                };
                self.line(index, event, Tone::Judgement, format!("{}{why}", brief(value)));
            }
            EventKind::Cause { decision, contradictory, incomplete } => {
                self.cause(index, event, *decision, *contradictory, *incomplete);
            }
            EventKind::Let(Err(why)) => {
                self.line(index, event, Tone::Failure, format!("couldn't be evaluated: {why}"));
            }
            EventKind::GateOpened { count, within, call, list } => {
                let of =
                    list.as_ref().map(|list| format!(" for each of {}", brief(list))).unwrap_or_default();
                let within = within.map(|within| format!(" within {}", duration_for_people(within)));
                let approvals = times(*count, "approval");
                let text =
                    format!("needs {approvals}{}: {}{of}", within.unwrap_or_default(), call_in_words(call));
                self.line(index, event, Tone::People, text);
            }
            EventKind::GateAsked(reached) => {
                self.line(index, event, Tone::People, format!("asks {}", reached_in_words(reached)));
            }
            EventKind::Granted { person, have, need, assumed } => {
                let assumed = if *assumed { ", assumed" } else { "" };
                let text = format!("{} approves ({have} of {need}{assumed})", person.name);
                self.line(index, event, Tone::People, text);
            }
            EventKind::Disregarded { person, why } => {
                let text = format!("{}'s answer doesn't count: {why}", person.name);
                self.line(index, event, Tone::People, text);
            }
            EventKind::Attempt(call) => self.attempt(index, event, call),
            EventKind::AttemptEnded(outcome) => self.attempt_ended(index, event, outcome),
            EventKind::Polled { held, .. } => self.polled(event, *held),
            EventKind::Asked { people, question, options, within } => {
                let options = options.as_ref().map(|options| format!(" {}", brief(options)));
                let within = within.map(|within| format!(", within {}", duration_for_people(within)));
                let question = question.trim();
                let text = format!(
                    "asks {}: {question}{}{}",
                    reached_in_words(people),
                    options.unwrap_or_default(),
                    within.unwrap_or_default()
                );
                self.line(index, event, Tone::People, text);
            }
            EventKind::Answered { person, value, assumed } => {
                let assumed = if *assumed { " (assumed)" } else { "" };
                let text = match (person, value) {
                    (Some(person), Value::Unit) => format!("done by {}", person.name),
                    (Some(person), value) => format!("{} answers {}", person.name, brief(value)),
                    // Which of several people did it is given nowhere.
                    (None, Value::Unit) => "reported done".to_owned(),
                    (None, value) => format!("answer: {}", brief(value)),
                };
                self.line(index, event, Tone::People, format!("{text}{assumed}"));
            }
            EventKind::Told { people, about: Some(about) } => {
                let text = format!("tells {} that {about}", reached_in_words(people));
                self.line(index, event, Tone::Tell, text);
            }
            EventKind::Ended(end) => self.ended(index, event, end),
            EventKind::NotUndone { behind, why } => {
                let text = format!("not undone: {behind} is irreversible ({why})");
                self.line(index, event, Tone::Undo, text);
            }
            EventKind::RunEnded(ending) => self.run_ended(index, event, ending),
            // How a step goes on after its gate is said of the step.
            EventKind::GateClosed(_)
            | EventKind::Let(Ok(_))
            | EventKind::Guard { .. }
            | EventKind::Delayed { .. }
            | EventKind::Started
            | EventKind::Told { about: None, .. } => {}
        }
    }

    fn milestone(&mut self, index: usize, event: &Event, milestone: Milestone) {
        match milestone {
            Milestone::Resolved => {
                let text = format!("RESOLVED after {}", duration_for_people(event.at));
                self.line(index, event, Tone::Success, text);
            }
            Milestone::Failed => {
                let text = format!("FAILED after {}", duration_for_people(event.at));
                self.line(index, event, Tone::Failure, text);
            }
            // Severity and causes say these.
            Milestone::Started | Milestone::Assessed | Milestone::Triaged => {}
        }
    }

    fn cause(
        &mut self,
        index: usize,
        event: &Event,
        decision: Decision,
        contradictory: bool,
        incomplete: bool,
    ) {
        let sentence = event.node.and_then(|node| self.trace.node(node).sentence.clone());
        let sentence = sentence.map(|sentence| format!(": {sentence}")).unwrap_or_default();
        let why = match (contradictory, incomplete && decision == Decision::Open) {
            (true, _) => " (contradictory evidence)",
            (_, true) => " (some evidence is missing)",
            _ => "",
        };
        self.line(
            index,
            event,
            Tone::Judgement,
            format!("{}{sentence}{why}", decision.word().to_uppercase()),
        );
    }

    fn attempt(&mut self, index: usize, event: &'t Event, call: &'t CallShown) {
        let Some(node) = event.node else { return };
        let takes = self.ahead.end(index).map_or(Nanoseconds::MAX, |end| end - event.at);
        let known = self.steps.entry(node).or_default();
        known.calls.insert((event.work.element, event.work.purpose), (call, event.at));
        known.attempts += u32::from(event.work.purpose == Purpose::Work);
        let people = call.item.is_none();
        let first = event.work.poll.unwrap_or(0) == 0 && event.work.attempt == 0;
        let task = self.ahead.is_task(node);
        if (takes < LONG && !task) || people || !first || event.work.purpose != Purpose::Work {
            return;
        }
        // A task that is over soon is one line.
        let short = task && takes < LONG;
        let starts = if task || call.effect >= Effect::Changes { "starts" } else { "waits for" };
        self.line(index, event, tone_of(call.effect), format!("{starts} {}", call_in_words(call)));
        if short || self.is_inner_task(node) {
            self.lines.last_mut().into_iter().for_each(|line| line.folded = true);
        }
    }

    /// The start and the end of a task inside of a task tell people nothing that the outer one doesn't.
    fn is_inner_task(&self, node: TraceNodeId) -> bool {
        self.ahead.is_task(node) && self.trace.node(node).inside.is_some()
    }

    /// A task in one line: what it called, how many steps it had, and where it sent messages.
    fn digest(&self, node: TraceNodeId, words: &str, steps: u32, took: &str) -> String {
        let told: Vec<&str> = self.notified.get(&node).into_iter().flatten().map(String::as_str).collect();
        let told = match told.as_slice() {
            [] => String::new(),
            [one] => format!(", notified {one}"),
            [all @ .., last] => format!(", notified {} and {last}", all.join(", ")),
        };
        format!("done: {words}: {}{took}{told}", times(steps, "step"))
    }

    fn attempt_ended(&mut self, index: usize, event: &'t Event, outcome: &'t AttemptOutcome) {
        let Some(node) = event.node else { return };
        let known = self.steps.entry(node).or_default();
        let (call, since) = match known.calls.get(&(event.work.element, event.work.purpose)) {
            Some((call, since)) => (Some(*call), *since),
            None => (None, event.at),
        };
        let took = event.at - since;
        let took =
            if took >= LONG { format!(", after {}", duration_for_people(took)) } else { String::new() };
        let words = call.map(call_in_words).unwrap_or_default();
        match (event.work.purpose, outcome) {
            (Purpose::Undo, AttemptOutcome::Gave(_)) => {
                self.line(index, event, Tone::Undo, format!("undone: {words}{took}"));
            }
            (Purpose::Undo, AttemptOutcome::Failed(failure)) => {
                let text = format!("undo failed: {words}: {}", failure.text);
                self.line(index, event, Tone::Failure, text);
            }
            (Purpose::Handling, AttemptOutcome::Gave(_)) => {
                self.line(index, event, Tone::Tell, format!("on failure: {words}"));
            }
            (Purpose::Handling, AttemptOutcome::Failed(failure)) => {
                self.line(
                    index,
                    event,
                    Tone::Failure,
                    format!("on failure: {words} failed as well: {}", failure.text),
                );
            }
            (Purpose::Work, AttemptOutcome::Gave(value)) => {
                self.gave(index, event, node, call, value, &words, &took);
            }
            (Purpose::Work, AttemptOutcome::Failed(failure)) if self.ahead.is_retried(index) => {
                let text = format!("failed, retrying: {}", failure.text);
                self.line(index, event, Tone::Failure, text);
            }
            _ => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is one sentence")]
    fn gave(
        &mut self,
        index: usize,
        event: &'t Event,
        node: TraceNodeId,
        call: Option<&CallShown>,
        value: &'t Value,
        words: &str,
        took: &str,
    ) {
        let Some(call) = call else { return };
        if call.item.is_none() {
            // The answer was told.
            return;
        }
        let polls = event.work.poll.is_some();
        let known = self.steps.entry(node).or_default();
        let effect = call.effect;
        if polls && effect >= Effect::Notifies {
            known.ticks += 1;
            if known.ticks > 1 {
                return;
            }
        } else if polls {
            known.polls += 1;
            let changed = known.polled != Some(value);
            known.polled = Some(value);
            if !changed || known.shown >= POLLS {
                return;
            }
            known.shown += 1;
            let text = match known.polls {
                1 => format!("{} ({}{took})", whole(value), call.callee),
                _ => format!("now {}", whole(value)),
            };
            return self.line(index, event, Tone::Look, text);
        }
        if self.ahead.is_task(node) {
            let own = |other: &&TraceNode| other.inside == Some(node) && other.kind == TraceNodeKind::Step;
            let steps = self.trace.nodes.iter().filter(own).count() as u32;
            self.line(index, event, tone_of(effect), format!("done: {}{took}", times(steps, "step")));
            let folded = self.is_inner_task(node);
            let digest = (!folded).then(|| self.digest(node, words, steps, took));
            if let Some(line) = self.lines.last_mut() {
                line.folded = folded;
                line.digest = digest;
            }
            return;
        }
        let text = match (effect, value) {
            (Effect::Pure | Effect::Reads | Effect::Asks, Value::Unit | Value::None) => {
                format!("{words}{took}")
            }
            (Effect::Pure | Effect::Reads | Effect::Asks, value) => {
                format!("{} ({}{took})", whole(value), call.callee)
            }
            (Effect::Notifies, _) => format!("{words}{took}"),
            (Effect::Changes | Effect::Destroys, _) => format!("done: {words}{took}"),
        };
        self.line(index, event, tone_of(effect), text);
    }

    fn polled(&mut self, event: &Event, held: bool) {
        if let Some(node) = event.node {
            let known = self.steps.entry(node).or_default();
            known.shown += u32::from(held && known.shown == POLLS);
        }
    }

    fn ended(&mut self, index: usize, event: &'t Event, end: &'t End) {
        let Some(node) = event.node else { return };
        let known = self.steps.entry(node).or_default();
        match end {
            End::Ok(value) => {
                let (polls, ticks) = (known.polls, known.ticks);
                if polls > 0 {
                    let text = format!("held after {}: {}", times(polls, "poll"), whole(value));
                    self.line(index, event, Tone::Look, text);
                } else if ticks > 1 {
                    let text = format!("ran {}", times(ticks, "time"));
                    self.line(index, event, Tone::Tell, text);
                }
            }
            End::Skipped(skip) => {
                let world = Some(self.world);
                let text = format!("skipped: {}", skip_in_words(world, skip));
                let tone = match skip {
                    Skip::Unanswered => Tone::People,
                    _ => Tone::Skip,
                };
                self.line(index, event, tone, text);
            }
            End::Handled(_) | End::Failed(_) | End::Blocked { .. } => {
                self.line(index, event, Tone::Failure, end_in_words(end));
            }
            End::Cancelled { .. } => self.line(index, event, Tone::Skip, end_in_words(end)),
        }
    }

    fn run_ended(&mut self, index: usize, event: &Event, ending: &Ending) {
        if ending.outcome == RunOutcome::Completed {
            let text = format!("completed after {}", duration_for_people(ending.decided));
            self.line(index, event, Tone::Success, text);
        } else if ending.over > ending.decided {
            self.line(index, event, Tone::Plain, "all work finished");
        }
    }
}

fn times(count: u32, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

pub(super) fn tone_of(effect: Effect) -> Tone {
    match effect {
        Effect::Pure | Effect::Reads => Tone::Look,
        Effect::Asks => Tone::People,
        Effect::Notifies => Tone::Tell,
        Effect::Changes => Tone::Change,
        Effect::Destroys => Tone::Destroy,
    }
}
