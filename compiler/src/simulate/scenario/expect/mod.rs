//! Compares what a scenario expects with what happened.

mod steps;
mod values;

use std::sync::Arc;

use crate::{
    check::Checked,
    graph::Nanoseconds,
    hir::{
        ArgumentTest, BinaryOp, Expect, ExpectArgument, ExpectKind, ExprId, ItemKind, Path, Reach,
        RunOutcome, Scenario,
    },
    names::{Def, ItemId, Milestone, Target},
    simulate::{
        Run,
        evaluate::{Evaluator, Nowhere, Scope},
        people::people_of,
        problem::{Problem, ProblemKind},
        trace::{CallShown, End, Event, EventKind, Purpose, Reached, TraceNode, TraceNodeId, TraceNodeKind},
        value::{Value, duration_for_people, literal},
    },
    source::{FileId, Span},
    types::RunMember,
    world::World,
};
use steps::Wanted;

/// An expectation that doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Where it stands.
    pub span: Span,
    /// As written.
    pub expected: String,
    /// What happened instead.
    pub actual: String,
    /// The events that explain it: their sequence numbers.
    pub events: Vec<usize>,
}

/// Holds a run against what its scenario expects, in source order. `snapshot` isn't looked at: whoever
/// stores timelines compares them.
///
/// Where an expectation takes more than an expression may take, it is a problem: whether it holds isn't
/// known.
pub fn judge(
    world: &dyn World,
    checked: &Checked,
    run: &Run,
    scenario: ItemId,
) -> Result<Vec<Unmet>, Problem> {
    let Some(ItemKind::Scenario(declared)) = checked.item(scenario).map(|item| &item.kind) else {
        return Ok(Vec::new());
    };
    let evaluator = Evaluator::new(checked);
    let judge = Judge { world, run, evaluator: &evaluator, file: scenario.file };
    let unmet = judge.all(declared);
    match evaluator.exceeded() {
        Some((span, exceeded)) => Err(Problem::new(Some(span), ProblemKind::Exceeded(exceeded))),
        None => Ok(unmet),
    }
}

/// The same, with a problem as what doesn't hold.
pub fn check_expectations(world: &dyn World, checked: &Checked, run: &Run, scenario: ItemId) -> Vec<Unmet> {
    judge(world, checked, run, scenario).unwrap_or_else(|problem| {
        let span = problem.span.unwrap_or_else(|| Span::new(scenario.file, 0, 0));
        vec![Unmet { span, expected: String::new(), actual: problem.to_string(), events: Vec::new() }]
    })
}

struct Judge<'j, 'a> {
    world: &'j dyn World,
    run: &'j Run,
    evaluator: &'j Evaluator<'a>,
    file: FileId,
}

/// What was found: whether it holds as written without `not`, and what to say if that is wrong.
struct Finding {
    holds: bool,
    actual: String,
    events: Vec<usize>,
}

impl Finding {
    fn new(holds: bool, actual: impl Into<String>, events: Vec<usize>) -> Finding {
        Finding { holds, actual: actual.into(), events }
    }
}

/// The names of a run that is over.
struct AtEnd<'r>(&'r Run);

impl Scope for AtEnd<'_> {
    fn named(&self, _: FileId, def: Def) -> Option<Value> {
        match def {
            Def::OfPlaybook(_, local) => self.0.values.locals.get(&local).cloned(),
            Def::Severity => self.0.values.severity.clone(),
            _ => None,
        }
    }
    fn run(&self, member: RunMember) -> Option<Value> {
        self.0.values.run.iter().find(|(known, _)| *known == member).map(|(_, value)| value.clone())
    }
}

impl Judge<'_, '_> {
    fn all(&self, scenario: &Scenario) -> Vec<Unmet> {
        let judged = scenario.expects.iter().filter_map(|expect| {
            let finding = self.judge(expect)?;
            (finding.holds == expect.negated.is_some()).then(|| Unmet {
                span: expect.span,
                expected: self.written(expect.span),
                actual: finding.actual,
                events: finding.events,
            })
        });
        judged.collect()
    }

    fn written(&self, span: Span) -> String {
        self.world.source(self.file).part(span).to_owned()
    }

    fn judge(&self, expect: &Expect) -> Option<Finding> {
        match &expect.kind {
            ExpectKind::Missing | ExpectKind::Snapshot => None,
            ExpectKind::Outcome { outcome, within } => Some(self.outcome(*outcome, self.within(*within))),
            ExpectKind::Ran { step, reach, times, before, within } => {
                let wanted = Wanted {
                    times: self.count(*times),
                    before: before.as_ref(),
                    within: self.within(*within),
                };
                Some(match reach {
                    Reach::Ran => self.ran(step, &wanted),
                    Reach::Attempted => self.attempted(step, &wanted),
                })
            }
            ExpectKind::Ended { step, end, within } => {
                Some(self.ended(step, *end, self.within(*within), expect.negated.is_some()))
            }
            ExpectKind::Called { target, times, with } => {
                Some(self.called(target, self.count(*times), with.as_ref()))
            }
            ExpectKind::Told { people, by, within } => {
                Some(self.told(people, by.as_ref(), self.within(*within)))
            }
            ExpectKind::Value(value) => Some(self.value(*value)),
        }
    }

