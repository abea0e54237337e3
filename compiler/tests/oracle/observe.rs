//! What the engine did, in the words of the oracle.

use quell_compiler::simulate::{
    Run,
    trace::{self, EventKind, GateOutcome, TraceNodeKind},
    value::{self, Decision as Decided},
};

use crate::events::*;
use crate::model::*;

const NANOSECONDS: i64 = 1_000_000_000;

/// The events of a run that the rules speak of. What can't be told in whole seconds is an error.
pub fn observe(run: &Run) -> Result<Vec<Event>, String> {
    if let Some(problem) = run.problems.first() {
        return Err(format!("it can't begin: {problem}"));
    }
    let mut events = Vec::new();
    for event in &run.trace.events {
        let node = event.node.map(|node| run.trace.node(node));
        let path = node.map_or(Ok(Vec::new()), |node| path(&node.name, node.kind));
        let Some(what) = what(event, node)? else { continue };
        let at = seconds(event.at)?;
        let path = if matches!(what, What::Cause(..) | What::Severity { .. } | What::Milestone(_)) {
            Vec::new()
        } else {
            path?
        };
        let purpose = match event.work.purpose {
            trace::Purpose::Work => Purpose::Work,
            trace::Purpose::Handling => Purpose::Handling,
            trace::Purpose::Undo => Purpose::Undo,
        };
        let work = match what {
            // Undos and failure calls have one attempt; which poll or tick led to them is told by their
            // time.
            What::Attempt(_) | What::AttemptEnded(_) if purpose == Purpose::Work => Work {
                element: event.work.element,
                poll: event.work.poll,
                attempt: event.work.attempt,
                purpose,
            },
            What::Attempt(_) | What::AttemptEnded(_) => {
                Work { element: event.work.element, purpose, ..Work::default() }
            }
            _ => Work::default(),
        };
        events.push(Event { at, path, work, what });
    }
    Ok(events)
}

/// `s3.s7` as numbers.
fn path(name: &str, kind: TraceNodeKind) -> Result<Vec<Id>, String> {
    if !matches!(kind, TraceNodeKind::Step | TraceNodeKind::Gate) {
        return Ok(Vec::new());
    }
    let ids = name.split('.').map(|part| part.strip_prefix('s')?.parse().ok());
    ids.collect::<Option<Vec<Id>>>().ok_or_else(|| format!("there is no step `{name}`"))
}

fn seconds(at: i64) -> Result<Seconds, String> {
    if at % NANOSECONDS != 0 {
        return Err(format!("{at} ns are no whole seconds"));
    }
    Ok(at / NANOSECONDS)
}

fn what(event: &trace::Event, node: Option<&trace::TraceNode>) -> Result<Option<What>, String> {
    let kind = node.map(|node| node.kind);
    Ok(Some(match &event.kind {
        EventKind::Milestone(milestone) => What::Milestone(match milestone.word() {
            "started" => Milestone::Started,
            "assessed" => Milestone::Assessed,
            "triaged" => Milestone::Triaged,
            "resolved" => Milestone::Resolved,
            "failed" => Milestone::Failed,
            other => return Err(format!("a milestone `{other}`")),
        }),
        EventKind::Severity { value, assumed } => {
            let level = match value::literal(value).as_str() {
                "minor" => Level::Minor,
                "major" => Level::Major,
                "critical" => Level::Critical,
                other => return Err(format!("severity `{other}`")),
            };
            What::Severity { level, assumed: assumed.is_some() }
        }
        EventKind::Cause { decision, .. } => {
            let name = node.map(|node| node.name.to_string()).unwrap_or_default();
            let id = name.strip_prefix('c').and_then(|id| id.parse().ok());
            let decision = match decision {
                Decided::Suspected => Decision::Suspected,
                Decided::RuledOut => Decision::RuledOut,
                Decided::Open => Decision::Open,
            };
            What::Cause(id.ok_or_else(|| format!("a cause `{name}`"))?, decision)
        }
        EventKind::GateOpened { .. } => What::GateOpened,
        EventKind::GateClosed(outcome) => What::GateClosed(match outcome {
            GateOutcome::Approved => GateEnd::Approved,
            GateOutcome::NotNeeded => GateEnd::NotNeeded,
            GateOutcome::Refused(_) | GateOutcome::TooFew { .. } => GateEnd::Refused,
            GateOutcome::Late => GateEnd::Late,
            GateOutcome::Withdrawn => GateEnd::Withdrawn,
        }),
        EventKind::Attempt(call) => What::Attempt(match call.arguments.first().map(|first| &first.value) {
            Some(value::Value::Int(argument)) => Some(*argument),
            _ => None,
        }),
        EventKind::AttemptEnded(outcome) => What::AttemptEnded(match outcome {
            trace::AttemptOutcome::Gave(value) => AttemptEnd::Gave(model_value(value)?),
            trace::AttemptOutcome::Failed(failure) => AttemptEnd::Failed(failure_kind(failure.kind)),
            trace::AttemptOutcome::Unanswered => AttemptEnd::Unanswered,
            trace::AttemptOutcome::Stopped => AttemptEnd::Stopped,
        }),
        EventKind::Ended(end) if kind == Some(TraceNodeKind::Step) => What::Ended(step_end(end)?),
        EventKind::RunEnded(ending) => What::Over {
            outcome: match format!("{:?}", ending.outcome).as_str() {
                "Resolved" => RunEnd::Resolved,
                "Failed" => RunEnd::Failed,
                _ => RunEnd::Completed,
            },
            decided: seconds(ending.decided)?,
        },
        _ => return Ok(None),
    }))
}

fn step_end(end: &trace::End) -> Result<End, String> {
    Ok(match end {
        trace::End::Ok(value) => End::Ok(model_value(value)?),
        trace::End::Skipped(skip) => End::Skipped(match skip {
            trace::Skip::Guard { .. } => Skip::Condition,
            trace::Skip::NotApproved(_) => Skip::NotApproved,
            trace::Skip::Unanswered => Skip::Unanswered,
            trace::Skip::NeedsAnswer(_) => Skip::NeedsAnswer,
            trace::Skip::Resolved => Skip::Resolved,
            trace::Skip::Never(_) => Skip::Never,
        }),
        trace::End::Handled(failure) => End::Handled(failure_kind(failure.kind)),
        trace::End::Failed(failure) => End::Failed(failure_kind(failure.kind)),
        trace::End::Blocked { .. } => End::Blocked,
        trace::End::Cancelled { .. } => End::Cancelled,
    })
}

fn failure_kind(kind: trace::FailureKind) -> Kind {
    match kind {
        trace::FailureKind::Failure => Kind::Failure,
        trace::FailureKind::Timeout => Kind::Timeout,
        trace::FailureKind::Bound => Kind::Bound,
        trace::FailureKind::Error => Kind::Error,
        trace::FailureKind::Refused => Kind::Refused,
        trace::FailureKind::Late => Kind::Late,
    }
}

fn model_value(value: &value::Value) -> Result<Value, String> {
    Ok(match value {
        value::Value::None | value::Value::Unit => Value::None,
        value::Value::Bool(found) => Value::Bool(*found),
        value::Value::Int(found) => Value::Int(*found),
        value::Value::List(values) => {
            let values = values.iter().map(|value| match value {
                value::Value::Int(found) => Ok(*found),
                other => Err(format!("an element {}", value::literal(other))),
            });
            Value::List(values.collect::<Result<_, _>>()?)
        }
        other => return Err(format!("a value {}", value::literal(other))),
    })
}
