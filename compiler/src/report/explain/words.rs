//! What came of things, in words.

use super::Explanation;
use crate::{
    graph::{DataUse, Guard, GuardOrigin, Nanoseconds},
    simulate::{
        account::Account,
        evaluate::Read,
        timeline::{
            Tone, brief, call_in_words, clock, end_in_words, people_in_words, read_in_words, skip_in_words,
            whole,
        },
        trace::{
            Assumption, AttemptOutcome, End, EventKind, GateOutcome, GuardOutcome, Purpose, TraceNodeId,
            TraceNodeKind,
        },
        value::{Value, duration_for_people},
    },
};

/// So many calls of a step are listed one by one.
const CALLS: usize = 5;

/// What became of a place, and when that was settled.
pub(super) fn status(
    account: &Account<'_>,
    place: TraceNodeId,
    shown: fn(&Value) -> String,
) -> (String, Tone, Option<Nanoseconds>) {
    let node = account.node(place);
    match node.kind {
        TraceNodeKind::Step => step(account, place, shown),
        TraceNodeKind::Milestone => {
            let reached =
                account.events(place).find(|(_, event)| matches!(event.kind, EventKind::Milestone(_)));
            match reached {
                Some((_, event)) => (format!("reached at {}", clock(event.at)), Tone::Plain, Some(event.at)),
                None => ("never reached".to_owned(), Tone::Skip, None),
            }
        }
        _ => {
            for (_, event) in account.events(place) {
                let at = clock(event.at);
                let (text, tone) = match &event.kind {
                    EventKind::Cause { decision, contradictory, .. } => {
                        let sentence = node.sentence.as_deref().unwrap_or_default();
                        let both = if *contradictory { ", contradictory evidence" } else { "" };
                        (
                            format!("{} at {at}{both}: {sentence}", decision.word().to_uppercase()),
                            Tone::Judgement,
                        )
                    }
                    EventKind::Severity { value, assumed } => {
                        let assumed = match assumed {
                            None => String::new(),
                            Some(Assumption::Missing(by)) => format!(", assumed because {by} failed"),
                            Some(Assumption::Error(why)) => format!(", assumed: {why}"),
                            Some(Assumption::Late) => {
                                ", assumed because it wasn't known within two minutes".to_owned()
                            }
                        };
                        (format!("{} at {at}{assumed}", brief(value)), Tone::Judgement)
                    }
                    EventKind::Let(Ok(value)) => (format!("is {}", shown(value)), Tone::Plain),
                    EventKind::Let(Err(why)) => (format!("couldn't be evaluated: {why}"), Tone::Failure),
                    _ => continue,
                };
                return (text, tone, Some(event.at));
            }
            ("wasn't evaluated".to_owned(), Tone::Skip, None)
        }
    }
}

fn step(
    account: &Account<'_>,
    place: TraceNodeId,
    shown: fn(&Value) -> String,
) -> (String, Tone, Option<Nanoseconds>) {
    let begun = account.events(place).find_map(|(_, event)| match event.kind {
        EventKind::Started => Some(event.at),
        _ => None,
    });
    let Some((_, at, end)) = account.end(place) else {
        return match begun {
            Some(begun) => (format!("started at {} and never finished", clock(begun)), Tone::Plain, None),
            None => ("never started".to_owned(), Tone::Skip, None),
        };
    };
    let took = match begun {
        Some(begun) if clock(begun) != clock(at) => format!("from {} to {}", clock(begun), clock(at)),
        _ => format!("at {}", clock(at)),
    };
    let (text, tone) = match end {
        End::Ok(Value::Unit | Value::None) => (format!("ran {took}"), Tone::Success),
        End::Ok(value) => (format!("ran {took}: {}", shown(value)), Tone::Success),
        End::Skipped(skip) => {
            let why = skip_in_words(Some(account.world), skip);
            (format!("was skipped {took}: {why}"), Tone::Skip)
        }
        End::Handled(failure) => (format!("failed {took}, ignored: {}", failure.text), Tone::Failure),
        End::Failed(failure) => (format!("failed {took}: {}", failure.text), Tone::Failure),
        End::Blocked { .. } => (format!("{} ({took})", end_in_words(end)), Tone::Failure),
        End::Cancelled { by } => (format!("was cancelled {took}: {by}"), Tone::Skip),
    };
    (text, tone, Some(at))
}

/// `when`, `if`, `else of if`.
pub(super) fn condition_word(guard: &Guard) -> &'static str {
    match (guard.origin, guard.wanted) {
        (GuardOrigin::When, _) => "when",
        (GuardOrigin::Group, true) => "if",
        (GuardOrigin::Group, false) => "else of if",
    }
}

/// What came of a condition.
pub(super) fn outcome_in_words(outcome: &GuardOutcome, looked_at: &[Read]) -> String {
    match outcome {
        GuardOutcome::Held => with_reads("true", looked_at),
        GuardOutcome::Failed => with_reads("false", looked_at),
        GuardOutcome::Blocked(by) => format!("unknown: {by} failed"),
        GuardOutcome::Unanswered(by) => format!("unknown: {by} wasn't answered"),
        GuardOutcome::Error(why) => format!("unknown: {why}"),
    }
}