    fn evaluate(&self, expr: ExprId) -> Option<Value> {
        self.evaluator.evaluate(self.file, expr, &self.run.script.lets, &AtEnd(self.run)).ok()
    }

    fn within(&self, within: Option<ExprId>) -> Nanoseconds {
        let within = within.and_then(|within| self.evaluate(within)?.as_duration());
        within.unwrap_or(Nanoseconds::MAX)
    }

    fn count(&self, count: Option<ExprId>) -> Option<usize> {
        match self.evaluate(count?)? {
            Value::Int(count) => usize::try_from(count).ok(),
            _ => None,
        }
    }

    fn target(&self, path: &Path) -> Option<&Target> {
        self.evaluator.checked.module(self.file)?.names.target(path)
    }

    fn node(&self, path: &Path) -> Option<TraceNodeId> {
        match self.target(path)? {
            Target::Step(path) => self.run.trace.step(path),
            _ => None,
        }
    }

    fn events<'e>(
        &'e self,
        mut wanted: impl FnMut(&Event) -> bool + 'e,
    ) -> impl Iterator<Item = (usize, &'e Event)> + 'e {
        self.run.trace.events.iter().enumerate().filter(move |(_, event)| wanted(event))
    }

    fn outcome(&self, wanted: RunOutcome, within: Nanoseconds) -> Finding {
        let Some(ending) = &self.run.ending else {
            return Finding::new(false, "the run didn't start", vec![]);
        };
        let at = duration_for_people(ending.decided);
        let actual = match ending.outcome {
            RunOutcome::Resolved => format!("resolved after {at}"),
            RunOutcome::Failed => format!("failed after {at}"),
            RunOutcome::Completed => format!("completed after {at}, neither resolved nor failed"),
        };
        let events = self.way_to(ending.outcome);
        Finding::new(ending.outcome == wanted && ending.decided <= within, actual, events)
    }

    /// What led to the end of the run: from the event that decided it back to the start, and what failed.
    fn way_to(&self, outcome: RunOutcome) -> Vec<usize> {
        let deciding = self.events(move |event| match outcome {
            RunOutcome::Resolved => event.kind == EventKind::Milestone(Milestone::Resolved),
            RunOutcome::Failed => event.kind == EventKind::Milestone(Milestone::Failed),
            RunOutcome::Completed => matches!(event.kind, EventKind::Ended(_)),
        });
        let last = deciding.last().map(|(index, _)| index);
        let events = &self.run.trace.events;
        let before = |index: &usize| events.get(*index)?.cause.map(|cause| cause as usize);
        let mut way: Vec<usize> =
            std::iter::successors(last, |index| before(index).filter(|b| b < index)).collect();
        let failed = self.events(|event| matches!(event.kind, EventKind::Ended(End::Failed(_))));
        way.extend(failed.map(|(index, _)| index));
        way.sort_unstable();
        way.dedup();
        way
    }

    fn called(&self, target: &Path, times: Option<usize>, with: Option<&ExpectArgument>) -> Finding {
        let meant = self.target(target);
        let node = self.node(target);
        let calls: Vec<(usize, &CallShown)> = self
            .run
            .trace
            .events
            .iter()
            .enumerate()
            .filter_map(|(index, event)| match (&event.kind, meant) {
                (EventKind::Attempt(call), Some(Target::Item(item))) => {
                    (call.item == Some(*item)).then_some((index, call))
                }
                (EventKind::Attempt(call), Some(Target::Step(_))) => {
                    let own = event.node == node && event.work.purpose == Purpose::Work;
                    own.then_some((index, call))
                }
                _ => None,
            })
            .collect();
        let wanted = with.and_then(|with| self.evaluate(with.value));
        let fits = |call: &CallShown| {
            let (Some(with), Some(wanted)) = (with, &wanted) else { return with.is_none() };
            let argument = call.arguments.iter().find(|argument| *argument.name == *with.name.text);
            argument.is_some_and(|argument| passes(with.test, &argument.value, wanted))
        };
        let fitting = calls.iter().filter(|(_, call)| fits(call)).count();
        let holds = times.map_or(fitting > 0, |times| fitting == times);
        let mut actual = match calls.len() {
            0 => "it was never called".to_owned(),
            1 => "it was called once".to_owned(),
            count => format!("it was called {count} times"),
        };
        if let Some(with) = with
            && !calls.is_empty()
        {
            let name = &with.name.text;
            let values: Vec<String> = calls
                .iter()
                .filter_map(|(_, call)| {
                    let argument = call.arguments.iter().find(|argument| argument.name == *name)?;
                    Some(literal(&argument.value))
                })
                .collect();
            actual.push_str(&format!(", with `{name}` = {}", values.join(", then ")));
        }
        Finding::new(holds, actual, calls.into_iter().map(|(index, _)| index).collect())
    }

    fn told(&self, people: &Path, by: Option<&Path>, within: Nanoseconds) -> Finding {
        let wanted = self.people(people);
        let medium: Option<Arc<str>> = by.and_then(|by| match self.target(by)? {
            Target::Module(file) => Some(crate::simulate::module_name(self.world, *file)),
            _ => None,
        });
        let mut told: Vec<(usize, &Event, &Reached)> = Vec::new();
        for (index, event) in self.run.trace.events.iter().enumerate() {
            let reached = match &event.kind {
                EventKind::GateAsked(reached)
                | EventKind::Asked { people: reached, .. }
                | EventKind::Told { people: reached, .. } => reached,
                _ => continue,
            };
            told.extend(reached.iter().map(|reached| (index, event, reached)));
        }
        let counts = |event: &Event, reached: &Reached| {
            event.at <= within
                && reached.by.as_ref().is_some_and(|by| medium.as_ref().is_none_or(|medium| by == medium))
        };
        let holds = !wanted.is_empty()
            && wanted.iter().all(|id| {
                told.iter().any(|(_, event, reached)| reached.person.id == *id && counts(event, reached))
            });
        told.retain(|(_, _, reached)| wanted.contains(&reached.person.id));
        let actual = match told.first() {
            None => "they weren't notified".to_owned(),
            Some((_, event, reached)) => {
                let by = reached.by.as_deref().unwrap_or("no working contact channel");
                format!(
                    "{} was first notified at {} by {by}",
                    reached.person.name,
                    duration_for_people(event.at)
                )
            }
        };
        Finding::new(holds, actual, told.into_iter().map(|(index, ..)| index).collect())
    }

    /// The ids of the people that a path stands for.
    fn people(&self, path: &Path) -> Vec<Arc<str>> {
        let Some(Target::Value(item, fields)) = self.target(path) else { return Vec::new() };
        let Some(ItemKind::Let(declared)) = self.evaluator.checked.item(*item).map(|item| &item.kind) else {
            return Vec::new();
        };
        let value = self.evaluator.evaluate(item.file, declared.value, &[], &Nowhere);
        let Ok(mut value) = value else { return Vec::new() };
        for field in fields {
            match value.field(field) {
                Some(inner) => value = inner.clone(),
                None => return Vec::new(),
            }
        }
        let people = people_of(&value).unwrap_or_default();
        people.into_iter().map(|person| person.shown.id).collect()
    }

    /// What gave a name of the playbook its value: `severity`, `probes`, `region_down.suspected`.
    fn about(&self, name: &str) -> Vec<usize> {
        let owner = name.split(['.', '?']).next().unwrap_or(name);
        let trace = &self.run.trace;
        let is_it = |node: &TraceNode| {
            let named = matches!(node.kind, TraceNodeKind::Step | TraceNodeKind::Let | TraceNodeKind::Cause);
            match owner {
                "severity" => node.kind == TraceNodeKind::Severity,
                _ => named && node.inside.is_none() && *node.name == *owner,
            }
        };
        let tells = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::Severity { .. }
                    | EventKind::Cause { .. }
                    | EventKind::Let(_)
                    | EventKind::AttemptEnded(_)
                    | EventKind::Ended(_)
            )
        };
        let about =
            self.events(|event| tells(&event.kind) && event.node.is_some_and(|node| is_it(trace.node(node))));
        let mut found = Vec::new();
        for (index, event) in about {
            found.push(index);
            // A judgement is explained by what was found before it.
            if matches!(event.kind, EventKind::Severity { .. } | EventKind::Cause { .. }) {
                let before = |index: &usize| trace.events.get(*index)?.cause.map(|cause| cause as usize);
                found.extend(std::iter::successors(before(&index), before).take(2));
            }
        }
        found
    }
}

fn passes(test: ArgumentTest, value: &Value, wanted: &Value) -> bool {
    match test {
        ArgumentTest::Containing => match (value, wanted) {
            (Value::Text(text), Value::Text(part)) => text.contains(&**part),
            (Value::List(elements), wanted) => elements.contains(wanted),
            (Value::Map(entries), Value::Text(key)) => entries.contains_key(key),
            _ => false,
        },
        ArgumentTest::Compare(BinaryOp::Equal) => value == wanted,
        ArgumentTest::Compare(BinaryOp::NotEqual) => value != wanted,
        ArgumentTest::Compare(operator) => match value.order(wanted) {
            Some(order) => match operator {
                BinaryOp::Less => order.is_lt(),
                BinaryOp::LessEqual => order.is_le(),
                BinaryOp::Greater => order.is_gt(),
                _ => order.is_ge(),
            },
            None => false,
        },
    }
}