/// `true: lag is 2s`.
pub(super) fn with_reads(said: &str, looked_at: &[Read]) -> String {
    let values = reads(looked_at);
    if values.is_empty() { said.to_owned() } else { format!("{said}: {values}") }
}

/// `lag is 2s, severity is major`.
pub(super) fn reads(reads: &[Read]) -> String {
    reads.iter().map(read_in_words).collect::<Vec<_>>().join(", ")
}

/// What a name is to the step that names it.
pub(super) fn use_in_words(role: DataUse) -> &'static str {
    match role {
        DataUse::Value => "used in its call",
        DataUse::Each => "its list",
        DataUse::Until => "used in `until`",
        DataUse::Approval => "used in its approval",
        DataUse::Undo => "used in its undo",
        DataUse::OnFailure => "used in `on failure`",
    }
}

/// `after it`, `15m after it`.
pub(super) fn delay_in_words(delay: Option<Nanoseconds>) -> String {
    match delay {
        Some(delay) if delay > 0 => format!("{} after it", duration_for_people(delay)),
        _ => "after it".to_owned(),
    }
}

/// `a, b and c`; of many only the first.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= 6 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..5].join(", "), names.len() - 5),
    }
}

/// How an approval went.
pub(super) fn approval(account: &Account<'_>, gate: TraceNodeId) -> String {
    let mut said = Vec::new();
    for (_, event) in account.events(gate) {
        let at = clock(event.at);
        match &event.kind {
            EventKind::GateOpened { count, within, .. } => {
                let within = within.map(|within| format!(" within {}", duration_for_people(within)));
                said.push(format!("{count} needed, requested at {at}{}", within.unwrap_or_default()));
            }
            EventKind::GateAsked(people) => {
                said.push(format!("{} asked", people_in_words(people.iter().map(|reached| &reached.person))));
            }
            EventKind::Granted { person, assumed, .. } => {
                let assumed = if *assumed { " (assumed)" } else { "" };
                said.push(format!("{} approves at {at}{assumed}", person.name));
            }
            EventKind::GateClosed(outcome) => said.push(match outcome {
                GateOutcome::Approved => format!("granted at {at}"),
                GateOutcome::NotNeeded => "not needed this time".to_owned(),
                GateOutcome::Refused(person) => format!("refused by {} at {at}", person.name),
                GateOutcome::TooFew { people, need } => {
                    format!("{need} needed, but only {people} can be asked")
                }
                GateOutcome::Late => format!("timed out at {at}"),
                GateOutcome::Withdrawn => format!("no longer needed at {at}"),
            }),
            _ => {}
        }
    }
    if said.is_empty() { "never requested".to_owned() } else { said.join("; ") }
}

/// What a step did.
pub(super) fn calls(account: &Account<'_>, place: TraceNodeId) -> Vec<Explanation> {
    let all: Vec<_> = account.calls().into_iter().filter(|made| made.node == place).collect();
    let mut told: Vec<Explanation> = all
        .iter()
        .take(CALLS)
        .map(|made| {
            let took = made.ended.map(|(at, _)| at - made.begun).filter(|took| *took > 0);
            let took = took.map(|took| format!(", after {}", duration_for_people(took))).unwrap_or_default();
            let (text, tone) = match made.ended.map(|(_, outcome)| outcome) {
                Some(AttemptOutcome::Gave(Value::Unit | Value::None)) => (format!("done{took}"), Tone::Plain),
                Some(AttemptOutcome::Gave(value)) => {
                    (format!("returned {}{took}", whole(value)), Tone::Plain)
                }
                Some(AttemptOutcome::Failed(failure)) => {
                    (format!("failed{took}: {}", failure.text), Tone::Failure)
                }
                Some(AttemptOutcome::Unanswered) => (format!("not answered{took}"), Tone::People),
                Some(AttemptOutcome::Stopped) => (format!("was stopped{took}"), Tone::Skip),
                None => ("never finished".to_owned(), Tone::Skip),
            };
            let link = match made.work.purpose {
                Purpose::Work => format!("at {}", clock(made.begun)),
                Purpose::Handling => format!("on failure, at {}", clock(made.begun)),
                Purpose::Undo => format!("undo, at {}", clock(made.begun)),
            };
            let about = call_in_words(made.call);
            Explanation { about, link, text, tone, node: None, at: Some(made.begun), because: Vec::new() }
        })
        .collect();
    if all.len() > CALLS {
        let text = format!("and {} more calls", all.len() - CALLS);
        let (about, link) = (String::new(), String::new());
        told.push(Explanation {
            about,
            link,
            text,
            tone: Tone::Plain,
            node: None,
            at: None,
            because: Vec::new(),
        });
    }
    told
}
